"""The slip of a recheck: what was open on one site, and what one more look says of it."""

from collections.abc import Collection
from dataclasses import dataclass

from reports.clean import one_line
from reports.dates import day, local_date, moment
from reports.view.agency import FOOT_LIMIT
from reports.view.counts import is_hole
from reports.view.desk import Desk, make_desk, quote
from reports.view.names import agency_name_of, host_of, marking, officer_line, sender, site_name
from reports.words import Say
from scanner.model.dossier import Dossier
from scanner.model.finding import Verdict
from scanner.model.ruling import Ruling

TONES = {Verdict.PASS: ("ok", "ok"), Verdict.FAIL: ("high", "fail")}


@dataclass(frozen=True, slots=True)
class Point:
    """One check that was looked at again."""

    title: str
    check_id: str
    since: str
    tone: str
    icon: str
    result: str
    says: str
    saw: str


@dataclass(frozen=True, slots=True)
class SlipView:
    """All strings of one slip."""

    language: str
    title: str
    foot: str
    sender: str
    marking: str
    agency: str
    subtitle: str
    lead: str
    points: tuple[Point, ...]
    record: tuple[tuple[str, str], ...]
    officer: str


def points_of(dossier: Dossier, site_id: str, only: Collection[str] = ()) -> tuple[Ruling, ...]:
    """The rulings a slip is about: the checks named, else all that fail or once failed and were not closed."""
    rulings = dossier.rulings[site_id].rulings
    if only:
        return tuple(r for r in rulings if r.finding.check_id in only)
    return tuple(r for r in rulings if r.change is not None or r.finding.verdict is Verdict.FAIL)


def slip_view(dossier: Dossier, site_id: str, say: Say, only: Collection[str] = ()) -> SlipView:
    """The slip in one language."""
    desk = make_desk(dossier, say, {})
    site, visit = desk.sites[site_id], dossier.visits[site_id]
    name, host, mark = site_name(site), host_of(site), marking(dossier.settings, say)
    rulings = points_of(dossier, site_id, only)
    return SlipView(
        language=say.language,
        title=say("slip.title", site=host),
        foot=say("slip.foot", site=one_line(host, FOOT_LIMIT), on=local_date(visit.started_at), marking=mark),
        sender=sender(dossier, say),
        marking=mark,
        agency=agency_name_of(dossier.inventory, site.agency_id, say),
        subtitle=say(
            "slip.subtitle", site=name if name == host else f"{name} ({host})", at=visit.finished_at
        ),
        lead=" ".join((*_lead(rulings, say), *_asked(rulings, desk))),
        points=tuple(_point(ruling, desk) for ruling in rulings),
        record=(
            (say("method.time"), f"{moment(visit.started_at)} - {moment(visit.finished_at)}"),
            (say("sites.col.state"), say(f"state.{visit.state.value}")),
            (say("method.scan"), one_line(dossier.scan.id)),
            (say("method.tool"), f"rasoat {one_line(dossier.scan.tool_version)}"),
            (say("slip.evidence"), visit.evidence_sha256 or say("method.no_evidence")),
        ),
        officer=officer_line(dossier, say),
    )


def _lead(rulings: tuple[Ruling, ...], say: Say) -> list[str]:
    if not rulings:
        return [say("slip.nothing")]
    if all(r.finding.verdict is Verdict.PASS for r in rulings):
        return [say("slip.all_good", n=len(rulings))]
    numbers = {
        "some_fail": sum(r.finding.verdict is Verdict.FAIL for r in rulings),
        "blind": sum(is_hole(r) for r in rulings),
        "na": sum(r.finding.verdict is Verdict.NOTAPPLICABLE for r in rulings),
    }
    return [say(f"slip.{name}", n=n, total=len(rulings)) for name, n in numbers.items() if n]


def _asked(rulings: tuple[Ruling, ...], desk: Desk) -> tuple[str, ...]:
    """The root cause is asked for wherever signs of compromise were looked at again."""
    checks = desk.dossier.checks
    topics = {check.topic for r in rulings if (check := checks.get(r.finding.check_id))}
    return (desk.say("slip.intrusion"),) if "compromise" in topics else ()


def _point(ruling: Ruling, desk: Desk) -> Point:
    finding, change = ruling.finding, ruling.change
    tone, icon = TONES.get(finding.verdict, ("plain", "unknown"))
    return Point(
        title=desk.title(finding.check_id),
        check_id=finding.check_id,
        since=day(change.first_seen_at) if change and change.first_seen_at else "\N{EN DASH}",
        tone=tone,
        icon=icon,
        result=desk.say(f"verdict.{finding.verdict.value}"),
        says=desk.says(finding) if finding.verdict is Verdict.FAIL else "",
        saw=quote(finding.saw or finding.why),
    )
