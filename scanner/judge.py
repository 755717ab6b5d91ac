"""Evidence in, one finding per check out. A crash of a check becomes `error` here and nowhere else."""

from collections.abc import Sequence
from typing import Any

from scanner.identify.state import is_gone_as_declared
from scanner.model.check import Check, Context, Fail, Judgement, NotApplicable, Pass, Unknown
from scanner.model.evidence import Evidence, Missing
from scanner.model.finding import Confidence, Finding, Values, Verdict
from scanner.model.reference import Reference
from scanner.views import VIEWS

GONE = "retired"  # no check has a sentence of that name: documents word it themselves
SAW_LIMIT = 2_000  # characters of proof one finding keeps
WHERE_LIMIT = 50


def judge(evidence: Evidence, checks: Sequence[Check], ref: Reference) -> tuple[Finding, ...]:
    """One finding per check, in the order of the checks. Pure: the same evidence gives the same findings."""
    context = Context(seen_at=evidence.seen_at, ref=ref, declared=evidence.declared)
    views: dict[type, Any] = {}
    return tuple(
        finding_of(evidence.site_id, check, _ask(check, evidence, context, views)) for check in checks
    )


def all_unknown(site_id: str, checks: Sequence[Check], *, verdict: Verdict, why: str) -> tuple[Finding, ...]:
    """A row per check for a site nothing could be judged of, so that rows always add up."""
    return tuple(
        Finding(site_id, check.id, verdict, check.severity, check.confidence, why=why) for check in checks
    )


def apply(check: Check, view: Any, context: Context) -> Judgement:
    """What a check says about its view; a view that could not be read answers for it."""
    if isinstance(view, Missing):
        return Unknown(view.why, view.detail)
    if isinstance(view, NotApplicable):
        return view
    return check.judge(view, context)


def _ask(
    check: Check, evidence: Evidence, context: Context, views: dict[type, Any]
) -> Judgement | BaseException:
    try:
        if check.on not in views:
            views[check.on] = _view(check.on, evidence, context.ref)
        return apply(check, views[check.on], context)
    except Exception as crash:  # noqa: BLE001 - the one place where a crash of ours becomes a row
        return crash


def _view(kind: type, evidence: Evidence, ref: Reference) -> Any:
    """A view of the evidence; there is nothing to ask of a retired site that is proven gone, but that it is."""
    if kind is not Evidence and is_gone_as_declared(evidence):
        return NotApplicable(because=GONE)
    return VIEWS[kind].read(evidence, ref)


def finding_of(site_id: str, check: Check, said: Judgement | BaseException) -> Finding:
    """The finding a judgement amounts to."""
    if isinstance(said, Pass):
        return _finding(site_id, check, Verdict.PASS, saw=said.saw, where=said.where, values=said.values)
    if isinstance(said, Fail):
        return _finding(
            site_id,
            check,
            Verdict.FAIL,
            saw=said.saw,
            where=said.where,
            note=said.note,
            values=said.values,
            confidence=said.confidence,
        )
    if isinstance(said, NotApplicable):
        return _finding(site_id, check, Verdict.NOTAPPLICABLE, saw=said.saw, note=said.because)
    if isinstance(said, Unknown):
        return _finding(
            site_id,
            check,
            Verdict.UNKNOWN,
            saw=said.detail,
            note=said.note,
            values=said.values,
            why=said.why.value,
        )
    crash = f"{type(said).__name__}: {said}"[:200]  # also whatever else a foreign check may return
    return _finding(site_id, check, Verdict.ERROR, why=crash)


def _finding(
    site_id: str,
    check: Check,
    verdict: Verdict,
    *,
    saw: str = "",
    where: tuple[str, ...] = (),
    note: str = "",
    values: Values = (),
    why: str = "",
    confidence: Confidence | None = None,
) -> Finding:
    return Finding(
        site_id=site_id,
        check_id=check.id,
        verdict=verdict,
        severity=check.severity,
        confidence=confidence or check.confidence,
        saw=_capped(saw),
        where=where[:WHERE_LIMIT],
        note=note,
        values=values,
        why=why,
    )


def _capped(saw: str) -> str:
    return saw if len(saw) <= SAW_LIMIT else f"{saw[:SAW_LIMIT]} […{len(saw) - SAW_LIMIT}]"
