"""What the servers of a site showed as their certificates: the view of all certificate checks, and its facts.

One `PresentedChain` per distinct chain, whichever addresses sent it. Path, name and dates are separate facts,
so that each fault is told by one check.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from scanner.identify.once import once
from scanner.identify.revocation import Staple, StapleState, staple_of
from scanner.identify.revoked import Ask, Revocation, next_ask, revocations_of, told_by
from scanner.identify.timestamps import StampSeen, stamps_of
from scanner.identify.trust import Trust, TrustState, trust_with
from scanner.model.check import NotApplicable
from scanner.model.evidence import (
    ChainSeen,
    Evidence,
    HttpEvidence,
    Missing,
    PkiEvidence,
    Response,
    TlsEndpoint,
    TlsEvidence,
    Why,
)
from scanner.model.reference import Reference
from scanner.parse.certificate import CertificateError, CertificateFacts, read_certificate
from scanner.parse.certificate_url import fetchable
from scanner.parse.issuers import issuers_in
from scanner.parse.sct import log_ids
from scanner.parse.server_name import is_named
from scanner.parse.tls_names import PLAIN_HTTP

CHAIN_LIMIT = 10
ISSUERS_MOST = 2  # addresses of one missing issuer
NOBODY_HOME = frozenset({Why.REFUSED, Why.NOT_ASKED, Why.OUT_OF_SCOPE})
"""Reasons that say nothing serves TLS at an address, or that it was not ours to ask."""


@dataclass(frozen=True, slots=True)
class PresentedChain:
    """One chain as sent, and what follows from it without knowing today's date."""

    where: tuple[str, ...]  # endpoints "address:port" that sent it
    version: str
    leaf: CertificateFacts | None  # None when it cannot be read
    others: tuple[CertificateFacts, ...]
    trust: Trust
    is_named: bool | None  # None when its names cannot be read
    unreadable: tuple[str, ...] = ()
    truncated: bool = False
    staple: Staple = field(default_factory=Staple)
    sct_logs: int = 0  # timestamps of different logs sent beside the certificate
    stamps: tuple[StampSeen, ...] = ()  # every timestamp, inside and beside, with what it is worth
    revocations: tuple[Revocation, ...] = ()  # of each certificate of the path but the anchor, leaf first


@dataclass(frozen=True, slots=True)
class Certificates:
    """All chains of one host and port, and the addresses that showed none."""

    host: str
    port: int
    chains: tuple[PresentedChain, ...]
    unseen: tuple[tuple[str, Missing], ...] = ()  # endpoints and why; those where nothing serves are left out


def tls_of(evidence: Evidence, _ref: Reference) -> TlsEvidence | Missing | NotApplicable:
    """The TLS part when at least one address spoke TLS; otherwise why nothing can be judged.

    Not applicable: nothing serves TLS, but the site answers over plain http (that is http.https-missing).
    """
    tls = evidence.tls
    if isinstance(tls, Missing):
        return tls
    if any(endpoint.missing is None for endpoint in tls.endpoints):
        return tls
    reasons = [e.missing for e in tls.endpoints if e.missing]
    if not reasons:
        return Missing(Why.NOT_ASKED, "no address")
    absent = all(r.why in NOBODY_HOME or r.detail == PLAIN_HTTP for r in reasons)
    if absent and _speaks_http(evidence.http):
        return NotApplicable(saw=f"{tls.host}:{tls.port}: {reasons[0].detail or reasons[0].why}")
    return next((r for r in reasons if r.why not in NOBODY_HOME), reasons[0])


@once
def certificates_of(evidence: Evidence, ref: Reference) -> Certificates | Missing | NotApplicable:
    """The certificates of a visit, read and traced to anchors; why not when there are none."""
    tls = tls_of(evidence, ref)
    if isinstance(tls, Missing | NotApplicable):
        return tls
    senders: dict[tuple[bytes, ...], list[tuple[TlsEndpoint, ChainSeen]]] = {}
    for endpoint in tls.endpoints:
        for chain in endpoint.chains:
            senders.setdefault(chain.certificates[:CHAIN_LIMIT], []).append((endpoint, chain))
    fetched = _issuers(evidence.pki)
    chains = tuple(
        _beside(
            presented(
                ders,
                host=tls.host,
                where=tuple(dict.fromkeys(place(e.address, tls.port) for e, _ in sent)),
                version=sent[0][1].version,
                truncated=sent[0][1].truncated,
                at=evidence.seen_at,
                ref=ref,
                fetched=fetched,
            ),
            ders,
            [e for e, _ in sent],
            evidence,
            ref,
        )
        for ders, sent in senders.items()
    )
    unseen = tuple((place(e.address, tls.port), why) for e in tls.endpoints if (why := _unseen(e)))
    if not chains:
        return unseen[0][1] if unseen else Missing(Why.TLS, "no certificate was sent")
    return Certificates(tls.host, tls.port, chains, unseen)


