"""What the overview puts together over agencies: shared causes, software with its end, candidates, pace."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from reports import province_html
from reports.view.candidates import candidate_rows
from reports.view.causes import causes
from reports.view.desk import Desk, make_desk
from reports.view.names import short_name_of
from reports.view.parts import software
from reports.view.seen import addresses_of
from reports.view.tempo import pace_days, pace_line, reopen_rate
from reports.words import Say
from scanner.model.candidate import Candidate
from scanner.model.dossier import Dossier
from scanner.model.evidence import Ledger, LedgerLine
from scanner.model.pace import Pace, Period
from tests.reports_html import dossiers

VI = Say("vi")


def desk_of(dossier: Dossier) -> Desk:
    return make_desk(dossier, VI, dossiers.HOWTOS)


def two_sites(*, vendors: tuple[str, str], address: tuple[str, str] = ("", "")) -> Dossier:
    """The two sites of one agency with the same faults, with these contractors and server addresses."""
    dossier = dossiers.small()
    ids = tuple(site.id for site in dossier.inventory.sites if site.agency_id == "so-khcn")[:2]
    sites = tuple(
        replace(site, vendor=vendors[ids.index(site.id)], hosting="Trung tâm dữ liệu")
        if site.id in ids
        else site
        for site in dossier.inventory.sites
    )
    visits = {
        i: replace(dossier.visits[i], facts="{}", ledger=Ledger((LedgerLine(at, 1, 1),) if at else ()))
        for i, at in zip(ids, address, strict=True)
    }
    return replace(
        dossier,
        inventory=replace(dossier.inventory, sites=sites),
        rulings={i: dossiers.faulty(i) for i in ids},
        visits=visits,
    )


def told(dossier: Dossier) -> set[tuple[str, str, int, int]]:
    rulings = tuple(r for site in dossier.rulings.values() for r in site.rulings)
    return {(row.title, row.place, row.sites, row.closes) for row in causes(rulings, desk_of(dossier)).rows}


def test_a_contractors_flaw_in_several_sites_is_one_row() -> None:
    rows = told(two_sites(vendors=("Công ty A", "Công ty A")))

    assert {place for _title, place, _sites, _closes in rows} == {"Công ty A"}
    assert {sites for _title, _place, sites, _closes in rows} == {2}
    assert max(closes for *_rest, closes in rows) == 4  # two headers on two sites, one remedy


def test_a_fault_of_a_shared_server_is_told_at_the_server_and_one_of_a_builder_at_no_server() -> None:
    rows = told(two_sites(vendors=("Công ty A", "Công ty B"), address=("203.0.113.20", "203.0.113.20")))

    places = {place for _title, place, _sites, _closes in rows}
    assert places == {"203.0.113.20, Trung tâm dữ liệu"}
    assert not any("Joomla" in title for title, *_rest in rows)


def test_what_only_one_site_has_is_no_shared_cause() -> None:
    assert (
        told(two_sites(vendors=("Công ty A", "Công ty B"), address=("203.0.113.20", "203.0.113.21"))) == set()
    )


def test_no_finding_is_counted_in_two_rows() -> None:
    dossier = dossiers.whole_province()
    rulings = tuple(r for site in dossier.rulings.values() for r in site.rulings)

    found = causes(rulings, desk_of(dossier))

    assert found.rows
    assert found.closes <= sum(r.is_open for r in rulings)
    assert [r.mark.tone for r in found.rows] == sorted(
        (r.mark.tone for r in found.rows), key=["crit", "high", "med", "low", "info"].index
    )


def test_name_servers_are_no_web_servers() -> None:
    visit = dossiers.small().visits["khcn"]
    ledger = Ledger(
        (LedgerLine("192.0.2.1", 3, 9), LedgerLine("192.0.2.53", 1, 0), LedgerLine("192.0.2.2", 4, 0))
    )

    seen = addresses_of(
        replace(visit, ledger=ledger, facts=json.dumps({"dns": {"addresses": ["192.0.2.2", 7]}}))
    )

    assert seen == ("192.0.2.1", "192.0.2.2")


def running(*components: dict[str, object]) -> Desk:
    dossier = dossiers.small()
    visit = replace(dossier.visits["khcn"], facts=json.dumps({"cms": {"products": list(components)}}))
    return desk_of(replace(dossier, visits={"khcn": visit}))


def part(name: str, state: str, ends_on: str | None = None, **more: object) -> dict[str, object]:
    support = {"state": state, "ends_on": ends_on, "move_to": "9"}
    return {"name": name, "version": "1.0", "key": name, "support": support, **more}


@pytest.mark.parametrize(
    ("component", "word", "tone", "move"),
    [
        (part("A", "ended", "2023-08-17"), "Hết hỗ trợ", "high", "A 9"),
        (part("A", "abandoned"), "Hết hỗ trợ", "high", "A 9"),
        (part("A", "ended", "2023-08-17", distribution="Ubuntu"), "Cần đối chiếu", "plain", "A 9"),
        (
            part("A", "supported", (dossiers.TODAY + timedelta(days=90)).isoformat()),
            "Sắp hết hỗ trợ",
            "plain",
            "A 9",
        ),
        (part("A", "supported", "2031-01-01"), "Dòng còn hỗ trợ", "plain", "–"),
        (part("A", "supported", "2020-01-01"), "Hết hỗ trợ", "high", "A 9"),  # over since the visit
        (part("A", "newer"), "Mới hơn dữ liệu", "plain", "–"),
        (part("A", "unknown"), "Chưa rõ", "plain", "–"),
        ({"name": "A", "version": "1.0", "support": "?"}, "Chưa rõ", "plain", "–"),
        (part("A", "supported", "tomorrow"), "Dòng còn hỗ trợ", "plain", "–"),
    ],
)
def test_support_of_software_is_said_as_far_as_it_is_known(
    component: dict[str, object], word: str, tone: str, move: str
) -> None:
    desk = running(component)

    (shown,) = software([desk.sites["khcn"]], desk)

    assert (shown.mark.word, shown.mark.tone, shown.move_to) == (word, tone, move)


def test_what_ended_first_leads() -> None:
    desk = running(
        part("Fine", "supported"), part("Late", "ended", "2024-01-01"), part("First", "ended", "2018-12-31")
    )

    assert [shown.name for shown in software([desk.sites["khcn"]], desk)] == ["First", "Late", "Fine"]


def test_candidates_name_their_agency_how_they_were_seen_and_where() -> None:
    found = (
        Candidate("moi.sokhcn.mau.example", ("dns", "link"), ("khcn", "hoidap"), ("so-khcn",), is_below=True),
        *(Candidate(f"h{n}.example", ("shape",), (), ("",), is_below=False) for n in range(25)),
    )
    dossier = replace(dossiers.small(), candidates=found)

    rows, more = candidate_rows(desk_of(dossier))

    assert (rows[0].host, rows[0].agency) == ("moi.sokhcn.mau.example", "Sở Khoa học và Công nghệ")
    assert rows[0].signs == "bản ghi tên miền, liên kết"
    assert (rows[1].agency, rows[1].signs, rows[1].sites) == ("–", "shape", "")
    assert (len(rows), more) == (20, 6)
    assert "Và 6 địa chỉ nữa" in province_html.render(dossier, "vi", howtos=dossiers.HOWTOS)


def test_the_province_at_the_end_of_a_name_is_left_out_where_the_page_is_about_the_province() -> None:
    inventory = dossiers.small().inventory

    assert short_name_of(inventory, "so-khcn", VI) == "Sở Khoa học và Công nghệ"
    assert short_name_of(
        replace(inventory, province=replace(inventory.province, name="")), "so-khcn", VI
    ).endswith("Mẫu")


def test_the_pace_of_repair_is_a_sentence_once_something_was_repaired() -> None:
    start = dossiers.NOW
    closed = Period(start - timedelta(days=12), start, start)
    again = Period(start - timedelta(days=2), None, start, is_again=True)
    dossier = replace(dossiers.small(), periods={"khcn": (closed, again)})

    page = province_html.render(dossier, "vi", howtos=dossiers.HOWTOS)

    assert "Một nửa trong 1 lần khắc phục xong trong vòng 12 ngày; 1 lần tái phát." in page
    assert pace_line(Pace(0, 0, None), VI) == ""
    assert (pace_days(Pace(0, 0, None), VI), reopen_rate(Pace(0, 0, None))) == ("–", "–")
    assert (pace_days(Pace(4, 1, 0.1), VI), reopen_rate(Pace(4, 1, 0.1))) == ("1", "25%")
