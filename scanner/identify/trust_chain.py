"""Our own walk from a trust anchor down to a domain (RFC 4035 section 5): which key signs which, and until when.

Pure over recorded DNSKEY, DS and SOA answers with their signatures, judged at the moment of the visit. A missing DS is
proven by the NSEC or NSEC3 records of the zone above; where those did not come, it is taken from the resolver's word.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from scanner.identify.denial import Absence, Denial, Gap, absence_of
from scanner.identify.dns_book import Book, line_of
from scanner.model.evidence import DnsAnswer, DnsState
from scanner.parse.dnssec import (
    SUPPORTED,
    DnsKey,
    Signature,
    is_digest_of,
    is_signed_by,
    read_key,
    read_signature,
)
from scanner.parse.nsec import read_nsec, read_nsec3


class Trust(StrEnum):
    """How a walk ends."""

    SECURE = "secure"
    BROKEN = "broken"  # a signature or a digest is wrong, or out of its time
    UNSIGNED = "unsigned"  # a parent says that there is no DS
    OPEN = "open"  # something was not asked, not answered, or uses an algorithm we do not know


@dataclass(frozen=True, slots=True)
class Held:
    """A set of records, and the time in which its best signature holds."""

    name: str
    rrtype: str
    begins_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Chain:
    """The end of a walk, each step in words of the records, and what broke it."""

    state: Trust
    steps: tuple[str, ...] = ()
    trouble: str = ""
    held: tuple[Held, ...] = ()  # every set of records whose signature was checked
    is_proven: bool = True  # False: a missing DS is the resolver's word alone

    @property
    def expires_at(self) -> datetime | None:
        """When the first signature of the chain ends."""
        return min((one.expires_at for one in self.held), default=None)


def signatures_name(rrtype: str) -> str:
    """How signatures over a type are recorded: as an answer of its own."""
    return f"RRSIG({rrtype})"


def path_to(domain: str, anchor: str) -> tuple[str, ...]:
    """The names between an anchor and a domain, the one below the anchor first."""
    labels = domain.split(".")
    names = [".".join(labels[n:]) for n in range(len(labels) - 1, -1, -1)]
    return tuple(name for name in names if len(name) > len(anchor) and name.endswith(anchor))


def walk(domain: str, book: Book, anchors: Sequence[tuple[str, str]], seen_at: datetime) -> Chain:
    """The walk from the nearest anchor. Anchors are pairs of (name, DS record); the root's name is empty."""
    usable = [a for a in anchors if a[0] == "" or domain == a[0] or domain.endswith(f".{a[0]}")]
    if not usable:
        return Chain(Trust.OPEN, trouble="no trust anchor")
    start = max((name for name, _ in usable), key=len)
    steps = _Steps(book, seen_at)
    zone, keys = start, steps.keys_at(start, tuple(ds for name, ds in usable if name == start))
    for name in path_to(domain, start):
        if keys is None:
            break
        delegation = book.get(name, "DS", unchecked=True)
        if delegation.state is DnsState.ABSENT:
            if (end := _without_ds(steps, name, domain, zone, keys)) is not None:
                return end
        elif steps.holds(delegation, keys):
            zone, keys = name, steps.keys_at(name, delegation.records)
        else:
            break
    if keys is None or steps.trouble:
        return steps.end(steps.state, steps.trouble)
    if zone == domain and not steps.holds(book.get(domain, "SOA", unchecked=True), keys):
        return steps.end(steps.state, steps.trouble)
    return steps.end(Trust.SECURE, "")


def _without_ds(steps: "_Steps", name: str, domain: str, zone: str, keys: Sequence[DnsKey]) -> Chain | None:
    """The end of the walk at a name without DS; None when the walk goes on.

    Below a proven insecure delegation everything is unsigned (RFC 4035 section 4.3). A name that is proven to be no
    zone of its own belongs to the one above.
    """
    absence = steps.absence(name, "DS", zone, keys)
    if absence is not None and absence.denial is not Denial.NO_CUT:
        return steps.end(Trust.UNSIGNED, "")
    return (
        replace(steps.end(Trust.UNSIGNED, ""), is_proven=False) if (name, absence) == (domain, None) else None
    )


def denied(chain: Chain, name: str, domain: str, book: Book, seen_at: datetime) -> Chain:
    """The chain with the proof that a name of the domain has no address, when it is secure and the proof came."""
    if chain.state is not Trust.SECURE or book.get(name, "A", unchecked=True).state is not DnsState.ABSENT:
        return chain
    keys = tuple(
        k for r in book.get(domain, "DNSKEY", unchecked=True).records if (k := read_key(r)) is not None
    )
    steps = _Steps(book, seen_at)
    steps.absence(name, "A", domain, keys)
    told = steps.end(chain.state, "")
    return replace(chain, steps=(*chain.steps, *told.steps))


