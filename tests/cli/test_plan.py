import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scanner.cli import main

INVENTORY = """
[province]
name = "Tỉnh Mẫu"
[[agency]]
id = "so"
name = "Sở"
[[agency.site]]
url = "https://so.mau.example"
[[agency]]
id = "phong"
name = "Phòng"
[[agency.site]]
id = "phong-web"
url = "https://phong.mau.example:8443/"
[[authorisation]]
document = "12/KH"
issuer = "UBND"
signed_on = 2020-01-01
valid_from = 2020-01-01
valid_until = 2199-12-31
depth = "standard"
agencies = ["so"]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "agencies.toml").write_text(INVENTORY, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["plan", *arguments], env={"RASOAT_LANG": "en", "COLUMNS": "60"})


def test_a_pipe_gets_every_request_as_a_row() -> None:
    result = run("so")

    rows = [line.split("\t") for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert ["so.mau.example", "GET", "http://so.mau.example/", "http"] in rows
    assert rows[-1][:4] == ["so.mau.example", "=", "so.mau.example", "passive"]
    assert "No packet has been sent" in result.stderr


def test_a_refused_site_says_why_and_is_not_counted() -> None:
    result = run("--depth", "standard")

    assert result.exit_code == 3
    assert (
        "phong-web\trefused\tno authorisation covers this agency; depth standard needs one" in result.stdout
    )
    assert "2 sites (1 refused)" in result.stderr


def test_json_holds_the_same_plan() -> None:
    plan = json.loads(run("--depth", "standard", "--format", "json").stdout)

    assert plan["total"]["sites"] == 2
    assert plan["sites"][1]["refused"]["vi"].startswith("chưa có văn bản phê duyệt")
    assert plan["sites"][1]["requests"] == []
    assert plan["sites"][0]["requests"][0]["url"] == "http://so.mau.example/"


def test_an_address_needs_no_file(folder: Path) -> None:
    (folder / "agencies.toml").unlink()

    result = run("https://one.example/vi")

    assert result.exit_code == 0
    assert "https://one.example/vi" in result.stdout
    assert "authorisation" not in result.stderr


def test_addresses_and_ids_do_not_mix() -> None:
    assert run("https://one.example", "so").exit_code == 2


def test_an_unknown_site_is_named() -> None:
    result = run("sop")

    assert result.exit_code == 2
    assert "did you mean so?" in result.stderr


def test_without_a_permit_a_note_stands_below(folder: Path) -> None:
    (folder / "agencies.toml").write_text(INVENTORY.partition("[[auth")[0], encoding="utf-8")

    assert "holds no authorisation" in run().stderr


def test_on_a_terminal_the_table_folds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from scanner.cli import plan
    from scanner.cli.clock import today_in_vietnam
    from scanner.config import load_or_default
    from scanner.inventory import load_inventory
    from scanner.plan import make_jobs
    from scanner.registry import load_checks

    monkeypatch.setenv("COLUMNS", "50")
    settings = load_or_default(None)
    inventory = load_inventory(settings.inventory)
    today = today_in_vietnam()
    jobs = make_jobs(inventory, checks=load_checks(), settings=settings, today=today, scan_id="p")

    plan._show_table(jobs, inventory, settings, today, "vi")

    printed = capsys.readouterr().out
    assert "máy chủ" in printed
    assert max(len(line) for line in printed.splitlines()) <= 50
