"""Which jobs lift the grade, and that the arithmetic printed is the arithmetic done."""

from dataclasses import replace

import pytest
from lxml import html

from reports import agency_html
from reports.view.actions import group
from reports.view.arithmetic import Arithmetic
from reports.view.desk import make_desk
from reports.view.planner import CANDIDATES, MOST_STEPS, NO_PLAN, Plan, plan
from reports.words import Say
from scanner.model.dossier import Dossier
from tests.reports_html import dossiers
from tests.reports_html.test_agency_report import words


def planned(dossier: Dossier, agency_id: str = "so-khcn") -> Plan:
    desk = make_desk(dossier, Say("vi"), dossiers.HOWTOS)
    sites = tuple(site.id for site in dossier.sites_of(agency_id))
    actions = group(desk.rulings(sites), dossier.checks, dossiers.HOWTOS)
    return plan(actions, Arithmetic.of(dossier, agency_id), desk)


def test_steps_add_up_from_the_score_of_today_to_the_promised_one() -> None:
    made = planned(dossiers.scored(dossiers.small()))

    points = int(made.start)
    for step in made.steps:
        points += int(step.gain)
        assert points == int(step.points)
    assert 1 <= len(made.steps) <= MOST_STEPS
    assert f"({points} điểm)" in made.summary or f"lên {points} điểm" in made.summary


def test_the_promise_is_what_the_rules_give_when_the_jobs_are_done() -> None:
    dossier = dossiers.scored(dossiers.small())
    made = planned(dossier)

    sums = Arithmetic.of(dossier, "so-khcn")
    desk = make_desk(dossier, Say("vi"), dossiers.HOWTOS)
    actions = group(desk.rulings(("khcn", "hoidap", "sangkien")), dossier.checks, dossiers.HOWTOS)
    assert sums
    after = sums.after(tuple(actions[step.number - 1] for step in made.steps))
    assert (str(after.points), after.grade) == (made.steps[-1].points, made.steps[-1].grade)


def test_no_job_stands_in_the_plan_after_the_grade_is_reached() -> None:
    made = planned(dossiers.scored(dossiers.small()))

    grades = [step.grade for step in made.steps]
    assert grades.count(grades[-1]) == 1 or "hạng vẫn là" in made.summary


@pytest.mark.parametrize(
    ("make", "agency_id"), [(dossiers.nothing_reachable, "xa"), (dossiers.one_site_good, "so-y-te")]
)
def test_without_score_or_work_there_is_no_plan(make: object, agency_id: str) -> None:
    assert callable(make)
    assert planned(make(), agency_id) == NO_PLAN


def test_a_score_made_by_other_rules_is_not_planned_with() -> None:
    dossier = dossiers.scored(dossiers.small())
    strange = replace(dossier.scores["so-khcn"], points=3)

    assert planned(replace(dossier, scores={**dossier.scores, "so-khcn": strange})) == NO_PLAN


def test_the_report_prints_the_plan_with_links_to_the_cards() -> None:
    text = agency_html.render(dossiers.scored(dossiers.small()), "so-khcn", "vi", howtos=dossiers.HOWTOS)
    page = html.document_fromstring(text)

    section = page.xpath("//section[@id='score']")[0]
    assert "Kế hoạch nâng hạng" in words(section)
    targets = section.xpath(".//a/@href")
    assert targets
    assert all(page.xpath(f"//*[@id='{target[1:]}']") for target in targets)


def test_a_large_agency_is_planned_from_its_gravest_jobs_only() -> None:
    made = planned(dossiers.scored(dossiers.forty_sites()), "vp")

    assert all(step.number <= CANDIDATES for step in made.steps)
