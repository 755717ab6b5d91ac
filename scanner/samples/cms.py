"""Hand-made platforms and visits for the examples of checks: small, invented, under .example."""

from datetime import UTC, datetime

from scanner.identify.components import components_of
from scanner.identify.libraries import LibraryUse
from scanner.identify.login import Door
from scanner.identify.platform import Platform
from scanner.identify.products import Certainty, Claim, Clue, Precision, Product
from scanner.model.agency import Lifecycle
from scanner.model.evidence import (
    Body,
    DnsAnswer,
    DnsEvidence,
    DnsState,
    End,
    Evidence,
    Exchange,
    Fetch,
    Headers,
    HttpEvidence,
    Missing,
    Response,
    Target,
    Why,
)

HOST = "so.example"
URL = f"https://{HOST}/"
SEEN_AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)  # the moment of scanner.samples
NAMES = {
    "joomla": "Joomla",
    "wordpress": "WordPress",
    "drupal": "Drupal",
    "nukeviet": "NukeViet",
    "typo3": "TYPO3",
    "moodle": "Moodle",
    "sharepoint": "SharePoint",
    "vnpt-portal": "VNPT Portal",
}


# ---- platforms ---------------------------------------------------------------------------------------


def site(
    *products: Product,
    headers: Headers = (),
    libraries: tuple[LibraryUse, ...] = (),
    door: Door | None = None,
) -> Platform:
    """A page that was read and betrays these products; `headers` name the server's components."""
    return Platform(
        url=URL, products=products, components=components_of(headers), libraries=libraries, door=door
    )


def door(
    path: str, *, status: int = 200, is_open: bool | None = None, why: Why = Why.NOT_ASKED, saw: str = ""
) -> Door:
    """What the usual login of Joomla answered."""
    return Door("joomla", "Joomla", f"{URL}{path}", status, is_open, saw, Missing(why))


def library(key: str, name: str, version: str) -> LibraryUse:
    """A script library loaded from an address that names its release."""
    return LibraryUse(key, name, version, f"{URL}js/{key}-{version}.min.js")


def product(key: str, *claims: Claim, certainty: Certainty = Certainty.CERTAIN) -> Product:
    """A product with its claims; the clues follow from the claims."""
    clues = tuple(Clue(c.method, c.source, c.saw, is_strong=c.method != "footer") for c in claims)
    return Product(key, NAMES[key], certainty, clues or (Clue("asset", URL, "/media/"),), claims)


def stated(
    number: str, saw: str, precision: Precision = Precision.LINE, lines: tuple[str, ...] = ()
) -> Claim:
    """What a generator line says."""
    return Claim(number, precision, "generator", URL, saw, lines)


def exact(number: str, saw: str, method: str = "generator") -> Claim:
    """A release the software printed itself."""
    return Claim(number, Precision.EXACT, method, URL, saw)


def by_files(*candidates: str, or_later: bool = False) -> Claim:
    """What hashes of files leave."""
    text = (
        candidates[0] if len(candidates) == 1 else f"{candidates[0]}–{candidates[-1]}" if candidates else ""
    )
    return Claim(
        text + ("+" if or_later else ""),
        Precision.FILES,
        "files",
        URL,
        "media/system/js/core.js 0123456789abcdef; htaccess.txt fedcba9876543210",
        is_printed=False,
        candidates=candidates,
        or_later=or_later,
    )


def declared(number: str, saw: str) -> Claim:
    """What a person typed into the footer."""
    return Claim(number, Precision.DECLARED, "footer", URL, saw)


def implied(*lines: str, saw: str) -> Claim:
    """Release lines that follow from an asset path."""
    return Claim("", Precision.IMPLIED, "asset", f"{URL.rstrip('/')}{saw}", saw, lines, is_printed=False)


def at_least(line: str, saw: str) -> Claim:
    """A lower bound that follows from what was seen."""
    return Claim(line, Precision.AT_LEAST, "asset", URL, saw, is_printed=False)


# ---- visits ------------------------------------------------------------------------------------------


def answer(
    status: int = 200, html: str = "<title>Trang chủ</title><p>Tin tức</p>", headers: Headers = ()
) -> Response:
    """One answer of a server."""
    body = html.encode()
    typed = (("Content-Type", "text/html; charset=utf-8"), *headers)
    return Response(status, typed, Body(body, "0" * 64, len(body)))


def visit(
    http: Response | Missing,
    https: Response | Missing,
    *,
    dns: DnsState = DnsState.VALUE,
    declared: Lifecycle = Lifecycle.ACTIVE,
    end: End = End.FINAL,
    host: str = HOST,
) -> Evidence:
    """A visit that asked over both schemes; answers came from `host`, and their fetches ended in `end`."""
    fetches = tuple(
        Fetch(
            purpose=scheme,
            exchanges=(Exchange(f"{scheme}://{host}/", said, address="192.0.2.10"),),
            end=End.FAILED if isinstance(said, Missing) else end,
        )
        for scheme, said in (("http", http), ("https", https))
    )
    return Evidence(
        site_id="mau",
        target=Target(HOST),
        seen_at=SEEN_AT,
        declared=declared,
        dns=names(dns),
        http=HttpEvidence(fetches),
    )


def unresolved(dns: DnsState, *, declared: Lifecycle = Lifecycle.ACTIVE) -> Evidence:
    """A visit that ended at the name: nothing could be asked over HTTP."""
    return Evidence(
        site_id="mau",
        target=Target(HOST),
        seen_at=SEEN_AT,
        declared=declared,
        dns=names(dns),
        http=Missing(Why.DNS, dns.value),
    )


def names(state: DnsState) -> DnsEvidence:
    """The answers for both kinds of address."""
    found = {"A": ("192.0.2.10",)} if state is DnsState.VALUE else {}
    answers = tuple(
        DnsAnswer(HOST, kind, state if kind in found or not found else DnsState.ABSENT, found.get(kind, ()))
        for kind in ("A", "AAAA")
    )
    return DnsEvidence(answers, addresses=found.get("A", ()))
