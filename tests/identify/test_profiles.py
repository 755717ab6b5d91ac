"""What the report says our own checks ask is what they ask; other authorities differ where it says so."""

import pytest

from scanner.author.web import policies_of
from scanner.identify.page import Page
from scanner.identify.profiles import FOLLOWED, OURS, PROFILES, demands_met
from scanner.judge import apply
from scanner.model.check import Context, Fail
from scanner.registry import load_checks
from scanner.samples import SEEN_AT, page, sample_reference

CHECKS = {check.id: check for check in load_checks()}
CONTEXT = Context(SEEN_AT, sample_reference())
STS, CSP, XFO, REFERRER = (
    "Strict-Transport-Security",
    "Content-Security-Policy",
    "X-Frame-Options",
    "Referrer-Policy",
)
PAGES = (
    page(),
    page((STS, "max-age=15552000"), (REFERRER, "strict-origin"), (XFO, "DENY"), (CSP, "script-src 'self'")),
    page((STS, "max-age=15551999"), (REFERRER, "unsafe-url"), (XFO, "ALLOW-FROM https://a.example")),
    page((STS, "max-age=abc"), (REFERRER, "abc"), (CSP, "frame-ancestors *")),
    page((STS, "max-age=0"), (REFERRER, "no-referrer"), (CSP, "frame-ancestors 'self'; style-src *")),
    page((STS, "max-age=31536000"), (CSP, "default-src 'self' 'unsafe-inline'")),
)


def fails(check_id: str, view: Page) -> bool:
    return isinstance(apply(CHECKS[check_id], view, CONTEXT), Fail)


@pytest.mark.parametrize("view", PAGES, ids=range(len(PAGES)))
@pytest.mark.parametrize("demand", FOLLOWED)
def test_our_column_says_what_our_checks_say(demand: str, view: Page) -> None:
    met = demands_met(OURS, view, policies_of(view))[demand]

    assert met is not any(fails(check_id, view) for check_id in FOLLOWED[demand])


def test_authorities_disagree_where_the_documentation_says_so() -> None:
    half_a_year, allow_from = PAGES[1], page((XFO, "ALLOW-FROM https://a.example"))

    def met(name: str, view: Page, demand: str) -> bool | None:
        return demands_met(PROFILES[name], view, policies_of(view))[demand]

    assert [met(name, half_a_year, "hsts") for name in ("internet.nl", "owasp", "observatory")] == [
        False,
        False,
        True,
    ]
    assert met("internet.nl", half_a_year, "referrer-policy") is False
    assert met("owasp", half_a_year, "referrer-policy") is True
    assert met("observatory", allow_from, "framing") is True
    assert met("owasp", allow_from, "framing") is False
