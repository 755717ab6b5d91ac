"""The main job on real servers: what is found, what is not claimed, and that rows add up."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from scanner.model.visit import Visit
from scanner.registry import load_checks
from scanner.store import Store
from tests.e2e.conftest import command, office
from tests.lab.demo import surprises
from tests.lab.sites import SITES

pytestmark = pytest.mark.xdist_group("province")
SCHEMA = Path(__file__).parents[2] / "docs" / "result.schema.json"


def sites(result: dict[str, Any]) -> dict[str, Any]:
    return {s["id"]: s for agency in result["agencies"] for s in agency["sites"]}


def test_every_planted_fault_is_found_and_nothing_good_is_blamed(result: dict[str, Any]) -> None:
    assert surprises(result) == []


def test_the_good_site_has_no_failure_worth_an_order(result: dict[str, Any]) -> None:
    findings = sites(result)["cong-thong-tin"]["findings"]
    failed = [f["check"] for f in findings if f["verdict"] == "fail" and f["severity"] != "info"]

    assert failed == []


def test_rows_add_up(result: dict[str, Any]) -> None:
    checks = {c.id for c in load_checks()}

    assert set(sites(result)) == {s.id for s in SITES}
    for site in sites(result).values():
        assert [f["check"] for f in site["findings"]] == sorted(checks)
        decided = sum(f["verdict"] in ("pass", "fail") for f in site["findings"])
        applicable = sum(f["verdict"] != "notapplicable" for f in site["findings"])
        assert site["coverage"] == {"decided": decided, "applicable": applicable}


def test_a_site_nobody_could_look_at_has_no_pass(result: dict[str, Any]) -> None:
    for name in ("dau-tu-kcn", "tra-cuu-y-te"):
        findings = sites(result)[name]["findings"]
        of_the_site = [f for f in findings if f["check"].partition(".")[0] not in ("dns", "mail")]
        assert "pass" not in {f["verdict"] for f in of_the_site}, name


def test_header_checks_on_a_block_page_are_unknown(result: dict[str, Any]) -> None:
    findings = {f["check"]: f["verdict"] for f in sites(result)["hoi-dap-khcn"]["findings"]}

    assert {findings[c] for c in ("http.csp-missing", "http.nosniff-missing")} == {"unknown"}


def test_every_failure_carries_its_proof(result: dict[str, Any]) -> None:
    without = [
        (name, f["check"])
        for name, site in sites(result).items()
        for f in site["findings"]
        if f["verdict"] == "fail" and not f["saw"]
    ]

    assert without == []


def test_the_document_keeps_its_schema(result: dict[str, Any]) -> None:
    jsonschema.validate(result, json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_a_visit_is_polite(result: dict[str, Any]) -> None:
    # At most 12 hellos to each site, also where asyncio closes instead of sending an alert; the rest fetches pages.
    # Requests at standard depth: 3 to open the site, 12 further ones, 2 files for search engines, 7 other views,
    # 20 known paths at most, 6 CMS files.
    busy = {
        name: site["ledger"]
        for name, site in sites(result).items()
        if site["ledger"]["connections"] > 32 or site["ledger"]["requests"] > 46
    }

    assert busy == {}


def test_rejudging_stored_evidence_gives_identical_findings(scanned: Path) -> None:
    def stored() -> tuple[Visit, ...]:
        with Store.open(f"sqlite:///{scanned / 'rasoat-data' / 'rasoat.db'}") as store:
            return store.visits(store.scan("latest").id)

    before = stored()

    said = command(scanned, "rejudge", "latest")

    assert said.returncode == 0, said.stderr
    assert said.stdout == ""
    assert stored() == before


def test_one_site_needs_no_files(lab: dict[str, Any], tmp_path: Path) -> None:
    port = lab["ports"]["https"]

    said = command(
        tmp_path,
        "scan",
        f"https://www.mau.example:{port}/",
        "--resolve",
        "www.mau.example:127.77.0.1",
        "--allow-address",
        "127.77.0.0/16",
        "--roots",
        str(lab["folder"] / "roots.pem"),
        "--format",
        "json",
        "-q",
    )

    assert said.returncode == 0, said.stderr
    (site,) = sites(json.loads(said.stdout)).values()
    assert site["state"] == "reached"
    assert list(tmp_path.iterdir()) == []


def test_a_private_address_is_never_visited_unasked(lab: dict[str, Any], tmp_path: Path) -> None:
    port = lab["ports"]["https"]

    said = command(
        tmp_path,
        "scan",
        f"https://www.mau.example:{port}/",
        "--resolve",
        "www.mau.example:127.77.0.1",
        "--format",
        "json",
    )

    (site,) = sites(json.loads(said.stdout)).values()
    assert said.returncode == 3
    assert site["state"] == "out-of-scope"
    assert site["ledger"]["connections"] == 0


def test_deeper_than_authorised_is_refused(lab: dict[str, Any], tmp_path: Path) -> None:
    folder = office(tmp_path, lab)
    text = (folder / "agencies.toml").read_text(encoding="utf-8")
    (folder / "agencies.toml").write_text(text.partition("[[authorisation]]")[0], encoding="utf-8")

    said = command(folder, "scan", "cong-thong-tin", "--format", "json", "-q")

    (site,) = sites(json.loads(said.stdout)).values()
    assert site["state"] == "out-of-scope"
    assert site["ledger"]["connections"] == 0


def test_a_table_into_a_file_is_refused_before_anything_is_visited(tmp_path: Path) -> None:
    said = command(tmp_path, "scan", "https://so.example", "-o", "result.txt")

    assert said.returncode == 2
    assert "--format" in said.stderr


def test_a_scan_that_would_look_at_nothing_is_not_green(tmp_path: Path) -> None:
    command(tmp_path, "init")
    (tmp_path / "agencies.toml").write_text('[province]\nname = "Tỉnh Mẫu"\n', encoding="utf-8")

    said = command(tmp_path, "scan")

    assert said.returncode == 2
    assert "inventory import" in said.stderr


def test_faults_of_the_waivers_are_told_before_the_first_packet(lab: dict[str, Any], tmp_path: Path) -> None:
    folder = office(tmp_path, lab)
    (folder / "waivers.toml").write_text('[[waiver]]\nsite = "cong-thong-tin"\n', encoding="utf-8")

    said = command(folder, "scan")

    assert said.returncode == 2
    assert "waivers.toml" in said.stderr
    assert not (folder / "rasoat-data").exists()


def test_a_bare_name_gets_the_advice_to_write_the_whole_address(tmp_path: Path) -> None:
    said = command(tmp_path, "scan", "www.so.example")

    assert said.returncode == 2
    assert "https://www.so.example" in said.stderr


def test_nothing_to_resume_is_the_callers_mistake(lab: dict[str, Any], tmp_path: Path) -> None:
    said = command(office(tmp_path, lab), "scan", "--resume")

    assert said.returncode == 2
    assert said.stderr
