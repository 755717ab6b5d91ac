"""The `http` part of a site's facts: what was fetched, the public grade, and what each authority would say."""

from typing import Any

from scanner.identify.not_found import not_found_of
from scanner.identify.observatory import ObservatoryGrade, observatories_of
from scanner.identify.page import Page, http_facts, page_of
from scanner.identify.profiles import compare
from scanner.model.evidence import Evidence, Missing
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
        "observatory": {mode.value: _grade(found) for mode, found in observatories_of(evidence, ref).items()},
        "profiles": compare(page) if isinstance(page, Page) else None,
    }


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
