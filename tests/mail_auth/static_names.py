"""Answers out of a table, for trees that are walked without any server."""

from collections.abc import Callable, Mapping

from scanner.identify.dns_book import Book, Question
from scanner.identify.spf_tree import SpfTree, spf_tree
from scanner.model.evidence import DnsAnswer, DnsState

Answers = tuple[DnsAnswer, ...]


def settled(domain: str, ask: Callable[[Question], Answers], *, rounds: int = 80) -> SpfTree:
    """The tree of a domain once everything it wants to know has been asked."""
    known: dict[Question, Answers] = {}
    for _ in range(rounds):
        tree = spf_tree(domain, Book(a for said in known.values() for a in said))
        new = [q for q in tree.open if q not in known]
        if not new:
            return tree
        known |= {q: ask(q) for q in new}
    raise AssertionError("the walk does not end")


def from_texts(texts: Mapping[str, str]) -> Callable[[Question], Answers]:
    """TXT records by name; every other question has no answer in it."""

    def ask(question: Question) -> Answers:
        if question.rrtype == "TXT" and question.name in texts:
            record = '"' + texts[question.name].replace("\\", "\\\\").replace('"', '\\"') + '"'
            return (DnsAnswer(question.name, "TXT", DnsState.VALUE, (record,)),)
        return (DnsAnswer(question.name, question.rrtype, DnsState.ABSENT, detail="NXDOMAIN"),)

    return ask
