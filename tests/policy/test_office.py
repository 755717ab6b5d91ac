from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from scanner.errors import ConfigError
from scanner.model.check import Check
from scanner.model.dossier import Dossier
from scanner.model.finding import Finding, Severity, SiteState, Trend, Verdict
from scanner.model.history import History, PastRun, PastSite, SecondLook, Sighting
from scanner.model.ruling import Ruling
from scanner.model.settings import ReportSettings
from scanner.model.visit import RECHECK, VERIFY, Visit
from scanner.policy import files
from scanner.policy.office import dossier
from tests.policy.nouns import INVENTORY, START, check, checks, finding, scan, sighting, visit

TODAY = date(2026, 11, 22)
CHECKS = checks(
    check("http.hsts-missing"), check("tls.old-versions-offered", formerly=("tls.ancient",)), check("cms.x")
)
WAIVER = """[[waiver]]
site = "s1"
check = "http.hsts-missing"
reason = "x"
approver = "y"
until = {until}
"""


def issue(
    *visits: Visit,
    history: History | None = None,
    settings: ReportSettings | None = None,
    degraded: str = "",
    known: dict[str, Check] | None = None,
) -> Dossier:
    return dossier(
        scan=scan(degraded=degraded),
        inventory=INVENTORY,
        visits=visits,
        history=history or History(),
        checks=known or CHECKS,
        settings=settings or ReportSettings(waivers=None),
        on=TODAY,
    )


def only(made: Dossier, site_id: str = "s1") -> Ruling:
    (ruling,) = made.rulings[site_id].rulings
    return ruling


def waived(tmp_path: Path, until: str) -> ReportSettings:
    file = tmp_path / "waivers.toml"
    file.write_text(WAIVER.format(until=until), encoding="utf-8")
    return ReportSettings(waivers=file)


def test_rows_add_up_passes_too() -> None:
    said = [
        finding("s1", c, v)
        for c, v in zip(CHECKS, (Verdict.PASS, Verdict.UNKNOWN, Verdict.NOTAPPLICABLE), strict=True)
    ]

    made = issue(visit("s1", *said), visit("s3", state=SiteState.UNREACHED))

    assert [r.finding for r in made.rulings["s1"].rulings] == said
    assert (made.rulings["s1"].decided, made.rulings["s1"].applicable) == (1, 2)
    assert made.rulings["s3"].rulings == ()
    assert set(made.scores) == {"so-y-te", "so-xd"}
    assert made.scores["so-xd"].grade == ""


def test_an_open_failure_has_severity_for_the_level_clauses_trend_and_a_deadline() -> None:
    ruling = only(issue(visit("s1", finding("s1", "tls.old-versions-offered"))))

    assert ruling.severity is Severity.HIGH
    assert ruling.is_open
    assert ruling.change is not None
    assert ruling.change.trend is Trend.NEW
    assert ruling.due_on == TODAY + timedelta(days=15)
    assert "GOV-03" in {clause.requirement for clause in ruling.clauses}


def test_a_pass_has_clauses_but_neither_deadline_nor_trend() -> None:
    ruling = only(issue(visit("s1", finding("s1", "tls.old-versions-offered", Verdict.PASS))))

    assert ruling.clauses
    assert (ruling.due_on, ruling.change) == (None, None)


def test_the_deadline_counts_from_the_first_day_not_from_this_scan() -> None:
    history = History({("s2", "cms.x"): (sighting(-10, Verdict.FAIL),)})

    ruling = only(issue(visit("s2", finding("s2", "cms.x")), history=history), "s2")

    assert ruling.due_on == TODAY - timedelta(days=10) + timedelta(days=30)


def test_history_under_a_former_name_counts() -> None:
    history = History({("s1", "tls.ancient"): (sighting(-10, Verdict.FAIL),)})

    ruling = only(issue(visit("s1", finding("s1", "tls.old-versions-offered")), history=history))

    assert ruling.change is not None
    assert ruling.change.trend is Trend.SAME


