"""The slip of a recheck: where signs of an intrusion are gone, it asks for the cause."""

from dataclasses import replace

import pytest

from reports import slip_html
from scanner.model.dossier import Dossier
from scanner.model.finding import Verdict
from scanner.model.text import Language
from tests.reports_html.dossiers import ruling, site_rulings, small

CAUSE = {"vi": "nguyên nhân, đường vào đã bịt", "en": "the cause, the way in that was closed"}


def rechecked(topic: str) -> Dossier:
    """The small dossier, one check of which belongs to a topic and passes now."""
    dossier = small()
    check_id = next(iter(dossier.checks))
    renamed = f"{topic}.sign"
    checks = {**dossier.checks, renamed: replace(dossier.checks[check_id], id=renamed)}
    point = ruling("yte", check_id, Verdict.PASS)
    point = replace(point, finding=replace(point.finding, check_id=renamed))
    return replace(dossier, checks=checks, rulings={**dossier.rulings, "yte": site_rulings("yte", [point])})


@pytest.mark.parametrize("language", ["vi", "en"])
def test_signs_of_an_intrusion_that_are_gone_leave_a_question(language: Language) -> None:
    page = slip_html.render(rechecked("compromise"), "yte", language, only=("compromise.sign",))

    assert CAUSE[language] in page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_other_repairs_are_not_asked_for_a_cause(language: Language) -> None:
    assert CAUSE[language] not in slip_html.render(rechecked("tls"), "yte", language, only=("tls.sign",))
