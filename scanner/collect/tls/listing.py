"""What is asked of an address once its versions are known: suites, groups, order, fallback protection.

At verdict depth one hello asks for a whole class of suites, and the answer settles the class. A full listing asks by
elimination: whatever the server picks is taken out of the next hello, until it refuses. TLS 1.3 is asked without a
key, so that a HelloRetryRequest names suite and group (RFC 8446 section 4.1.4): no key agreement has to be known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from scanner.collect.tls.hello import SSL3, TLS10, TLS11, TLS12, TLS13
from scanner.collect.tls.inquiry import Asker, Question, Settled, settle
from scanner.collect.tls.outcome import Outcome, outcome_of
from scanner.collect.tls.question import choice, choice13, name
from scanner.collect.tls.records import Flight, read_key_exchange
from scanner.collect.tls.suites import (
    FALLBACK_ALERT,
    GROUPS12,
    GROUPS13,
    HELLO_LIMIT,
    HYBRID,
    suites_of,
)
from scanner.collect.tls.suites import TLS13 as SUITES13
from scanner.collect.tls.wire import Kind, Reply
from scanner.model.evidence import Answer, Offer
from scanner.parse.suite_kind import (
    AEAD,
    BROKEN,
    CBC,
    DHE,
    FORWARD_SECRET,
    NO_PROTECTION,
    STATIC_KEY,
    TRIPLE_DES,
    is_of,
    kinds_of,
)
from scanner.parse.tls_names import TOO_MANY, group_name, suite_name

OLDER = (TLS12, TLS11, TLS10, SSL3)
KINDS = (NO_PROTECTION, BROKEN, TRIPLE_DES, FORWARD_SECRET, STATIC_KEY, AEAD, CBC, DHE)
UNSOUND = frozenset({NO_PROTECTION, BROKEN, TRIPLE_DES})
VERDICT_LIMIT = 12  # connections to one address at verdict depth, when the server behaves
FULL_LIMIT = 150
ANY_BAD = "any-bad"
ORDER, FALLBACK, GROUPS = "server-preference", "fallback-scsv", "groups"


@dataclass
class Book:
    """What is known of the suites of one version."""

    version: int
    accepted: list[int] = field(default_factory=list)  # in the order the server picked them
    rejected: set[int] = field(default_factory=set)
    doubt: str = ""  # why the listing ended without a refusal
    is_listed: bool = False

    def open(self, among: Sequence[int]) -> tuple[int, ...]:
        """Those that were neither accepted nor rejected yet."""
        return tuple(s for s in among if s not in self.rejected and s not in self.accepted)


@dataclass
class Listing:
    """Asks, and keeps what came of it. `books` begin with what the questions about versions told."""

    asker: Asker
    host: str
    books: dict[int, Book]
    spent: int = 0  # connections made before
    flights: list[tuple[int, Flight]] = field(default_factory=list)
    classes: dict[str, Offer] = field(default_factory=dict)
    groups: list[Offer] = field(default_factory=list)
    features: dict[str, Offer] = field(default_factory=dict)

    @property
    def base(self) -> Book | None:
        """The newest version below 1.3: classes of suites are asked in it."""
        return next((self.books[v] for v in OLDER if v in self.books), None)

    # ---- verdict depth ---------------------------------------------------------------------------------------

    async def verdict(self) -> None:
        """Ask what the daily verdicts need."""
        asked = self._class_questions()
        batch = {kind: self._class_question(suites) for kind, suites in asked.items()}
        if TLS13 in self.books:
            batch[GROUPS] = self._group_question((HYBRID,))
        found = await settle(self.asker, batch)
        for kind, suites in asked.items():
            self._note_class(kind, suites, found[kind])
        if GROUPS in found:
            self.groups.append(Offer(group_name(HYBRID), found[GROUPS].answer, found[GROUPS].detail))
        await self._verdict_leftovers(asked, VERDICT_LIMIT - self.spent - len(batch))
        self._sum_up()

    def _class_questions(self) -> dict[str, tuple[int, ...]]:
        """Which classes have to be asked, each with the suites still open."""
        base = self.base
        if base is None:
            return {}
        wanted = [ANY_BAD, TRIPLE_DES, DHE]
        if not self._has(FORWARD_SECRET):
            wanted.append(FORWARD_SECRET)
        if not self._has(AEAD) and base.version == TLS12:
            wanted.append(AEAD)
        if not self._has(STATIC_KEY):
            wanted.append(STATIC_KEY)
        found = {}
        for kind in wanted:
            suites = base.open([s for s in suites_of(base.version) if _asks_for(suite_name(s), kind)])
            if suites and not self._has(kind):
                found[kind] = suites[:HELLO_LIMIT]
        return found

    async def _verdict_leftovers(self, asked: Mapping[str, Sequence[int]], left: int) -> None:
        """What depends on the first answers, as far as the connections of a daily visit go."""
        more = self._other_bad(asked)
        batch = {kind: self._class_question(suites) for kind, suites in more.items()}
        if (fallback := self._fallback()) and len(batch) < left:
            batch[FALLBACK] = fallback
        found = await settle(self.asker, batch)
        for kind, suites in more.items():
            self._note_class(kind, suites, found[kind])
        self._keep_feature(FALLBACK, found)

    def _other_bad(self, asked: Mapping[str, Sequence[int]]) -> dict[str, tuple[int, ...]]:
        """The bad class still open after the other one was found: each has a verdict of its own."""
        base = self.base
        if base is None or ANY_BAD not in asked or self._has(NO_PROTECTION) == self._has(BROKEN):
            return {}
        kind = NO_PROTECTION if self._has(BROKEN) else BROKEN
        suites = base.open([s for s in suites_of(base.version) if is_of(suite_name(s), kind)])
        return {kind: suites[:HELLO_LIMIT]} if suites else {}

    def _class_question(self, suites: Sequence[int]) -> Question:
        base = self.base
        assert base is not None
        return Question(
            partial(choice, base.version, self.host, suites), partial(_pick, base.version, suites)
        )

    def _note_class(self, kind: str, suites: Sequence[int], settled: Settled) -> None:
        base = self.base
        assert base is not None
        self._note(base, suites, settled)
        kinds = (NO_PROTECTION, BROKEN) if kind == ANY_BAD else (kind,)
        for one in kinds:
            if settled.answer is not Answer.ACCEPTED:
                self.classes[one] = Offer(one, settled.answer, settled.detail)

    def _has(self, kind: str) -> bool:
        return any(is_of(suite_name(s), kind) for b in self.books.values() for s in b.accepted)

    # ---- full listing ----------------------------------------------------------------------------------------

    async def full(self) -> None:
        """Ask for every suite and every group, all versions side by side, then for order and fallback."""
        groups = self._groups_to_ask()
        while batch := self._next_batch(groups):
            if self.spent + len(batch) > FULL_LIMIT:
                self._stop(TOO_MANY)
                break
            self.spent += len(batch)
            found = await settle(self.asker, {key: question for key, (question, _) in batch.items()})
            for key, (_, offered) in batch.items():
                self._note_step(key, offered, found[key], groups)
        last = {k: q for k, q in ((ORDER, self._order()), (FALLBACK, self._fallback())) if q}
        found_last = await settle(self.asker, last)
        for key in last:
            self._keep_feature(key, found_last)
        self._sum_up()

    def _groups_to_ask(self) -> list[int]:
        if TLS13 in self.books:
            return list(GROUPS13)
        return list(GROUPS12) if self._curve_suites() else []

    def _curve_suites(self) -> tuple[int, ...]:
        base = self.base
        return tuple(s for s in base.accepted if suite_name(s).startswith("TLS_ECDHE_")) if base else ()

    def _next_batch(self, groups: list[int]) -> dict[int | str, tuple[Question, tuple[int, ...]]]:
        """The next hello of every version that is not through, and of the groups."""
        batch: dict[int | str, tuple[Question, tuple[int, ...]]] = {}
        for version, book in self.books.items():
            left = book.open(SUITES13 if version == TLS13 else suites_of(version))[:HELLO_LIMIT]
            if book.is_listed or book.doubt:
                continue
            if not left:
                book.is_listed = True
                continue
            make = (
                partial(choice13, self.host, left, GROUPS13)
                if version == TLS13
                else partial(choice, version, self.host, left)
            )
            batch[version] = (Question(make, partial(_pick, version, left)), left)
        if groups:
            batch[GROUPS] = (self._group_question(groups), tuple(groups))
        return batch

    def _group_question(self, groups: Sequence[int]) -> Question:
        if TLS13 in self.books:
            return Question(
                partial(choice13, self.host, SUITES13, tuple(groups)),
                partial(_pick_group, TLS13, tuple(groups)),
            )
        base = self.base
        assert base is not None
        return Question(
            partial(choice, base.version, self.host, self._curve_suites(), groups=tuple(groups)),
            partial(_pick_group, base.version, tuple(groups)),
        )

    def _note_step(
        self, key: int | str, offered: tuple[int, ...], settled: Settled, groups: list[int]
    ) -> None:
        if isinstance(key, int):
            self._note(self.books[key], offered, settled)
            return
        if settled.answer is Answer.ACCEPTED:
            group = _group_of(settled.reply)
            groups.remove(group)
            self.groups.append(Offer(group_name(group), Answer.ACCEPTED))
            self._keep_flight(settled)
            return
        self.groups += [Offer(group_name(g), settled.answer, settled.detail) for g in groups]
        groups.clear()

    def _stop(self, why: str) -> None:
        for book in self.books.values():
            if not book.is_listed:
                book.doubt = book.doubt or why

    def _order(self) -> Question | None:
        """The accepted suites backwards: a server with an order of its own picks as before."""
        base = self.base
        if base is None or len(base.accepted) < 2:
            return None
        backwards = tuple(reversed(base.accepted))[:HELLO_LIMIT]

        def read(reply: Reply) -> Outcome:
            picked = _pick(base.version, backwards, reply)
            if picked.answer is not Answer.ACCEPTED:
                return picked if picked.answer is None else Outcome(Answer.UNKNOWN, picked.detail)
            assert reply.flight.hello is not None
            is_ours = reply.flight.hello.suite == backwards[0]
            return Outcome(Answer.REJECTED if is_ours else Answer.ACCEPTED, picked.detail)

        return Question(partial(choice, base.version, self.host, backwards), read, on_close=Answer.UNKNOWN)

    # ---- both ------------------------------------------------------------------------------------------------

    def _fallback(self) -> Question | None:
        """The oldest version with the signal of a fallback (RFC 7507 section 3); None with one version alone."""
        spoken = [v for v in (TLS13, *OLDER) if v in self.books]
        if len(spoken) < 2:
            return None
        oldest = spoken[-1]
        suites = suites_of(oldest)[: HELLO_LIMIT - 1]
        offered = tuple(dict.fromkeys((*self.books[oldest].accepted, *suites)))[: HELLO_LIMIT - 1]
        return Question(
            partial(choice, oldest, self.host, offered, is_fallback=True),
            partial(_fallback_outcome, oldest),
            on_close=Answer.UNKNOWN,
        )

    def _note(self, book: Book, offered: Sequence[int], settled: Settled) -> None:
        if settled.answer is Answer.ACCEPTED:
            assert settled.reply.flight.hello is not None
            book.accepted.append(settled.reply.flight.hello.suite)
            self._keep_flight(settled)
        elif settled.answer is Answer.REJECTED:
            book.rejected.update(offered)
        else:
            book.doubt = settled.detail

    def _keep_flight(self, settled: Settled) -> None:
        flight = settled.reply.flight
        if flight.hello and not flight.hello.is_retry:
            self.flights.append((flight.hello.version, flight))

    def _keep_feature(self, key: str, found: Mapping[str, Settled]) -> None:
        if settled := found.get(key):
            self.features[key] = Offer(key, settled.answer, settled.detail)

    def _sum_up(self) -> None:
        """A class is accepted when a version takes a suite of it; refused when its question or the list says so."""
        older = [b for v, b in self.books.items() if v != TLS13]
        for kind in KINDS:
            taken = ((suite_name(s), b) for b in self.books.values() for s in b.accepted)
            if proof := next((f"{s} ({name(b.version)})" for s, b in taken if is_of(s, kind)), None):
                self.classes[kind] = Offer(kind, Answer.ACCEPTED, proof)
            elif older and all(b.is_listed for b in older):
                self.classes[kind] = Offer(kind, Answer.REJECTED, "every suite was asked for")
            elif doubt := next((b.doubt for b in older if b.doubt), ""):
                self.classes.setdefault(kind, Offer(kind, Answer.UNKNOWN, doubt))


def _asks_for(suite: str, kind: str) -> bool:
    """True for a suite a class question offers; bad suites stay out of the questions about good ones."""
    kinds = kinds_of(suite)
    if kind == ANY_BAD:
        return bool(kinds & {NO_PROTECTION, BROKEN})
    if kind == TRIPLE_DES:
        return kind in kinds
    return kind in kinds and not kinds & UNSOUND


def _pick(version: int, offered: Sequence[int], reply: Reply) -> Outcome:
    """What a reply says about the suites offered: a choice must be one of them."""
    outcome = outcome_of(reply, version)
    chosen = reply.flight.hello
    if outcome.answer is Answer.ACCEPTED and chosen and chosen.suite not in offered:
        return Outcome(Answer.UNKNOWN, f"chose {suite_name(chosen.suite)}, which was not offered")
    return outcome


def _pick_group(version: int, offered: Sequence[int], reply: Reply) -> Outcome:
    """What a reply says about the groups offered."""
    outcome = outcome_of(reply, version)
    if outcome.answer is not Answer.ACCEPTED:
        return outcome
    group = _group_of(reply)
    if group not in offered:
        return Outcome(Answer.UNKNOWN, f"chose {group_name(group)}, which was not offered")
    return Outcome(Answer.ACCEPTED, group_name(group))


def _group_of(reply: Reply) -> int:
    hello = reply.flight.hello
    if hello is None:
        return 0
    if hello.version == TLS13:
        return hello.share[0]
    exchange = read_key_exchange(
        reply.flight.key_exchange, suite_name(hello.suite), is_12=hello.version == TLS12
    )
    return exchange.group if exchange else 0


def _fallback_outcome(version: int, reply: Reply) -> Outcome:
    """Alert 86 is the protection; a ServerHello is its absence."""
    if reply.kind is Kind.ALERT and reply.flight.alert == FALLBACK_ALERT:
        return Outcome(Answer.ACCEPTED, "alert 86 inappropriate_fallback")
    outcome = outcome_of(reply, version)
    if outcome.answer is Answer.ACCEPTED:
        return Outcome(Answer.REJECTED, f"answered {name(version)}: {outcome.detail}")
    return outcome if outcome.answer is None else Outcome(Answer.UNKNOWN, outcome.detail)
