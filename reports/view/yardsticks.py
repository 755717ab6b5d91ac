"""What other authorities would say of the headers of each site: hints beside our verdicts, never one of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reports.dates import number
from reports.view.desk import Desk
from reports.view.seen import facts_of
from reports.words import WORDS, Say
from scanner.identify.profiles import FOLLOWED, OURS, PROFILES, Profile
from scanner.model.agency import Site

DAY_S = 86_400
GRADED_BY = "observatory"
DEMANDS = tuple(FOLLOWED)
GRADE = re.compile(r"[A-F][+-]?")


@dataclass(frozen=True, slots=True)
class GradeRow:
    """The public grade of one site with its arithmetic."""

    site: str
    grade: str
    base: str
    bonus: str
    gate: str  # whether the bonus counts, and why not
    specified: str  # the grade by the rules as they are written
    assumed: str  # what was taken for granted


@dataclass(frozen=True, slots=True)
class DemandRow:
    """One demand: the checks of ours that judge it, what we ask, what each authority asks."""

    name: str
    checks: tuple[str, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteReading:
    """One site: for each authority how many of its demands are met, and which are not."""

    site: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Yardsticks:
    """Empty rows where nothing was seen; `names` are the authorities that were chosen."""

    names: tuple[str, ...] = ()
    grades: tuple[GradeRow, ...] = ()
    demands: tuple[DemandRow, ...] = ()
    readings: tuple[SiteReading, ...] = ()


def yardsticks(sites: tuple[Site, ...], desk: Desk) -> Yardsticks:
    """The hints of the authorities the configuration names, for sites whose facts hold them."""
    chosen = tuple(name for name in desk.dossier.settings.profiles if name in PROFILES)
    facts = [(site, _http(site, desk)) for site in sites]
    readings = tuple(r for site, http in facts if (r := _reading(site, http, chosen, desk)))
    if not chosen or not readings:
        return Yardsticks()
    return Yardsticks(
        names=tuple(desk.say(f"yard.of.{name}") for name in chosen),
        grades=_grades(facts, desk) if GRADED_BY in chosen else (),
        demands=tuple(_demand(name, chosen, desk.say) for name in DEMANDS),
        readings=readings,
    )


def _http(site: Site, desk: Desk) -> dict[str, Any]:
    visit = desk.dossier.visits.get(site.id)
    http = facts_of(visit).get("http") if visit else None
    return http if isinstance(http, dict) else {}


# ---- the grade -------------------------------------------------------------------------------------------------


def _grades(facts: list[tuple[Site, dict[str, Any]]], desk: Desk) -> tuple[GradeRow, ...]:
    rows = (_grade(site, http.get("observatory"), desk) for site, http in facts)
    return tuple(row for row in rows if row is not None)


def _grade(site: Site, both: Any, desk: Desk) -> GradeRow | None:
    told = both.get("as-scanned") if isinstance(both, dict) else None
    if not isinstance(told, dict) or "grade" not in told:
        return None
    say = desk.say
    return GradeRow(
        site=desk.site(site.id),
        grade=_letter(told, say),
        base=_figure(told, "base", say),
        bonus=_figure(told, "bonus", say),
        gate=say("yard.counted" if told.get("bonus_counts") is True else "yard.not_counted", n=_gate(told)),
        specified=_letter(both.get("as-specified"), say),
        assumed=", ".join(
            say(key) for name in _listed(told.get("assumed")) if (key := f"yard.{name}") in WORDS
        ),
    )


def _letter(told: Any, say: Say) -> str:
    if not isinstance(told, dict) or "grade" not in told:
        return say("grade.withheld")
    grade = str(told["grade"])
    return f"{grade} ({_figure(told, 'score', say)})" if GRADE.fullmatch(grade) else say("grade.withheld")


def _figure(told: dict[str, Any], key: str, say: Say) -> str:
    value = told.get(key)
    return number(value, say.language) if isinstance(value, int) else say("grade.withheld")


def _gate(told: dict[str, Any]) -> int:
    gate = told.get("gate")
    return gate if isinstance(gate, int) else 0


def _listed(value: Any) -> list[str]:
    return [str(name) for name in value] if isinstance(value, list) else []


# ---- the demands -----------------------------------------------------------------------------------------------


def _demand(name: str, chosen: tuple[str, ...], say: Say) -> DemandRow:
    asked = ASKED[name]
    profiles = (OURS, *(PROFILES[authority] for authority in chosen))
    return DemandRow(say(f"yard.{name}"), FOLLOWED[name], tuple(asked(profile, say) for profile in profiles))


def _reading(site: Site, http: dict[str, Any], chosen: tuple[str, ...], desk: Desk) -> SiteReading | None:
    told = http.get("profiles")
    if not isinstance(told, dict):
        return None
    return SiteReading(desk.site(site.id), tuple(_said(told.get(name), desk.say) for name in chosen))


def _said(met: Any, say: Say) -> str:
    if not isinstance(met, dict):
        return say("grade.withheld")
    known = {name: met[name] for name in DEMANDS if isinstance(met.get(name), bool)}
    lacking = [say(f"yard.{name}") for name, is_met in known.items() if not is_met]
    score = f"{len(known) - len(lacking)}/{len(DEMANDS)}"
    unknown = [say(f"yard.{name}") for name in DEMANDS if name not in known]
    parts = [
        say("yard.lacking", names=", ".join(lacking)) if lacking else "",
        say("yard.unknown", names=", ".join(unknown)) if unknown else "",
    ]
    return "; ".join([score, *(part for part in parts if part)])


def _asks_hsts(profile: Profile, say: Say) -> str:
    return say("yard.days", n=profile.hsts_s // DAY_S)


def _asks_referrer(profile: Profile, say: Say) -> str:
    words = ", ".join(sorted(profile.referrers))
    return say("yard.needed" if profile.is_referrer_needed else "yard.may_lack", names=words)


def _asks_framing(profile: Profile, say: Say) -> str:
    loose = profile.is_allow_from_accepted and profile.is_any_ancestor_accepted
    return say("yard.framing_loose" if loose else "yard.framing_strict")


def _asks_csp(profile: Profile, say: Say) -> str:
    names = ", ".join(profile.directives) or "script-src"
    return say("yard.csp_inline" if profile.is_style_inline_accepted else "yard.csp_strict", names=names)


ASKED: dict[str, Callable[[Profile, Say], str]] = {
    "hsts": _asks_hsts,
    "referrer-policy": _asks_referrer,
    "framing": _asks_framing,
    "csp": _asks_csp,
}
