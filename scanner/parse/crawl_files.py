"""Files written for search engines: robots.txt (RFC 9309) and sitemaps (sitemaps.org 0.9). Total and linear.

Both are read as far as a compromise shows in them: which addresses they name.
"""

import html
import re
from dataclasses import dataclass

LINES_LIMIT = 5_000
LINE_LIMIT = 2_000
ADDRESS_LIMIT = 5_000
PATH_KEYS = frozenset({"allow", "disallow"})
LOC = re.compile(rb"<(?:\w{1,20}:)?loc>\s{0,20}(?:<!\[CDATA\[)?\s{0,20}([^<>\s]{1,2000})")
SITEMAP = re.compile(rb"<(?:\w{1,20}:)?(?:urlset|sitemapindex)\b")
LOOK_AT = 4_096


@dataclass(frozen=True, slots=True)
class Robots:
    """The sitemaps and paths a robots.txt names, in order, each once."""

    sitemaps: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


def read_robots(content: bytes) -> Robots | None:
    """What a robots.txt names; None when the bytes are a page in its place."""
    text = content.decode("utf-8", "replace").lstrip("\ufeff")
    if text.lstrip()[:1] == "<":
        return None
    sitemaps: dict[str, None] = {}
    paths: dict[str, None] = {}
    for line in text.splitlines()[:LINES_LIMIT]:
        key, colon, value = line[:LINE_LIMIT].partition("#")[0].partition(":")
        value = value.strip()
        if not colon or not value:
            continue
        if key.strip().lower() == "sitemap":
            sitemaps[value] = None
        elif key.strip().lower() in PATH_KEYS:
            paths[value] = None
    return Robots(tuple(sitemaps), tuple(paths))


def sitemap_addresses(content: bytes) -> tuple[str, ...] | None:
    """The addresses of a sitemap or of an index of them, each once; None when the bytes are neither."""
    if not SITEMAP.search(content[:LOOK_AT]):
        return None
    found: dict[str, None] = {}
    for hit in LOC.finditer(content):
        if len(found) >= ADDRESS_LIMIT:
            break
        found[html.unescape(hit[1].decode("utf-8", "replace"))] = None
    return tuple(found)
