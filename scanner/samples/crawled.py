"""Hand-made readings of robots.txt and sitemap for the examples of checks."""

from scanner.identify.crawled import Crawled, Named
from scanner.model.evidence import Missing, Why

HOST = "https://so.example"
FILES = (f"GET {HOST}/robots.txt: 200", f"GET {HOST}/sitemap.xml: 200")


def named(url: str, *words: str) -> Named:
    """One address; words are the telling ones in it."""
    return Named("sitemap", url if "://" in url else HOST + url, words)


def listed(
    *addresses: Named,
    strange: tuple[Named, ...] = (),
    foreign: tuple[Named, ...] = (),
    silent: bool = False,
) -> Crawled:
    """What both files name."""
    return Crawled(
        FILES,
        len(addresses) + len(strange) + len(foreign),
        spam=tuple(one for one in addresses if one.words),
        foreign=foreign,
        strange=strange,
        missing=Missing(Why.TIMEOUT) if silent else None,
    )
