"""What is known of the suites of one address, version by version, and how an answer about suites or groups is read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from scanner.collect.tls.hello import SSL3, TLS10, TLS11, TLS12, TLS13
from scanner.collect.tls.inquiry import Key, Question, Settled
from scanner.collect.tls.outcome import Outcome, outcome_of
from scanner.collect.tls.question import NEWEST_FIRST, SSL2, choice, name
from scanner.collect.tls.records import Flight, read_key_exchange
from scanner.collect.tls.suites import tls12_portions
from scanner.collect.tls.wire import Reply
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
)
from scanner.parse.tls_names import group_name, suite_name

OLDER = (TLS12, TLS11, TLS10, SSL3)
KINDS = (NO_PROTECTION, BROKEN, TRIPLE_DES, FORWARD_SECRET, STATIC_KEY, AEAD, CBC, DHE)


@dataclass
class Book:
    """What is known of the suites of one version."""

    version: int
    accepted: list[int] = field(default_factory=list)  # in the order the server picked them
    rejected: set[int] = field(default_factory=set)
    doubt: str = ""  # why the listing ended without a refusal
    is_closed: bool = False  # a refusal was a close
    is_listed: bool = False

    def open(self, among: Sequence[int]) -> tuple[int, ...]:
        """Those that were neither accepted nor rejected yet."""
        return tuple(s for s in among if s not in self.rejected and s not in self.accepted)


@dataclass
class Books:
    """The suites of every version taken, and the first flights and classes that came with them."""

    host: str
    by_version: dict[int, Book]
    flights: list[tuple[int, Flight]] = field(default_factory=list)
    classes: dict[str, Offer] = field(default_factory=dict)

    @property
    def base(self) -> Book | None:
        """The newest version below 1.3: what holds for any version is asked in it."""
        return next((self.by_version[v] for v in OLDER if v in self.by_version), None)

    @property
    def count(self) -> int:
        """Suites accepted in all versions."""
        return sum(len(book.accepted) for book in self.by_version.values())

    def has(self, kind: str) -> bool:
        """True when a suite of the class was taken in any version."""
        return any(is_of(suite_name(s), kind) for b in self.by_version.values() for s in b.accepted)

    @property
    def curve_suites(self) -> tuple[int, ...]:
        """The suites of the base that agree on a curve."""
        base = self.base
        return tuple(s for s in base.accepted if suite_name(s).startswith("TLS_ECDHE_")) if base else ()

    def question(self, version: int, suites: Sequence[int]) -> Question:
        """Which of these suites the server picks in a version below 1.3."""
        offered = tuple(suites)
        return Question(
            partial(choice, version, self.host, offered), partial(pick, version, offered), offered
        )

    def take(self, book: Book, settled: Settled) -> int:
        """Note the suite of an answer, and give it."""
        assert settled.reply.flight.hello is not None
        suite = settled.reply.flight.hello.suite
        if suite not in book.accepted:
            book.accepted.append(suite)
        self.keep(settled.reply.flight)
        return suite

    def keep(self, flight: Flight) -> None:
        """Keep a first flight for what it tells besides."""
        if flight.hello and not flight.hello.is_retry:
            self.flights.append((flight.hello.version, flight))

    def sum_up(self) -> None:
        """A class is accepted when a version takes a suite of it; refused when its question or the list says so."""
        older = [b for v, b in self.by_version.items() if v != TLS13]
        for kind in KINDS:
            taken = ((suite_name(s), b) for b in self.by_version.values() for s in b.accepted)
            if proof := next((f"{s} ({name(b.version)})" for s, b in taken if is_of(s, kind)), None):
                self.classes[kind] = Offer(kind, Answer.ACCEPTED, proof)
            elif older and all(b.is_listed for b in older):
                self.classes[kind] = Offer(kind, Answer.REJECTED, "every suite was asked for")
            elif doubt := next((b.doubt for b in older if b.doubt), ""):
                self.classes.setdefault(kind, Offer(kind, Answer.UNKNOWN, doubt))


def books_of(host: str, flights: dict[int, Flight], portion12: int) -> Books:
    """What the questions about versions told of suites. `portion12` is the hello that TLS 1.2 was taken with."""
    found = {}
    for version in NEWEST_FIRST:
        flight = flights.get(version)
        if version == SSL2 or flight is None or flight.hello is None:
            continue
        earlier = tls12_portions()[:portion12] if version == TLS12 else ()
        found[version] = Book(version, [flight.hello.suite], {s for p in earlier for s in p})
    return Books(host, found)


def pick(version: int, offered: Sequence[int], reply: Reply) -> Outcome:
    """What a reply says about the suites offered: a choice must be one of them."""
    outcome = outcome_of(reply, version)
    chosen = reply.flight.hello
    if outcome.answer is Answer.ACCEPTED and chosen and chosen.suite not in offered:
        return Outcome(Answer.UNKNOWN, f"chose {suite_name(chosen.suite)}, which was not offered")
    return outcome


def pick_both(suites: Sequence[int], groups: Sequence[int], reply: Reply) -> Outcome:
    """What a reply says about suites and groups of TLS 1.3 offered together."""
    outcome = pick(TLS13, suites, reply)
    if outcome.answer is Answer.ACCEPTED and group_of(reply) not in groups:
        return Outcome(Answer.UNKNOWN, f"chose {group_name(group_of(reply))}, which was not offered")
    return outcome


def pick_group(version: int, offered: Sequence[int], reply: Reply, *, beside: Sequence[int] = ()) -> Outcome:
    """What a reply says about the groups offered; a choice among those `beside` refuses the others."""
    outcome = outcome_of(reply, version)
    if outcome.answer is not Answer.ACCEPTED:
        return outcome
    group = group_of(reply)
    if group in beside:
        return Outcome(Answer.REJECTED, f"chose {group_name(group)}")
    if group not in offered:
        return Outcome(Answer.UNKNOWN, f"chose {group_name(group)}, which was not offered")
    return Outcome(Answer.ACCEPTED, group_name(group))


def group_of(reply: Reply) -> int:
    """The group a server chose; 0 for none."""
    hello = reply.flight.hello
    if hello is None:
        return 0
    if hello.version == TLS13:
        return hello.share[0]
    exchange = read_key_exchange(
        reply.flight.key_exchange, suite_name(hello.suite), is_12=hello.version == TLS12
    )
    return exchange.group if exchange else 0


def key_of(about: str, book: Book, part: int = 0) -> Key:
    """The key of a question about the suites of a version."""
    return Key(about, book.version, part)
