"""Single questions beside versions and suites: order, fallback, the post-quantum group, tolerance, other server names.

Each is asked when its turn comes and the connections suffice; what was not asked is simply not there.
"""

from collections.abc import Sequence
from functools import partial

from scanner.collect.tls.books import Books, pick, pick_group
from scanner.collect.tls.hello import (
    GROUPS,
    PADDING,
    SCHEMES,
    SSL3,
    TLS12,
    TLS13,
    extension,
)
from scanner.collect.tls.inquiry import Inquiry, Key, Question, Settled
from scanner.collect.tls.outcome import Outcome, outcome_of
from scanner.collect.tls.question import choice, choice12_or_13, choice13, hello13, name
from scanner.collect.tls.suites import (
    FALLBACK_ALERT,
    HELLO_LIMIT,
    HYBRID,
    legacy_suites,
    suites_of,
    tls12_portions,
)
from scanner.collect.tls.suites import TLS13 as SUITES13
from scanner.collect.tls.wire import Kind, Reply
from scanner.model.evidence import Answer, ChainSeen, Offer
from scanner.parse.tls_names import SCHEMES as SCHEME_NAMES
from scanner.parse.tls_names import group_name

ORDER, FALLBACK, HYBRID_GROUP = "server-preference", "fallback-scsv", "hybrid-group"
TOLERANCE, SHA2 = "hello-tolerance", "sha2-key-exchange"
NO_NAME, OTHER_NAME = "without-server-name", "unknown-server-name"
PLAIN, ODD = "plain-hello", "grease-hello"  # asked where a modern hello is refused
NOBODY = "khong-co.invalid"  # RFC 2606 section 2
GREASE = (0x2A2A, 0x6A6A)  # RFC 8701 section 2
LONG_PADDING = 1300  # brings a hello to the length of one with a post-quantum key
SHA1 = frozenset(code for code, scheme in SCHEME_NAMES.items() if scheme.endswith("_sha1"))
SHA2_SCHEMES = tuple(s for s in SCHEMES if s not in SHA1)


