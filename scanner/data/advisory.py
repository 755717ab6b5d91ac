"""Advisories of Drupal (OSV) and of PHP packages (FriendsOfPHP), Retire.js, and the catalogue of exploited holes."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from scanner.data.constraint import stretches
from scanner.data.hole import RangeError, Read, kind_of, stretch
from scanner.data.sources import Copy, Naming
from scanner.data.yaml_text import read_mapping
from scanner.model.reference import KnownExploited, Vulnerability, VulnerableRange

CVE = re.compile(r"CVE-\d{4}-\d{4,7}")
ADVISORY = re.compile(r"[A-Z][A-Z0-9-]{3,40}-\d{1,4}")


def read_osv(copy: Copy, namings: Sequence[Naming]) -> Read:
    """Drupal's own advisories: the constraint covers Drupal 7 too, which the ranges of the package leave out."""
    names = {package: naming.key for naming in namings for package in naming.packages}
    read = Read()
    for path, content in copy.files(".json"):
        try:
            _osv(json.loads(content), names, read)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            read.told.append(f"{path}: refused: {str(error)[:120]}")
    return read


def _osv(record: Mapping[str, Any], names: Mapping[str, str], read: Read) -> None:
    if record.get("withdrawn"):
        return
    for affected in record["affected"]:
        key = names.get(affected["package"]["name"])
        if key is None:
            continue
        written = affected.get("database_specific", {}).get("affected_versions", "")
        ranges = stretches(written) if written else _events(affected["ranges"])
        links = [r["url"] for r in record.get("references", []) if "://www.drupal.org/" in r["url"]]
        read.holes += _named(
            record["id"],
            [a for a in record.get("aliases", []) if CVE.fullmatch(a)],
            Vulnerability(
                "", key, record["published"][:10], ranges, "drupal-osv", advisory="".join(links[:1])
            ),
        )


def _events(rows: Sequence[Mapping[str, Any]]) -> tuple[VulnerableRange, ...]:
    found = []
    for row in rows:
        ends = {kind: text for event in row["events"] for kind, text in event.items()}
        start = ends.get("introduced", "")
        found.append(
            stretch(
                "" if start == "0" else start, fixed=ends.get("fixed", ""), last=ends.get("last_affected", "")
            )
        )
    return tuple(found)


def read_friends(copy: Copy, namings: Sequence[Naming]) -> Read:
    """Advisories of PHP packages, one YAML file each."""
    read = Read()
    names = {package: naming.key for naming in namings for package in naming.packages}
    for path, content in copy.files(".yaml"):
        key = names.get("/".join(path.split("/")[-3:-1]))
        if key is None:
            continue
        try:
            record = read_mapping(content.decode("utf-8"))
            read.holes += _friend(path, key, record)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            read.told.append(f"{path}: refused: {str(error)[:120]}")
    return read


def _friend(path: str, key: str, record: Mapping[str, Any]) -> list[Vulnerability]:
    branches = record["branches"].values()
    ranges = tuple(dict.fromkeys(_branch(branch["versions"]) for branch in branches))
    days = [str(branch["time"])[:10] for branch in branches if branch.get("time")]
    title = str(record.get("title", "")).partition(":")[0].strip()
    own = title if ADVISORY.fullmatch(title) else path.rpartition("/")[2].removesuffix(".yaml")
    cve = str(record.get("cve") or "")
    plain = Vulnerability(
        "", key, min(days, default=None), ranges, "friendsofphp", advisory=str(record.get("link", ""))
    )
    return _named(own, [cve] if CVE.fullmatch(cve) else [], plain)


def _branch(versions: Sequence[str]) -> VulnerableRange:
    found = stretches(", ".join(str(v) for v in versions))
    if len(found) != 1:
        raise RangeError(f"{versions} is not understood")
    return found[0]


def _named(own: str, cves: Sequence[str], plain: Vulnerability) -> list[Vulnerability]:
    """One record for each CVE with the advisory as its other name; the advisory alone where there is none."""
    if not cves:
        return [replace(plain, id=own)]
    return [replace(plain, id=cve, aliases=(own,) if own != cve else ()) for cve in cves]


def read_retire(copy: Copy, namings: Sequence[Naming]) -> Read:
    """Holes of script libraries. Entries without a CVE or GHSA number are left out and counted."""
    read = Read()
    for _path, content in copy.files(".json"):
        libraries = json.loads(content)
        for naming in namings:
            for name in naming.retire:
                rows = libraries.get(name, {}).get("vulnerabilities", [])
                _retired(naming.key, rows, read)
    return read


def _retired(key: str, rows: Sequence[Mapping[str, Any]], read: Read) -> None:
    unnamed = 0
    for row in rows:
        told = row.get("identifiers", {})
        cves, ghsa = [c for c in told.get("CVE", []) if CVE.fullmatch(c)], told.get("githubID", "")
        if not cves and not ghsa:
            unnamed += 1
            continue
        try:
            reach = stretch(row.get("atOrAbove", ""), fixed=row.get("below", ""))
        except RangeError as error:
            read.told.append(f"Retire.js: {key} {ghsa or cves[0]}: refused: {error}")
            continue
        links = [link for link in row.get("info", []) if link.startswith("https://")]
        plain = Vulnerability(
            "",
            key,
            None,
            (reach,),
            "retire.js",
            kind=kind_of(row.get("cwe", ())),
            advisory="".join(links[:1]),
        )
        read.holes += _named(ghsa or cves[0], cves, plain)
    if unnamed:
        read.told.append(f"Retire.js: {key}: {unnamed} entries without a CVE or GHSA number left out")


def read_kev(copy: Copy) -> tuple[dict[str, KnownExploited], str]:
    """The catalogue of exploited holes by CVE, and its own date."""
    for _path, content in copy.files(".json"):
        table = json.loads(content)
        if "catalogVersion" in table:
            return {
                row["cveID"]: KnownExploited(
                    row["dateAdded"], ransomware=row["knownRansomwareCampaignUse"] == "Known"
                )
                for row in table["vulnerabilities"]
            }, str(table["catalogVersion"])
    raise RangeError("no catalogue")
