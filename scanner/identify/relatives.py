"""Hosts that seem to belong to the same body as the site: seen in links, redirects, certificates and DNS.

Nothing is asked of them: they are what an officer checks against the inventory. Related is a host of the same
registrable domain; an official host whose own name holds that of the domain (haiduongdost beside haiduong); and
an official host named in the site's certificate.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from scanner.identify.certificates import Certificates, certificates_of
from scanner.identify.kinship import host_in, is_below
from scanner.identify.page import Page, page_of
from scanner.model.evidence import DnsAnswer, DnsEvidence, DnsState, Evidence, Missing
from scanner.model.reference import Reference
from scanner.parse.suffix import registrable

POINTING = (
    "CNAME",
    "MX",
)  # records of hosts people may open: mail servers show webmail, name servers nothing
NAME_LETTERS = 5  # of a domain's own label, before another name that holds it is more than chance
LIMIT = 200


@dataclass(frozen=True, slots=True)
class Relative:
    """One host and what showed it: link, redirect, certificate or dns."""

    host: str
    sign: str


def relatives_of(evidence: Evidence, ref: Reference) -> tuple[Relative, ...]:
    """Every related host of a visit with each of its signs, sorted; the site itself left out."""
    own = evidence.target.host
    domain = registrable(own, ref.suffixes)
    if domain is None:
        return ()
    itself = {own, f"www.{own}", own.removeprefix("www.")}
    found = {
        relative
        for relative in _seen(evidence, ref)
        if relative.host not in itself and _is_related(relative, domain, ref)
    }
    return tuple(sorted(found, key=lambda r: (r.host, r.sign)))[:LIMIT]


def relatives_facts(evidence: Evidence, ref: Reference) -> list[dict[str, Any]]:
    """The same for documents: each host once, with its signs."""
    signs: dict[str, list[str]] = {}
    for relative in relatives_of(evidence, ref):
        signs.setdefault(relative.host, []).append(relative.sign)
    return [{"host": host, "signs": told} for host, told in signs.items()]


def _is_related(relative: Relative, domain: str, ref: Reference) -> bool:
    name = registrable(relative.host, ref.suffixes)
    if name is None:
        return False
    if name == domain:
        return True
    if not is_below(name, ref.lexicon.official):
        return False
    label = domain.partition(".")[0]
    return relative.sign == "certificate" or (
        len(label) >= NAME_LETTERS and label in name.partition(".")[0].replace("-", "")
    )


def _seen(evidence: Evidence, ref: Reference) -> Iterator[Relative]:
    yield from (Relative(host, "link") for host in _linked(evidence, ref))
    yield from (Relative(host, "redirect") for host in _on_the_way(evidence))
    read = certificates_of(evidence, ref)
    leaves = (chain.leaf for chain in read.chains) if isinstance(read, Certificates) else ()
    names = (name for leaf in leaves if leaf is not None for name in leaf.dns_names)
    yield from (Relative(name.lower(), "certificate") for name in names if "*" not in name)
    dns = evidence.dns
    if isinstance(dns, DnsEvidence):
        yield from (Relative(host, "dns") for host in _pointed_at((*dns.answers, *dns.zone)))


def _linked(evidence: Evidence, ref: Reference) -> set[str]:
    page = page_of(evidence, ref)
    if not isinstance(page, Page):
        return set()
    urls = [*(link.url for link in page.html.links), *(asset.url for asset in page.html.assets)]
    urls += [form.url for form in page.html.forms]
    return {host for url in urls if (host := host_in(url))}


def _on_the_way(evidence: Evidence) -> set[str]:
    if isinstance(evidence.http, Missing):
        return set()
    return {host_in(exchange.url) for fetch in evidence.http.fetches for exchange in fetch.exchanges}


def _pointed_at(answers: Iterable[DnsAnswer]) -> set[str]:
    """Targets of the records; text of the wire, so only what looks like a name below a domain stays."""
    values = (
        record.split()[-1].rstrip(".").lower()
        for answer in answers
        if answer.rrtype in POINTING and answer.state is DnsState.VALUE
        for record in answer.records
        if record.split()
    )
    return {value for value in values if "." in value}
