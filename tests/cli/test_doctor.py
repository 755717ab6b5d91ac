import importlib
import json
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from scanner import doctor
from scanner.cli import main
from scanner.doctor import Health, Note, examine, worst
from scanner.model.settings import Settings, StoreSettings
from scanner.model.text import Text

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    return tmp_path


def notes(environ: dict[str, str] | None = None, *, now: datetime = NOW) -> dict[str, list[Note]]:
    found: dict[str, list[Note]] = {}
    for note in examine(None, environ=environ or {"HOME": "/nonexistent"}, now=now, today=date(2026, 11, 24)):
        found.setdefault(note.topic, []).append(note)
    return found


def test_a_fresh_folder_is_fit_with_warnings() -> None:
    found = notes()

    assert {
        n.health for topic in ("python", "packages", "store", "checks", "parsers") for n in found[topic]
    } == {Health.OK}
    assert found["config"][0].health is found["inventory"][0].health is Health.WARN


def test_each_fault_of_the_files_is_a_line(folder: Path) -> None:
    (folder / "rasoat.toml").write_text("x = 1\n[scan]\nworkers = -1\n")
    (folder / "agencies.toml").write_text("[province]\n")

    found = notes()

    assert [n.words.en.partition(";")[0] for n in found["config"]] == ["rasoat.toml:1: unknown key `x`"]
    assert "`province.name` is missing" in found["inventory"][0].words.en


def test_a_sound_folder_is_sound(folder: Path) -> None:
    CliRunner().invoke(main, ["init", "--province", "P"])
    text = (
        (folder / "rasoat.toml")
        .read_text(encoding="utf-8")
        .replace('contact = ""', 'contact = "a@b.example"')
    )
    (folder / "rasoat.toml").write_text(text, encoding="utf-8")

    found = notes()

    assert [n.health for n in (*found["config"], *found["inventory"])] == [Health.OK, Health.OK]
    assert "contact" not in found


def test_a_fault_in_the_waivers_is_found_before_a_scan(folder: Path) -> None:
    (folder / "waivers.toml").write_text("[[waiver]]\nsite = 1\n")

    found = notes()

    assert [n.health for n in found["policy"]] == [Health.FAIL] * len(found["policy"])
    assert "waivers.toml" in found["policy"][0].words.en


def test_the_waivers_are_counted(folder: Path) -> None:
    (folder / "waivers.toml").write_text("")

    assert notes()["policy"] == [Note("policy", Health.OK, Text("0 ngoại lệ", "0 waivers"))]


@pytest.mark.parametrize(("installed", "health"), [(True, Health.OK), (False, Health.FAIL)])
def test_the_driver_of_a_database_is_looked_for(
    monkeypatch: pytest.MonkeyPatch, *, installed: bool, health: Health
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", importlib.import_module("psycopg") if installed else None)

    found = notes({"HOME": "/nonexistent", "RASOAT_STORE_URL": "postgresql://rasoat@db.example/x"})

    assert found["store"][0].health is health


@pytest.mark.parametrize(
    ("text", "health", "words"),
    [
        ('[province]\nname = ""\n', Health.FAIL, "has no name"),
        ('[province]\nname = "Tỉnh ..."\n', Health.WARN, "1 warnings"),
        ("\x00", Health.FAIL, "no valid TOML"),
    ],
)
def test_the_inventory_is_linted(folder: Path, text: str, health: Health, words: str) -> None:
    (folder / "agencies.toml").write_text(text, encoding="utf-8")

    note = notes()["inventory"][0]

    assert note.health is health
    assert words in note.words.en


def test_an_unreadable_inventory_is_a_fault(folder: Path) -> None:
    (folder / "agencies.toml").mkdir()

    assert notes()["inventory"][0].health is Health.FAIL


def test_a_package_of_somebody_else_is_named() -> None:
    intruder = SimpleNamespace(__file__="/site/reports/__init__.py")

    (note,) = doctor._packages(lambda _name: intruder)

    assert note.health is Health.FAIL
    assert "/site/reports/__init__.py" in note.words.en


@pytest.mark.parametrize(("free_mb", "health"), [(50, Health.FAIL), (500, Health.WARN), (5_000, Health.OK)])
def test_a_full_disk_is_seen_before_the_scan(free_mb: int, health: Health) -> None:
    found = list(doctor._store(Settings(), lambda _folder: (0, 0, free_mb * 1_000_000)))

    assert {n.health for n in found} == {health}


def test_a_folder_that_cannot_be_written_fails(folder: Path) -> None:
    (folder / "a-file").touch()
    settings = Settings(store=StoreSettings(evidence=folder / "a-file" / "x"))

    found = list(doctor._store(settings, lambda _folder: (0, 0, 10**12)))

    assert Health.FAIL in {n.health for n in found}


def test_a_remote_store_needs_no_folder() -> None:
    settings = Settings(store=replace(StoreSettings(), url="postgresql+psycopg://db/x"))

    assert doctor._database(settings) is None


def test_findings_others_can_read_are_pointed_out(folder: Path) -> None:
    (folder / "rasoat-data" / "evidence").mkdir(parents=True, mode=0o755)
    (folder / "rasoat-data" / "rasoat.db").touch(mode=0o644)

    found = notes()["modes"]

    assert [n.remedy.en.split()[2] for n in found if n.remedy] == ["600", "700"]


@pytest.mark.parametrize(
    ("now", "topic", "health"),
    [
        (datetime(2020, 1, 1, tzinfo=UTC), "clock", Health.FAIL),
        (datetime(2199, 1, 1, tzinfo=UTC), "data", Health.WARN),
    ],
)
def test_the_clock_and_the_tables_are_compared(now: datetime, topic: str, health: Health) -> None:
    assert notes(now=now)[topic][0].health is health


def test_a_broken_check_pack_is_one_line() -> None:
    (note,) = doctor._checks(Settings(check_packs=("nobody-has-this",)))

    assert note.health is Health.FAIL
    assert "nobody-has-this" in note.words.en


def test_a_reader_that_does_not_work_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "PARSERS", {"HTML": lambda: False})

    assert next(iter(doctor._parsers())).health is Health.FAIL


def test_the_worst_note_counts() -> None:
    assert worst([]) is Health.OK


def test_the_command_exits_by_the_worst_note(folder: Path) -> None:
    env = {"RASOAT_LANG": "en"}
    fit = CliRunner().invoke(main, ["doctor"], env=env)
    (folder / "rasoat.toml").write_text("x = 1\n")
    sick = CliRunner().invoke(main, ["doctor", "--format", "json"], env=env)

    assert fit.exit_code == 0, fit.output
    assert "-> run `rasoat init`" in fit.stdout
    assert sick.exit_code == 2
    assert "fail" in {row["health"] for row in json.loads(sick.stdout)}


def test_an_old_machine_is_told_what_to_install() -> None:
    python, openssl = doctor._machine(python=(3, 9, 1), openssl=(1, 1, 1, 0, 0))

    assert (python.health, openssl.health) == (Health.FAIL, Health.WARN)


def test_broken_tables_are_one_line(folder: Path) -> None:
    (folder / "roots.pem").write_text("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n")

    found = notes({"HOME": "/nonexistent", "RASOAT_NETWORK_ROOTS": "roots.pem"})

    assert found["data"][0].health is Health.FAIL
