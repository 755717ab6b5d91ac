"""The day a hole is published: newer tables from a file, and the list of sites it concerns, without network."""

import json
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from scanner.cli import main
from scanner.data.bundle import install, pack, unpack
from scanner.identify.affected import concerned, record_of
from scanner.model.agency import Agency, Depth, Inventory, Province, Site
from scanner.model.evidence import Ledger, Target
from scanner.model.finding import SiteState
from scanner.model.reference import Reference
from scanner.model.visit import Job, Scan, Visit
from scanner.reference import Tables, load_reference
from scanner.store import Store

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
DAY = date(2026, 12, 1)
NEW = {
    "id": "CVE-2026-99999",
    "aliases": ["JSST-2026-12"],
    "product": "joomla",
    "published": "2026-12-01",
    "ranges": [{"introduced": "3.0.0", "last": "3.10.12"}],
    "source": "cve-record",
}
SITES = {"a": ["3.4.8"], "b": ["3.10.12", "4.0.0"], "c": ["5.4.4"], "d": []}


@pytest.fixture
def updated(tmp_path: Path) -> Path:
    table = json.loads(Tables().read("vulnerabilities.json"))
    table["built"] = DAY.isoformat()
    table["vulnerabilities"].append(NEW)
    content = pack({"vulnerabilities.json": json.dumps(table).encode()}, day=DAY, sources={})
    install(unpack(content), tmp_path / "rasoat-data" / "tables", today=DAY)
    return tmp_path


def facts(candidates: list[str]) -> str:
    row = {"key": "joomla", "name": "Joomla", "version": "–".join(candidates), "candidates": candidates}
    return json.dumps({"cms": {"products": [row]}})


def stored(folder: Path) -> None:
    sites = tuple(Site(name, "so", f"https://{name}.example/", name) for name in SITES)
    scan = Scan("20261122T020000Z", AT, Depth.STANDARD, "0.1.0", "2026-08-22")
    jobs = tuple(Job(scan.id, name, Target(f"{name}.example")) for name in SITES)
    with Store.open(f"sqlite:///{folder / 'rasoat-data' / 'rasoat.db'}") as store:
        store.begin_scan(scan, jobs, Inventory(Province("Mẫu"), (Agency("so", "Sở Mẫu"),), sites))
        for name, candidates in SITES.items():
            store.record(Visit(scan.id, name, SiteState.REACHED, "", (), Ledger(), AT, AT, facts(candidates)))
        store.finish_scan(scan.id, AT, "")


def test_a_new_hole_gives_the_list_of_sites(updated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored(updated)
    monkeypatch.chdir(updated)
    monkeypatch.setenv("RASOAT_LANG", "en")

    done = CliRunner().invoke(main, ("data", "affected", "cve-2026-99999"))

    rows = [line.split("\t") for line in done.output.splitlines() if "\t" in line]
    assert done.exit_code == 1, done.output
    assert [(row[1], row[4], row[5]) for row in rows] == [
        ("a", "3.4.8", "affected"),
        ("b", "3.10.12–4.0.0", "possibly affected"),
    ]


def test_components_are_listed_from_the_store(updated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored(updated)
    monkeypatch.chdir(updated)

    listed = CliRunner().invoke(main, ("inventory", "components"))
    written = CliRunner().invoke(
        main, ("inventory", "components", "latest", "--format", "cyclonedx", "-o", "bom.json")
    )
    table = CliRunner().invoke(main, ("inventory", "components", "--format", "csv"))

    assert (listed.exit_code, written.exit_code, table.exit_code) == (0, 0, 0), written.output
    assert len(listed.output.splitlines()) == len(SITES)
    assert json.loads(Path("bom.json").read_text(encoding="utf-8"))["bomFormat"] == "CycloneDX"
    assert "3.4.8" in table.output


def test_a_hole_the_tables_do_not_have_is_said(updated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(updated)

    assert CliRunner().invoke(main, ("data", "affected", "CVE-1999-1")).exit_code == 2


def test_an_alias_finds_the_record(updated: Path) -> None:
    ref = load_reference(updates=updated / "rasoat-data" / "tables")

    assert [r.id for r in record_of("jsst-2026-12", ref)] == ["CVE-2026-99999"]


@pytest.mark.parametrize(
    "cms", [{}, {"missing": "timeout"}, {"products": "x"}, {"products": [{"key": "drupal"}]}]
)
def test_facts_without_releases_concern_nobody(cms: dict[str, object], updated: Path) -> None:
    ref = load_reference(updates=updated / "rasoat-data" / "tables")

    assert concerned(cms, record_of("CVE-2026-99999", ref)) == ()


def test_a_thousand_sites_take_a_moment() -> None:
    ref: Reference = load_reference()
    records = record_of("CVE-2023-23752", ref)
    one = json.loads(facts(["4.2.7"]))["cms"]
    began = time.process_time()

    assert all(concerned(one, records) for _ in range(1_000))
    assert time.process_time() - began < 2.0


def test_a_hole_nobody_has_read_again_is_said_to_be_unverified() -> None:
    ref = load_reference()
    records = [r for r in ref.vulnerabilities["joomla"] if r.source == "author-unchecked"][:1]
    inside = records[0].ranges[0].introduced

    (one,) = concerned(json.loads(facts([inside]))["cms"], records)

    assert (one.grade.value, one.is_unchecked) == ("possible", True)


def test_a_hole_of_a_script_library_or_of_server_software_is_found_too() -> None:
    ref = load_reference()
    cms = {
        "libraries": [{"key": "jquery", "name": "jQuery", "version": "3.4.1"}] * 2,
        "components": [
            {"key": "php", "name": "PHP", "version": "8.1.2"},
            {"key": "php", "name": "PHP", "version": ""},
        ],
    }

    found = [concerned(cms, record_of(hole, ref)) for hole in ("CVE-2020-11022", "CVE-2024-4577")]

    assert [[(c.product, c.version, c.grade.value) for c in one] for one in found] == [
        [("jquery", "3.4.1", "possible")],
        [("php", "8.1.2", "possible")],
    ]
