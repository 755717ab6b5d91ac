"""The software of a province: what runs where, until when it is supported, and what to move to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from reports.dates import day
from reports.view.desk import Desk
from reports.view.marks import Mark, alive, bad, unknown
from reports.view.seen import Software, software_of
from scanner.model.agency import Site

MOST = 40
ENDING_SOON = timedelta(days=180)
ENDED = frozenset({"ended", "ended-before", "abandoned"})
DASH = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Part:
    """One product and version, and where it runs."""

    name: str
    version: str
    sites: int
    agencies: int
    ends: str
    mark: Mark
    move_to: str


def software(sites: Iterable[Site], desk: Desk) -> tuple[Part, ...]:
    """Every product and version: out of support first, the oldest end leading; then the most common."""
    found: dict[Software, list[Site]] = {}
    for site in sites:
        visit = desk.dossier.visits.get(site.id)
        for part in software_of(visit) if visit else ():
            found.setdefault(part, []).append(site)
    ordered = sorted(found.items(), key=lambda item: _order(item[0], len(item[1]), desk.today))
    return tuple(_part(part, on, desk) for part, on in ordered[:MOST])


def _standing(part: Software, today: date) -> str:
    """The word key of what is known of its support on that day."""
    ends = part.ends_on
    if part.support in ENDED or (ends is not None and ends <= today):
        return "check" if part.distribution else "ended"
    if part.support == "supported" and ends is not None and ends - today <= ENDING_SOON:
        return "soon"
    return part.support if part.support in {"supported", "newer"} else "unknown"


def _order(part: Software, sites: int, today: date) -> tuple[int, date, int, str, str]:
    rank = ("ended", "check", "soon", "unknown", "newer", "supported").index(_standing(part, today))
    ends = part.ends_on if rank <= 2 and part.ends_on else date.max
    return rank, ends, -sites, part.name.lower(), part.version


def _part(part: Software, on: list[Site], desk: Desk) -> Part:
    standing = _standing(part, desk.today)
    word = desk.say(f"parts.{standing}")
    mark = bad(word) if standing == "ended" else alive(word) if standing == "supported" else unknown(word)
    move = part.move_to if standing in {"ended", "soon", "check"} else ""
    return Part(
        name=part.name,
        version=_version(part, desk),
        sites=len(on),
        agencies=len({site.agency_id for site in on}),
        ends=day(part.ends_on) if part.ends_on else DASH,
        mark=mark,
        move_to=f"{part.name} {move}" if move else DASH,
    )


def _version(part: Software, desk: Desk) -> str:
    version = part.version or desk.say("parts.no_version")
    return f"{version} ({part.distribution})" if part.distribution else version
