"""Extensions of a recognised product: named by the addresses of their assets, read from their public manifests.

Only the site's own host counts. A manifest says the release; the number in the address of an asset says it only when
all assets of the extension agree, since bundled libraries carry numbers of their own and the product's number is
the default of many.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scanner.identify.products import Certainty, Precision, Product
from scanner.identify.sights import own_addresses
from scanner.identify.site_files import CANARY, Seen, around, seen_of
from scanner.model.evidence import Fetch
from scanner.model.reference import ExtensionRule
from scanner.parse.html import HtmlSummary

EXTENSION = "cms-extension"
EXTENSION_LIMIT = 40
MANIFEST, ADDRESS = "manifest", "address"
NO_GROUP = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """One extension, and how its release is known."""

    product: str
    kind: str  # plugin theme component module template extension
    name: str
    url: str  # an asset of it
    version: str = ""
    method: str = ""  # manifest | address | "" when no release is known
    saw: str = ""  # of the manifest, verbatim
    manifest: str = ""  # address of the file that prints the release; "" when none is public


def extensions_of(
    products: Sequence[Product],
    html: HtmlSummary,
    *,
    hosts: Iterable[str],
    rules: Iterable[ExtensionRule],
    fetches: Iterable[Fetch] = (),
) -> tuple[Extension, ...]:
    """The extensions a page betrays, in the order of the rules and of the page, with what their manifests say."""
    surely = {p.key: p for p in products if p.certainty is not Certainty.POSSIBLE}
    own = tuple(own_addresses(dict.fromkeys(asset.url for asset in html.assets), hosts))
    found: dict[tuple[str, str, str], Extension] = {}
    for rule in rules:
        product = surely.get(rule.product)
        if product is not None:
            for extension in _named(rule, own):
                key = (rule.product, rule.kind, extension.name.lower())
                found.setdefault(key, _by_address(extension, rule, own, product))
    named = tuple(found.values())[:EXTENSION_LIMIT]
    read = _manifests(fetches)
    by_kind = {(rule.product, rule.kind): rule for rule in rules_with_manifest(rules)}
    return tuple(_by_manifest(e, by_kind.get((e.product, e.kind)), read) for e in named)


def rules_with_manifest(rules: Iterable[ExtensionRule]) -> tuple[ExtensionRule, ...]:
    """The rules whose extensions have a public file."""
    return tuple(rule for rule in rules if rule.manifest)


def _named(rule: ExtensionRule, own: Iterable[str]) -> Iterable[Extension]:
    for url in own:
        path = url.partition("?")[0]
        hit = rule.asset.search(path)
        if hit is None or hit["name"].lower() in rule.core:
            continue
        parts = hit.groupdict()
        file = rule.manifest.format(name=parts["name"], group=parts.get("group") or NO_GROUP)
        manifest = f"{path[: hit.start()]}/{file}" if file else ""
        yield Extension(rule.product, rule.kind, hit["name"], url, manifest=manifest)


def _by_address(extension: Extension, rule: ExtensionRule, own: Iterable[str], product: Product) -> Extension:
    if rule.query is None:
        return extension
    hits = (rule.query.search(url) for url in own)
    numbers = {hit["version"] for hit in hits if hit and hit["name"].lower() == extension.name.lower()}
    of_product = {c.text for c in product.claims if c.precision is Precision.EXACT}
    if len(numbers) != 1 or numbers <= of_product:
        return extension
    return replace(extension, version=numbers.pop(), method=ADDRESS)


def _manifests(fetches: Iterable[Fetch]) -> Mapping[str, Seen]:
    """Manifests by address; contents that several names or a name nobody can have gave are left out."""
    seen = [seen_of(f, f.exchanges[0].url) for f in fetches if f.purpose in (EXTENSION, CANARY)]
    marks = [s.mark for s in seen if s.mark]
    return {
        s.url: s
        for s in seen
        if s.purpose == EXTENSION and s.is_file and (not s.mark or marks.count(s.mark) == 1)
    }


def _by_manifest(extension: Extension, rule: ExtensionRule | None, read: Mapping[str, Seen]) -> Extension:
    seen = read.get(extension.manifest)
    hit = rule.number.search(seen.text) if rule and rule.number and seen else None
    if hit is None or seen is None:
        return extension
    saw = around(seen.text, hit["version"])
    return replace(extension, version=hit["version"], method=MANIFEST, saw=saw)
