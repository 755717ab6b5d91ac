"""The full listing: every suite of every version and every group, by elimination.

Whatever the server picks is taken out of the next hello, until it refuses. Each version is a chain of hellos, the
likely suites of TLS 1.2 are two, and all chains run side by side. TLS 1.3 is asked without a key, so that a
HelloRetryRequest names suite and group (RFC 8446 section 4.1.4): no key agreement has to be known.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from functools import partial
from typing import Any

from scanner.collect.tls.again import SUITES
from scanner.collect.tls.books import Book, Books, group_of, key_of, pick, pick_both, pick_group
from scanner.collect.tls.hello import TLS12, TLS13
from scanner.collect.tls.inquiry import Inquiry, Key, Question, Settled
from scanner.collect.tls.question import choice, choice13
from scanner.collect.tls.suites import GROUPS12, GROUPS13, RARE_GROUPS, legacy_suites, tls12_portions
from scanner.collect.tls.suites import TLS13 as SUITES13
from scanner.model.evidence import Answer, Offer
from scanner.parse.tls_names import CONFIRMED, group_name, suite_name

GROUPS, BOTH = "groups", "suite-and-group"
KEY_CURVES = (
    0x0017,
    0x0018,
    0x0019,
)  # an ECDSA certificate needs its own curve in the hello (RFC 8422 section 5.1)


class Listing:
    """The chains of one address, and how far they came."""

    def __init__(self, inquiry: Inquiry, books: Books, first_group: int = 0) -> None:
        self.inquiry = inquiry
        self.books = books
        self.first_group = first_group  # with which TLS 1.3 was taken at first
        self.groups: dict[int, Offer] = {}

    async def run(self) -> None:
        """Ask until every chain has come to its end or nothing more may be asked."""
        ended = False
        while not ended:
            await asyncio.gather(*self._suite_chains(), *self._group_chains())
            await asyncio.gather(*self._group_chains())  # where the first suite with a curve came late
            ended = not self.inquiry.pending
            await self.inquiry.settle()
        for book in self.books.by_version.values():
            book.is_listed = not book.doubt

    def _suite_chains(self) -> list[Coroutine[Any, Any, None]]:
        chains = [
            self._suites(book, part, among)
            for version, book in self.books.by_version.items()
            if version != TLS13
            for part, among in enumerate(_parts(version))
        ]
        newest = self.books.by_version.get(TLS13)
        return [self._newest(newest), *chains] if newest else chains

    async def _newest(self, book: Book) -> None:
        """TLS 1.3: each answer takes a suite and a group out at once, until one of both is through; then the suites."""
        if self.first_group in GROUPS13:
            self._note_taken(self.first_group)
        while (suites := book.open(SUITES13)) and (groups := self._open_groups(GROUPS13)):
            make = partial(choice13, self.books.host, suites, groups)
            read = partial(pick_both, suites, groups)
            settled = await self.inquiry.put(Key(BOTH, TLS13), Question(make, read, is_told_by_close=False))
            if settled is None or settled.answer is not Answer.ACCEPTED:
                break
            self.books.take(book, settled)
            self._note_taken(group_of(settled.reply))
        self.inquiry.pending.pop(Key(BOTH, TLS13), None)
        await asyncio.gather(self._suites(book, 0, SUITES13), self._groups(TLS13, 0, GROUPS13))

    def _open_groups(self, among: Sequence[int]) -> tuple[int, ...]:
        return tuple(g for g in among if g not in self.groups)

    def _note_taken(self, group: int) -> None:
        self.groups[group] = Offer(group_name(group), Answer.ACCEPTED)

    async def _suites(self, book: Book, part: int, among: Sequence[int]) -> None:
        key = key_of(SUITES, book, part)
        while not book.doubt and (left := book.open(among)):
            settled = self.inquiry.settled.pop(key, None) or await self.inquiry.put(
                key, self._ask(book, left)
            )
            self.inquiry.settled.pop(key, None)
            if settled is None:
                return
            if settled.answer is Answer.ACCEPTED:
                self.books.take(book, settled)
            elif settled.answer is Answer.REJECTED:
                book.rejected.update(left)
                book.is_closed |= settled.detail.endswith(CONFIRMED)
            else:
                book.doubt = settled.detail

    def _ask(self, book: Book, left: Sequence[int]) -> Question:
        if book.version != TLS13:
            return self.books.question(book.version, left)
        make = partial(choice13, self.books.host, left, GROUPS13)
        return Question(make, partial(pick, TLS13, left), tuple(left))

    def _group_chains(self) -> list[Coroutine[Any, Any, None]]:
        """The chains about groups below TLS 1.3; where 1.3 is spoken, its own chain asks for the usual ones."""
        base = self.books.base
        if base is None or not self.books.curve_suites:
            return []
        usual = [] if TLS13 in self.books.by_version else [self._groups(base.version, 0, GROUPS12)]
        return [*usual, self._groups(base.version, 1, RARE_GROUPS)]

    async def _groups(self, version: int, part: int, among: Sequence[int]) -> None:
        key = Key(GROUPS, version, part)
        if key in self.inquiry.pending:
            return
        while left := self._open_groups(among):
            question = self._ask_group(version, left)
            settled = self.inquiry.settled.pop(key, None) or await self.inquiry.put(key, question)
            self.inquiry.settled.pop(key, None)
            if settled is None:
                return
            self._note_group(left, settled)

    def _ask_group(self, version: int, left: tuple[int, ...]) -> Question:
        if version == TLS13:
            make = partial(choice13, self.books.host, SUITES13, left)
            return Question(make, partial(pick_group, TLS13, left))
        suites = self.books.curve_suites
        by_rsa = tuple(s for s in suites if "_RSA_" in suite_name(s))
        beside = () if by_rsa or set(left) & set(KEY_CURVES) else KEY_CURVES
        make = partial(choice, version, self.books.host, by_rsa or suites, groups=(*left, *beside))
        return Question(make, partial(pick_group, version, left, beside=beside))

    def _note_group(self, left: Sequence[int], settled: Settled) -> None:
        if settled.answer is Answer.ACCEPTED:
            self._note_taken(group_of(settled.reply))
            self.books.keep(settled.reply.flight)
            return
        for group in left:
            self.groups[group] = Offer(group_name(group), settled.answer, settled.detail)


def _parts(version: int) -> tuple[tuple[int, ...], ...]:
    """The chains of one older version; the likely suites of TLS 1.2 are two, since they are the longest."""
    if version != TLS12:
        return (legacy_suites(),)
    likely, *rest = tls12_portions()
    return likely[::2], likely[1::2], *rest
