"""Tables as they were before some releases came out."""

from collections.abc import Iterable
from dataclasses import replace

from scanner.model.reference import Family, FileMark, HashRange, Reference
from scanner.parse.version import parse_version


def newest_of_lines(versions: Iterable[str]) -> tuple[str, ...]:
    """The newest release of each line; a line is a number without its last place."""
    newest: dict[tuple[int, ...], str] = {}
    for text in sorted(versions, key=parse_version):
        newest[parse_version(text).numbers[:-1]] = text
    return tuple(newest.values())


def without(ref: Reference, product: str, versions: Iterable[str]) -> Reference:
    """The tables without these releases: no hash, no date."""
    gone = frozenset(versions)
    table = ref.fingerprints[product]
    kept = replace(table, families=tuple(_family_without(family, gone) for family in table.families))
    known = ref.products[product]
    releases = {number: day for number, day in known.releases.items() if number not in gone}
    return replace(
        ref,
        fingerprints={**ref.fingerprints, product: kept},
        products={**ref.products, product: replace(known, releases=releases)},
    )


def _family_without(family: Family, gone: frozenset[str]) -> Family:
    kept = [place for place, version in enumerate(family.versions) if version not in gone]
    renamed = {old: new for new, old in enumerate(kept)}
    return replace(
        family,
        versions=tuple(family.versions[place] for place in kept),
        dates=tuple(family.dates[place] for place in kept),
        files=tuple(_file_without(file, renamed) for file in family.files),
    )


def _file_without(file: FileMark, renamed: dict[int, int]) -> FileMark:
    left = {
        mark: tuple(new for old, new in renamed.items() if any(_holds(one, old) for one in ranges))
        for mark, ranges in file.hashes.items()
    }
    return FileMark(file.path, file.layer, {mark: places for mark, places in left.items() if places})


def _holds(one: HashRange, place: int) -> bool:
    return one == place if isinstance(one, int) else one[0] <= place <= one[1]
