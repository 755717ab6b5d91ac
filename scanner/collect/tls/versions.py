"""Which versions an address speaks: the questions, in an order that lets the answers confirm each other.

TLS 1.2 is asked first, since nearly every server takes it; TLS 1.3 last, so that its answer stands behind the closes of
the old versions. A server that is silent at first gets TLS 1.3 and a short old hello next; after that silence is final.
"""

from dataclasses import dataclass, field
from functools import partial

from scanner.collect.tls.hello import SSL3, TLS10, TLS11, TLS12, TLS13
from scanner.collect.tls.inquiry import Inquiry, Key, Question, Settled
from scanner.collect.tls.outcome import Reading, answers_older, outcome_of
from scanner.collect.tls.question import NEWEST_FIRST, SSL2, Maker, name, portions
from scanner.collect.tls.records import Flight
from scanner.collect.tls.wire import Kind, Reply
from scanner.model.evidence import Answer, Missing, Offer, Why

ABOUT = "version"
FIRST = Key(ABOUT, TLS12)
OLD = tuple(Key(ABOUT, version) for version in (TLS10, TLS11, SSL3, SSL2))
NEW = Key(ABOUT, TLS13)
AFTER_SILENCE = (NEW, *OLD)
VERSION_ALERT = 70  # holds for all portions of a version
SILENCES = 3  # in a row, with no sign of TLS: nobody is there
FINAL = (Kind.UNREACHED, Kind.MALFORMED, Kind.BUDGET)


@dataclass
class Versions:
    """The questions about versions of one address, and what came of them."""

    inquiry: Inquiry
    host: str
    asked: dict[Key, Maker] = field(default_factory=dict)

    async def first(self) -> Missing | None:
        """Ask until there is a sign of TLS; gives a reason when there is none."""
        reply = await self._put(FIRST)
        self._note_older(reply)
        order = AFTER_SILENCE if reply.kind is Kind.SILENT else (*OLD, NEW)
        for key in order:
            if self.inquiry.has_spoken:
                break
            if reply.kind in FINAL or self.inquiry.silences == SILENCES:
                return Missing(reply.why, reply.detail)
            reply = await self._put(key)
        if not self.inquiry.has_spoken and (reply.kind in FINAL or self.inquiry.silences == SILENCES):
            return Missing(reply.why, reply.detail)
        return None

    def _note_older(self, reply: Reply) -> None:
        """A server that answers TLS 1.2 with an older version takes that one, and need not be asked again."""
        if reply.flight.hello and answers_older(reply, TLS12):
            key = Key(ABOUT, reply.flight.hello.version)
            if key in OLD:
                self.inquiry.file(key, Question(self.asked[FIRST], _outcome(key)), reply)
                self.asked[key] = self.asked[FIRST]
                self.choose_canary()

    def old(self) -> dict[Key, Question]:
        """The old versions that were not asked yet."""
        return {key: self._question(key) for key in OLD if key not in self.asked}

    def new(self) -> dict[Key, Question]:
        """TLS 1.3, if it was not asked yet, and what TLS 1.2 has still to be asked."""
        found = {} if NEW in self.asked else {NEW: self._question(NEW)}
        settled = self.inquiry.settled.get(FIRST)
        for number in range(1, len(portions(TLS12, self.host))):
            key = Key(ABOUT, TLS12, number)
            if key not in self.asked and (settled is None or _leaves_open(settled)):
                found[key] = self._question(key)
        return found

    def answer(self, version: int) -> Settled | None:
        """What is known of a version: taken by one hello, or refused by each; None while one of them is open."""
        keys = [key for key in self.asked if key.version == version]
        if any(key in self.inquiry.pending for key in keys):
            return None
        said = [self.inquiry.settled[key] for key in keys if key in self.inquiry.settled]
        for answer in (Answer.ACCEPTED, Answer.UNKNOWN):
            if found := next((s for s in said if s.answer is answer), None):
                return found
        return said[-1] if said else None

    def flights(self) -> dict[int, Flight]:
        """First flights of the versions taken, newest first."""
        found = {version: self.answer(version) for version in NEWEST_FIRST}
        return {v: s.reply.flight for v, s in found.items() if s and s.answer is Answer.ACCEPTED}

    def offers(self) -> tuple[Offer, ...]:
        """The outcome of every version, newest first."""
        found = {version: self.answer(version) for version in NEWEST_FIRST}
        return tuple(Offer(name(v), s.answer, s.detail) for v, s in found.items() if s)

    def portion(self, version: int) -> int:
        """Which hello of a version was taken."""
        return next((k.part for k in self.asked if k.version == version and self._has_taken(k)), 0)

    def without_tls(self) -> Missing | None:
        """Why no verdict is possible: no version was taken, so nothing proves that a question was understood."""
        if self.flights():
            return None
        replies = [s.reply for key in self.asked if (s := self.inquiry.settled.get(key))]
        for kind in (Kind.RESET, Kind.CLOSED, Kind.SILENT, Kind.BUDGET):
            if reply := next((r for r in replies if r.kind is kind), None):
                return Missing(reply.why, reply.detail)
        told = {o.detail for o in self.offers()}
        return Missing(Why.TLS, f"no version is accepted: {', '.join(sorted(told))}")

    def file(self, reply: Reply) -> None:
        """Take an answer to the first hello that came late, after a pause."""
        self.inquiry.file(FIRST, self._question(FIRST), reply)
        self.choose_canary()

    def choose_canary(self) -> None:
        """The hello that proves the server is still talking: the first one that was answered."""
        if self.inquiry.canary is None:
            taken = (m for key, m in self.asked.items() if key.version != SSL2 and self._has_taken(key))
            self.inquiry.canary = next(taken, None)

    def _has_taken(self, key: Key) -> bool:
        settled = self.inquiry.settled.get(key)
        return settled is not None and settled.answer is Answer.ACCEPTED

    async def _put(self, key: Key) -> Reply:
        await self.inquiry.put(key, self._question(key))
        self.choose_canary()
        settled = self.inquiry.settled.get(key)
        return settled.reply if settled else self.inquiry.pending[key].reply

    def _question(self, key: Key) -> Question:
        make = self.asked[key] = portions(key.version, self.host)[key.part]
        return Question(make, _outcome(key))


def _outcome(key: Key) -> Reading:
    return partial(outcome_of, version=key.version)


def _leaves_open(settled: Settled) -> bool:
    """True when a refusal of one hello says nothing of the other suites of the version."""
    is_final = settled.reply.flight.alert == VERSION_ALERT or answers_older(settled.reply, TLS12)
    return settled.answer is Answer.REJECTED and not is_final
