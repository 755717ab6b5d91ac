"""The `http` part of a site's facts: what was fetched, the public grade, and what each authority would say."""

from typing import Any

from scanner.identify.not_found import NotFound, not_found_of, resembles
from scanner.identify.observatory import ObservatoryGrade, observatories_of
from scanner.identify.page import Page, best_fetch, http_facts, page_of
from scanner.identify.profiles import compare
from scanner.model.evidence import Evidence, HttpEvidence, Missing
from scanner.model.reference import Reference


def web_facts(evidence: Evidence, ref: Reference) -> dict[str, Any]:
    """What the evidence says about HTTP; {"missing": why, "detail": ...} when nothing was seen."""
    facts = http_facts(evidence)
    if isinstance(evidence.http, Missing):
        return facts
    page = page_of(evidence, ref)
    return {
        **facts,
        "not_found": not_found_of(evidence.http.fetch("canary")).value,
        "not_found_shows_home": _shows_home(evidence.http),
        "observatory": {mode.value: _grade(found) for mode, found in observatories_of(evidence, ref).items()},
        "profiles": compare(page) if isinstance(page, Page) else None,
    }


def _shows_home(http: HttpEvidence) -> bool | None:
    """Whether a page that cannot exist shows the home page; None when that is no question."""
    canary, home = http.fetch("canary"), best_fetch(http)
    if (
        canary is None
        or not_found_of(canary) not in (NotFound.SOFT, NotFound.REDIRECT)
        or isinstance(home, Missing)
    ):
        return None
    shown, wanted = canary.last.response, home.last.response
    if isinstance(shown, Missing) or isinstance(wanted, Missing):
        return None
    return resembles(shown, wanted)


def _grade(found: ObservatoryGrade | Missing) -> dict[str, Any]:
    if isinstance(found, Missing):
        return {"missing": found.why.value, "detail": found.detail}
    return {
        "algorithm": found.algorithm,
        "grade": found.grade,
        "score": found.score,
        "base": found.base,
        "bonus": found.bonus,
        "gate": found.gate,
        "bonus_counts": found.is_bonus_counted,
        "results": {r.test: [r.result, r.modifier] for r in found.results},
        "assumed": list(found.assumed),
    }
