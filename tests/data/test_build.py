"""Fingerprints from a history, and the commands around them."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from scanner.cli import main
from scanner.cli.clock import today_in_vietnam
from scanner.data.age import Age, ages
from scanner.data.clone import HistoryError
from scanner.data.fingerprint import build
from scanner.data.history import releases_in
from scanner.model.reference import Reference, TableDate
from tests.cms.history import MANIFEST, TWINS, VERSIONS, make_repository, order_of


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_repository(tmp_path_factory.mktemp("history"))


def test_releases_are_tags_in_order_without_those_of_the_updater(clone: Path) -> None:
    assert tuple(str(r.version) for r in releases_in((clone,))) == VERSIONS


def test_the_table_holds_the_version_file_and_what_tells_releases_apart(clone: Path) -> None:
    table = json.loads(build(order_of(clone)))

    (family,) = table["families"]
    layers = {file["path"]: file["layer"] for file in family["files"]}
    assert (table["format"], table["as_of"], family["versions"]) == (
        "cms-fp/1",
        "2014-12-08",  # the newest commit, not the day of building
        list(VERSIONS),
    )
    assert layers[MANIFEST] == 0
    assert layers["media/system/js/core.js"] == 1
    assert "index.php" not in layers  # code is never handed out
    assert "htaccess.txt" not in layers  # it is the same in every release
    core = next(file for file in family["files"] if file["path"] == "media/system/js/core.js")
    twins = [VERSIONS.index(v) for v in TWINS]
    assert [twins] in core["hashes"].values()


def test_building_twice_gives_the_same_bytes(clone: Path) -> None:
    order = order_of(clone)

    assert build(order) == build(order)


def test_a_folder_that_is_no_clone_is_named(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="not a git repository"):
        releases_in((tmp_path,))


def test_tables_age() -> None:
    ref = Reference(
        date(2026, 8, 1),
        dates=(
            TableDate("new", date(2026, 11, 20)),
            TableDate("old", date(2026, 10, 1)),
            TableDate("too-old", date(2026, 8, 1)),
        ),
    )

    assert [(a.table.name, a.age) for a in ages(ref, date(2026, 11, 24))] == [
        ("too-old", Age.TOO_OLD),
        ("old", Age.OLD),
        ("new", Age.FRESH),
    ]


def today() -> str:
    return today_in_vietnam().isoformat()


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, words)
    return done.exit_code, done.output


def test_build_then_update_then_status(clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    built = run("data", "build", "--git", f"mau={clone}", "--as-of", today(), "-o", "b.tar.gz")
    assert built[0] == 0, built[1]

    updated = run("data", "update", "--from", "b.tar.gz")
    assert updated[0] == 0, updated[1]

    code, said = run("data", "status", "--format", "json")
    tables = {row["table"]: row for row in json.loads(said)["tables"]}
    assert code == 1  # the tables that ship beside it have been old for some time, or this test is in 2026
    assert tables["fingerprints/mau.json"]["age"] == "fresh"
    assert json.loads(said)["bundle"]


def test_a_history_that_lacks_releases_the_holes_name_is_refused(
    clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    code, said = run("data", "build", "--git", f"joomla={clone}", "-o", "b.tar.gz")

    assert code == 2
    assert "is no known release of joomla" in said
    assert not Path("b.tar.gz").exists()


def test_check_says_that_the_shipped_tables_are_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run("data", "check")[0] == 0


def test_a_refused_bundle_gives_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.tar.gz").write_bytes(b"no")

    assert run("data", "update", "--from", "bad.tar.gz")[0] == 2
    assert run("data", "build", "--git", "joomla", "-o", "x")[0] == 2
