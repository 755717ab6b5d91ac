"""The compromise checks against the corpus: what is found, and what honest pages are spared."""

import sys
import time

import pytest

from scanner.identify.compromise import Compromise, signs_of
from scanner.identify.lexicon import find
from scanner.judge import apply, finding_of
from scanner.model.check import Check, Context
from scanner.model.finding import Severity, Verdict
from scanner.parse.html import summarise
from scanner.registry import load_checks
from scanner.samples import SEEN_AT, sample_reference
from tests.compromise.corpus import CLEAN, HOST, NEWS, TAKEN_OVER, Case

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


# ---- cost -------------------------------------------------------------------------------------------------


TRACED = (
    4 if sys.gettrace() else 1
)  # coverage slows every line down; the bound holds for the program as it runs


def seconds(html: bytes) -> float:
    """CPU of the lens alone, the page's summary apart: it is made anyway. The best of three, for a shared machine."""
    summary = summarise(html, charset="utf-8", base_url=URL)
    ref = sample_reference()
    spent = []
    for _turn in range(3):
        began = time.process_time()
        signs_of(html, url=URL, html=summary, ref=ref, charset="utf-8")
        spent.append(time.process_time() - began)
    return min(spent)


HOSTILE = {
    "100,000 links": b"".join(b"<a href=//h%d.x/>s</a>" % n for n in range(100_000)),
    "100,000 hidden links": b"<p hidden>" + b"".join(b"<a href=/%d>tai xiu</a>" % n for n in range(100_000)),
    "near misses": "<p>tài xỉu md tài xỉu uy nhà cái số game bài uy </p>".encode() * 30_000,
    "near misses of China": "<p>澳门赌真人娱澳门新葡</p>".encode() * 40_000,
    "styles": b"<i style='left:-9;color:#fff;background:#ffe;width:0;top:-4'>x</i>" * 30_000,
    "sheets": b"<style>" + b".a{left:-9px}" * 15_000 + b"</style>" + b"<p class='b c d'>" * 30_000,
    "nesting": b"<div>" * 200_000,
    "codes": b"<script>" + b"eval(String.fromCharCode(1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17)" * 25_000,
    "open quotes": b"<script>" + b"atob('AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA unescape('%41" * 30_000,
    "escapes": b"<script>'" + b"\\x41" * 400_000,
    "referrers": b"<script>" + b"document.referrer userAgent location=" * 40_000,
    "blanks": b"<script>" + b"location" + b" " * 1_900_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_page_built_to_stall_costs_less_than_half_a_second(name: str) -> None:
    assert seconds(HOSTILE[name][:2_000_000]) < 0.5 * TRACED


def test_words_of_an_ordinary_page_cost_less_than_five_milliseconds() -> None:
    text = summarise((NEWS * 90).encode(), charset="utf-8").text
    assert len(text) > 20_000
    spent = []
    for _turn in range(5):
        began = time.process_time()
        find(text, sample_reference().lexicon)
        spent.append(time.process_time() - began)

    assert min(spent) < 0.005 * TRACED
