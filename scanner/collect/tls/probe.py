"""Asks every address of a host which versions it speaks and which certificates it shows.

Each question has three outcomes. An alert, or another version in the answer, is a rejection. A close or a reset is
one only when it happens twice and a hello that worked before (the canary) works in between and afterwards. When the
canary fails, the server throttles us: the pace drops, the canary is asked again, and what stays open is unknown,
never "not offered". A server that shows no positive sign of TLS gets no verdict at all.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from scanner.collect.tls.early_data import FEATURE as EARLY_DATA
from scanner.collect.tls.early_data import ask_early_data
from scanner.collect.tls.features import chains_of, exchanges_of, features_of, scts_of
from scanner.collect.tls.hello import TLS12, TLS13
from scanner.collect.tls.inquiry import CLOSES_TO_REJECT, ROUNDS
from scanner.collect.tls.listing import Book, Listing
from scanner.collect.tls.outcome import Outcome, answers_older, outcome_of
from scanner.collect.tls.question import (
    ASKING_ORDER,
    NEWEST_FIRST,
    SSL2,
    Maker,
    name,
    portions,
)
from scanner.collect.tls.records import Flight
from scanner.collect.tls.suites import tls12_portions
from scanner.collect.tls.wire import Connector, Deadline, Kind, Reply
from scanner.collect.tls.wire import ask as send
from scanner.model.agency import Depth
from scanner.model.evidence import Answer, Missing, Offer, TlsEndpoint, TlsEvidence, Why
from scanner.parse.tls_names import OUT_OF_TIME, THROTTLED, suite_name

ADDRESSES = 2  # of one host are probed; the others are listed as not asked
FULL_ADDRESSES = 8
VERDICT, FULL = "verdict", "full"
VERSION_ALERT = 70  # holds for all portions of a version
HOST_S = 60.0  # no host gets more, whatever the visit has left
SILENCES = 3  # in a row, with no sign of TLS: nobody is there


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one hello is waited for, and how the pace drops. Tests pass smaller figures."""

    first_s: tuple[float, ...] = (5.0, 4.0, 2.5)  # while nothing has answered; the last one repeats
    least_s: float = 2.0  # afterwards: so long, or ten times the slowest good answer
    gap_s: float = 0.25  # doubled each time the canary fails
    longest_gap_s: float = 4.0


async def probe_tls(
    net: Connector,
    host: str,
    port: int,
    addresses: Sequence[str],
    *,
    depth: Depth,
    deadline_s: float,
    listing: str = VERDICT,
    patience: Patience | None = None,
) -> TlsEvidence:
    """What each address says, in the order given, one of each family first.

    Two addresses are asked; eight in a full listing, which a thorough visit makes, and any other on request.
    """
    is_full = listing == FULL or depth is Depth.THOROUGH
    chosen = _chosen(addresses, FULL_ADDRESSES if is_full else ADDRESSES)
    deadline = Deadline(min(deadline_s, HOST_S))
    probes = {a: Probe(net, host, port, a, deadline, patience or Patience(), is_full=is_full) for a in chosen}
    found = dict(zip(probes, await asyncio.gather(*(p.run() for p in probes.values())), strict=True))
    return TlsEvidence(host, port, tuple(found.get(a) or _not_asked(a, len(chosen)) for a in addresses))


def _chosen(addresses: Sequence[str], limit: int) -> tuple[str, ...]:
    """The first address of each family, then the next ones, as many as are probed."""
    families = [[a for a in addresses if ":" not in a], [a for a in addresses if ":" in a]]
    firsts = [f[0] for f in families if f]
    return tuple(dict.fromkeys((*firsts, *addresses)))[:limit]


def _not_asked(address: str, limit: int) -> TlsEndpoint:
    return TlsEndpoint(address, missing=Missing(Why.NOT_ASKED, f"{limit} addresses of a host are probed"))


