"""The suites a daily visit asks for: one hello holds all harmful classes, and most servers refuse them all at once.

A class that is taken leaves the next hello, so each class costs one connection and the refusal one more. They are asked
in each version below 1.3, the newest first; where the connections do not suffice for an older one, the rest is unknown.
"""

from collections.abc import Sequence

from scanner.collect.tls.again import CLASS
from scanner.collect.tls.books import Book, Books
from scanner.collect.tls.hello import TLS12
from scanner.collect.tls.inquiry import Inquiry, Key, Question, Settled
from scanner.collect.tls.question import name
from scanner.collect.tls.suites import HARMFUL, HELLO_LIMIT, harmful_suites, suites_of
from scanner.model.evidence import Answer, Offer
from scanner.parse.suite_kind import AEAD, BROKEN, FORWARD_SECRET, NO_PROTECTION, TRIPLE_DES, kinds_of
from scanner.parse.tls_names import TOO_MANY, suite_name

UNSOUND = frozenset({NO_PROTECTION, BROKEN, TRIPLE_DES})
WANTED = (FORWARD_SECRET, AEAD)


class Classes:
    """The questions about classes of suites, one after another."""

    def __init__(self, inquiry: Inquiry, books: Books) -> None:
        self.inquiry = inquiry
        self.books = books
        self.asked: set[int] = set()  # versions

    async def wanted(self) -> None:
        """Ask for forward secrecy and for AEAD where no answer has shown them yet."""
        base = self.books.base
        for kind in WANTED if base else ():
            assert base is not None
            if self.books.has(kind) or (kind == AEAD and base.version != TLS12):
                continue
            sound = (s for s in suites_of(base.version) if _is_sound(suite_name(s), kind))
            suites = base.open(tuple(sound))[:HELLO_LIMIT]
            if suites:
                await self.inquiry.put(Key(kind, base.version), self.books.question(base.version, suites))
                self.note_wanted()

    def note_wanted(self) -> None:
        """File what came of the wanted classes."""
        base = self.books.base
        for kind in WANTED if base else ():
            assert base is not None
            if settled := self.inquiry.settled.pop(Key(kind, base.version), None):
                self._note(base, (kind,), settled)

    async def harmful(self, book: Book) -> None:
        """Ask a version for the harmful classes until it refuses those that are left."""
        key = Key(CLASS, book.version)
        self.asked.add(book.version)
        while question := self._next(book):
            if key in self.inquiry.pending:
                return
            settled = self.inquiry.settled.pop(key, None) or await self.inquiry.put(key, question)
            self.inquiry.settled.pop(key, None)
            if settled is None:
                return
            self._note(book, self._left(), settled)
            if settled.answer is not Answer.ACCEPTED:
                book.rejected.update(question.suites)
                return

    def is_due(self, book: Book) -> bool:
        """True for an older version whose classes were not asked yet."""
        is_older = book.version < TLS12 and book is not self.books.base
        return is_older and book.version not in self.asked

    def doubt_older(self) -> None:
        """What an older version was not asked is not refused: some servers keep other suites for it."""
        if any(self.is_due(book) and self._next(book) for book in self.books.by_version.values()):
            for kind in self._left():
                self.books.classes[kind] = Offer(kind, Answer.UNKNOWN, TOO_MANY)

    def is_settled(self, book: Book) -> bool:
        """True when an answer about a version has come that was not filed yet."""
        return Key(CLASS, book.version) in self.inquiry.settled

    def _next(self, book: Book) -> Question | None:
        """The hello with what is left of the harmful classes; None when nothing is."""
        left = frozenset(self._left())
        with_rare = any("_DSS_" in suite_name(s) for s in book.accepted)
        suites = harmful_suites(book.version, with_rare=with_rare)
        still = [s for s in book.open(suites) if kinds_of(suite_name(s)) & left][:HELLO_LIMIT]
        return self.books.question(book.version, still) if still else None

    def _left(self) -> tuple[str, ...]:
        return tuple(kind for kind in HARMFUL if not self.books.has(kind))

    def _note(self, book: Book, kinds: Sequence[str], settled: Settled) -> None:
        if settled.answer is Answer.ACCEPTED:
            self.books.take(book, settled)
            return
        for kind in kinds:
            before = self.books.classes.get(kind)
            if before is None or before.answer is Answer.REJECTED:
                told = f"{name(book.version)}: {settled.detail}"
                detail = told if settled.answer is Answer.REJECTED else settled.detail
                self.books.classes[kind] = Offer(kind, settled.answer, detail)


def _is_sound(suite: str, kind: str) -> bool:
    kinds = kinds_of(suite)
    return kind in kinds and not kinds & UNSOUND
