"""What the e-mail to one agency says: the numbers and sentences of its report, fewer of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.clean import one_line
from reports.dates import day, local_date
from reports.view.agency import AgencyView, agency_view
from reports.view.counts import Counts, became, days_overdue
from reports.view.desk import Desk, make_desk
from reports.words import Say
from scanner.howto import Howto
from scanner.model.dossier import Dossier
from scanner.model.finding import Severity
from scanner.model.ruling import Ruling

WORST = 5
BAR_PX = 180
COLOURS: Mapping[Severity, str] = {
    Severity.CRITICAL: "#9c1b1b",
    Severity.HIGH: "#9a4108",
    Severity.MEDIUM: "#735600",
    Severity.LOW: "#375873",
    Severity.INFO: "#565f6b",
}
"""Each at least 4.5:1 on white and after a mail program has inverted it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How many open findings are that bad; `width_px` of a table cell, 0 for none."""

    word: str
    colour: str
    count: int
    width_px: int


@dataclass(frozen=True, slots=True)
class Line:
    """One of the worst findings and the sites it was seen on."""

    word: str
    colour: str
    says: str
    sites: str
    state: str


@dataclass(frozen=True, slots=True)
class Letter:
    """All strings of the mail. `report` is what page one of the full report says."""

    language: str
    subject: str
    sealed_subject: str  # says nothing of the findings: subjects travel in the clear
    report: AgencyView
    bars: tuple[Bar, ...]
    worst: tuple[Line, ...]
    scan: str


def letter(dossier: Dossier, agency_id: str, say: Say, howtos: Mapping[str, Howto]) -> Letter:
    """The mail about one agency in one language; every number is the report's own."""
    view = agency_view(dossier, agency_id, say, howtos)
    desk = make_desk(dossier, say, howtos)
    site_ids = tuple(site.id for site in dossier.sites_of(agency_id))
    still_open = tuple(r for r in desk.rulings(site_ids) if r.is_open)
    return Letter(
        language=say.language,
        subject=subject(view, say, oldest=_oldest(still_open, desk), first=not dossier.past.get(agency_id)),
        sealed_subject=one_line(
            say("mail.subject_sealed", agency=view.agency, on=day(dossier.scan.started_at)), 240
        ),
        report=view,
        bars=_bars(still_open, say),
        worst=_worst(still_open, desk),
        scan=one_line(dossier.scan.id),
    )


def subject(view: AgencyView, say: Say, *, oldest: int, first: bool) -> str:
    """The subject, what changed first; on the first review nothing has changed yet. `oldest`: days."""
    changes = [say("mail.suspicion")] if view.alarm else []
    changes += [] if first else _changes(view.counts, say)
    changes.append(_remains(view.counts, say))
    changes += [say("mail.oldest", n=oldest)] if oldest > 0 else []
    return one_line(say("mail.subject", agency=view.agency, changes=", ".join(changes)), 240)


def _oldest(rulings: tuple[Ruling, ...], desk: Desk) -> int:
    """For how many days the oldest open finding has been known."""
    starts = [r.change.first_seen_at for r in rulings if r.change and r.change.first_seen_at]
    return (desk.today - local_date(min(starts))).days if starts else 0


def _changes(counts: Counts, say: Say) -> list[str]:
    numbers = {
        "new": counts.new,
        "reopened": counts.reopened,
        "fixed": counts.fixed,
        "awaiting": counts.awaiting,
    }
    return [say(f"mail.{name}", n=number) for name, number in numbers.items() if number]


def _remains(counts: Counts, say: Say) -> str:
    if counts.open:
        return say("mail.open", n=counts.open)
    return say("mail.none" if counts.decided else "mail.blind")


def _bars(rulings: tuple[Ruling, ...], say: Say) -> tuple[Bar, ...]:
    """All five severities, the longest bar full, none invisible that counts something."""
    counts = {severity: sum(r.severity is severity for r in rulings) for severity in Severity}
    most = max(counts.values(), default=0) or 1
    return tuple(
        Bar(say(f"severity.{s.value}"), COLOURS[s], n, max(6, n * BAR_PX // most) if n else 0)
        for s, n in counts.items()
    )


def _worst(rulings: tuple[Ruling, ...], desk: Desk) -> tuple[Line, ...]:
    """One line per fault, worst first; a fault on several sites is one line that names them."""
    by_fault: dict[tuple[int, str], list[Ruling]] = {}
    for ruling in sorted(rulings, key=lambda r: (r.severity.rank, r.finding.check_id)):
        by_fault.setdefault((ruling.severity.rank, ruling.finding.check_id), []).append(ruling)
    return tuple(_line(group, desk) for group in [*by_fault.values()][:WORST])


def _line(group: list[Ruling], desk: Desk) -> Line:
    severity, finding = group[0].severity, group[0].finding
    return Line(
        word=desk.say(f"severity.{severity.value}"),
        colour=COLOURS[severity],
        says=one_line(desk.says(finding) if len(group) == 1 else desk.title(finding.check_id), 240),
        sites=desk.site_names(tuple(dict.fromkeys(r.finding.site_id for r in group))),
        state=_state(group, desk),
    )


def _state(group: list[Ruling], desk: Desk) -> str:
    late = max(days_overdue(r, desk.today) for r in group)
    if late:
        return desk.say("work.overdue", n=late)
    trends = dict.fromkeys(t for r in group if (t := became(r)))
    return ", ".join(desk.say(f"trend.{trend.value}") for trend in trends)
