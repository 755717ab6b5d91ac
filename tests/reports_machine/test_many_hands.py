"""Documents written by several processes are those one process writes, and a failure of any of them is told."""

import os
import sys
from pathlib import Path

import pytest

from reports import shelf
from reports.many_hands import MOST, WORTH_IT, crew_size, write_each
from reports.writing import ReportError
from tests.reports_html.dossiers import whole_province

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reports are shared out on Linux only")


def test_every_paper_is_written_once_and_the_paths_keep_their_order(tmp_path: Path) -> None:
    def write(number: int) -> Path:
        path = tmp_path / f"{number}"
        path.write_text(str(os.getpid()))
        return path

    paths = write_each(range(11), write, hands=3)

    assert paths == tuple(tmp_path / str(n) for n in range(11))
    assert len({path.read_text() for path in paths}) == 3


@pytest.mark.parametrize("bad", [0, 1, 5])
def test_a_paper_that_cannot_be_written_is_told_whoever_wrote_it(tmp_path: Path, bad: int) -> None:
    def write(number: int) -> Path:
        if number == bad:
            raise ReportError(tmp_path / "x", "no room")
        return tmp_path / str(number)

    with pytest.raises(ReportError, match="no room") as told:
        write_each(range(6), write, hands=2)
    assert told.value.path == tmp_path / "x"


def test_a_process_that_dies_is_no_success(tmp_path: Path) -> None:
    us = os.getpid()

    def write(number: int) -> Path:
        if os.getpid() != us:
            os._exit(1)
        return tmp_path / str(number)

    with pytest.raises(ReportError, match="without a word"):
        write_each(range(4), write, hands=2)


def test_a_few_papers_are_not_worth_a_second_process() -> None:
    assert crew_size(WORTH_IT - 1) == 1
    assert crew_size(10_000) <= MOST


def test_one_hand_and_two_write_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = whole_province(30)
    formats = ("html", "csv")

    two = shelf.write_all(dossier, tmp_path / "two", formats=formats)
    monkeypatch.setattr("reports.many_hands.crew_size", lambda _documents: 1)
    one = shelf.write_all(dossier, tmp_path / "one", formats=formats)

    assert [path.name for path in one] == [path.name for path in two]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