class _Steps:
    """What has been proven so far, and what ended it."""

    def __init__(self, book: Book, seen_at: datetime) -> None:
        self._book = book
        self._seen_at = seen_at
        self._said: list[str] = []
        self._held: list[Held] = []
        self.state = Trust.BROKEN
        self.trouble = ""

    def end(self, state: Trust, trouble: str) -> Chain:
        """The chain as far as it came."""
        return Chain(state, tuple(self._said), trouble, tuple(self._held))

    def absence(self, name: str, rrtype: str, zone: str, keys: Sequence[DnsKey]) -> Absence | None:
        """What the signed records of a zone prove about a question that got no answer."""
        gaps: dict[Gap, DnsAnswer] = {}
        for kind, read in (("NSEC", read_nsec), ("NSEC3", read_nsec3)):
            for answer in self._book.of_type(kind, unchecked=True):
                gap = read(answer.name, answer.records[0])
                if gap is not None and self._best(answer, keys) is not None:
                    gaps[gap] = answer
        found = absence_of(name, rrtype, zone, tuple(gaps))
        if found is not None:
            answer = gaps[found.gap]
            self._said.append(f"{name}. {rrtype}: {found.denial}: {line_of(answer)}")
        return found

    def keys_at(self, name: str, delegation: Sequence[str]) -> tuple[DnsKey, ...] | None:
        """The keys of a zone, once one that a DS stands for has signed them all."""
        answer = self._book.get(name, "DNSKEY", unchecked=True)
        if answer.state is not DnsState.VALUE:
            # a resolver that denies the root its keys tells tales
            is_said = answer.state is DnsState.ABSENT and name
            state = Trust.BROKEN if is_said else Trust.OPEN
            self._fail(state, f"{name}. DNSKEY: {answer.detail}")
            return None
        keys = tuple(key for key in map(read_key, answer.records) if key is not None)
        entries = [key for key in keys if any(is_digest_of(ds, name, key) for ds in delegation)]
        if not entries:
            known = any(_algorithm(ds) in SUPPORTED for ds in delegation)
            self._fail(Trust.BROKEN if known else Trust.OPEN, f"{name}. DS: fits no key")
            return None
        return keys if self.holds(answer, tuple(entries)) else None

    def holds(self, answer: DnsAnswer, keys: Sequence[DnsKey]) -> bool:
        """True when one of the keys has signed the records, and the signature is in its time."""
        name = f"{answer.name}. {answer.rrtype}"
        if answer.state is not DnsState.VALUE:
            self._fail(Trust.OPEN, f"{name}: {answer.detail or answer.state}")
            return False
        best = self._best(answer, keys)
        if best is None:
            found = self._signatures(answer)
            signed = [s for s in found if any(is_signed_by(k, s, answer.name, answer.records) for k in keys)]
            self._fail(self._blame(found), f"{name}: {self._reason(found, signed)}")
            return False
        self._held.append(Held(answer.name, answer.rrtype, best.begins_at, best.expires_at))
        self._said.append(f"{name}: key {best.tag}, until {best.expires_at:%Y-%m-%d}")
        return True

    def _signatures(self, answer: DnsAnswer) -> list[Signature]:
        recorded = self._book.get(answer.name, signatures_name(answer.rrtype), unchecked=True)
        return [
            s for s in map(read_signature, recorded.records) if s is not None and s.covers == answer.rrtype
        ]

    def _best(self, answer: DnsAnswer, keys: Sequence[DnsKey]) -> Signature | None:
        """The signature of one of the keys that holds longest, among those in their time."""
        current = [s for s in self._signatures(answer) if s.begins_at <= self._seen_at <= s.expires_at]
        fitting = [s for s in current if any(is_signed_by(k, s, answer.name, answer.records) for k in keys)]
        return max(fitting, key=lambda s: s.expires_at, default=None)

    def _blame(self, found: Sequence[Signature]) -> Trust:
        """Signatures that never came, or only by algorithms nobody here knows, prove nothing."""
        return Trust.BROKEN if any(s.algorithm in SUPPORTED for s in found) else Trust.OPEN

    def _reason(self, found: Sequence[Signature], signed: Sequence[Signature]) -> str:
        if signed:
            last = max(s.expires_at for s in signed)
            return f"signature expired {last:%Y-%m-%d}" if last < self._seen_at else "signature not yet valid"
        return "no signature fits" if found else "no signature"

    def _fail(self, state: Trust, trouble: str) -> None:
        self.state, self.trouble = state, trouble


def _algorithm(ds: str) -> int:
    parts = ds.split()
    return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0
