"""Readers of public lists of holes, each on files as the sources write them."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scanner.data.advisory import read_friends, read_kev, read_osv, read_retire
from scanner.data.cve_record import read_records
from scanner.data.hole import Read, laid_together, marked
from scanner.data.holes_table import build_holes
from scanner.data.sources import Copy, Naming, Source
from scanner.model.reference import KnownExploited, Vulnerability, VulnerableRange
from scanner.reference import load_reference

NAMINGS = (
    Naming("joomla", cve=("joomla! project/joomla! cms",)),
    Naming("drupal", packages=("drupal/core", "drupal/drupal")),
    Naming("jquery", retire=("jquery",)),
)
TODAY = date(2026, 11, 26)


def copy(kind: str, folder: Path, files: Mapping[str, object]) -> Copy:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / name).write_text(text, encoding="utf-8")
    return Copy(Source(kind, f"owner/{kind}", "MIT"), folder)


def cve(number: str, *versions: Mapping[str, Any], text: str = "", **changed: Any) -> dict[str, Any]:
    affected = {"vendor": "Joomla! Project", "product": "Joomla! CMS", "versions": list(versions)} | changed
    return {
        "cveMetadata": {"cveId": number, "state": "PUBLISHED", "datePublished": "2026-05-12T10:00:00Z"},
        "containers": {
            "cna": {
                "affected": [affected],
                "descriptions": [{"lang": "en", "value": text}],
                "problemTypes": [{"descriptions": [{"cweId": "CWE-79"}]}],
                "references": [{"url": "https://developer.joomla.org/x"}],
                "metrics": [
                    {"cvssV3_1": {"version": "3.1", "baseScore": 7.5, "vectorString": "CVSS:3.1/AV:N"}}
                ],
            },
            "adp": [{"metrics": [{"other": {"type": "kev", "content": {"dateAdded": "2026-05-20"}}}]}],
        },
    }


def affected(version: str, **more: str) -> dict[str, str]:
    return {"version": version, "status": "affected", **more}


def read_cve(folder: Path, *records: Mapping[str, Any]) -> Read:
    files = {f"cves/2026/{r['cveMetadata']['cveId']}.json": r for r in records}
    return read_records(copy("cve", folder, files), NAMINGS)


def test_a_record_gives_range_score_kind_and_mark(tmp_path: Path) -> None:
    (hole,) = read_cve(tmp_path, cve("CVE-2026-1000", affected("4.0.0-4.4.6"))).holes

    assert (hole.id, hole.product, hole.published) == ("CVE-2026-1000", "joomla", "2026-05-12")
    assert hole.ranges == (VulnerableRange("4.0.0", "", "4.4.6"),)
    assert (hole.kind, hole.kev) == ("xss", KnownExploited("2026-05-20"))
    assert hole.cvss is not None
    assert hole.cvss.score == 7.5
    assert hole.advisory == "https://developer.joomla.org/x"


@pytest.mark.parametrize(
    ("version", "wanted"),
    [
        (affected("8.1.*", lessThan="8.1.29"), ("8.1", "8.1.29", "")),
        (affected("*", lessThanOrEqual="3.6.1"), ("", "", "3.6.1")),
        (
            {**affected("5.0.0", lessThan="6.0.0"), "changes": [{"at": "5.4.7", "status": "unaffected"}]},
            ("5.0.0", "5.4.7", ""),
        ),
    ],
)
def test_structured_ranges(tmp_path: Path, version: Mapping[str, Any], wanted: tuple[str, str, str]) -> None:
    (hole,) = read_cve(tmp_path, cve("CVE-2026-1000", version)).holes

    assert hole.ranges == (VulnerableRange(*wanted),)


@pytest.mark.parametrize(
    "version",
    [affected("*"), affected("n/a"), affected("1.0", lessThan="*"), affected("1.0", lessThan="publication")],
)
def test_a_range_that_is_none_is_refused_loudly(tmp_path: Path, version: Mapping[str, Any]) -> None:
    read = read_cve(tmp_path, cve("CVE-2026-1000", version))

    assert read.holes == []
    assert "CVE-2026-1000: joomla: refused" in read.told[0]


def test_where_the_text_names_a_later_end_the_later_one_is_taken_and_told(tmp_path: Path) -> None:
    """CVE-2026-73336 says 5.4.6 in its range and 5.4.7 in its text; 5.4.8 holds the fix of another line."""
    record = cve(
        "CVE-2026-1000", affected("5.0.0", lessThan="5.4.6"), text="Joomla before 5.4.7 and before 6.1.2 ..."
    )
    read = read_cve(tmp_path, record)

    assert read.holes[0].ranges == (VulnerableRange("5.0.0", "5.4.7", ""),)
    assert "the range ends at 5.4.6, the text at 5.4.7" in read.told[0]


def test_extensions_withdrawn_records_and_broken_files_do_not_count(tmp_path: Path) -> None:
    extension = cve("CVE-2026-1001", affected("1.0.0"), product="X extension for Joomla")
    withdrawn = cve("CVE-2026-1002", affected("4.0.0-4.4.6"))
    withdrawn["cveMetadata"]["state"] = "REJECTED"
    broken = {"cveMetadata": {"cveId": "CVE-2026-1003"}, "vendor": "Joomla! Project"}
    read = read_cve(tmp_path, extension, withdrawn, broken)

    assert read.holes == []
    assert [line.partition(":")[0] for line in read.told] == ["CVE-2026-1003.json"]


def test_an_advisory_of_drupal_covers_seven_and_eight(tmp_path: Path) -> None:
    record: dict[str, Any] = {
        "id": "DRUPAL-CORE-2018-002",
        "published": "2018-03-28T18:14:10.000Z",
        "aliases": ["CVE-2018-7600"],
        "affected": [
            {
                "package": {"name": "drupal/core"},
                "ranges": [{"events": [{"introduced": "8.0.0"}, {"fixed": "8.3.9"}]}],
                "database_specific": {"affected_versions": ">=7.0 <7.58 || >= 8.0.0 <8.3.9"},
            }
        ],
        "references": [{"url": "https://www.drupal.org/sa-core-2018-002"}],
    }
    (hole,) = read_osv(copy("osv", tmp_path, {"a.json": record}), NAMINGS).holes

    assert (hole.id, hole.aliases) == ("CVE-2018-7600", ("DRUPAL-CORE-2018-002",))
    assert hole.ranges == (VulnerableRange("7.0", "7.58"), VulnerableRange("8.0.0", "8.3.9"))
    del record["affected"][0]["database_specific"]
    (plain,) = read_osv(copy("osv", tmp_path, {"a.json": record}), NAMINGS).holes
    assert plain.ranges == (VulnerableRange("8.0.0", "8.3.9"),)


FRIEND = """title: 'SA-CORE-2014-005: SQL injection'
link: https://www.drupal.org/SA-CORE-2014-005
cve: CVE-2014-3704
branches:
    7.x:
        time: 2014-10-15 16:00:00
        versions: ['>=7.0', '<7.32']
