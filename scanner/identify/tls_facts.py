"""What each address of a host said in TLS, as JSON: the part `facts.tls` of documents."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from scanner.identify.certificates import Certificates, PresentedChain, certificates_of, place
from scanner.identify.grade_labs import labs
from scanner.identify.grade_mozilla import INTERMEDIATE, MODERN, mozilla
from scanner.identify.grade_ncsc import ncsc
from scanner.identify.tls_reading import Reading, spoken_of
from scanner.model.evidence import ChainSeen, Evidence, Missing, PkiEvidence, TlsEndpoint
from scanner.model.reference import Reference
from scanner.parse.certificate import CertificateError, CertificateFacts, read_certificate
from scanner.parse.tls_names import scheme_name

NAMES_SHOWN = 100


def tls_facts(evidence: Evidence, ref: Reference) -> dict[str, Any]:
    """What each address said, as JSON: versions with state, chains with trust, or why nothing was seen."""
    tls = evidence.tls
    if isinstance(tls, Missing):
        return {"missing": tls.why.value, "detail": tls.detail}
    read = certificates_of(evidence, ref)
    chains = read.chains if isinstance(read, Certificates) else ()
    return {
        "host": tls.host,
        "port": tls.port,
        "fetched": _fetched_facts(evidence.pki),
        "endpoints": [
            _endpoint_facts(e, place(e.address, tls.port), chains, evidence) for e in tls.endpoints
        ],
    }


def readings_of(endpoint: TlsEndpoint, chains: Sequence[PresentedChain], at: datetime) -> tuple[Reading, ...]:
    """Every reading of one address; `chains` are those it sent."""
    spoken = spoken_of(endpoint, chains)
    return mozilla(spoken, INTERMEDIATE), mozilla(spoken, MODERN), ncsc(spoken), labs(spoken, at=at)


def _endpoint_facts(
    endpoint: TlsEndpoint, where: str, chains: Sequence[PresentedChain], evidence: Evidence
) -> dict[str, Any]:
    if endpoint.missing:
        return {
            "address": endpoint.address,
            "missing": endpoint.missing.why.value,
            "detail": endpoint.missing.detail,
            "connections": endpoint.connections,
        }
    sent = [c for c in chains if where in c.where]
    return {
        "address": endpoint.address,
        "listing": endpoint.listing,
        "listed": list(endpoint.listed),
        "versions": {o.name: _offer(o.answer.value, o.detail) for o in endpoint.versions or ()},
        "features": {o.name: _offer(o.answer.value, o.detail) for o in endpoint.features},
        "suites": {version: [o.name for o in offers] for version, offers in endpoint.suites},
        "groups": {o.name: _offer(o.answer.value, o.detail) for o in endpoint.groups},
        "exchanges": [
            {
                "version": x.version,
                "suite": x.suite,
                "kind": x.kind,
                "group": x.group,
                "bits": x.bits,
                "signature_scheme": scheme_name(x.scheme) if x.scheme else "",
            }
            for x in endpoint.exchanges
        ],
        "stapled": endpoint.staple is not None,
        "timestamps_lists": len(endpoint.scts),
        "chains": [_chain_facts(c) for c in sent],
        "authentications": sorted({c.authentication for c in endpoint.chains if c.authentication}),
        "other_names": [_other_name(about, seen) for about, seen in endpoint.by_name],
        "readings": [
            {"name": r.name, "version": r.version, "result": r.result, "because": list(r.because)}
            for r in readings_of(endpoint, sent, evidence.seen_at)
        ],
        "connections": endpoint.connections,
    }


def _fetched_facts(pki: PkiEvidence | Missing) -> list[dict[str, Any]]:
    """What addresses inside certificates gave: the digest of the content, or why there is none."""
    if isinstance(pki, Missing):
        return []
    return [
        {
            "purpose": f.purpose,
            "url": f.url,
            "fetched_at": f.fetched_at.isoformat(),
            "sha256": "" if isinstance(f.content, Missing) else sha256(f.content).hexdigest(),
            "bytes": 0 if isinstance(f.content, Missing) else len(f.content),
            "missing": f.content.why.value if isinstance(f.content, Missing) else "",
            "detail": f.content.detail if isinstance(f.content, Missing) else "",
        }
        for f in pki.fetched
    ]


def _other_name(about: str, seen: ChainSeen) -> dict[str, Any]:
    """The certificate shown to a visitor who names no host, or one the server does not have."""
    try:
        leaf = read_certificate(seen.certificates[0])
    except CertificateError as error:
        return {"question": about, "version": seen.version, "sha256": "", "names": [], "detail": str(error)}
    names = list((*leaf.dns_names, *leaf.ip_names)[:NAMES_SHOWN])
    return {"question": about, "version": seen.version, "sha256": leaf.sha256, "names": names}


def _offer(answer: str, detail: str) -> dict[str, str]:
    return {"answer": answer, "detail": detail} if detail else {"answer": answer}


def _chain_facts(chain: PresentedChain) -> dict[str, Any]:
    shown = (chain.leaf, *chain.others) if chain.leaf else chain.others
    return {
        "version": chain.version,
        "name_matches": chain.is_named,
        "trust": {
            "state": chain.trust.state.value,
            "reason": chain.trust.reason,
            "anchor": chain.trust.anchor,
            "remark": chain.trust.remark,
        },
        "certificates": [_certificate_facts(c) for c in shown],
        "supplied": list(chain.trust.supplied),
        "revocation": [
            {
                "subject": r.subject,
                "serial": r.serial,
                "state": r.state.value,
                "source": r.source,
                "detail": r.detail or (r.missing.detail if r.missing else ""),
                "missing": r.missing.why.value if r.missing else "",
                "revoked_at": r.revoked_at.isoformat() if r.revoked_at else None,
                "reason": r.reason,
            }
            for r in chain.revocations
        ],
        "staple": {"state": chain.staple.state.value, "detail": chain.staple.detail},
        "timestamps_beside": chain.sct_logs,
        "timestamps": [
            {"state": s.state.value, "place": s.place, "log": s.log, "operator": s.operator}
            for s in chain.stamps
        ],
        "unreadable": list(chain.unreadable),
        "truncated": chain.truncated,
    }


def _certificate_facts(facts: CertificateFacts) -> dict[str, Any]:
    names = (*facts.dns_names, *facts.ip_names)
    return {
        "sha256": facts.sha256,
        "serial": facts.serial,
        "subject": facts.subject,
        "issuer": facts.issuer,
        "names": list(names[:NAMES_SHOWN]),
        "names_left_out": max(0, len(names) - NAMES_SHOWN),
        "not_before": facts.not_before.isoformat(),
        "not_after": facts.not_after.isoformat(),
        "key": {
            "type": facts.key_type,
            "bits": facts.key_bits,
            "curve": facts.curve,
            "exponent": facts.rsa_exponent,
            "weakness": facts.weakness,
        },
        "signature_hash": facts.signature_hash,
        "spki_sha256": facts.spki_sha256,
        "is_ca": facts.is_ca,
        "timestamps": facts.sct_count,
        "must_staple": facts.is_must_staple,
        "faults": list(facts.faults),
    }
