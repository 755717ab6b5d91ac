"""A report is on the disk whole, or the one before it still is."""

import json
import os
import stat
from pathlib import Path

import pytest

from reports.writing import ReportError, write


def test_a_report_is_written_for_its_owner_only(tmp_path: Path) -> None:
    path = write(tmp_path / "new" / "a.json", '{"a": "ắ"}', json.loads)

    assert path.read_text(encoding="utf-8") == '{"a": "ắ"}'
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_report_that_does_not_parse_never_replaces_a_good_one(tmp_path: Path) -> None:
    good = write(tmp_path / "a.json", "{}", json.loads)

    with pytest.raises(ReportError, match=r"a\.json"):
        write(good, '{"half', json.loads)

    assert good.read_text() == "{}"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_a_link_in_the_place_of_a_report_is_replaced_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("safe")
    (tmp_path / "a.json").symlink_to(victim)

    write(tmp_path / "a.json", b"{}")

    assert victim.read_text() == "safe"
    assert not (tmp_path / "a.json").is_symlink()


def test_a_folder_that_cannot_be_made_is_our_error_with_its_cause(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(ReportError) as caught:
        write(tmp_path / "file" / "a.json", "{}")

    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.exit_code == 4


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(ReportError, match="No space left"):
        write(tmp_path / "a.json", "{}")

    assert list(tmp_path.iterdir()) == []
