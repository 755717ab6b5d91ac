"""Recorded answers by question, CNAMEs followed. The ground of every judgement on names and mail."""

from collections.abc import Iterable
from typing import NamedTuple

from scanner.model.evidence import DnsAnswer, DnsState
from scanner.parse.dns_text import spelt_name, text_of

HOPS = 16
NXDOMAIN = "NXDOMAIN"
SERVFAIL = "SERVFAIL"
NOT_ASKED = "not asked"
CHECKING_DISABLED = "cd"
VALIDATED = "ad"
REFERRAL = "referral"
FOREIGN = "example.com"  # reserved by IANA (RFC 2606): exists, and no agency serves it


class Question(NamedTuple):
    """What to ask. `server` is an address to ask directly; with `unchecked` a validator answers without judging."""

    name: str
    rrtype: str
    server: str = ""
    unchecked: bool = False


class Book:
    """Answers of one visit. A question that was never asked gets `unknown`, like one nobody answered."""

    def __init__(self, answers: Iterable[DnsAnswer]) -> None:
        self._answers = {_key(answer): answer for answer in answers}

    def find(self, question: Question) -> DnsAnswer | None:
        """The answer to a question behind all CNAMEs, or None when it was not asked."""
        name = spelt_name(question.name)
        for _ in range(HOPS):
            found = self._answers.get(question._replace(name=name))
            if found is not None or question.server:
                return found
            hop = self._answers.get(Question(name, "CNAME", unchecked=question.unchecked))
            if hop is None or hop.state is not DnsState.VALUE:
                return None
            name = spelt_name(hop.records[0])
        return None

    def get(self, name: str, rrtype: str, *, server: str = "", unchecked: bool = False) -> DnsAnswer:
        """The answer to a question, `unknown` when it was not asked."""
        found = self.find(Question(name, rrtype, server, unchecked))
        return found or DnsAnswer(spelt_name(name), rrtype, DnsState.UNKNOWN, detail=NOT_ASKED, server=server)

    def texts(self, name: str) -> tuple[str, ...]:
        """The TXT records at a name, each as one string; empty when there are none or nobody knows."""
        return tuple(text_of(record) for record in self.get(name, "TXT").records)

    def of_type(self, rrtype: str, *, unchecked: bool = False) -> tuple[DnsAnswer, ...]:
        """All answers of one type, whoever owns them."""
        return tuple(a for q, a in self._answers.items() if (q.rrtype, q.unchecked) == (rrtype, unchecked))

    def names(self, name: str, rrtype: str) -> tuple[str, ...]:
        """Records that are names, spelt as answers are keyed and sorted."""
        return tuple(sorted({spelt_name(record) for record in self.get(name, rrtype).records}))

    def addresses(self, name: str) -> tuple[str, ...]:
        """The addresses known of a host, IPv4 first."""
        return (*self.get(name, "A").records, *self.get(name, "AAAA").records)

    def chain(self, name: str) -> tuple[str, ...]:
        """The names a CNAME chain leads through, without the first."""
        hops: list[str] = []
        current = spelt_name(name)
        while len(hops) < HOPS:
            hop = self._answers.get(Question(current, "CNAME"))
            if hop is None or hop.state is not DnsState.VALUE:
                break
            current = spelt_name(hop.records[0])
            hops.append(current)
        return tuple(hops)


def _key(answer: DnsAnswer) -> Question:
    unchecked = CHECKING_DISABLED in answer.flags
    return Question(spelt_name(answer.name), answer.rrtype, answer.server, unchecked)


def line_of(answer: DnsAnswer) -> str:
    """One answer as proof: the record lines as `dig` shows them, or what the servers said instead."""
    where = f" @{answer.server}" if answer.server else ""
    if answer.state is DnsState.VALUE:
        return "\n".join(f"{answer.name}.{where} {answer.rrtype} {record}" for record in answer.records)
    said = answer.detail or answer.state.value
    return f"{answer.name}.{where} {answer.rrtype}: {said}"