class Extras:
    """The single questions of one address."""

    def __init__(self, inquiry: Inquiry, books: Books) -> None:
        self.inquiry = inquiry
        self.books = books
        self.features: dict[str, Offer] = {}

    def has_room(self) -> bool:
        """True when one more question can be asked and made sure of."""
        price = 2 if self.inquiry.has_closed else 1
        return self.inquiry.room - self.inquiry.reserve >= price

    async def put(self, about: str, question: Question | None) -> Settled | None:
        """Ask one of them if there is something to ask and room for it."""
        if question is None or not self.has_room():
            return None
        return await self.inquiry.put(Key(about), question)

    def file(self) -> None:
        """Note what came of them."""
        for about in (ORDER, FALLBACK, TOLERANCE, SHA2, NO_NAME, OTHER_NAME):
            if settled := self.inquiry.settled.get(Key(about)):
                self.features[about] = Offer(about, settled.answer, settled.detail)
        if self.features.get(TOLERANCE) and self.features[TOLERANCE].answer is Answer.REJECTED:
            detail = f"{self._disliked()}: {self.features[TOLERANCE].detail}"
            self.features[TOLERANCE] = Offer(TOLERANCE, Answer.REJECTED, detail)

    def _disliked(self) -> str:
        """What it is in a modern hello that the server does not bear, as far as it was asked."""
        for about, told in (
            (PLAIN, "TLS 1.3 among the versions"),
            (ODD, "values without a meaning (GREASE)"),
        ):
            settled = self.inquiry.settled.get(Key(about))
            if settled is None or settled.answer is not Answer.ACCEPTED:
                return told if settled and settled.answer is Answer.REJECTED else "a modern hello"
        return "a long hello"

    def by_name(self) -> tuple[tuple[str, ChainSeen], ...]:
        """The leaves that were shown without a server name, and for an unknown one."""
        found = []
        for about in (NO_NAME, OTHER_NAME):
            settled = self.inquiry.settled.get(Key(about))
            flight = settled.reply.flight if settled else None
            if flight and flight.hello and flight.certificates:
                found.append((about, ChainSeen(name(flight.hello.version), flight.certificates[:1])))
        return tuple(found)

    # ---- the questions -----------------------------------------------------------------------------------------

    def hybrid(self) -> Question | None:
        """The post-quantum group that browsers send, without a key of it."""
        if TLS13 not in self.books.by_version:
            return None
        make = partial(choice13, self.books.host, SUITES13, (HYBRID,))
        return Question(make, partial(pick_group, TLS13, (HYBRID,)))

    def fallback(self) -> Question | None:
        """The oldest version with the signal of a fallback (RFC 7507 section 3); None with one version alone."""
        spoken = list(self.books.by_version)
        if len(spoken) < 2:
            return None
        oldest = min(spoken)
        offered = self._first_accepted(oldest, suites_of(oldest))[: HELLO_LIMIT - 1]
        make = partial(choice, oldest, self.books.host, offered, is_fallback=True)
        return Question(make, partial(_fallback_outcome, oldest), is_told_by_close=False)

    def order(self) -> Question | None:
        """The accepted suites, another one ahead than the server's first: one with an order of its own picks as before.

        Only a suite that lost to the server's first in one hello tells: it is no favourite of the server.
        """
        base = self.books.base
        if base is None or len(base.accepted) < 2:
            return None
        hellos = tls12_portions() if base.version == TLS12 else (legacy_suites(),)
        first_hello = next(hello for hello in hellos if base.accepted[0] in hello)
        losers = [s for s in base.accepted[1:] if s in first_hello]
        if not losers:
            return None
        offered = tuple(dict.fromkeys((losers[-1], *reversed(base.accepted))))[:HELLO_LIMIT]

        def read(reply: Reply) -> Outcome:
            picked = pick(base.version, offered, reply)
            if picked.answer is not Answer.ACCEPTED:
                return picked if picked.answer is None else Outcome(Answer.UNKNOWN, picked.detail)
            assert reply.flight.hello is not None
            is_ours = reply.flight.hello.suite == offered[0]
            return Outcome(Answer.REJECTED if is_ours else Answer.ACCEPTED, picked.detail)

        return Question(partial(choice, base.version, self.books.host, offered), read, is_told_by_close=False)

    def sha2(self, schemes: Sequence[int]) -> Question | None:
        """Whether a server whose signatures were SHA-1 signs with SHA-2 when nothing else is offered."""
        base = self.books.base
        if base is None or base.version != TLS12 or not SHA1 & set(schemes):
            return None
        suites = tuple(base.accepted)[:HELLO_LIMIT]
        signed = tuple(s for s in suites if s in self._signed()) or suites
        make = partial(choice, TLS12, self.books.host, signed, schemes=SHA2_SCHEMES)
        return Question(make, _sha2_outcome)

    def without_name(self) -> Question | None:
        """What the server shows to somebody who names no host."""
        return self._named("")

    def unknown_name(self) -> Question | None:
        """What the server shows to somebody who asks for a host it does not have."""
        return self._named(NOBODY)

    def plain(self) -> Question | None:
        """A short hello with TLS 1.3 and nothing odd, where a modern one was refused."""
        return self.tolerance(is_long=False, has_grease=False) if self._is_intolerant() else None

    def odd(self) -> Question | None:
        """A short hello with values that mean nothing, where a modern one was refused."""
        return self.tolerance(is_long=False) if self._is_intolerant() else None

    def _is_intolerant(self) -> bool:
        settled = self.inquiry.settled.get(Key(TOLERANCE))
        return settled is not None and settled.answer is Answer.REJECTED

    def tolerance(self, *, is_long: bool = True, has_grease: bool = True) -> Question | None:
        """The hello of a modern browser: long, with values that mean nothing, with TLS 1.3 among the versions.

        Browsers offer no version below 1.2, so a server that has no newer one is not asked.
        """
        if not {TLS12, TLS13} & set(self.books.by_version):
            return None
        accepted = [s for book in self.books.by_version.values() for s in book.accepted]
        odd = GREASE if has_grease else ()
        suites = tuple(dict.fromkeys((*odd[:1], *SUITES13, *accepted)))[:HELLO_LIMIT]
        extra = extension(odd[0], b"") + extension(odd[1], b"\x00") if odd else b""
        extra += extension(PADDING, bytes(LONG_PADDING)) if is_long else b""
        make = partial(
            choice12_or_13, self.books.host, suites, groups=(*odd[:1], *GROUPS), extra=extra, grease=odd[:1]
        )
        return Question(make, _any_version)

    # ---- parts of them -----------------------------------------------------------------------------------------

    def _first_accepted(self, version: int, suites: Sequence[int]) -> tuple[int, ...]:
        return tuple(dict.fromkeys((*self.books.by_version[version].accepted, *suites)))

    def _signed(self) -> frozenset[int]:
        return frozenset(
            f.hello.suite
            for version, f in self.books.flights
            if version == TLS12 and f.hello and f.key_exchange
        )

    def _named(self, host: str) -> Question | None:
        if self.inquiry.canary is None:
            return None
        base = self.books.base
        if base is None or base.version == SSL3:
            return Question(partial(hello13, host), _shown) if TLS13 in self.books.by_version else None
        suites = self._first_accepted(base.version, ())[:HELLO_LIMIT]
        return Question(partial(choice, base.version, host, suites), _shown)


def hybrid_offer(settled: Settled) -> Offer:
    """The outcome of the question about the post-quantum group."""
    return Offer(group_name(HYBRID), settled.answer, settled.detail)


def _any_version(reply: Reply) -> Outcome:
    """Any ServerHello shows that the hello was understood."""
    if reply.flight.hello is not None:
        return Outcome(Answer.ACCEPTED, f"answered {name(reply.flight.hello.version)}")
    outcome = outcome_of(reply, TLS13)
    return Outcome(Answer.REJECTED, outcome.detail) if reply.kind is Kind.ALERT else outcome


def _shown(reply: Reply) -> Outcome:
    """A certificate, or a refusal; RFC 6066 section 3 allows both."""
    if reply.flight.hello is not None:
        return Outcome(Answer.ACCEPTED, "")
    outcome = outcome_of(reply, TLS12)
    is_refusal = reply.kind is Kind.ALERT  # 112 unrecognized_name, or any other
    return Outcome(Answer.REJECTED, outcome.detail) if is_refusal else outcome


def _sha2_outcome(reply: Reply) -> Outcome:
    return outcome_of(reply, TLS12)


def _fallback_outcome(version: int, reply: Reply) -> Outcome:
    """Alert 86 is the protection; a ServerHello is its absence."""
    if reply.kind is Kind.ALERT and reply.flight.alert == FALLBACK_ALERT:
        return Outcome(Answer.ACCEPTED, "alert 86 inappropriate_fallback")
    outcome = outcome_of(reply, version)
    if outcome.answer is Answer.ACCEPTED:
        return Outcome(Answer.REJECTED, f"answered {name(version)}: {outcome.detail}")
    return outcome if outcome.answer is None else Outcome(Answer.UNKNOWN, outcome.detail)