def test_a_waived_failure_stays_visible_without_a_deadline(tmp_path: Path) -> None:
    made = issue(visit("s1", finding("s1", "http.hsts-missing")), settings=waived(tmp_path, "2026-11-22"))

    ruling = only(made)
    assert ruling.waiver is not None
    assert (ruling.is_open, ruling.due_on) == (False, None)
    assert ruling.finding.verdict is Verdict.FAIL
    assert made.scores["so-y-te"].points == 100


def test_a_waiver_that_has_lapsed_leaves_the_failure_open_and_is_named(tmp_path: Path) -> None:
    ruling = only(
        issue(visit("s1", finding("s1", "http.hsts-missing")), settings=waived(tmp_path, "2026-11-21"))
    )

    assert ruling.is_open
    assert ruling.lapsed is not None
    assert ruling.due_on is not None


def test_a_worse_fact_breaks_the_waiver(tmp_path: Path) -> None:
    known = finding("s1", "http.hsts-missing", severity=Severity.LOW)
    before = PastRun(scan("before", days=-9), (PastSite("s1", SiteState.REACHED, 1, 1, (known,)),))
    settings = waived(tmp_path, "2026-12-31")
    with (tmp_path / "waivers.toml").open("a", encoding="utf-8") as file:
        file.write("approved_on = 2026-11-15\n")

    same = only(issue(visit("s1", known), history=History(runs=(before,)), settings=settings))
    worse = only(
        issue(
            visit("s1", finding("s1", "http.hsts-missing")),
            history=History(runs=(before,)),
            settings=settings,
        )
    )

    assert not same.is_open
    assert (worse.is_open, worse.waiver, worse.broken) == (True, None, same.waiver)
    assert worse.due_on is not None


def test_what_paper_proves_is_read_with_the_rules_and_a_fault_in_it_stops_the_report(tmp_path: Path) -> None:
    file = tmp_path / "papers.toml"
    file.write_text(
        '[[paper]]\nrequirement = "GOV-14"\ndocument = "12/QĐ"\nsigned_on = 2026-03-01\n', encoding="utf-8"
    )
    settings = ReportSettings(waivers=None, papers=file)

    made = issue(visit("s1"), settings=settings)
    file.write_text(file.read_text(encoding="utf-8").replace("GOV-14", "GOV-99"), encoding="utf-8")

    assert [paper.document for paper in made.papers] == ["12/QĐ"]
    with pytest.raises(ConfigError, match="GOV-99"):
        issue(visit("s1"), settings=settings)


def test_times_a_finding_was_open_travel_with_the_dossier() -> None:
    history = History(
        {
            ("s1", "cms.x"): (
                sighting(-10, Verdict.FAIL),
                sighting(-4, Verdict.PASS),
                sighting(-2, Verdict.PASS),
            )
        }
    )

    made = issue(visit("s1", finding("s1", "cms.x"), finding("s1", "http.hsts-missing")), history=history)

    closed, again, new = made.periods["s1"]
    assert (closed.closed_at, closed.is_again) == (START - timedelta(days=2), False)
    assert (again.closed_at, again.is_again) == (None, True)
    assert new.opened_at == START


def test_a_faulty_waivers_file_stops_the_report_with_all_its_faults(tmp_path: Path) -> None:
    file = tmp_path / "waivers.toml"
    file.write_text(WAIVER.format(until="2026-11-22").replace("hsts", "htst"), encoding="utf-8")

    with pytest.raises(ConfigError, match="did you mean"):
        issue(settings=ReportSettings(waivers=file))


def test_a_waiver_for_another_inventory_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "waivers.toml"
    file.write_text(WAIVER.format(until="2026-11-22").replace('"s1"', '"s99"'), encoding="utf-8")

    assert only(issue(visit("s1", finding("s1", "cms.x")), settings=ReportSettings(waivers=file))).is_open