reference: composer://drupal/drupal
"""


def test_an_advisory_of_a_php_package(tmp_path: Path) -> None:
    files = {
        "drupal/drupal/CVE-2014-3704.yaml": FRIEND,
        "drupal/drupal/bad.yaml": FRIEND.replace("'>=7.0', '<7.32'", "'>7.0', '<7.32'"),
        "drupal/drupal/no.yaml": "- 1",
        "somebody/else/x.yaml": FRIEND,
    }
    read = read_friends(copy("friendsofphp", tmp_path, files), NAMINGS)

    (hole,) = read.holes
    assert (hole.id, hole.aliases, hole.published) == ("CVE-2014-3704", ("SA-CORE-2014-005",), "2014-10-15")
    assert hole.ranges == (VulnerableRange("7.0", "7.32"),)
    assert [line.partition(":")[0] for line in read.told] == [
        f"drupal/drupal/{n}.yaml" for n in ("bad", "no")
    ]


def test_holes_of_script_libraries(tmp_path: Path) -> None:
    rows = [
        {
            "below": "3.5.0",
            "atOrAbove": "1.2.0",
            "identifiers": {"CVE": ["CVE-2020-11022"], "githubID": "GHSA-a"},
        },
        {"below": "1.6.3", "identifiers": {"issue": "1"}},
    ]
    read = read_retire(copy("retire", tmp_path, {"r.json": {"jquery": {"vulnerabilities": rows}}}), NAMINGS)

    (hole,) = read.holes
    assert (hole.id, hole.aliases, hole.source) == ("CVE-2020-11022", ("GHSA-a",), "retire.js")
    assert read.told == ["Retire.js: jquery: 1 entries without a CVE or GHSA number left out"]


def test_the_catalogue_of_exploited_holes(tmp_path: Path) -> None:
    row = {"cveID": "CVE-2018-7600", "dateAdded": "2021-11-03", "knownRansomwareCampaignUse": "Known"}
    table = {"catalogVersion": "2026.11.20", "vulnerabilities": [row]}

    marks, day = read_kev(copy("kev", tmp_path, {"kev.json": table}))

    assert (marks, day) == ({"CVE-2018-7600": KnownExploited("2021-11-03", ransomware=True)}, "2026.11.20")


def hole(source: str, *ranges: VulnerableRange, **more: Any) -> Vulnerability:
    plain: dict[str, Any] = {"id": "CVE-2020-1", "product": "drupal", "published": None}
    return Vulnerability(**{**plain, "ranges": ranges, "source": source, **more})


def test_the_best_source_speaks_and_others_fill_in() -> None:
    old = hole("author-unchecked", VulnerableRange("", "9.0.0"), kind="xss")
    osv = hole("drupal-osv", VulnerableRange("8.0.0", "8.5.1"), aliases=("DRUPAL-CORE-1",))
    friend = hole("friendsofphp", VulnerableRange("8.0.0", "8.5.0"), published="2020-01-01")
    advisory = hole("friendsofphp", VulnerableRange("8.0.0", "8.5.0"), id="DRUPAL-CORE-1")

    (one,) = laid_together([old, advisory], [friend, osv])

    assert (one.source, one.ranges) == ("drupal-osv", osv.ranges)
    assert (one.kind, one.published, one.aliases) == ("xss", "2020-01-01", ("DRUPAL-CORE-1",))


def test_stretches_of_one_source_add_up_but_never_with_those_of_last_time() -> None:
    first, second = VulnerableRange("7.0", "7.1"), VulnerableRange("8.0.0", "8.1.0")
    wide = VulnerableRange("", "9.0.0")

    (one,) = laid_together(
        [hole("drupal-osv", wide)], [hole("drupal-osv", first), hole("drupal-osv", second, first)]
    )

    assert one.ranges == (first, second)


def test_the_catalogue_marks_and_an_older_mark_stays() -> None:
    records = [hole("cve-record"), hole("cve-record", id="CVE-2020-2", kev=KnownExploited("2026-09-01"))]

    assert [r.kev for r in marked(records, {"CVE-2020-1": KnownExploited("2026-01-01")})] == [
        KnownExploited("2026-01-01"),
        KnownExploited("2026-09-01"),
    ]


def test_a_number_of_another_product_is_refused_and_the_table_says_how_far_it_goes(tmp_path: Path) -> None:
    good, strange = cve("CVE-2026-1000", affected("4.0.0-4.4.6")), cve("CVE-2026-1001", affected("1.0.77"))
    copies = [
        copy("cve", tmp_path / "cve", {f"{r['cveMetadata']['cveId']}.json": r for r in (good, strange)}),
        copy("kev", tmp_path / "kev", {"k.json": {"catalogVersion": "2026.11.20", "vulnerabilities": []}}),
    ]
    friends = {"kind": "friendsofphp", "name": "owner/f", "day": "2026-08-07", "licence": "Unlicense"}
    before = {"vulnerabilities": [], "sources": [friends]}

    text, told = build_holes(before, copies, NAMINGS, load_reference(), today=TODAY)

    table = json.loads(text)
    assert [r["id"] for r in table["vulnerabilities"]] == ["CVE-2026-1000"]
    assert told == ("CVE-2026-1001: joomla: refused: 1.0.77 is no known release",)
    assert table["built"] == "2026-08-07"  # the kind of source read least far
    assert {s["name"]: s["day"] for s in table["sources"]}["owner/cve"] == "2026-11-26"
