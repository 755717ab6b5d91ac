"""The look of a page: what a later visit compares itself with to tell that something changed."""

import hashlib
from typing import Any

from scanner.identify.kinship import Family, Kin, host_in
from scanner.identify.page import Page, page_of
from scanner.model.evidence import Evidence
from scanner.model.look import Look
from scanner.model.reference import Reference
from scanner.parse.html import HtmlSummary

HOSTS_LIMIT = 300
LINKS_LIMIT = 400
TITLE_LIMIT = 300
HASH_LENGTH = 8
ELSEWHERE = frozenset({Kin.STRANGER, Kin.FAMILIAR, Kin.OFFICIAL})
LOADED = ("script", "frame", "object")


def look_of(html: HtmlSummary, family: Family) -> Look:
    """The marks of a page, as seen from the family of its host."""
    outside = _hosts((link.url for link in html.links), family, frozenset({Kin.STRANGER}))
    loads = (asset.url for asset in html.assets if asset.kind in LOADED and not asset.is_inert)
    loaded = _hosts(loads, family, ELSEWHERE)
    links = sorted({_mark(link.url) for link in html.links if host_in(link.url)})
    return Look(
        title=html.title[:TITLE_LIMIT],
        lang=html.lang[:20],
        outside=tuple(outside[:HOSTS_LIMIT]),
        loaded=tuple(loaded[:HOSTS_LIMIT]),
        links=tuple(links[:LINKS_LIMIT]),
        truncated=html.truncated
        or len(outside) > HOSTS_LIMIT
        or len(loaded) > HOSTS_LIMIT
        or len(links) > LINKS_LIMIT,
    )


def look_facts(evidence: Evidence, ref: Reference) -> dict[str, Any] | None:
    """The look of the page of a visit, as a later visit is given it; None when no page was read."""
    page = page_of(evidence, ref)
    if not isinstance(page, Page):
        return None
    look = look_of(page.html, Family(page.host, ref))
    return {
        "title": look.title,
        "lang": look.lang,
        "outside": list(look.outside),
        "loaded": list(look.loaded),
        "links": list(look.links),
        "truncated": look.truncated,
    }


def read_look(facts: Any) -> Look | None:
    """The look in the facts of an earlier visit; None when it holds none that can be read."""
    found = facts.get("look") if isinstance(facts, dict) else None
    if not isinstance(found, dict):
        return None
    try:
        return Look(
            title=str(found["title"]),
            lang=str(found["lang"]),
            outside=tuple(map(str, found["outside"])),
            loaded=tuple(map(str, found["loaded"])),
            links=tuple(map(str, found["links"])),
            truncated=bool(found["truncated"]),
        )
    except (KeyError, TypeError):
        return None


def _hosts(urls: Any, family: Family, wanted: frozenset[Kin]) -> list[str]:
    return sorted({host for url in urls if (host := host_in(url)) and family.kin(host) in wanted})


def _mark(url: str) -> str:
    """A short hash of an address: enough to see that it is there again."""
    return hashlib.sha256(url.partition("#")[0].encode("utf-8", "surrogatepass")).hexdigest()[:HASH_LENGTH]
