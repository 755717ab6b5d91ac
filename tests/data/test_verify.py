"""The proof of identification, on an invented history: served, visited, compared."""

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from scanner.cli import main
from scanner.identify.support import Reading
from scanner.model.finding import Confidence
from scanner.parse.version import parse_version
from scanner.proof.site import Installation
from scanner.proof.trial import Trial, Way, trials
from scanner.proof.unlisted import newest_of_lines
from tests.cms.history import PAGE, TWINS, VERSIONS, make_repository, order_of, reference_of


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_repository(tmp_path_factory.mktemp("root") / "joomla" / "joomla-cms")


def test_every_release_of_a_history_is_found_again(clone: Path) -> None:
    found = trials(order_of(clone), PAGE.format(base=""), reference_of(clone), count=20, seed=1)

    kinds = Counter(t.way for t in found)
    assert kinds == {Way.OPEN: len(VERSIONS), Way.BLIND: len(VERSIONS), Way.UNLISTED: 3}
    assert not any(t.is_wrong for t in found)
    assert all(t.is_inside for t in found if t.way is not Way.UNLISTED)
    assert all(t.reading and t.reading.exact for t in found if t.way is Way.OPEN)
    assert max(t.requests for t in found) <= 6
    twins = {t.release: t.reading.candidates for t in found if t.way is Way.BLIND and t.reading}
    assert twins[TWINS[0]] == TWINS


def test_the_same_seed_chooses_the_same_releases(clone: Path) -> None:
    def chosen(seed: int) -> list[str]:
        page, ref = PAGE.format(base=""), reference_of(clone)
        return [t.release for t in trials(order_of(clone), page, ref, count=2, seed=seed)]

    assert chosen(1) == chosen(1)


def trial(true: str, *candidates: str, way: Way = Way.BLIND, or_later: bool = False) -> Trial:
    exact = parse_version(candidates[0]) if len(candidates) == 1 and not or_later else None
    reading = Reading(
        candidates[0], "hash", ("3",), Confidence.HIGH, exact, candidates=candidates, or_later=or_later
    )
    return Trial("joomla", true, way, reading, 2)


@pytest.mark.parametrize(
    ("one", "is_inside", "is_wrong"),
    [
        (trial("3.1.0", "3.1.0"), True, False),
        (trial("3.1.0", "3.1.1"), False, True),
        (trial("3.1.0", "3.1.0", "3.1.1"), True, False),
        (trial("3.1.2", "3.1.0", or_later=True), True, False),
        (trial("3.0.9", "3.1.0", or_later=True), False, False),
        (trial("3.1.1", "3.1.0", "3.1.2", way=Way.UNLISTED, or_later=True), True, False),
        (trial("3.1.1", "3.1.0", "3.1.2"), False, False),
        (Trial("joomla", "3.1.1", Way.BLIND, None, 2), False, False),
    ],
)
def test_what_counts_as_right(one: Trial, *, is_inside: bool, is_wrong: bool) -> None:
    assert (one.is_inside, one.is_wrong) == (is_inside, is_wrong)


def test_the_newest_of_each_line() -> None:
    assert newest_of_lines(("3.1.10", "3.1.9", "3.2.0")) == ("3.1.10", "3.2.0")


def test_an_installation_refuses_and_misses(clone: Path) -> None:
    release = trials  # any object: it is asked for nothing here
    site = Installation(release, "<p>x", {"a.js": "1"}, frozenset({"a.js"}))  # type: ignore[arg-type]

    assert site.answer("/").startswith(b"HTTP/1.1 200")
    assert site.answer("/a.js").startswith(b"HTTP/1.1 403")
    assert site.answer("/index.php?x=1").startswith(b"HTTP/1.1 404")


def test_the_command_prints_a_table_and_the_records(
    clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RASOAT_LANG", "en")
    root = str(clone.parent.parent)

    done = CliRunner().invoke(main, ["data", "verify", "--git-root", root, "--count", "2"])
    assert done.exit_code == 0, done.output
    assert "| joomla | all files | 2 | 2 | 0 | 2 | 0 | 1.00 |" in done.output

    told = CliRunner().invoke(
        main, ["data", "verify", "--git-root", root, "--count", "1", "--format", "json"]
    )
    assert {row["served"] for row in json.loads(told.output)} == {
        "open",
        "blind",
    }  # no listed line has ended here

    empty = CliRunner().invoke(main, ["data", "verify", "--git-root", str(tmp_path)])
    assert empty.exit_code == 2