def presented(
    ders: Sequence[bytes],
    *,
    host: str,
    where: tuple[str, ...],
    version: str,
    at: datetime,
    ref: Reference,
    truncated: bool = False,
    fetched: Mapping[str, Sequence[bytes]] | None = None,
) -> PresentedChain:
    """One chain read: leaf first, what cannot be read named, path sought, name compared.

    `fetched`: what addresses of issuers gave.
    """
    facts: list[CertificateFacts | None] = []
    unreadable = []
    for number, der in enumerate(ders, 1):
        try:
            facts.append(read_certificate(der))
        except CertificateError as error:
            facts.append(None)
            unreadable.append(f"certificate {number}: {error}")
    leaf = facts[0] if facts else None
    return PresentedChain(
        where=where,
        version=version,
        leaf=leaf,
        others=tuple(f for f in facts[1:] if f),
        trust=trust_with(ders, fetched or {}, ref.anchors, at=at)
        if leaf
        else Trust(TrustState.ERROR, "".join(unreadable[:1])),
        is_named=_is_named(leaf, host),
        unreadable=tuple(unreadable),
        truncated=truncated,
    )


def next_address(evidence: Evidence, ref: Reference) -> Ask | None:
    """The next address inside certificates that is worth fetching, given what was fetched; None when all is said.

    Certificates for another host, and paths that end nowhere, are not asked about.
    """
    read = certificates_of(evidence, ref)
    pki = evidence.pki
    if not isinstance(read, Certificates) or isinstance(pki, Missing):
        return None
    for chain in read.chains:
        if chain.is_named is False:
            continue
        wanted = () if chain.trust.supplied else chain.trust.wanted
        asks = (Ask("issuer", url) for url in wanted[:ISSUERS_MOST] if fetchable(url))
        ask = next((a for a in asks if pki.get(*a) is None), None)
        if ask := ask or next_ask(chain.trust.path, chain.staple, pki, at=evidence.seen_at):
            return ask
    return None


def _issuers(pki: PkiEvidence | Missing) -> dict[str, tuple[bytes, ...]]:
    """By address, the certificates of issuers it gave."""
    if isinstance(pki, Missing):
        return {}
    read = {
        f.url: issuers_in(f.content)
        for f in pki.fetched
        if f.purpose == "issuer" and isinstance(f.content, bytes)
    }
    return {url: ders for url, ders in read.items() if ders}


def _beside(
    chain: PresentedChain,
    ders: Sequence[bytes],
    senders: Sequence[TlsEndpoint],
    evidence: Evidence,
    ref: Reference,
) -> PresentedChain:
    """The chain with what its servers sent beside it: the staple, the timestamps; and what authorities say of it.

    A server with two chains staples for one of them; a response about another certificate is then no fault.
    """
    at = evidence.seen_at
    staple = next((e.staple for e in senders if e.staple), None)
    read = staple_of(staple, chain.leaf, (*ders, *chain.trust.path[1:]), at=at)
    if read.state is StapleState.FOREIGN and any(len(e.chains) > 1 for e in senders):
        read = Staple()
    logs = {log for e in senders for data in e.scts for log in log_ids(data)}
    revocations = revocations_of(chain.trust.path, read, evidence.pki, at=at) or told_by(read, chain.leaf)
    known = (*ders, *chain.trust.path[1:])
    stamps = stamps_of(known, [data for e in senders for data in e.scts], ref.ct_logs)
    return replace(chain, staple=read, sct_logs=len(logs), revocations=revocations, stamps=stamps)


def place(address: str, port: int) -> str:
    """An endpoint as people write it."""
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def _is_named(leaf: CertificateFacts | None, host: str) -> bool | None:
    if leaf is None or any(f.startswith(("extensions", "subjectAltName")) for f in leaf.faults):
        return None
    return is_named(host, dns_names=leaf.dns_names, ip_names=leaf.ip_names)


def _unseen(endpoint: TlsEndpoint) -> Missing | None:
    """Why an address that may serve citizens showed no certificate."""
    if endpoint.missing:
        return None if endpoint.missing.why in NOBODY_HOME else endpoint.missing
    return None if endpoint.chains else Missing(Why.TLS, "no certificate was sent")


def _speaks_http(http: HttpEvidence | Missing) -> bool:
    if isinstance(http, Missing):
        return False
    exchanges = (e for f in http.fetches for e in f.exchanges)
    return any(e.url.startswith("http://") and isinstance(e.response, Response) for e in exchanges)
