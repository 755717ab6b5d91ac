"""Asks every address of a host which versions, suites and groups it takes and which certificates it shows.

Every question has three outcomes: accepted, rejected, unknown; `inquiry` tells how they come about. A server that shows
no positive sign of TLS gets no verdict at all.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from functools import partial
from typing import Any, TypedDict

from scanner.collect.tls.again import merged
from scanner.collect.tls.books import Books, books_of
from scanner.collect.tls.classes import Classes
from scanner.collect.tls.early_data import ask_early_data
from scanner.collect.tls.extras import (
    FALLBACK,
    HYBRID_GROUP,
    NO_NAME,
    ODD,
    ORDER,
    OTHER_NAME,
    PLAIN,
    SHA2,
    TOLERANCE,
    Extras,
    hybrid_offer,
)
from scanner.collect.tls.features import chains_of, exchanges_of, features_of, scts_of
from scanner.collect.tls.hello import TLS12, TLS13
from scanner.collect.tls.inquiry import Inquiry, Key, Patience, Question
from scanner.collect.tls.listing import Listing
from scanner.collect.tls.question import name, portions
from scanner.collect.tls.records import Flight
from scanner.collect.tls.renegotiation import ask_renegotiation
from scanner.collect.tls.tls12 import SUITES as HANDSHAKES12
from scanner.collect.tls.versions import Versions
from scanner.collect.tls.wire import Connector, Deadline
from scanner.model.agency import Depth
from scanner.model.evidence import Answer, Missing, Offer, TlsEndpoint, TlsEvidence, Why
from scanner.parse.tls_names import CONFIRMED, ERRATIC, suite_name

ADDRESSES = 2  # of one host are probed; the others are listed as not asked
FULL_ADDRESSES = 8
VERDICT, FULL = "verdict", "full"
VERDICT_LIMIT = 12  # connections to one address at verdict depth
FULL_BESIDE = 30  # at full depth, besides one for each suite taken
FULL_LIMIT = 150
HOST_S = 60.0  # no host gets more, whatever the visit has left


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
    inquiries = [Inquiry(net, a, port, deadline, patience or Patience()) for a in chosen]
    probes = {i.address: Probe(i, host, is_full=is_full) for i in inquiries}
    found = dict(zip(probes, await asyncio.gather(*(p.run() for p in probes.values())), strict=True))
    return TlsEvidence(host, port, tuple(found.get(a) or _not_asked(a, len(chosen)) for a in addresses))


def _chosen(addresses: Sequence[str], limit: int) -> tuple[str, ...]:
    """The first address of each family, then the next ones, as many as are probed."""
    families = [[a for a in addresses if ":" not in a], [a for a in addresses if ":" in a]]
    firsts = [f[0] for f in families if f]
    return tuple(dict.fromkeys((*firsts, *addresses)))[:limit]


def _not_asked(address: str, limit: int) -> TlsEndpoint:
    return TlsEndpoint(address, missing=Missing(Why.NOT_ASKED, f"{limit} addresses of a host are probed"))


class _Patience(TypedDict):
    deadline: Deadline
    patience_s: float


class Probe:
    """The examination of one address."""

    def __init__(self, inquiry: Inquiry, host: str, *, is_full: bool) -> None:
        inquiry.limit = self._limit
        inquiry.merge = partial(merged, host=host)
        self.inquiry = inquiry
        self.host = host
        self.is_full = is_full
        self.books = Books(host, {})
        self.versions = Versions(inquiry, host)
        self.extras = Extras(inquiry, self.books)
        self.groups: tuple[Offer, ...] = ()
        self.features: dict[str, Offer] = {}

    async def run(self) -> TlsEndpoint:
        """Ask everything and sum it up."""
        missing = await self._introduce()
        if missing is None:
            await (self._full() if self.is_full else self._verdict())
            missing = self.versions.without_tls()
        if missing is not None:
            return TlsEndpoint(self.inquiry.address, missing=missing, connections=self.inquiry.spent)
        return self._summed_up()

    def _limit(self) -> int:
        return min(FULL_LIMIT, FULL_BESIDE + self.books.count) if self.is_full else VERDICT_LIMIT

    async def _introduce(self) -> Missing | None:
        """Find a first sign of TLS; perhaps we came when the server had had enough of somebody else."""
        missing = await self.versions.first()
        if missing is None and not self.inquiry.has_spoken:
            reply = await self.inquiry.recover(portions(TLS12, self.host)[0])
            if reply is not None:
                self.versions.file(reply)
        return missing

    # ---- verdict depth -----------------------------------------------------------------------------------------

    async def _verdict(self) -> None:
        """What the daily verdicts need; the order lets late answers confirm early closes."""
        classes = Classes(self.inquiry, self.books)
        self._open_books()
        await asyncio.gather(
            self.inquiry.put_all(self.versions.old()),
            self._harmful(classes),
            self.inquiry.put_all(self.versions.new()),
        )
        self._open_books()
        await self.inquiry.put_all(self.versions.new())
        await classes.wanted()
        await self._harmful(classes)
        await self._older_harmful(classes)
        await self._ask_extras((FALLBACK, HYBRID_GROUP))
        await self._settle_classes(classes)
        await self._older_harmful(classes)
        await self._ask_extras((FALLBACK, HYBRID_GROUP, SHA2, TOLERANCE))
        await self._settle_classes(classes)
        classes.doubt_older()
        if settled := self.inquiry.settled.get(Key(HYBRID_GROUP)):
            self.groups = (hybrid_offer(settled),)

    async def _settle_classes(self, classes: Classes) -> None:
        """Settle what is open; a class that turns out to be taken leads to the next question."""
        while self.inquiry.pending:
            await self.inquiry.settle()
            self._open_books()
            classes.note_wanted()
            for book in self.books.by_version.values():
                if book is self.books.base or classes.is_settled(book):
                    await classes.harmful(book)

    async def _harmful(self, classes: Classes) -> None:
        if base := self.books.base:
            await classes.harmful(base)

    async def _older_harmful(self, classes: Classes) -> None:
        """Ask the older versions as well while there is room: some servers keep other suites for them."""
        for book in self.books.by_version.values():
            if classes.is_due(book) and self.extras.has_room():
                await classes.harmful(book)

    # ---- full depth --------------------------------------------------------------------------------------------

    async def _full(self) -> None:
        """Every version, suite and group, then what takes a whole handshake."""
        await self.inquiry.put_all({**self.versions.old(), **self.versions.new()})
        await self.inquiry.put_all(self.versions.new())
        self.versions.choose_canary()
        await self.inquiry.settle()
        self._open_books()
        newest = self.versions.flights().get(TLS13)
        listing = Listing(self.inquiry, self.books, newest.hello.share[0] if newest and newest.hello else 0)
        await listing.run()
        self.groups = tuple(listing.groups.values())
        await self._ask_extras((ORDER, FALLBACK, TOLERANCE, SHA2, NO_NAME, OTHER_NAME))
        await self.inquiry.settle()
        await self._ask_extras((PLAIN, ODD))
        await self.inquiry.settle()
        if not self.inquiry.is_given_up:
            await self._shake_hands()

    async def _shake_hands(self) -> None:
        """What only a whole handshake tells: two of them, side by side where the server bears it."""
        place = (self.inquiry.net, self.host, self.inquiry.address, self.inquiry.port)
        asked = []
        if TLS13 in self.books.by_version and self.extras.has_room():
            asked.append(ask_early_data(*place, **self._patience()))
        book = self.books.by_version.get(TLS12)
        if book and any(s in HANDSHAKES12 for s in book.accepted) and self.extras.has_room():
            asked.append(ask_renegotiation(*place, book.accepted, **self._patience()))
        width = asyncio.Semaphore(1 if self.inquiry.is_serial else len(asked) or 1)

        async def one(handshake: Coroutine[Any, Any, Offer | None]) -> Offer | None:
            async with width:
                return await handshake

        offers = await asyncio.gather(*map(one, asked))
        self.features |= {offer.name: offer for offer in offers if offer}

    def _patience(self) -> _Patience:
        self.inquiry.spent += 1
        return {"deadline": self.inquiry.deadline, "patience_s": self.inquiry.patience_left_s}

    # ---- both --------------------------------------------------------------------------------------------------

    def _open_books(self) -> None:
        """A book for every version known to be taken."""
        self.versions.choose_canary()
        fresh = books_of(self.host, self.versions.flights(), self.versions.portion(TLS12))
        for version, book in fresh.by_version.items():
            self.books.by_version.setdefault(version, book)

    async def _ask_extras(self, wanted: Sequence[str]) -> None:
        extras = self.extras
        questions = {
            ORDER: extras.order,
            FALLBACK: extras.fallback,
            HYBRID_GROUP: extras.hybrid,
            TOLERANCE: extras.tolerance,
            PLAIN: extras.plain,
            ODD: extras.odd,
            SHA2: self._sha2,
            NO_NAME: extras.without_name,
            OTHER_NAME: extras.unknown_name,
        }
        asked = self.inquiry.settled.keys() | self.inquiry.pending.keys()
        due = [about for about in wanted if Key(about) not in asked]
        if self.inquiry.canary is not None:
            await asyncio.gather(*(extras.put(about, questions[about]()) for about in due))

    def _sha2(self) -> Question | None:
        schemes = [x.scheme for x in exchanges_of(self._flights()) if x.version == name(TLS12)]
        return self.extras.sha2(schemes)

    def _flights(self) -> list[tuple[int, Flight]]:
        return [*self.versions.flights().items(), *self.books.flights]

    def _doubt_closes(self) -> None:
        """Closes mean nothing after all: neither of classes nor of lists."""
        for book in self.books.by_version.values():
            if book.is_closed:
                book.is_listed, book.doubt = False, ERRATIC
        for kind, offer in self.books.classes.items():
            self.books.classes[kind] = self._believed(offer)

    def _believed(self, offer: Offer) -> Offer:
        if self.inquiry.is_erratic and offer.detail.endswith(CONFIRMED):
            return Offer(offer.name, Answer.UNKNOWN, ERRATIC)
        return offer

    def _summed_up(self) -> TlsEndpoint:
        self.extras.file()
        if self.inquiry.is_erratic:
            self._doubt_closes()
        self.books.sum_up()
        flights = self._flights()
        listed = [b for b in self.books.by_version.values() if b.is_listed]
        return TlsEndpoint(
            self.inquiry.address,
            versions=tuple(self._believed(o) for o in self.versions.offers()),
            chains=chains_of(flights),
            suites=tuple(
                (name(v), tuple(Offer(suite_name(s), Answer.ACCEPTED) for s in book.accepted))
                for v, book in self.books.by_version.items()
            ),
            groups=tuple(self._believed(o) for o in self.groups),
            features=(
                *features_of(flights),
                *(self._believed(o) for o in self.extras.features.values()),
                *self.features.values(),
                *(Offer(f"suites-{o.name}", o.answer, o.detail) for o in self.books.classes.values()),
            ),
            staple=next((f.staple for _, f in flights if f.staple), None),
            connections=self.inquiry.spent,
            listing=FULL if self.is_full else VERDICT,
            listed=tuple(name(b.version) for b in listed),
            exchanges=exchanges_of(flights),
            scts=scts_of(flights),
            by_name=self.extras.by_name(),
        )
