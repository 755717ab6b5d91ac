"""What runs where, from stored facts: a table, CSV and CycloneDX."""

import csv
import io
import json
from datetime import UTC, datetime

from reports.components import components_of, csv_text, cyclonedx, table
from scanner.model.agency import Agency, Depth, Inventory, Province, Site
from scanner.model.evidence import Ledger
from scanner.model.finding import SiteState
from scanner.model.visit import Scan, Visit

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
INVENTORY = Inventory(
    Province("Tỉnh Mẫu"),
    (Agency("so", "Sở Mẫu"),),
    (Site("a", "so", "https://a.example/", "A"), Site("b", "so", "https://b.example/", "B")),
)
SCAN = Scan("20261122T020000Z", AT, Depth.STANDARD, "0.1.0", "2026-08-22")
JOOMLA = {
    "key": "joomla",
    "name": "Joomla",
    "version": "3.4.8",
    "method": "literal",
    "certainty": "certain",
    "claims": [
        {"method": "generator", "source": "https://a.example/ meta generator"},
        {"method": "literal", "source": "https://a.example/administrator/manifests/files/joomla.xml"},
    ],
}
CMS = {
    "url": "https://a.example/",
    "products": [JOOMLA],
    "possible": [{"key": "wordpress", "name": "WordPress"}],
    "components": [{"key": "php", "name": "PHP", "version": "5.6.40", "header": "x-powered-by"}],
    "libraries": [
        {
            "key": "jquery",
            "name": "jQuery",
            "version": "1.12.4",
            "source": "https://a.example/jquery-1.12.4.js",
        }
    ],
    "extensions": [
        {
            "product": "joomla",
            "kind": "component",
            "name": "k2",
            "version": "2.10.3",
            "method": "manifest",
            "source": "https://a.example/administrator/components/com_k2/k2.xml",
        }
    ],
}


def visit(site: str, facts: str) -> Visit:
    return Visit(SCAN.id, site, SiteState.REACHED, "", (), Ledger(), AT, AT, facts)


ROWS = components_of(
    INVENTORY, (visit("a", json.dumps({"cms": CMS})), visit("b", json.dumps({"cms": {"products": [JOOMLA]}})))
)


def test_every_component_is_a_row_and_a_guess_is_none() -> None:
    assert [(r.site_id, r.name, r.version) for r in ROWS] == [
        ("a", "Joomla", "3.4.8"),
        ("a", "joomla component k2", "2.10.3"),
        ("a", "PHP", "5.6.40"),
        ("a", "jQuery", "1.12.4"),
        ("b", "Joomla", "3.4.8"),
    ]


def test_the_place_named_is_the_one_the_version_was_read_at() -> None:
    assert ROWS[0].source.endswith("/joomla.xml")


def test_facts_that_are_missing_or_broken_give_no_row() -> None:
    for facts in ("{}", "nonsense", "[]", '{"cms":{"missing":"timeout"}}', '{"cms":{"products":[1]}}'):
        assert components_of(INVENTORY, (visit("a", facts),)) == ()


def test_the_table_has_one_line_for_each() -> None:
    lines = table(ROWS, "vi").splitlines()

    assert len(lines) == 5
    assert lines[1].split("\t")[3:7] == ["phần mở rộng", "joomla component k2", "2.10.3", "manifest"]
    assert lines[0].split("\t")[3:6] == ["hệ thống", "Joomla", "3.4.8"]


def test_no_cell_of_the_csv_starts_a_formula() -> None:
    hostile = json.dumps({"cms": {"products": [{"key": "x", "name": "=cmd|x", "version": "+1"}]}})
    text = csv_text(components_of(INVENTORY, (visit("a", hostile),)), "en")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))

    assert text.startswith("\ufeff")
    assert rows[0][0] == "Agency id"
    assert rows[1][4:6] == ["'=cmd|x", "'+1"]


def test_the_bill_of_materials_names_each_component_once_and_who_uses_it() -> None:
    bom = json.loads(cyclonedx(ROWS, SCAN, INVENTORY))

    assert (bom["bomFormat"], bom["specVersion"]) == ("CycloneDX", "1.6")
    assert [(c["name"], c["version"]) for c in bom["components"]] == [
        ("Joomla", "3.4.8"),
        ("joomla component k2", "2.10.3"),
        ("PHP", "5.6.40"),
        ("jQuery", "1.12.4"),
    ]
    assert bom["dependencies"] == [
        {"ref": "site-a", "dependsOn": [f"component-{n}" for n in range(1, 5)]},
        {"ref": "site-b", "dependsOn": ["component-1"]},
    ]
    assert cyclonedx(ROWS, SCAN, INVENTORY) == cyclonedx(ROWS, SCAN, INVENTORY)
