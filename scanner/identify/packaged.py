"""Whether a product may be a package of a distribution, which repairs holes without changing the number printed.

Two ways: a header names a distribution that packages this line; or no header names any, and the release is the very one
its newest package prints. Nothing outside tells such a copy from the maker's own.
"""

from collections.abc import Iterable, Sequence

from scanner.identify.components import Component
from scanner.model.reference import Packaged
from scanner.parse.version import version_or_none

FAMILIES = (("ubuntu", "ubuntu"), ("debian", "debian"), ("deb", "debian"))
WINDOWS = frozenset({"iis"})


def packager_of(
    product: str, releases: Sequence[str], components: Iterable[Component], packaged: Iterable[Packaged]
) -> str:
    """The distribution that may have repaired one of these releases, as its name is written; "" when none may."""
    parts = tuple(components)
    if any(part.key in WINDOWS for part in parts):
        return ""
    named = {_family(part.distribution) for part in parts if part.distribution}
    versions = [version for text in releases if (version := version_or_none(text))]
    for row in packaged:
        if row.product != product:
            continue
        in_line = any(version.belongs_to(row.line) for version in versions)
        is_newest = row.version != "" and version_or_none(row.version) in versions
        if (in_line and row.distribution in named) or (is_newest and not named):
            return row.distribution.capitalize()
    return ""


def _family(distribution: str) -> str:
    folded = distribution.lower()
    return next((family for mark, family in FAMILIES if mark in folded), folded)
