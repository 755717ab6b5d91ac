import unicodedata
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.errors import ConfigError
from scanner.inventory import lint, load_inventory, read_inventory, write_toml
from scanner.inventory.writer import addition
from scanner.model.agency import (
    Agency,
    Authorisation,
    Contact,
    Depth,
    Inventory,
    Lifecycle,
    Province,
    Role,
    Site,
)

TODAY = date(2026, 11, 24)
GOOD = """
[province]
name = "Tỉnh Mẫu"
unit = "Phòng ANM"
incident_phone = "0900"
[province.officer]
role = "officer"
email = "annm@mau.example"

[[agency]]
id = "ubnd"
name = "Ủy ban nhân dân tỉnh Mẫu"
[[agency.contact]]
role = "head"
email = "vp@mau.example"
[[agency.site]]
url = "https://mau.example/"
level = 3

[[agency]]
id = "so-y-te"
name = "Sở Y tế"
parent = "ubnd"
contact = [{ role = "webmaster", email = "web@soyte.mau.example", name = "Lan", phone = "0911" }]
[[agency.site]]
id = "y-te"
url = "http://soyte.mau.example:8080/vi"
lifecycle = "redirect-only"
vendor = "Công ty A"
hosting = "Trung tâm dữ liệu tỉnh"
name = "Trang Sở Y tế"

[[site]]
agency = "ubnd"
url = "https://cu.mau.example"
lifecycle = "retired"

[[authorisation]]
document = "12/KH-UBND"
issuer = "UBND tỉnh Mẫu"
signed_on = 2026-01-02
valid_from = 2026-01-03
valid_until = 2026-12-31
depth = "standard"
agencies = ["ubnd"]
allow_addresses = ["10.20.0.0/16"]
"""


def remarks(text: str, today: date | None = TODAY) -> list[str]:
    inventory, marks, problems = read_inventory(text, filename="a.toml")
    assert problems == ()
    assert inventory is not None
    found = lint(inventory, today, filename="a.toml", marks=marks)
    return [f"{p.grade.value} {p.into('en')}" for p in found]


def test_the_good_file_is_read_whole() -> None:
    inventory, _, problems = read_inventory(GOOD, filename="a.toml")

    assert problems == ()
    assert inventory is not None
    assert inventory.province.officer == Contact(Role.OFFICER, "annm@mau.example")
    assert inventory.agencies[1].contacts == (
        Contact(Role.WEBMASTER, "web@soyte.mau.example", "Lan", "0911"),
    )
    assert [(s.id, s.agency_id, s.lifecycle) for s in inventory.sites] == [
        ("mau.example", "ubnd", Lifecycle.ACTIVE),
        ("y-te", "so-y-te", Lifecycle.REDIRECT_ONLY),
        ("cu.mau.example", "ubnd", Lifecycle.RETIRED),
    ]
    assert inventory.authorisations[0].allow_addresses == ("10.20.0.0/16",)


def test_the_good_file_needs_no_remark() -> None:
    assert remarks(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "remark"),
    [
        ('name = "Tỉnh Mẫu"', 'name = " "', "error a.toml:3: the province has no name"),
        ("annm@mau.example", "annm", 'error a.toml:8: "annm" is no mail address'),
        ('id = "so-y-te"', 'id = "ubnd"', "error a.toml:21: the agency id ubnd is used twice"),
        ('id = "so-y-te"', 'id = "Sở"', 'error a.toml:21: agency id "Sở": lower-case letters'),
        ('name = "Sở Y tế"', 'name = ""', "error a.toml:22: agency so-y-te has no name"),
        ('name = "Sở Y tế"', 'name = "UỶ BAN NHÂN DÂN TỈNH MẪU"', "two agencies are called"),
        ('parent = "ubnd"', 'parent = "ubn"', 'error a.toml:23: parent: there is no agency "ubn"'),
        (
            'parent = "ubnd"',
            'merged_into = "so-y-te"',
            "error a.toml:23: merged_into: so-y-te comes back to itself",
        ),
        ('parent = "ubnd"', 'merged_into = "gone"', 'merged_into: there is no agency "gone"'),
        ('agency = "ubnd"', 'agency = "x"', 'error a.toml:34: there is no agency "x"'),
        ("level = 3", "level = 6", "error a.toml:18: level 6: only 1 to 5"),
        ('"https://mau.example/"', '"ftp://mau.example"', "error a.toml:17: "),
        ('"https://mau.example/"', '"https://u:p@mau.example"', "must not hold a user name"),
        (
            '"https://cu.mau.example"',
            '"http://mau.example"',
            "error a.toml:35: the same address as mau.example",
        ),
        (
            '"https://cu.mau.example"',
            '"http://mau.example/cu"',
            "warning a.toml:35: the same host as mau.example",
        ),
        ('id = "y-te"', 'id = "mau.example"', "error a.toml:26: the site id mau.example is used twice"),
        ('"https://mau.example/"', '"https://mau.vn/"', "warning a.toml:17: mau.vn is not below .gov.vn"),
        ('"vp@mau.example"', '"vp@"', 'error a.toml:15: "vp@" is no mail address'),
        ("2026-12-31", "2026-06-30", "warning a.toml:43: 12/KH-UBND has expired (30/06/2026)"),
        ("2026-12-31", "2025-12-31", "error a.toml:43: ends before it begins"),
        ("2026-01-03", "2026-12-01", "warning a.toml:42: 12/KH-UBND is not yet in force (01/12/2026)"),
        ("2026-01-02", "2026-02-02", "warning a.toml:41: 12/KH-UBND: signed after it begins"),
        ('agencies = ["ubnd"]', 'agencies = ["x"]', 'error a.toml:45: there is no agency "x"'),
        ("10.20.0.0/16", "10.20.0.1/16", 'error a.toml:46: "10.20.0.1/16" is no CIDR block'),
        ('"12/KH-UBND"', '""', "error a.toml:39: the document is not named"),
    ],
)
def test_each_fault_of_meaning_has_its_line(old: str, new: str, remark: str) -> None:
    assert old in GOOD

    assert any(remark in found for found in remarks(GOOD.replace(old, new)))