@dataclass
class Probe:
    """The examination of one address: what is settled, what is open, how fast we may go."""

    net: Connector
    host: str
    port: int
    address: str
    deadline: Deadline
    patience: Patience
    offers: dict[int, Offer] = field(default_factory=dict)
    flights: dict[int, Flight] = field(default_factory=dict)  # of accepted versions
    open: dict[int, Reply] = field(default_factory=dict)  # versions without an outcome, and their last reply
    portion: dict[int, int] = field(default_factory=dict)  # next hello of a version that takes several
    canary: Maker | None = None
    connections: int = 0
    gap_s: float = 0.0
    slowest_s: float = 0.0
    silences: int = 0
    has_spoken: bool = False  # an answer or an alert: TLS lives here
    is_full: bool = False
    is_given_up: bool = False  # the canary no longer works

    async def run(self) -> TlsEndpoint:
        """Ask everything and sum it up."""
        missing = await self._first_pass()
        if missing is None and self.canary is None and self.open:
            await self.recover()  # perhaps we came when the server had had enough of somebody else
        if self.canary is not None:
            await self._confirm()
            missing = None
        missing = missing or self._without_tls()
        if missing is not None:
            return TlsEndpoint(self.address, missing=missing, connections=self.connections)
        listing = Listing(self, self.host, self._books(), spent=self.connections)
        if self.canary is not None:
            await (listing.full() if self.is_full else listing.verdict())
        if self.is_full and TLS13 in self.flights and not self.is_given_up:
            early = await self._early_data()
            listing.features |= {EARLY_DATA: early} if early else {}
        return self._summed_up(listing)

    # ---- asking ------------------------------------------------------------------------------------------------

    async def _first_pass(self) -> Missing | None:
        """Ask each version once; gives a reason when there is nothing to talk to."""
        for version in ASKING_ORDER:
            reply = await self._ask_version(version)
            if self.has_spoken:
                continue
            final = reply.kind in (Kind.UNREACHED, Kind.MALFORMED, Kind.BUDGET)
            if final or self.silences == SILENCES:
                return Missing(reply.why, reply.detail)
        return None

    async def _ask_version(self, version: int) -> Reply:
        """Ask a version with its next hello, and further ones while they are rejected; files the outcome."""
        hellos = portions(version, self.host)
        reply = Reply(Kind.BUDGET)
        for number in range(self.portion.get(version, 0), len(hellos)):
            reply = await self.ask(hellos[number])
            outcome = outcome_of(reply, version)
            if outcome.answer is None:
                self.portion[version] = number
                self.open[version] = reply
                return reply
            self._file(version, outcome, reply, hellos[number])
            self.portion[version] = number
            is_final = reply.flight.alert == VERSION_ALERT or answers_older(reply, version)
            if outcome.answer is not Answer.REJECTED or is_final:
                return reply
        return reply

    def _file(self, version: int, outcome: Outcome, reply: Reply, maker: Maker) -> None:
        assert outcome.answer is not None
        self.offers[version] = Offer(name(version), outcome.answer, outcome.detail)
        self.open.pop(version, None)
        if outcome.answer is Answer.ACCEPTED:
            self.flights[version] = reply.flight
            self.slowest_s = max(self.slowest_s, reply.took_s)
            if version != SSL2 and self.canary is None:
                self.canary = maker

    async def ask(self, maker: Maker) -> Reply:
        """One hello at the present pace."""
        if self.gap_s:
            await asyncio.sleep(min(self.gap_s, self.deadline.left_s))
        reply = await send(
            self.net, self.address, self.port, maker(), deadline=self.deadline, patience_s=self._patience_s()
        )
        self.connections += reply.kind is not Kind.BUDGET
        self.silences += reply.kind is Kind.SILENT
        self.has_spoken = self.has_spoken or reply.kind in (Kind.ANSWERED, Kind.ALERT)
        return reply

    def _patience_s(self) -> float:
        if self.canary is not None:
            return max(self.patience.least_s, min(self.patience.first_s[0], 10 * self.slowest_s))
        return self.patience.first_s[min(self.silences, len(self.patience.first_s) - 1)]

    # ---- doubting ----------------------------------------------------------------------------------------------

    async def _confirm(self) -> None:
        """Settle the open questions: ask the canary, ask them again, ask the canary again."""
        closes = dict.fromkeys(self.open, 0)
        for _ in range(ROUNDS):
            if not self.open:
                return
            if await self.canary_works():
                self._count(closes)
            elif not await self.recover():
                self.is_given_up = True
                break
            for version in tuple(self.open):
                await self._ask_version(version)
        for version in tuple(self.open):
            self._settle(version, Answer.UNKNOWN, THROTTLED if self.deadline.left_s else OUT_OF_TIME)

    def _count(self, closes: dict[int, int]) -> None:
        """A working canary tells: the closes since the last one were meant."""
        for version, reply in tuple(self.open.items()):
            if reply.kind is Kind.SILENT:
                self._settle(version, Answer.UNKNOWN, reply.detail)
            elif reply.kind in (Kind.CLOSED, Kind.RESET):
                closes[version] = closes.get(version, 0) + 1
                if closes[version] >= CLOSES_TO_REJECT:
                    self._settle(version, Answer.REJECTED, f"{reply.kind.value}, confirmed by canary")

    def _settle(self, version: int, answer: Answer, detail: str) -> None:
        self.offers[version] = Offer(name(version), answer, detail)
        del self.open[version]

    async def canary_works(self) -> bool:
        """True when the hello that worked before works still."""
        assert self.canary is not None
        return (await self.ask(self.canary)).kind is Kind.ANSWERED

    async def recover(self) -> bool:
        """Slow down until a known hello works again; False when the time is used up before."""
        maker = self.canary or portions(TLS12, self.host)[0]
        gap = self.patience.gap_s
        while gap <= self.patience.longest_gap_s and self.deadline.left_s:
            self.gap_s = max(self.gap_s, gap)
            reply = await self.ask(maker)
            if reply.kind is Kind.ANSWERED:
                if self.canary is None:
                    self._file(TLS12, outcome_of(reply, TLS12), reply, maker)
                return True
            gap *= 2
        return False

    # ---- summing up --------------------------------------------------------------------------------------------

    def _without_tls(self) -> Missing | None:
        """Why no verdict is possible: no version was accepted, so nothing proves that a question was understood."""
        if self.flights:
            return None
        for kind in (Kind.RESET, Kind.CLOSED, Kind.SILENT, Kind.BUDGET):
            reply = next((r for r in self.open.values() if r.kind is kind), None)
            if reply:
                return Missing(reply.why, reply.detail)
        told = {o.detail for o in self.offers.values()}
        return Missing(Why.TLS, f"no version is accepted: {', '.join(sorted(told))}")

    async def _early_data(self) -> Offer | None:
        self.connections += 1
        return await ask_early_data(
            self.net,
            self.host,
            self.address,
            self.port,
            deadline=self.deadline,
            patience_s=self._patience_s(),
        )

    def _books(self) -> dict[int, Book]:
        """What the questions about versions told of suites."""
        books = {}
        for version in NEWEST_FIRST:
            flight = self.flights.get(version)
            if version == SSL2 or flight is None or flight.hello is None:
                continue
            earlier = tls12_portions()[: self.portion.get(version, 0)] if version == TLS12 else ()
            books[version] = Book(version, [flight.hello.suite], {s for p in earlier for s in p})
        return books

    def _summed_up(self, listing: Listing) -> TlsEndpoint:
        flights = [(v, self.flights[v]) for v in NEWEST_FIRST if v in self.flights] + listing.flights
        listed = [b for b in listing.books.values() if b.is_listed]
        return TlsEndpoint(
            self.address,
            versions=tuple(self.offers[v] for v in NEWEST_FIRST if v in self.offers),
            chains=chains_of(flights),
            suites=tuple(
                (name(v), tuple(Offer(suite_name(s), Answer.ACCEPTED) for s in book.accepted))
                for v, book in listing.books.items()
            ),
            groups=tuple(listing.groups),
            features=(
                *features_of(flights),
                *listing.features.values(),
                *(Offer(f"suites-{o.name}", o.answer, o.detail) for o in listing.classes.values()),
            ),
            staple=next((f.staple for _, f in flights if f.staple), None),
            connections=self.connections,
            listing=FULL if self.is_full else VERDICT,
            listed=tuple(name(b.version) for b in listed),
            exchanges=exchanges_of(flights),
            scts=scts_of(flights),
        )
