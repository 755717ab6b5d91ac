"""`rasoat frameworks`: what is cited, and what is wrong with a province's own file."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scanner.cli import main

OWN = """\
id = "tinh"
title_vi = "Quy định của tỉnh"
title_en = "Rules of the province"
as_of = 2026-10-06

[[instrument]]
id = "qd-1"
number = "01/QĐ-UBND"
title_vi = "Quyết định"
issuer = "UBND tỉnh"
status = "in_force"
evidence = "V1"
in_force_from = 2026-01-01

[[requirement]]
id = "T-01"
title_vi = "Có HSTS"
title_en = "HSTS is sent"
instrument = "qd-1"
clause = "Điều 3"
binding = "bat_buoc"
evidence = "V1"
testable = "yes"
checks = ["http.hsts-missing"]
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "tinh.toml"
    file.write_text(OWN, encoding="utf-8")
    return file


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["frameworks", *words])


def test_ours_are_listed_with_what_is_answered(own: Path) -> None:
    assert own.exists()
    result = run("list", "--on", "2026-11-22")

    assert result.exit_code == 0, result.output
    rows = {line.split("\t")[0]: line.split("\t") for line in result.stdout.splitlines()}
    assert {"vietnam", "owasp", "payments"} <= rows.keys()
    assert all(len(row) == 8 for row in rows.values())
    assert 0 < int(rows["vietnam"][5]) < int(rows["vietnam"][4])
    assert (rows["vietnam"][1], rows["payments"][1]) == ("cited", "-")


def test_our_own_files_have_no_fault(own: Path) -> None:
    assert own.exists()
    result = run("lint")

    assert result.exit_code == 0, result.output


def test_a_good_file_of_a_province_is_usable(own: Path) -> None:
    result = run("lint", str(own))

    assert result.exit_code == 0
    assert "tinh.toml" not in result.stdout


def test_every_fault_is_named_with_its_line(own: Path) -> None:
    own.write_text(OWN.replace('"qd-1"\nclause', '"qd-2"\nclause').replace('"yes"', '"no"'), encoding="utf-8")

    result = run("lint", str(own))

    assert result.exit_code == 2
    lines = [line for line in result.stdout.splitlines() if "tinh.toml" in line]
    assert len(lines) == 2
    assert all(":15: " in line for line in lines)


def test_a_file_that_is_no_framework_is_a_usage_error(own: Path) -> None:
    own.write_text("id = 3\n", encoding="utf-8")

    assert run("lint", str(own)).exit_code == 2
    assert run("lint", "missing.toml").exit_code == 2
