"""The view `Platform`: which products a page betrays, how surely, and what it says about their version.

First the page already fetched, then the files that were asked for. Signs on hosts of third parties never
count, and neither does the text of news: a product named in an article is no sign. Script libraries run in the
page wherever they come from, so for these every host counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from scanner.identify.components import Component, components_of
from scanner.identify.extensions import MANIFEST, Extension, extensions_of
from scanner.identify.libraries import LibraryUse, bare_address, libraries_of
from scanner.identify.lifetime import number_lifetime, product_lifetime
from scanner.identify.login import Door, door_of
from scanner.identify.next_file import lead_of
from scanner.identify.once import once
from scanner.identify.page import Page, page_of
from scanner.identify.products import Certainty, Product
from scanner.identify.recognise import recognise
from scanner.identify.sights import cookie_names, host_of, sights_of
from scanner.identify.site_files import seen_of, with_files
from scanner.identify.support import reading_of
from scanner.model.check import NotApplicable
from scanner.model.evidence import Body, CmsEvidence, Evidence, Fetch, HttpEvidence, Missing, Response
from scanner.model.reference import Reference

POSSIBLE = Certainty.POSSIBLE
CANARY = "canary"
ERROR_LENGTH = 20_000


@dataclass(frozen=True, slots=True)
class Platform:
    """What a page betrays, surest product first; empty when a page really read betrays nothing."""

    url: str
    products: tuple[Product, ...] = ()
    components: tuple[Component, ...] = ()
    libraries: tuple[LibraryUse, ...] = ()
    extensions: tuple[Extension, ...] = ()
    door: Door | None = None  # of the administration; None when no product of the page has a usual one

    def product(self, key: str) -> Product | None:
        """The product of that key, or None."""
        return next((product for product in self.products if product.key == key), None)


@once
def platform_of(evidence: Evidence, ref: Reference) -> Platform | Missing | NotApplicable:
    """What the final page of a visit betrays; `Missing` or `NotApplicable` when no page was read."""
    page = page_of(evidence, ref)
    if not isinstance(page, Page):
        return page
    hosts = (evidence.target.host, host_of(page.url))
    cookies = cookie_names(page.set_cookies, hosts)
    sights = sights_of(page.html, url=page.url, headers=page.headers, cookies=cookies, hosts=hosts)
    products = recognise(sights, ref.signals)
    fetches = evidence.cms.fetches if isinstance(evidence.cms, CmsEvidence) else ()
    if fetches:
        products = _with_files(products, fetches, page.url, ref)
    return Platform(
        url=page.url,
        products=products,
        components=components_of(page.headers, element_ids=page.html.names, error_text=_error_text(evidence)),
        libraries=libraries_of(page.html, ref.libraries, heads=_heads(fetches), hosts=hosts),
        extensions=extensions_of(products, page.html, hosts=hosts, rules=ref.extensions, fetches=fetches),
        door=door_of(products, evidence, ref),
    )


def _error_text(evidence: Evidence) -> str:
    """What the site answers for a page that cannot exist; many servers name themselves there."""
    fetch = evidence.http.fetch(CANARY) if isinstance(evidence.http, HttpEvidence) else None
    answer = fetch.last.response if fetch else None
    if not isinstance(answer, Response) or not isinstance(answer.body, Body):
        return ""
    return answer.body.content[:ERROR_LENGTH].decode("utf-8", "replace")


def _heads(fetches: Iterable[Fetch]) -> dict[str, str]:
    """The first lines of every file that was asked for, by address without query."""
    seen = (seen_of(f, f.exchanges[0].url) for f in fetches if f.exchanges)
    return {bare_address(s.url): s.text for s in seen if s.is_file}


def _with_files(
    products: tuple[Product, ...], fetches: Sequence[Fetch], url: str, ref: Reference
) -> tuple[Product, ...]:
    """The products, the one whose files were asked for with what they say; surest first again."""
    lead = lead_of(products, ref)
    if lead is None:
        return products
    told = with_files(lead, fetches, page_url=url, ref=ref)
    order = tuple(Certainty)
    return tuple(sorted((told if p is lead else p for p in products), key=lambda p: order.index(p.certainty)))


def cms_facts(evidence: Evidence, ref: Reference) -> dict[str, Any]:
    """Products, their versions and clues, and the server's components, for documents.

    A product that is only possible stands apart: nobody should read it as a fact.
    """
    platform = platform_of(evidence, ref)
    if isinstance(platform, Missing):
        return {"missing": platform.why.value, "detail": platform.detail}
    if isinstance(platform, NotApplicable):
        return {"notapplicable": platform.because}
    day = evidence.seen_at.date()
    return {
        "url": platform.url,
        "products": [_product_facts(p, ref, day) for p in platform.products if p.certainty is not POSSIBLE],
        "possible": [_product_facts(p, ref, day) for p in platform.products if p.certainty is POSSIBLE],
        "components": [
            {
                "key": c.key,
                "name": c.name,
                "version": c.version,
                "header": c.header,
                "saw": c.saw,
                "distribution": c.distribution,
                "support": number_lifetime(c.version, ref.products.get(c.key), day),
            }
            for c in platform.components
        ],
        "libraries": [
            {"key": u.key, "name": u.name, "version": u.version, "source": u.url, "method": u.method}
            for u in platform.libraries
        ],
        "extensions": [
            {
                "product": e.product,
                "kind": e.kind,
                "name": e.name,
                "version": e.version,
                "method": e.method,
                "source": e.manifest if e.method == MANIFEST else e.url,
                "saw": e.saw,
            }
            for e in platform.extensions
        ],
        "data_on": ref.data_date.isoformat(),
    }


def _product_facts(product: Product, ref: Reference, day: date) -> dict[str, Any]:
    table = ref.products.get(product.key)
    reading = reading_of(product, table)
    return {
        "key": product.key,
        "name": product.name,
        "certainty": product.certainty.value,
        "version": reading.text if reading else "",
        "method": reading.method if reading else "",
        "lines": list(reading.lines) if reading else [],
        "candidates": list(reading.candidates) if reading else [],
        "or_later": bool(reading and reading.or_later),
        "support": product_lifetime(product.key, reading, table, day),
        "claims": [
            {
                "text": c.text,
                "precision": c.precision.value,
                "method": c.method,
                "source": c.source,
                "saw": c.saw,
                "lines": list(c.lines),
            }
            for c in product.claims
        ],
        "clues": [
            {"kind": c.kind, "strong": c.is_strong, "source": c.source, "saw": c.saw} for c in product.clues
        ],
    }
