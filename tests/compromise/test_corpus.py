"""The compromise checks against the corpus: what is found, and what honest pages are spared."""

import pytest

from scanner.identify.compromise import Compromise, signs_of
from scanner.judge import apply, finding_of
from scanner.model.check import Check, Context
from scanner.model.finding import Severity, Verdict
from scanner.parse.html import summarise
from scanner.registry import load_checks
from scanner.samples import SEEN_AT, sample_reference
from tests.bench.lens import HOSTILE, PAGE_BYTES
from tests.compromise.corpus import CLEAN, HOST, TAKEN_OVER, Case

CHECKS = tuple(c for c in load_checks() if c.on is Compromise)
URL = f"https://{HOST}/"


def reading(html: str | bytes) -> Compromise:
    content = html if isinstance(html, bytes) else html.encode()
    summary = summarise(content, charset="utf-8", base_url=URL)
    return signs_of(content, url=URL, html=summary, ref=sample_reference(), charset="utf-8")


def failures(html: str | bytes) -> dict[str, tuple[Check, str]]:
    page, context = reading(html), Context(SEEN_AT, sample_reference())
    rows = [(c, finding_of("site", c, apply(c, page, context))) for c in CHECKS]
    return {c.id: (c, f.saw) for c, f in rows if f.verdict is Verdict.FAIL}


@pytest.mark.parametrize("case", TAKEN_OVER, ids=lambda c: c.name)
def test_a_page_that_was_taken_over_is_found_with_proof(case: Case) -> None:
    found = failures(case.html)

    assert case.hits in found, found
    assert found[case.hits][1]


@pytest.mark.parametrize("case", CLEAN, ids=lambda c: c.name)
def test_an_honest_page_is_not_suspected(case: Case) -> None:
    assert failures(case.html) == {}


def test_precision_and_recall_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    found = sum(bool(failures(c.html)) for c in TAKEN_OVER)
    blamed = sum(bool(failures(c.html)) for c in CLEAN)
    grave = sum(any(k.severity is Severity.CRITICAL for k, _s in failures(c.html).values()) for c in CLEAN)
    recall, precision = found / len(TAKEN_OVER), found / (found + blamed)

    with capsys.disabled():
        print(
            f"\ncompromise corpus: {len(TAKEN_OVER)} taken over, {len(CLEAN)} clean; "
            f"recall {recall:.3f}, precision {precision:.3f}, false critical {grave}"
        )
    assert len(TAKEN_OVER) >= 25
    assert len(CLEAN) >= 25
    assert recall >= 0.95
    assert grave == 0


# ---- pages built to stall -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE)
def test_a_page_built_to_stall_is_read_all_the_same(name: str) -> None:
    assert reading(HOSTILE[name][:PAGE_BYTES]).url == URL  # what it costs: python -m tests.bench.lens
