"""One finding per check, whatever the check or the evidence does."""

from dataclasses import replace

import pytest

from scanner.judge import SAW_LIMIT, all_unknown, finding_of, judge
from scanner.model.agency import Lifecycle
from scanner.model.check import Fail, NotApplicable, Pass
from scanner.model.evidence import Evidence, Missing, Why
from scanner.model.finding import Verdict
from scanner.registry import load_checks
from scanner.samples import chain, response, sample_reference, seen, silence

CHECKS = load_checks()
PLAIN, SECURE = "http://so.example/", "https://so.example/"
REFUSED = seen(chain("http", (PLAIN, silence(Why.REFUSED))), chain("https", (SECURE, silence(Why.REFUSED))))


def verdicts(evidence: Evidence) -> dict[str, Verdict]:
    return {f.check_id: f.verdict for f in judge(evidence, CHECKS, sample_reference())}


def test_rows_add_up_on_any_evidence() -> None:
    for evidence in (seen(), REFUSED, seen(chain("https", (SECURE, response())))):
        assert list(verdicts(evidence)) == [c.id for c in CHECKS]


def test_nothing_seen_is_never_a_pass() -> None:
    empty = replace(seen(), dns=Missing(Why.TIMEOUT), tls=Missing(Why.TIMEOUT), http=Missing(Why.TIMEOUT))

    said = {name: verdict for name, verdict in verdicts(empty).items() if verdict is not Verdict.UNKNOWN}
    assert said == {
        "identity.retired-site-answers": Verdict.NOTAPPLICABLE,  # an active site raises no such question
        "identity.outside-gov-vn": Verdict.NOTAPPLICABLE,  # nor does a name for tests, seen or not
    }


def test_judging_twice_gives_the_same() -> None:
    evidence = seen(chain("http", (PLAIN, response())))

    assert judge(evidence, CHECKS, sample_reference()) == judge(evidence, CHECKS, sample_reference())


def test_a_retired_site_that_is_gone_raises_no_questions() -> None:
    gone = verdicts(replace(REFUSED, declared=Lifecycle.RETIRED))

    assert gone["identity.retired-site-answers"] is Verdict.PASS
    assert {gone["http.csp-missing"], gone["tls.certificate-expired"]} == {Verdict.NOTAPPLICABLE}


def test_a_retired_site_that_is_merely_silent_stays_unknown() -> None:
    silent = seen(chain("http", (PLAIN, silence())), chain("https", (SECURE, silence())))

    assert verdicts(replace(silent, declared=Lifecycle.RETIRED))["http.csp-missing"] is Verdict.UNKNOWN


@pytest.mark.parametrize(
    "crash", [ValueError("hỏng"), RecursionError(), MemoryError(), "not a judgement", None, Fail]
)
def test_a_check_that_breaks_costs_one_row(crash: object) -> None:
    def broken(_view: object, _ctx: object) -> object:
        if isinstance(crash, Exception):
            raise crash
        return crash

    check = replace(CHECKS[0], on=Evidence, judge=broken)  # type: ignore[arg-type]  # breaks its promise on purpose

    (finding,) = judge(seen(), [check], sample_reference())

    assert finding.verdict is Verdict.ERROR
    assert finding.why


def test_proof_is_capped_with_a_mark() -> None:
    finding = finding_of("s", CHECKS[0], Fail(saw="x" * (SAW_LIMIT + 7)))

    assert len(finding.saw) < SAW_LIMIT + 20
    assert finding.saw.endswith("[…7]")


def test_a_site_whose_worker_died_has_a_row_for_every_check() -> None:
    rows = all_unknown("s", CHECKS, verdict=Verdict.ERROR, why="hung")

    assert [row.check_id for row in rows] == [c.id for c in CHECKS]


def test_what_a_check_says_reaches_the_finding() -> None:
    finding = finding_of("s", CHECKS[0], Pass(saw="a", where=("b",), values=(("c", "d"),)))

    assert (finding.verdict, finding.saw, finding.where, finding.values) == (
        Verdict.PASS,
        "a",
        ("b",),
        (("c", "d"),),
    )
    assert finding_of("s", CHECKS[0], NotApplicable(because="x", saw="y")).note == "x"