def test_files_that_are_not_there_are_named_together(tmp_path: Path) -> None:
    big, binary = tmp_path / "big.toml", tmp_path / "binary.toml"
    big.write_bytes(b"#" * 2_000_001)
    binary.write_bytes(b"\xff\xfe")

    with pytest.raises(ConfigError) as caught:
        issue(settings=ReportSettings(waivers=None, frameworks=(tmp_path / "none.toml", big, binary)))

    assert len(caught.value.problems) == 3


def test_a_waivers_file_nobody_wrote_waives_nothing(tmp_path: Path) -> None:
    assert issue(settings=ReportSettings(waivers=tmp_path / "none.toml")).rulings == {}


def test_a_degraded_scan_says_nothing_new() -> None:
    ruling = only(issue(visit("s1", finding("s1", "cms.x")), degraded="half the province is silent"))

    assert ruling.is_open
    assert (ruling.change, ruling.due_on) == (None, None)


def test_a_check_that_is_gone_and_a_site_that_is_gone_are_still_ruled() -> None:
    made = issue(visit("s9", finding("s9", "http.gone")))

    assert only(made, "s9").clauses == ()
    assert made.scores == {}


# ---- earlier scans


def past_run(number: int, *failures: Finding, decided: int = 10, site_id: str = "s1") -> PastRun:
    site = PastSite(site_id, SiteState.REACHED, decided, 10, failures)
    return PastRun(scan(f"scan-{number}", days=number), (site,))


def story(check_id: str, *verdicts: Verdict) -> dict[tuple[str, str], tuple[Sighting, ...]]:
    first = -len(verdicts)
    return {("s1", check_id): tuple(sighting(first + n, v) for n, v in enumerate(verdicts))}


def test_earlier_scans_are_graded_by_the_rules_of_today() -> None:
    bad = finding("s1", "http.hsts-missing")
    worse = replace(finding("s1", "cms.x"), severity=Severity.CRITICAL)
    history = History(
        {
            **story("http.hsts-missing", Verdict.FAIL, Verdict.FAIL, Verdict.FAIL),
            **story("cms.x", Verdict.FAIL, Verdict.PASS, Verdict.FAIL),
        },
        (past_run(-3, bad, worse), past_run(-2, bad), past_run(-1, bad, worse)),
    )

    past = issue(history=history).past["so-y-te"]

    assert [(p.scan_id, p.score.points, p.open_findings, p.new, p.fixed) for p in past] == [
        ("scan--3", 44, 2, 2, 0),
        ("scan--2", 92, 1, 0, 0),  # one pass does not fix it yet
        ("scan--1", 44, 2, 0, 0),
    ]
    assert [p.at for p in past] == [START - timedelta(days=d) for d in (3, 2, 1)]


def test_what_rises_and_what_is_fixed_adds_up_to_what_is_open() -> None:
    bad = finding("s1", "cms.x")
    history = History(
        story("cms.x", Verdict.FAIL, Verdict.PASS, Verdict.PASS, Verdict.FAIL),
        (past_run(-4, bad), past_run(-3), past_run(-2), past_run(-1, bad)),
    )

    past = issue(history=history).past["so-y-te"]

    assert [(p.new, p.reopened, p.fixed, p.open_findings) for p in past] == [
        (1, 0, 0, 1),
        (0, 0, 0, 0),
        (0, 0, 1, 0),
        (0, 1, 0, 1),
    ]
    assert sum(p.new + p.reopened - p.fixed for p in past) == past[-1].open_findings


def test_an_earlier_scan_that_saw_too_little_has_no_grade() -> None:
    (past,) = issue(history=History({}, (past_run(-1, decided=3),))).past["so-y-te"]

    assert past.score.points is None


def test_sites_no_longer_in_the_inventory_belong_to_nobody() -> None:
    assert issue(history=History({}, (past_run(-1, site_id="gone"),))).past == {}


