"""SPF as a tree with counters (RFC 7208 section 4.6.4), pure over recorded answers.

Walked for a mail no mechanism matches, so every term counts: that is the mail the limits are for. A target that
holds a macro costs its look-up and cannot be followed. What has not been asked yet is named in `open`.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from scanner.identify.dns_book import Book, Question
from scanner.model.evidence import DnsAnswer, DnsState
from scanner.parse.dns_text import spelt_name
from scanner.parse.spf import LOOKUP_KINDS, SpfError, SpfRecord, SpfTerm, is_spf, read_spf

LOOKUPS_MOST = 10
VOIDS_MOST = 2
MX_MOST = 10
STOP_AFTER = 20  # look-ups: enough to prove the fault, and an end to malice
NODES_MOST = 60


class SpfFault(StrEnum):
    """Why receivers end with a permanent error."""

    MULTIPLE = "multiple"
    SYNTAX = "syntax"
    LOOKUPS = "too-many-lookups"
    VOIDS = "too-many-voids"
    NO_RECORD = "no-record-included"
    LOOP = "loop"
    MX = "too-many-mx"


@dataclass(slots=True)
class SpfTree:
    """One domain's SPF. `record` is None when the domain has none, or when nobody knows (`unknown`)."""

    domain: str
    texts: tuple[str, ...] = ()  # the records that begin v=spf1
    record: SpfRecord | None = None
    lookups: int = 0
    voids: tuple[str, ...] = ()  # questions without an answer: "a old.example"
    faults: list[tuple[SpfFault, str]] = field(default_factory=list)  # with the proof of each
    included: list[tuple[str, str]] = field(default_factory=list)  # (domain, record) as walked
    unknown: DnsAnswer | None = None  # the first answer that nobody could get
    open: list[Question] = field(default_factory=list)  # asked next, then the tree is walked again
    final: str = ""  # the qualifier of the `all` that decides in the end, also behind redirect
    open_by: str = ""  # the term that lets every server in, with its domain
    uses_ptr: bool = False
    has_macro: bool = False

    @property
    def is_settled(self) -> bool:
        """True when every answer that matters is known."""
        return self.unknown is None and not self.open


def spf_tree(domain: str, book: Book) -> SpfTree:
    """The tree of a domain as far as the answers reach."""
    tree = SpfTree(domain)
    _Walk(tree, book).record_at(domain, ())
    if tree.lookups > LOOKUPS_MOST:
        tree.faults.append((SpfFault.LOOKUPS, str(tree.lookups)))
    if len(tree.voids) > VOIDS_MOST:
        tree.faults.append((SpfFault.VOIDS, ", ".join(tree.voids)))
    return tree


def is_open(term: SpfTerm) -> bool:
    """True when a term passes every sender: `+all`, or all addresses of a family."""
    return term.qualifier == "+" and (term.kind == "all" or term.network.endswith("/0"))


class _Walk:
    def __init__(self, tree: SpfTree, book: Book) -> None:
        self._tree = tree
        self._book = book

    def record_at(self, domain: str, path: tuple[str, ...]) -> None:
        """Judge the record at a domain; `path` holds the domains that led here, outermost first."""
        answer = self._ask(domain, "TXT")
        if answer is None:
            return
        texts = tuple(text for text in self._book.texts(domain) if is_spf(text))
        if not path:
            self._tree.texts = texts
        if not texts:
            if path:
                self._tree.faults.append((SpfFault.NO_RECORD, f"{path[-1]} -> {domain}"))
                self._void(answer, f"txt {domain}")
            return
        if len(texts) > 1:
            self._tree.faults.append((SpfFault.MULTIPLE, "\n".join(f"{domain}: {t}" for t in texts)))
            return
        record = read_spf(texts[0])
        if isinstance(record, SpfError):
            proof = f"{domain}: {record.term[:200]} ({record.reason})"
            self._tree.faults.append((SpfFault.SYNTAX, proof))
            return
        if path:
            self._tree.included.append((domain, texts[0]))
        else:
            self._tree.record = record
        self._terms(domain, record, (*path, domain))

    def _terms(self, domain: str, record: SpfRecord, path: tuple[str, ...]) -> None:
        is_last_word = len(path) == 1 or self._tree.final == "redirected"
        if is_last_word:
            self._tree.final = record.all_qualifier
        for term in record.effective:
            if self._is_over():
                return
            if is_open(term) and not self._tree.open_by:
                self._tree.open_by = f"{domain}: {term.raw}"
            self._term(domain, term, path)
        if record.redirect and not record.all_qualifier:
            self._tree.final = "redirected" if is_last_word else self._tree.final
            self._redirect(record.redirect, path)
            self._tree.final = "" if self._tree.final == "redirected" else self._tree.final

    def _redirect(self, target: str, path: tuple[str, ...]) -> None:
        self._tree.lookups += 1
        if "%" in target:
            self._tree.has_macro = True
        else:
            self._follow(target, path)

    def _follow(self, target: str, path: tuple[str, ...]) -> None:
        name = spelt_name(target)
        if name in path:
            self._tree.faults.append((SpfFault.LOOP, " -> ".join((*path, name))))
        elif not self._is_over():
            self.record_at(name, path)

    def _include(self, term: SpfTerm, target: str, path: tuple[str, ...]) -> None:
        """An include passes what its record passes, under its own qualifier (section 5.2)."""
        before = self._tree.open_by
        self._follow(target, path)
        if term.qualifier != "+":
            self._tree.open_by = before

    def _is_over(self) -> bool:
        return self._tree.lookups > STOP_AFTER or len(self._tree.included) > NODES_MOST

    def _term(self, domain: str, term: SpfTerm, path: tuple[str, ...]) -> None:
        if term.kind not in LOOKUP_KINDS:
            return
        self._tree.lookups += 1
        self._tree.uses_ptr |= term.kind == "ptr"
        if term.has_macro:
            self._tree.has_macro = True
            return
        target = spelt_name(term.domain or domain)
        match term.kind:
            case "include":
                self._include(term, target, path)
            case "a":
                self._hosts(target)
            case "mx":
                self._mail_servers(target)
            case "exists":
                answer = self._ask(target, "A")
                if answer is not None:
                    self._void(answer, f"exists {target}")
            case _:
                pass  # ptr depends on the client

    def _hosts(self, target: str) -> None:
        """`a` asks A or AAAA, as the client comes; only a name without both is void for every client."""
        answers = [self._ask(target, kind) for kind in ("A", "AAAA")]
        if all(answer is not None and answer.state is DnsState.ABSENT for answer in answers):
            self._add_void(f"a {target}")

    def _mail_servers(self, target: str) -> None:
        answer = self._ask(target, "MX")
        if answer is None:
            return
        self._void(answer, f"mx {target}")
        if len(answer.records) > MX_MOST:
            self._tree.faults.append((SpfFault.MX, f"mx {target}: {len(answer.records)} MX"))

    def _void(self, answer: DnsAnswer, label: str) -> None:
        if answer.state is DnsState.ABSENT:
            self._add_void(label)

    def _add_void(self, label: str) -> None:
        self._tree.voids = (*self._tree.voids, label)

    def _ask(self, name: str, rrtype: str) -> DnsAnswer | None:
        """The answer when there is one; else the tree notes what is missing."""
        question = Question(spelt_name(name), rrtype)
        answer = self._book.find(question)
        if answer is None:
            self._tree.open.append(question)
            return None
        if answer.state is DnsState.UNKNOWN:
            self._tree.unknown = self._tree.unknown or answer
            return None
        return answer
