"""What runs where: products, extensions, server parts and script libraries of a scan, as a table, CSV or CycloneDX 1.6.

Everything is read from the facts stored with each visit; a product that is only possible is left out.
"""

import csv
import io
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.clean import clean, csv_cell, one_line
from reports.csv_table import BOM
from scanner.model.agency import Inventory
from scanner.model.text import Language, Text
from scanner.model.visit import Scan, Visit

NAMESPACE = uuid.UUID(
    "6ba7b811-9dad-11d1-80b4-00c04fd430c8"
)  # RFC 9562 section 6.6: names that are addresses
COLUMNS = (
    Text("Mã cơ quan", "Agency id"),
    Text("Mã trang web", "Site id"),
    Text("Địa chỉ", "Address"),
    Text("Loại", "Kind"),
    Text("Thành phần", "Component"),
    Text("Phiên bản", "Version"),
    Text("Cách biết", "Method"),
    Text("Độ chắc chắn", "Certainty"),
    Text("Nơi thấy", "Seen at"),
)
KINDS = {
    "product": Text("hệ thống", "product"),
    "server": Text("máy chủ", "server"),
    "library": Text("thư viện", "library"),
    "extension": Text("phần mở rộng", "extension"),
}
PARTS = frozenset({"library", "extension"})  # of something else: no application of their own


@dataclass(frozen=True, slots=True)
class InUse:
    """One component on one site."""

    agency_id: str
    site_id: str
    address: str
    kind: str  # product | extension | server | library
    key: str
    name: str
    version: str  # "" when not known
    method: str
    certainty: str
    source: str


def components_of(inventory: Inventory, visits: Iterable[Visit]) -> tuple[InUse, ...]:
    """Every component of every visited site, in the order of the visits."""
    sites = {site.id: site for site in inventory.sites}
    found: list[InUse] = []
    for visit in visits:
        site = sites.get(visit.site_id)
        agency, address = (site.agency_id, site.url) if site else ("", "")
        found += [InUse(agency, visit.site_id, address, *row) for row in _rows(_cms(visit))]
    return tuple(found)


def table(rows: Iterable[InUse], language: Language) -> str:
    """Tab-separated lines for a terminal or a pipe."""
    return "".join("\t".join(one_line(cell) for cell in _cells(row, language)) + "\n" for row in rows)


def csv_text(rows: Iterable[InUse], language: Language) -> str:
    """The table as CSV (RFC 4180) that Excel opens with its diacritics right."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([column.into(language) for column in COLUMNS])
    for row in rows:
        writer.writerow([csv_cell(cell) for cell in _cells(row, language)])
    return out.getvalue()


def cyclonedx(rows: Sequence[InUse], scan: Scan, inventory: Inventory) -> str:
    """One bill of materials (CycloneDX 1.6): each site a service, each component once, with who uses it."""
    parts: dict[tuple[str, str, str], list[InUse]] = {}
    for row in rows:
        parts.setdefault((row.kind, row.key, row.version), []).append(row)
    refs = {part: f"component-{number}" for number, part in enumerate(parts, 1)}
    by_site: dict[str, list[str]] = {}
    for part, used in parts.items():
        for row in used:
            by_site.setdefault(row.site_id, []).append(refs[part])
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, f'rasoat:{scan.id}')}",
        "version": 1,
        "metadata": {
            "timestamp": scan.started_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "tools": {
                "components": [{"type": "application", "name": "rasoat", "version": clean(scan.tool_version)}]
            },
            "component": {
                "type": "platform",
                "bom-ref": "province",
                "name": clean(inventory.province.name) or "rasoat",
            },
        },
        "components": [_component(refs[part], used) for part, used in parts.items()],
        "services": [
            {"bom-ref": f"site-{site.id}", "name": clean(site.id), "endpoints": [clean(site.url)]}
            for site in inventory.sites
            if site.id in by_site
        ],
        "dependencies": [
            {"ref": f"site-{site.id}", "dependsOn": list(dict.fromkeys(by_site[site.id]))}
            for site in inventory.sites
            if site.id in by_site
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _component(ref: str, used: Sequence[InUse]) -> dict[str, Any]:
    first = used[0]
    described: dict[str, Any] = {
        "type": "library" if first.kind in PARTS else "application",
        "bom-ref": ref,
        "name": clean(first.name),
    }
    if first.version:
        described["version"] = clean(first.version)
    described["properties"] = [
        {"name": f"rasoat:{key}", "value": clean(value)}
        for key, value in (("method", first.method), ("certainty", first.certainty))
        if value
    ]
    return described


def _cms(visit: Visit) -> Mapping[str, Any]:
    try:
        facts = json.loads(visit.facts)
    except ValueError:
        return {}
    cms = facts.get("cms") if isinstance(facts, dict) else None
    return cms if isinstance(cms, dict) else {}


Row = tuple[str, str, str, str, str, str, str]


def _rows(cms: Mapping[str, Any]) -> Iterator[Row]:
    for row in _listed(cms, "products"):
        claims = _listed(row, "claims")
        told = [
            c for c in claims if c.get("method") == row.get("method")
        ] or claims  # what the version rests on
        source = next((c.get("source", "") for c in told), cms.get("url", ""))
        yield _row("product", row, str(row.get("method", "")), str(row.get("certainty", "")), str(source))
    for row in _listed(cms, "extensions"):
        name = f"{row.get('product', '')} {row.get('kind', '')} {row.get('name', '')}"
        named = {**row, "key": name, "name": name}
        method = str(row.get("method") or "address")
        yield _row("extension", named, method, "declared", str(row.get("source", "")))
    for row in _listed(cms, "components"):
        yield _row("server", row, "header", "declared", str(row.get("header", "")))
    for row in _listed(cms, "libraries"):
        method = str(row.get("method") or "address")
        yield _row("library", row, method, "declared", str(row.get("source", "")))


def _row(kind: str, row: Mapping[str, Any], method: str, certainty: str, source: str) -> Row:
    key, name, version = (str(row.get(column, "")) for column in ("key", "name", "version"))
    return kind, key, name, version, method, certainty, source


def _listed(table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = table.get(key)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def _cells(row: InUse, language: Language) -> tuple[str, ...]:
    return (
        row.agency_id,
        row.site_id,
        row.address,
        KINDS[row.kind].into(language),
        row.name,
        row.version,
        row.method,
        row.certainty,
        row.source,
    )