def test_a_merged_agency_with_a_living_site_is_pointed_out() -> None:
    text = GOOD.replace('parent = "ubnd"', 'merged_into = "ubnd"').replace('lifecycle = "redirect-only"', "")

    assert remarks(text) == ["warning a.toml:20: so-y-te is merged but has active sites: y-te"]


def test_a_report_that_reaches_nobody_is_pointed_out() -> None:
    text = GOOD.replace('[[agency.contact]]\nrole = "head"\nemail = "vp@mau.example"\n', "")

    assert remarks(text) == ["warning a.toml:10: ubnd has sites but nobody who gets its report"]


def test_without_a_permit_only_the_passive_depth_is_left() -> None:
    assert remarks(GOOD.partition("[[authorisation]]")[0]) == [
        "warning a.toml: no written authorisation: only the passive depth is allowed"
    ]


def test_a_circle_of_parents_is_found_even_from_outside_it() -> None:
    agencies = (Agency("a", "A", parent="b"), Agency("b", "B", parent="b"))

    found = lint(Inventory(Province("P"), agencies), None)

    assert [p.message.en for p in found] == ["parent: b comes back to itself"]


def test_a_longer_circle_is_reported_for_each_member() -> None:
    agencies = (Agency("a", "A", parent="b"), Agency("b", "B", parent="a"))

    assert len(lint(Inventory(Province("P"), agencies), None)) == 2


def test_loading_refuses_errors_and_lets_warnings_pass(tmp_path: Path) -> None:
    file = tmp_path / "agencies.toml"
    file.write_text(GOOD.replace("2026-12-31", "2026-06-30"), encoding="utf-8")
    assert len(load_inventory(file).sites) == 3

    file.write_text(GOOD.replace("level = 3", "level = 9").replace('"ubnd"]', '"u"]'), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_inventory(file)
    assert [p.line for p in caught.value.problems] == [18, 45]


def test_faults_of_form_come_all_at_once(tmp_path: Path) -> None:
    file = tmp_path / "agencies.toml"
    file.write_text(
        GOOD.replace("vendor =", "vender =").replace("level = 3", "level = '3'"), encoding="utf-8"
    )

    with pytest.raises(ConfigError) as caught:
        load_inventory(file)

    words = [p.into("en") for p in caught.value.problems]
    assert [p.line for p in caught.value.problems] == [18, 29]
    assert "did you mean `vendor`?" in words[1]


def test_an_addition_leaves_the_file_valid(tmp_path: Path) -> None:
    file = tmp_path / "agencies.toml"
    more = addition(
        [Agency("so-moi", "Sở Mới", contacts=(Contact(Role.HEAD, "a@moi.example"),))],
        [Site("moi", "so-moi", "https://moi.example"), Site("moi2", "ubnd", "https://moi2.example")],
        comment="danh-sach.xlsx\n[x]",
    )
    file.write_text(GOOD + more, encoding="utf-8")

    loaded = load_inventory(file)

    assert [s.id for s in loaded.sites[-2:]] == ["moi", "moi2"]
    assert loaded.agency("so-moi") is not None


# ---- writing and reading again ---------------------------------------------------------------------

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(
    partial(unicodedata.normalize, "NFC")
)
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
names = st.from_regex(r"[a-z][a-z0-9]{0,6}", fullmatch=True)
contacts = st.builds(Contact, st.sampled_from(Role), words, words, words)
agencies = st.builds(
    Agency,
    names,
    words,
    words,
    st.none() | names,
    st.none() | names,
    st.lists(contacts, max_size=2).map(tuple),
)
sites = st.builds(
    Site, names, names, words, words, st.none() | st.integers(0, 9), st.sampled_from(Lifecycle), words, words
)
records = st.builds(
    Authorisation,
    words,
    words,
    days,
    days,
    days,
    st.sampled_from(Depth),
    st.lists(names, max_size=2).map(tuple),
    st.lists(words, max_size=2).map(tuple),
)
inventories = st.builds(
    Inventory,
    st.builds(Province, words, words, st.none() | contacts, words),
    st.lists(agencies, max_size=3, unique_by=lambda a: a.id).map(tuple),
    st.lists(sites, max_size=4).map(tuple),
    st.lists(records, max_size=2).map(tuple),
)


@given(inventories)
def test_what_is_written_is_read_again(inventory: Inventory) -> None:
    read, _, problems = read_inventory(write_toml(inventory), filename="x")

    assert problems == ()
    assert read == inventory


@given(inventories)
def test_lint_judges_any_inventory(inventory: Inventory) -> None:
    lint(inventory, TODAY)
