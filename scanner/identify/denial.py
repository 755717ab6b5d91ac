"""What signed records of absence prove (RFC 4035 section 5.4, RFC 5155 section 8): no DS, no type, no name."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scanner.parse.nsec import Labels, Nsec, Nsec3, labels_of

Gap = Nsec | Nsec3


class Denial(StrEnum):
    """What is proven."""

    UNSIGNED_CUT = "insecure delegation"
    OPT_OUT = "insecure delegation (opt-out)"
    NO_CUT = "no delegation here"
    NO_TYPE = "no such record"
    NO_NAME = "no such name"


@dataclass(frozen=True, slots=True)
class Absence:
    """One proof: what it says, and the record that says it in the first place."""

    denial: Denial
    gap: Gap


def absence_of(name: str, rrtype: str, zone: str, gaps: Sequence[Gap]) -> Absence | None:
    """What the records of one zone, whose signatures hold, prove about a question; None when it is not enough."""
    labels, apex = labels_of(name), labels_of(zone)
    if labels is None or apex is None or labels[: len(apex)] != apex:
        return None
    exact = next((gap for gap in gaps if gap.matches(labels)), None)
    if exact is not None:
        return _from_types(exact, rrtype)
    plain = [gap for gap in gaps if isinstance(gap, Nsec)]
    return _from_names(labels, apex, plain) if plain else _from_hashes(labels, apex, rrtype, gaps)


def _from_types(gap: Gap, rrtype: str) -> Absence | None:
    """The record of the name itself: the type must be missing, and a DS is the parent's matter (section 5.2)."""
    if rrtype in gap.types or "CNAME" in gap.types:
        return None
    if "NXNAME" in gap.types:  # compact denial, RFC 9824
        return Absence(Denial.NO_NAME, gap)
    if rrtype != "DS":
        is_above_a_cut = "NS" in gap.types and "SOA" not in gap.types
        return None if is_above_a_cut else Absence(Denial.NO_TYPE, gap)
    if "SOA" in gap.types:
        return None
    return Absence(Denial.UNSIGNED_CUT if "NS" in gap.types else Denial.NO_CUT, gap)


def _from_names(name: Labels, apex: Labels, gaps: Sequence[Nsec]) -> Absence | None:
    """A name in a gap: it has names below it, or it does not exist, and no wildcard stands in for it."""
    gap = next((g for g in gaps if g.covers(name)), None)
    if gap is None or _is_cut(gap, name, apex):
        return None
    if gap.following[: len(name)] == name:
        return Absence(Denial.NO_CUT, gap)  # an empty name between others (RFC 4592 section 2.2.2)
    encloser = max(_shared(name, gap.owner), _shared(name, gap.following), key=len)
    wildcard = (*encloser, b"*")
    is_denied = any(g.covers(wildcard) for g in gaps)
    return Absence(Denial.NO_NAME, gap) if is_denied else None


def _from_hashes(name: Labels, apex: Labels, rrtype: str, gaps: Sequence[Gap]) -> Absence | None:
    """The closest ancestor that exists, the name below it in a gap, and the same for a wildcard (section 8.3)."""
    for length in range(len(name) - 1, len(apex) - 1, -1):
        encloser = name[:length]
        held = next((g for g in gaps if g.matches(encloser)), None)
        if held is None:
            continue
        if _is_cut_itself(held, encloser, apex):
            return None
        gap = next((g for g in gaps if g.covers(name[: length + 1])), None)
        if gap is None:
            return None
        if isinstance(gap, Nsec3) and gap.has_opt_out and rrtype == "DS":
            return Absence(Denial.OPT_OUT, gap)
        is_denied = any(g.covers((*encloser, b"*")) for g in gaps)
        return Absence(Denial.NO_NAME, gap) if is_denied else None
    return None


def _is_cut(gap: Nsec, name: Labels, apex: Labels) -> bool:
    """True when the gap begins at a delegation above the name: that zone is not ours to speak of (RFC 6840 4.1)."""
    return name[: len(gap.owner)] == gap.owner and _is_cut_itself(gap, gap.owner, apex)


def _is_cut_itself(gap: Gap, owner: Labels, apex: Labels) -> bool:
    return "DNAME" in gap.types or (owner != apex and "NS" in gap.types and "SOA" not in gap.types)


def _shared(name: Labels, other: Labels) -> Labels:
    """The labels two names have in common from the root down."""
    count = 0
    for mine, theirs in zip(name, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return name[:count]
