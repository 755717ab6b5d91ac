"""Hosts seen that stand in no inventory."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from reports.candidates import csv_text, table
from scanner.cli import main
from scanner.model.agency import Agency, Inventory, Province, Site
from scanner.model.visit import Job, Visit
from scanner.policy.candidates import candidates_of
from scanner.store import Store
from tests.policy.nouns import scan, visit

INVENTORY = Inventory(
    Province("Tỉnh Mẫu"),
    agencies=(Agency("ubnd", "UBND tỉnh"), Agency("so-y-te", "Sở Y tế")),
    sites=(
        Site("cong", "ubnd", "https://mau.gov.vn/"),
        Site("syt", "so-y-te", "https://www.soyte.mau.gov.vn/"),
    ),
)


def showing(site_id: str, **hosts: list[str]) -> Visit:
    rows = [{"host": host.replace("_", "."), "signs": signs} for host, signs in hosts.items()]
    return replace(visit(site_id), facts=json.dumps({"relatives": rows}))


SEEN = (
    showing("cong", soyte_mau_gov_vn=["link"], soxd_mau_gov_vn=["link"], maudost_gov_vn=["link"]),
    showing("syt", thuoc_soyte_mau_gov_vn=["certificate"], soxd_mau_gov_vn=["dns", "certificate"]),
)


def test_what_is_declared_is_no_candidate_with_or_without_www() -> None:
    hosts = [c.host for c in candidates_of(INVENTORY, SEEN)]

    assert hosts == ["soxd.mau.gov.vn", "maudost.gov.vn", "thuoc.soyte.mau.gov.vn"]


def test_the_longest_name_above_a_host_tells_whose_it_is() -> None:
    found = {c.host: c for c in candidates_of(INVENTORY, SEEN)}

    assert (found["thuoc.soyte.mau.gov.vn"].agency_ids, found["thuoc.soyte.mau.gov.vn"].is_below) == (
        ("so-y-te",),
        True,
    )
    assert (found["maudost.gov.vn"].agency_ids, found["maudost.gov.vn"].is_below) == (("ubnd",), False)


def test_signs_and_sites_of_all_visits_come_together() -> None:
    first = candidates_of(INVENTORY, SEEN)[0]

    assert (first.signs, first.seen_on) == (("certificate", "dns", "link"), ("cong", "syt"))


def test_what_only_a_record_names_comes_last() -> None:
    seen = (
        showing("cong", mail_mau_gov_vn=["dns"], so_mau_gov_vn=["link"]),
        showing("syt", mail_mau_gov_vn=["dns"]),
    )

    assert [c.host for c in candidates_of(INVENTORY, seen)] == ["so.mau.gov.vn", "mail.mau.gov.vn"]


def test_facts_of_older_releases_hold_none() -> None:
    assert candidates_of(INVENTORY, (visit("cong"), replace(visit("syt"), facts=""))) == ()


def test_the_table_speaks_both_languages_and_a_host_cannot_break_it() -> None:
    found = candidates_of(INVENTORY, (showing("cong", **{"=cmd|a_mau\nx_gov_vn": ["link"]}),))

    assert table(found, INVENTORY, "vi").count("\n") == 1
    assert "'=cmd" in csv_text(found, INVENTORY, "en")
    assert "chứng thư" in table(candidates_of(INVENTORY, SEEN), INVENTORY, "vi")
    assert "lies below a name of the agency" in csv_text(candidates_of(INVENTORY, SEEN), INVENTORY, "en")


def test_the_command_reads_the_store_and_sends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(main, ["init", "--province", "Tỉnh Mẫu"])
    from scanner.config import load_or_default
    from scanner.parse.host import target_of

    with Store.open(load_or_default(None).store.url) as store:
        jobs = tuple(Job("now", s.id, target_of(s.url)) for s in INVENTORY.sites)  # type: ignore[arg-type]
        store.begin_scan(replace(scan(), finished_at=None), jobs, INVENTORY)
        for seen in SEEN:
            store.record(seen)
        store.finish_scan("now", scan().started_at)
    result = CliRunner().invoke(main, ["inventory", "candidates"], env={"RASOAT_LANG": "en"})
    saved = CliRunner().invoke(main, ["inventory", "candidates", "--format", "csv", "-o", "c.csv"])

    assert result.exit_code == saved.exit_code == 0
    assert result.stdout.splitlines()[0].startswith("soxd.mau.gov.vn\tcertificate, DNS record, link\t")
    assert "3 hosts are not in the inventory; none of them was visited" in result.stderr
    assert (tmp_path / "c.csv").read_text(encoding="utf-8-sig").startswith('"Máy chủ"')
