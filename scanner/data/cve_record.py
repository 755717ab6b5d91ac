"""CVE records (version 5 JSON) of the products we follow.

A record counts when it names the product as `sources.toml` says; extensions of third parties do not. Its range comes
from `versions`; where the text of the record names a later end of the same line, the later one is taken and told.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scanner.data.constraint import ANY, number, stretches
from scanner.data.hole import RangeError, Read, kind_of, stretch
from scanner.data.sources import Copy, Naming
from scanner.identify.vulnerable import release_of
from scanner.model.reference import KnownExploited, Score, Vulnerability, VulnerableRange
from scanner.parse.version import Version

SOURCE = "cve-record"
ID = re.compile(r"CVE-\d{4}-\d{4,7}")
SCORES = ("cvssV4_0", "cvssV3_1", "cvssV3_0", "cvssV2_0")
IN_TEXT = re.compile(r"\b(?:before|prior to|fixed in)(?: version)? v?(\d+(?:\.\d+){1,3})", re.ASCII)


def read_records(copy: Copy, namings: Sequence[Naming]) -> Read:
    """Every record of a copy that names one of the products."""
    wanted = {name: naming.key for naming in namings for name in naming.cve}
    vendors = [name.partition("/")[0].encode() for name in wanted]
    read = Read()
    for path, content in copy.files(".json"):
        if not ID.search(path) or not any(vendor in content.lower() for vendor in vendors):
            continue
        try:
            _record(json.loads(content), wanted, read)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            read.told.append(f"{path.rpartition('/')[2]}: refused: {type(error).__name__}: {str(error)[:80]}")
    return read


def _record(record: Mapping[str, Any], wanted: Mapping[str, str], read: Read) -> None:
    head, containers = record["cveMetadata"], record["containers"]
    if head.get("state") == "REJECTED":
        return
    cna, others = containers["cna"], containers.get("adp", [])
    for key, entries in _own(cna, others, wanted).items():
        ranges, faults = _ranges(entries)
        read.told += [f"{head['cveId']}: {key}: {fault}" for fault in faults]
        if not ranges:
            continue
        ranges, widened = _with_text(ranges, _description(cna))
        read.told += [f"{head['cveId']}: {key}: {note}" for note in widened]
        read.holes.append(_hole(head, cna, others, key, ranges))


def _own(
    cna: Mapping[str, Any], others: Sequence[Mapping[str, Any]], wanted: Mapping[str, str]
) -> dict[str, list[Mapping[str, Any]]]:
    """What is said of each product: by the one who numbered the hole, else by those who added to the record."""
    named: dict[str, list[Mapping[str, Any]]] = {}
    for containers in ([cna], others):
        found: dict[str, list[Mapping[str, Any]]] = {}
        for entry in (e for c in containers for e in c.get("affected", [])):
            key = wanted.get(f"{str(entry.get('vendor')).lower()}/{str(entry.get('product')).lower()}")
            if key:
                found.setdefault(key, []).append(entry)
        if any(_ranges(entries)[0] for entries in found.values()):
            return found
        named = named or found
    return named


def _ranges(entries: Sequence[Mapping[str, Any]]) -> tuple[tuple[VulnerableRange, ...], list[str]]:
    ranges: list[VulnerableRange] = []
    faults = []
    for entry in entries:
        versions = entry.get("versions") or []
        if not any(v.get("status") == "affected" for v in versions):
            faults.append("refused: no affected release is named")
        for version in versions:
            try:
                ranges += _range(version)
            except RangeError as error:
                faults.append(f"refused: {json.dumps(version)[:160]}: {error}")
    return tuple(dict.fromkeys(ranges)), faults


def _range(version: Mapping[str, Any]) -> Iterator[VulnerableRange]:
    if version.get("status") != "affected":
        return
    text = str(version.get("version") or "")
    below, until = str(version.get("lessThan") or ""), str(version.get("lessThanOrEqual") or "")
    if not below and not until:
        yield from stretches(text)
        return
    if (below or until).strip().lower() in ANY:
        raise RangeError("no end")
    repaired = [c.get("at", "") for c in version.get("changes", []) if c.get("status") == "unaffected"]
    if repaired and release_of(number(repaired[0])) is not None:
        yield stretch(number(text), fixed=number(repaired[0]))
    else:
        yield stretch(number(text), fixed=number(below), last=number(until))


def _with_text(
    ranges: tuple[VulnerableRange, ...], text: str
) -> tuple[tuple[VulnerableRange, ...], list[str]]:
    """Ranges with the later end where the text names one of the same line; both are never averaged."""
    told = [v for one in IN_TEXT.findall(text) if (v := release_of(one))]
    changed, notes = [], []
    for row in ranges:
        later = _later(row, told)
        if later is None:
            changed.append(row)
            continue
        changed.append(VulnerableRange(row.introduced, fixed=str(later)))
        notes.append(
            f"the range ends at {row.fixed or row.last}, the text at {later}: the later one is taken"
        )
    return tuple(changed), notes


def _later(row: VulnerableRange, told: Sequence[Version]) -> Version | None:
    """The first good release the text gives for this line, when the range ends before it reaches it."""
    end = release_of(row.fixed or row.last)
    if end is None or not row.fixed:
        return None
    same = [v for v in told if v.numbers[:2] == end.numbers[:2] and len(v.numbers) == len(end.numbers)]
    return max((v for v in same if v > end), default=None)


def _description(cna: Mapping[str, Any]) -> str:
    texts = [d.get("value", "") for d in cna.get("descriptions", []) if d.get("lang", "en").startswith("en")]
    return str(texts[0]) if texts else ""


def _hole(
    head: Mapping[str, Any],
    cna: Mapping[str, Any],
    others: Sequence[Mapping[str, Any]],
    key: str,
    ranges: tuple[VulnerableRange, ...],
) -> Vulnerability:
    weaknesses = [
        str(d.get("cweId", ""))
        for c in (cna, *others)
        for p in c.get("problemTypes", [])
        for d in p["descriptions"]
    ]
    links = [r["url"] for r in cna.get("references", []) if str(r.get("url", "")).startswith("https://")]
    return Vulnerability(
        id=head["cveId"],
        product=key,
        published=str(head.get("datePublished", ""))[:10] or None,
        ranges=ranges,
        source=SOURCE,
        kind=kind_of(weaknesses),
        cvss=_score((cna, *others)),
        kev=_exploited(others),
        advisory=links[0] if links else "",
    )


def _score(containers: Sequence[Mapping[str, Any]]) -> Score | None:
    metrics = [m for c in containers for m in c.get("metrics", [])]
    for name in SCORES:
        found = next((m[name] for m in metrics if name in m), None)
        if found:
            return Score(str(found["version"]), float(found["baseScore"]), str(found.get("vectorString", "")))
    return None


def _exploited(others: Sequence[Mapping[str, Any]]) -> KnownExploited | None:
    for metric in (m for c in others for m in c.get("metrics", [])):
        other = metric.get("other", {})
        if other.get("type") == "kev":
            return KnownExploited(str(other["content"]["dateAdded"]))
    return None
