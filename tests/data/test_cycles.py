"""Release cycles from endoflife.date and release-data, and the faults of theirs we know."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scanner.data.cycles import build_cycles
from scanner.data.sources import Copy, Naming, Source
from scanner.reference import read_cycles

TODAY = date(2026, 11, 26)
PAGE = """---
title: Joomla!
releasePolicyLink: https://docs.joomla.org/Release_and_support_cycle
releases:
  - releaseCycle: "5"
    releaseDate: 2023-10-14
    eoas: 2026-10-13
    eol: 2027-10-12
    latest: "5.4.112"
    latestReleaseDate: 2025-07-22
  - releaseCycle: "4"
    releaseDate: 2021-08-17
    eol: true
    latest: "4.4.13"
---
> words --- of the page
"""
VERSIONS = {
    "5.4.8": "2026-08-15",
    "5.4.112": "2025-07-22",
    "4.4.14": "2025-09-23",
    "4.0.0-beta1": "2020-06-02",
    "5.9.0": "2027-01-01",
    "13.1": "2013-05-06",
    "x": "2020-01-01",
}
HAND_MADE: dict[str, Any] = {"source": "git tags", "cycles": [{"cycle": "4.5"}]}


def build(folder: Path, page: str = PAGE) -> tuple[dict[str, Any], tuple[str, ...]]:
    (folder / "joomla.md").write_text(page, encoding="utf-8")
    rows = {name: {"name": name, "date": day} for name, day in VERSIONS.items()}
    (folder / "joomla.json").write_text(json.dumps({"versions": rows}), encoding="utf-8")
    copies = [Copy(Source(kind, f"o/{kind}", "MIT"), folder) for kind in ("endoflife", "release-data")]
    before = {"format": "eol/1", "as_of": "2026-08-22", "products": {"nukeviet": HAND_MADE}}
    text, told = build_cycles(before, copies, [Naming("joomla", "joomla", has_releases=True)], today=TODAY)
    read_cycles(text)
    return json.loads(text)["products"], told


def test_a_test_tag_is_no_latest_release(tmp_path: Path) -> None:
    products, told = build(tmp_path)

    five, four = products["joomla"]["cycles"]
    assert (five["latest"], five["latest_date"], five["eol"]) == ("5.4.8", "2026-08-15", "2027-10-12")
    assert (four["latest"], four["eol"]) == ("4.4.14", True)
    assert "eol.json: joomla 5: latest 5.4.112 is a test tag, replaced by 5.4.8" in told
    assert "eol.json: joomla 4: latest 4.4.13 is older than a known release, replaced by 4.4.14" in told


def test_numbers_that_are_no_release_of_the_product_are_refused(tmp_path: Path) -> None:
    products, told = build(tmp_path)

    assert list(products["joomla"]["releases"]) == ["4.0.0-beta1", "4.4.14", "5.4.8"]
    assert any("13.1 of 2013-05-06 is above every release cycle" in line for line in told)
    assert any("5.9.0 is dated 2027-01-01, which has not come" in line for line in told)


def test_products_written_by_hand_stay(tmp_path: Path) -> None:
    assert build(tmp_path)[0]["nukeviet"] == HAND_MADE


@pytest.mark.parametrize(
    "page", [PAGE.replace('"4"', '"5"'), "---\nreleases: 3\n---\n", "---\n[\n---\n", "no page"]
)
def test_a_page_that_cannot_be_read_is_refused_and_the_rest_goes_on(tmp_path: Path, page: str) -> None:
    products, told = build(tmp_path, page)

    assert list(products) == ["nukeviet"]
    assert told[-1].startswith("eol.json: joomla: refused")
