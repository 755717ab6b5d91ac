"""Release cycles from endoflife.date and release dates from release-data, over the table in use.

Products written by hand (`source` is not endoflife.date) stay as they are. What a source says wrongly is repaired by a
rule or refused, and either is told.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from scanner.data.history import TEST_PATCH, is_release
from scanner.data.sources import Copy, Naming
from scanner.data.yaml_text import read_mapping
from scanner.parse.version import parse_version, version_or_none

SOURCE = "endoflife.date"
FIELDS = {
    "releaseCycle": "cycle",
    "releaseDate": "released",
    "eoas": "active_support_end",
    "eol": "eol",
    "eoes": "extended_end",
    "latest": "latest",
    "latestReleaseDate": "latest_date",
    "lts": "lts",
}


def build_cycles(
    before: Mapping[str, Any], copies: Sequence[Copy], namings: Iterable[Naming], *, today: date
) -> tuple[str, tuple[str, ...]]:
    """The text of an eol/1 table, and what was repaired or refused."""
    told: list[str] = []
    products: dict[str, Any] = dict(before["products"])
    calendars = _files(copies, "endoflife", ".md")
    dates = _files(copies, "release-data", ".json")
    for naming in namings:
        page = calendars.get(naming.endoflife)
        if page is None:
            continue
        try:
            made = _product(naming, page, dates.get(naming.endoflife), today, told)
            made["policy"] = made["policy"] or products.get(naming.key, {}).get("policy", "")
            products[naming.key] = made
        except (KeyError, TypeError, ValueError) as error:
            told.append(f"eol.json: {naming.key}: refused, the entry before stays: {error}")
    days = [copy.day() for copy in copies if copy.source.kind == "endoflife"]
    as_of = max([day for day in days if day], default=before["as_of"])
    sources = [
        {"name": c.source.repository, "day": c.day() or as_of, "licence": c.source.licence}
        for c in copies
        if c.source.kind in {"endoflife", "release-data"}
    ]
    table = {
        "format": "eol/1",
        "as_of": as_of,
        "sources": sources or before.get("sources", []),
        "repairs": told,
    }
    return _text(table, products), tuple(told)


def _files(copies: Sequence[Copy], kind: str, ending: str) -> dict[str, bytes]:
    """Content by the name of the file without its ending."""
    return {
        path.rpartition("/")[2].removesuffix(ending): content
        for copy in copies
        if copy.source.kind == kind
        for path, content in copy.files(ending)
    }


def _product(
    naming: Naming, page: bytes, dates: bytes | None, today: date, told: list[str]
) -> dict[str, Any]:
    _empty, _, rest = page.decode("utf-8").partition("---\n")
    head = read_mapping(rest.partition("\n---")[0])
    cycles = [_cycle(row) for row in head["releases"]]
    lines = [cycle["cycle"] for cycle in cycles]
    if len(set(lines)) != len(lines):
        raise ValueError("a release cycle is listed twice")
    days = _release_days(naming.key, dates, lines, today, told)
    for cycle in cycles:
        _mend_latest(naming.key, cycle, days, lines, told)
    product = {"source": SOURCE, "policy": head.get("releasePolicyLink") or "", "cycles": cycles}
    if naming.has_releases:
        product["releases"] = days
    return product


def _cycle(row: Mapping[str, Any]) -> dict[str, Any]:
    """One line in our words. A date is written as ISO; true and false stay; anything else is a sentence."""
    return {
        ours: value.isoformat()
        if isinstance(value, date)
        else (value if isinstance(value, bool) else str(value))
        for theirs, ours in FIELDS.items()
        if (value := row.get(theirs)) is not None
    }


def _release_days(
    key: str, content: bytes | None, lines: Sequence[str], today: date, told: list[str]
) -> dict[str, str]:
    """Day by release, oldest number first; what is no release of this product is refused."""
    newest = max((v for line in lines if (v := version_or_none(line))), default=None)
    found: dict[str, str] = {}
    for row in json.loads(content)["versions"].values() if content else ():
        name, day = row["name"], row["date"]
        version = version_or_none(name)
        if version is None:
            continue
        if key == "joomla" and version.numbers[2:3] >= (TEST_PATCH,):
            told.append(f"eol.json: {key}: {name} of {day} is a test tag, no release")
        elif date.fromisoformat(day) > today:
            told.append(f"eol.json: {key}: {name} is dated {day}, which has not come")
        elif newest and version > newest and not any(version.belongs_to(line) for line in _numbers(lines)):
            told.append(f"eol.json: {key}: {name} of {day} is above every release cycle")
        else:
            found[name] = day
    return {name: found[name] for name in sorted(found, key=lambda n: (parse_version(n), n))}


def _numbers(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for line in lines if version_or_none(line))


def _mend_latest(
    key: str, cycle: dict[str, Any], days: Mapping[str, str], lines: Sequence[str], told: list[str]
) -> None:
    """A "latest" that is a test tag or older than a known release of its line becomes the newest known one."""
    latest, line = version_or_none(cycle.get("latest", "")), cycle["cycle"]
    if latest is None or latest.suffix or version_or_none(line) is None:
        return
    deeper = [other for other in _numbers(lines) if other.startswith(f"{line}.")]
    own = [
        (v, name)
        for name in days
        if not (v := parse_version(name)).suffix
        and v.belongs_to(line)
        and not any(v.belongs_to(other) for other in deeper)
    ]
    best, name = max(own, default=(None, ""))
    is_test = key == "joomla" and not is_release(latest)
    if best is not None and (is_test or best > latest):
        why = "is a test tag" if is_test else "is older than a known release"
        told.append(f"eol.json: {key} {line}: latest {latest} {why}, replaced by {name}")
        cycle |= {"latest": name, "latest_date": days[name]}


def _text(table: Mapping[str, Any], products: Mapping[str, Any]) -> str:
    """One product a line, so that a difference can be read."""
    rows = ",\n".join(
        f"{json.dumps(key)}:{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"
        for key, value in products.items()
    )
    return f'{json.dumps(table, ensure_ascii=False)[:-1]},"products":{{\n{rows}\n}}}}\n'
