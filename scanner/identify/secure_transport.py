"""Whether a site serves HTTPS, and whether browsers trust the page that came over it.

Absence is claimed only on proof: a refused port 443, or one that answers without TLS, beside a working port 80.
Silence proves nothing: the way to the port may be closed to us alone.
"""

from enum import StrEnum
from typing import NamedTuple

from scanner.identify.certificates import Certificates, PresentedChain, certificates_of
from scanner.identify.trust import TrustState
from scanner.model.evidence import Answer, Evidence, Fetch, Missing, Response, TlsEvidence, Why
from scanner.model.reference import Reference
from scanner.parse.tls_names import PLAIN_HTTP

FOREIGN = "no TLS:"  # how the prober begins when the first bytes of an answer are no TLS record


class Https(StrEnum):
    """What a visit knows about HTTPS on a site."""

    SERVED = "served"
    ABSENT = "absent"  # proven
    UNKNOWN = "unknown"


class HttpsState(NamedTuple):
    """The state; `why` it is absent or unknown."""

    state: Https
    why: Missing = Missing(Why.NOT_ASKED)


def https_of(evidence: Evidence) -> HttpsState:
    """What a visit knows about HTTPS on its site."""
    http = evidence.http
    if isinstance(http, Missing):
        return HttpsState(Https.UNKNOWN, http)
    secure = http.fetch("https")
    if _answered(secure) or _speaks_tls(evidence.tls):
        return HttpsState(Https.SERVED)
    if secure is None or not secure.exchanges:
        return HttpsState(Https.UNKNOWN, Missing(Why.NOT_ASKED, "https was not asked for"))
    first = secure.exchanges[0].response
    assert isinstance(first, Missing)
    if not _answered(http.fetch("http")):
        return HttpsState(Https.UNKNOWN, first)
    proof = _proof_of_absence(evidence.tls, first)
    return HttpsState(Https.ABSENT, proof) if proof else HttpsState(Https.UNKNOWN, first)


def certificate_trusted(evidence: Evidence, ref: Reference, *, host: str, peer_sha256: str) -> bool | None:
    """Whether browsers accept the certificate a page came with; None when the prober did not see that one."""
    if not isinstance(evidence.tls, TlsEvidence) or evidence.tls.host != host or not peer_sha256:
        return None
    read = certificates_of(evidence, ref)
    chains = read.chains if isinstance(read, Certificates) else ()
    opinions = [
        _is_accepted(chain, evidence) for chain in chains if chain.leaf and chain.leaf.sha256 == peer_sha256
    ]
    if not opinions or None in opinions:
        return None
    return all(opinions)


def _is_accepted(chain: PresentedChain, evidence: Evidence) -> bool | None:
    leaf = chain.leaf
    if leaf is None or chain.trust.state is TrustState.ERROR or chain.is_named is None:
        return None
    in_time = leaf.not_before <= evidence.seen_at <= leaf.not_after
    # many browsers fetch a missing link or remember it, so an incomplete chain says neither yes nor no
    if chain.trust.state is TrustState.INCOMPLETE and in_time and chain.is_named:
        return None
    return in_time and chain.is_named and chain.trust.is_trusted


def _answered(fetch: Fetch | None) -> bool:
    return fetch is not None and bool(fetch.exchanges) and isinstance(fetch.exchanges[0].response, Response)


def _speaks_tls(tls: TlsEvidence | Missing) -> bool:
    if isinstance(tls, Missing):
        return False
    offers = (offer for endpoint in tls.endpoints for offer in endpoint.versions or ())
    return any(offer.answer is Answer.ACCEPTED for offer in offers) or any(e.chains for e in tls.endpoints)


def _proof_of_absence(tls: TlsEvidence | Missing, seen_by_client: Missing) -> Missing | None:
    """What proves that nothing serves TLS: a refusal, or no address that answers with it.

    A handshake that fails is no proof: the server may speak TLS and dislike the name or the question.
    """
    if seen_by_client.why is Why.REFUSED:
        return seen_by_client
    if isinstance(tls, Missing) or not tls.endpoints:
        return None
    reasons = [endpoint.missing for endpoint in tls.endpoints]
    if not all(reason is not None and _is_proof(reason) for reason in reasons):
        return None
    # an address that answers in the wrong language tells more than one that is closed
    return next((r for r in reasons if r and r.why is not Why.REFUSED), reasons[0])


def _is_proof(reason: Missing) -> bool:
    return reason.why is Why.REFUSED or reason.detail == PLAIN_HTTP or reason.detail.startswith(FOREIGN)
