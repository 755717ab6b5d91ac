"""Which DMARC record speaks for a domain: the tree walk of RFC 9989 section 4.10, pure over recorded answers."""

from collections.abc import Iterator
from dataclasses import dataclass

from scanner.identify.dns_book import Book
from scanner.model.evidence import DnsAnswer, DnsState
from scanner.parse.dmarc import FULL, DmarcError, DmarcRecord, Policy, is_dmarc, read_dmarc

LABELS_KEPT = 7
PREFIX = "_dmarc."


@dataclass(frozen=True, slots=True)
class DmarcFound:
    """What the walk found for one domain. Without a record `trouble` may say what stood there instead."""

    domain: str
    at: str = ""  # where the record that applies stands
    text: str = ""
    record: DmarcRecord | None = None
    trouble: str = ""
    unknown: DnsAnswer | None = None
    asked: tuple[str, ...] = ()

    @property
    def policy(self) -> Policy:
        """The policy for mail from the domain itself: `sp` when the record stands above it."""
        if self.record is None:
            return Policy.NONE
        inherited = self.at != self.domain and self.record.subdomains is not None
        chosen = self.record.subdomains if inherited else self.record.policy
        return chosen or Policy.NONE

    @property
    def is_enforced(self) -> bool:
        """True when receivers are asked to act on every failing mail."""
        record = self.record
        if record is None or record.testing or record.percent < FULL:
            return False
        return self.policy is not Policy.NONE


def walk_names(domain: str) -> tuple[str, ...]:
    """The domains the walk asks, the longest first; above eight labels it jumps to seven (section 4.10)."""
    labels = domain.split(".")
    names = [domain]
    labels = labels[-LABELS_KEPT:] if len(labels) > LABELS_KEPT else labels[1:]
    while labels:
        names.append(".".join(labels))
        labels = labels[1:]
    return tuple(names)


def dmarc_of(domain: str, book: Book) -> DmarcFound:
    """The record that applies: the domain's own, else that of its organisational domain, else of the suffix above."""
    found: list[tuple[str, str, DmarcRecord]] = []
    trouble = ""
    asked: list[str] = []
    for name in walk_names(domain):
        answer = book.get(f"{PREFIX}{name}", "TXT")
        asked.append(f"{PREFIX}{name}")
        if answer.state is DnsState.UNKNOWN:
            if not found:
                return DmarcFound(domain, trouble=trouble, unknown=answer, asked=tuple(asked))
            break
        text, record = _one_record(book.texts(f"{PREFIX}{name}"))
        if isinstance(record, str):
            trouble = trouble or record
            continue
        if record is not None:
            if name == domain:
                return DmarcFound(domain, name, text, record, asked=tuple(asked))
            found.append((name, text, record))
            if record.psd == "n":
                break
    if not found:
        return DmarcFound(domain, trouble=trouble, asked=tuple(asked))
    at, text, record = _organisational(found)
    return DmarcFound(domain, at, text, record, trouble, asked=tuple(asked))


def _organisational(found: list[tuple[str, str, DmarcRecord]]) -> tuple[str, str, DmarcRecord]:
    """The record of the organisational domain (section 4.10.2), or of the public suffix when that one has none."""
    for place, entry in enumerate(found):
        if entry[2].psd == "n":
            return entry
        if entry[2].psd == "y":
            return found[place - 1] if place else entry
    return found[-1]


def _one_record(texts: tuple[str, ...]) -> tuple[str, DmarcRecord | str | None]:
    """The one record at a name; in words what makes it none. Two records are as good as none."""
    fitting = [text for text in texts if is_dmarc(text)]
    if not fitting:
        return "", None
    if len(fitting) > 1:
        return "", "; ".join(fitting)
    record = read_dmarc(fitting[0])
    return fitting[0], f"{fitting[0]} ({record.reason})" if isinstance(record, DmarcError) else record


def report_checks(found: DmarcFound, organisation: str) -> Iterator[tuple[str, str]]:
    """Pairs of (report address, name that must allow it) for addresses outside the organisation (RFC 9990 section 4).

    `organisation` is the registrable domain: inside it nobody has to ask.
    """
    if found.record is None:
        return
    for address in found.record.reports_to:
        host = address.rpartition("@")[2].lower()
        if host != organisation and not host.endswith(f".{organisation}"):
            yield address, f"{found.at}._report._dmarc.{host}"
