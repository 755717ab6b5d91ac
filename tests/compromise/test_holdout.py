"""The hold-out set: pages written after the lens, from what others saw. Figures of its first run stand in the docs."""

import pytest

from scanner.model.finding import Severity
from tests.compromise.holdout import BAD, CLEAN, Page
from tests.compromise.test_corpus import failures


@pytest.mark.parametrize("page", BAD, ids=lambda p: p.name)
def test_a_page_others_saw_taken_over_is_found(page: Page) -> None:
    found = failures(page.html)

    assert found
    assert all(saw for _check, saw in found.values())


@pytest.mark.parametrize("page", CLEAN, ids=lambda p: p.name)
def test_an_honest_page_nobody_tuned_for_is_not_suspected(page: Page) -> None:
    assert failures(page.html) == {}


def test_precision_and_recall_of_the_hold_out_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    found = sum(bool(failures(p.html)) for p in BAD)
    blamed = sum(bool(failures(p.html)) for p in CLEAN)
    grave = sum(any(c.severity is Severity.CRITICAL for c, _s in failures(p.html).values()) for p in CLEAN)

    with capsys.disabled():
        print(
            f"\ncompromise hold-out: {len(BAD)} taken over, {len(CLEAN)} clean; recall {found / len(BAD):.3f}, "
            f"precision {found / (found + blamed):.3f}, false critical {grave}"
        )
    assert len(BAD) >= 25
    assert len(CLEAN) >= 25
    assert found >= 0.95 * len(BAD)
    assert grave == 0
