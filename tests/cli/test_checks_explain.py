"""The rule book on the command line: listed, filtered, explained, in both languages."""

import json

import pytest
from click.testing import CliRunner, Result

from scanner.cli import main
from scanner.registry import load_checks


@pytest.fixture(autouse=True)
def _no_configuration(tmp_path: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("RASOAT_LANG", "vi")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_every_check_is_listed_once() -> None:
    said = run("checks")

    assert said.exit_code == 0, said.output
    assert [line.split("\t")[0] for line in said.stdout.splitlines()] == [c.id for c in load_checks()]


def test_a_topic_narrows_the_list() -> None:
    said = run("checks", "cookies")

    assert {line.split(".")[0] for line in said.stdout.splitlines()} == {"cookies"}


def test_the_list_as_json_has_both_languages() -> None:
    rows = json.loads(run("checks", "--format", "json").stdout)

    assert all(row["title"]["vi"] and row["title"]["en"] for row in rows)


def test_a_name_nobody_has_is_a_usage_error() -> None:
    said = run("checks", "khong.co")

    assert said.exit_code == 2
    assert "khong.co" in said.stderr


def test_a_check_is_explained_in_vietnamese() -> None:
    said = run("explain", "http.hsts-missing")

    assert said.exit_code == 0, said.output
    assert "Vì sao quan trọng" in said.stdout
    assert "RFC 6797" in said.stdout


def test_a_check_is_explained_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASOAT_LANG", "en")

    assert "Why it matters" in run("explain", "tls.certificate-expired").stdout


def test_a_misspelt_check_gets_a_suggestion() -> None:
    said = run("explain", "http.hsts-mising")

    assert said.exit_code == 2
    assert "http.hsts-missing" in said.stderr
