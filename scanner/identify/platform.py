"""The view `Platform`: which products a page betrays, how surely, and what it says about their version.

Passive only: everything is read from the page already fetched. Evidence from hosts of third parties never
counts, and neither does the text of news: a product named in an article is no sign.
"""

from dataclasses import dataclass
from typing import Any

from scanner.identify.components import Component, components_of
from scanner.identify.page import Page, page_of
from scanner.identify.products import Certainty, Product
from scanner.identify.recognise import recognise
from scanner.identify.sights import cookie_names, host_of, sights_of
from scanner.identify.support import reading_of
from scanner.model.check import NotApplicable
from scanner.model.evidence import Evidence, Missing
from scanner.model.reference import Reference

POSSIBLE = Certainty.POSSIBLE


@dataclass(frozen=True, slots=True)
class Platform:
    """What a page betrays, surest product first; empty when a page really read betrays nothing."""

    url: str
    products: tuple[Product, ...] = ()
    components: tuple[Component, ...] = ()

    def product(self, key: str) -> Product | None:
        """The product of that key, or None."""
        return next((product for product in self.products if product.key == key), None)


def platform_of(evidence: Evidence, ref: Reference) -> Platform | Missing | NotApplicable:
    """What the final page of a visit betrays; `Missing` or `NotApplicable` when no page was read."""
    page = page_of(evidence, ref)
    if not isinstance(page, Page):
        return page
    hosts = (evidence.target.host, host_of(page.url))
    cookies = cookie_names(page.set_cookies, hosts)
    sights = sights_of(page.html, url=page.url, headers=page.headers, cookies=cookies, hosts=hosts)
    return Platform(
        url=page.url,
        products=recognise(sights, ref.signals),
        components=components_of(page.headers),
    )


def cms_facts(evidence: Evidence, ref: Reference) -> dict[str, Any]:
    """Products, their versions and clues, and the server's components, for documents.

    A product that is only possible stands apart: nobody should read it as a fact.
    """
    platform = platform_of(evidence, ref)
    if isinstance(platform, Missing):
        return {"missing": platform.why.value, "detail": platform.detail}
    if isinstance(platform, NotApplicable):
        return {"notapplicable": platform.because}
    return {
        "url": platform.url,
        "products": [_product_facts(p, ref) for p in platform.products if p.certainty is not POSSIBLE],
        "possible": [_product_facts(p, ref) for p in platform.products if p.certainty is POSSIBLE],
        "components": [
            {
                "key": c.key,
                "name": c.name,
                "version": c.version,
                "header": c.header,
                "saw": c.saw,
                "distribution": c.distribution,
            }
            for c in platform.components
        ],
        "data_on": ref.data_date.isoformat(),
    }


def _product_facts(product: Product, ref: Reference) -> dict[str, Any]:
    reading = reading_of(product, ref.products.get(product.key))
    return {
        "key": product.key,
        "name": product.name,
        "certainty": product.certainty.value,
        "version": reading.text if reading else "",
        "method": reading.method if reading else "",
        "lines": list(reading.lines) if reading else [],
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