def test_a_scan_of_one_topic_is_no_earlier_review_to_measure_against() -> None:
    said = [finding("s1", name, Verdict.PASS) for name in CHECKS] + [finding("s2", name) for name in CHECKS]
    narrow = PastSite("s1", SiteState.REACHED, 1, 1, ())
    whole = PastSite("s1", SiteState.REACHED, 4, 4, (finding("s1", "cms.x"),))
    history = History(
        {}, (PastRun(scan("whole", days=-2), (whole,)), PastRun(scan("narrow", days=-1), (narrow,)))
    )

    made = issue(visit("s1", *said[:3]), visit("s2", *said[3:]), history=history)

    assert [past.scan_id for past in made.past["so-y-te"]] == ["whole"]


def test_an_organisation_sets_its_own_numbers(tmp_path: Path) -> None:
    _, text = files.own_rules()
    own = tmp_path / "chinh-sach.toml"
    own.write_text(text.replace("medium = 30", "medium = 7"), encoding="utf-8")

    seen = visit("s1", finding("s1", "http.hsts-missing"))
    usual, strict = issue(seen), issue(seen, settings=ReportSettings(waivers=None, policy=own))

    assert only(usual).due_on == date(2026, 12, 22)
    assert only(strict).due_on == date(2026, 11, 29)


def looked_again(
    purpose: str,
    verdict: Verdict,
    *,
    state: SiteState = SiteState.REACHED,
    degraded: str = "",
    site: str = "s1",
    days: int = 1,
) -> SecondLook:
    run = replace(scan(f"again-{days}", days=days, degraded=degraded), purpose=purpose)
    seen = visit(site, finding(site, "http.hsts-missing", verdict), scan_id=run.id, state=state)
    return SecondLook(run, replace(seen, finished_at=START + timedelta(days=days)))


def after(*looks: SecondLook) -> Ruling:
    return only(
        dossier(
            scan=scan(),
            inventory=INVENTORY,
            visits=(visit("s1", finding("s1", "http.hsts-missing")),),
            history=History(),
            checks=CHECKS,
            settings=ReportSettings(waivers=None),
            on=TODAY,
            later=looks,
        )
    )


def test_a_recheck_since_the_scan_closes_in_the_report_of_the_scan() -> None:
    ruling = after(looked_again(RECHECK, Verdict.PASS))

    assert (ruling.is_open, ruling.finding.verdict) == (False, Verdict.PASS)
    assert ruling.change is not None
    assert ruling.change.trend is Trend.FIXED


def test_a_look_before_mail_goes_out_leaves_it_awaiting_confirmation() -> None:
    ruling = after(looked_again(VERIFY, Verdict.PASS))

    assert not ruling.is_open
    assert ruling.change is not None
    assert (ruling.change.trend, ruling.change.passes) == (Trend.LOST_SIGHT, 1)


@pytest.mark.parametrize(
    "looks",
    [
        (),
        (looked_again(RECHECK, Verdict.FAIL),),
        (looked_again(RECHECK, Verdict.UNKNOWN),),
        (looked_again(RECHECK, Verdict.PASS), looked_again(RECHECK, Verdict.FAIL, days=2)),
        (looked_again(RECHECK, Verdict.PASS, state=SiteState.PARTLY),),
        (looked_again(RECHECK, Verdict.PASS, degraded="half the country is dark"),),
        (looked_again(RECHECK, Verdict.PASS, site="s2"),),
    ],
)
def test_anything_but_a_complete_last_pass_leaves_the_finding_open(looks: tuple[SecondLook, ...]) -> None:
    ruling = after(*looks)

    assert ruling.is_open
    assert ruling.change is not None
    assert ruling.change.trend is Trend.NEW


def test_what_a_second_look_saw_for_the_first_time_belongs_to_the_next_scan() -> None:
    run = replace(scan("again", days=1), purpose=RECHECK)
    look = SecondLook(run, visit("s1", finding("s1", "http.hsts-missing"), scan_id=run.id))
    made = dossier(
        scan=scan(),
        inventory=INVENTORY,
        visits=(visit("s1", finding("s1", "http.hsts-missing", Verdict.PASS)),),
        history=History(),
        checks=CHECKS,
        settings=ReportSettings(waivers=None),
        on=TODAY,
        later=(look,),
    )

    assert only(made).finding.verdict is Verdict.PASS
