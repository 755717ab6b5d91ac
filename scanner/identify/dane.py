"""What the DNS says of the certificate of a site (TLSA, RFC 6698 and 7671), beside what its servers showed."""

from collections.abc import Sequence
from dataclasses import dataclass

from scanner.identify.certificates import Certificates, certificates_of, place
from scanner.identify.dns_book import VALIDATED
from scanner.identify.dnssec import Signing
from scanner.identify.trust import Trust, TrustState, trust_of
from scanner.identify.zone import subject_of, zone_of
from scanner.model.check import NotApplicable
from scanner.model.evidence import DnsAnswer, Evidence, Missing, TlsEvidence
from scanner.model.reference import Reference
from scanner.parse.tlsa import DANE_EE, DANE_TA, PKIX_EE, Tlsa, read_tlsa

PORT = 443


@dataclass(frozen=True, slots=True)
class DaneChain:
    """One chain as sent, and the record that names a certificate of it; empty when none does."""

    where: str
    named_by: str = ""


@dataclass(frozen=True, slots=True)
class Dane:
    """The TLSA records of a host and what they say of each chain. `seen` is why there are no chains to compare."""

    answer: DnsAnswer
    is_secure: bool = False  # the resolver proved it by DNSSEC; without that nobody may use it
    usable: tuple[str, ...] = ()
    chains: tuple[DaneChain, ...] = ()
    seen: Missing | NotApplicable | None = None
    unseen: tuple[tuple[str, Missing], ...] = ()


def dane_of(evidence: Evidence, ref: Reference) -> Dane | Missing | NotApplicable:
    """The view; not applicable where there is no domain or another port."""
    found = subject_of(evidence, ref)
    if isinstance(found, Missing | NotApplicable):
        return found
    answer = found[1].get(f"_{PORT}._tcp.{found[0].host}", "TLSA")
    zone = zone_of(evidence, ref) if answer.records else None
    if zone is None or isinstance(zone, Missing | NotApplicable):
        return Dane(answer)
    records = {line: record for line in answer.records if (record := read_tlsa(line))}
    secure = zone.dnssec.state is Signing.SECURE and VALIDATED in answer.flags
    read = certificates_of(evidence, ref)
    if not isinstance(read, Certificates) or not isinstance(evidence.tls, TlsEvidence):
        why = read if isinstance(read, Missing | NotApplicable) else None
        return Dane(answer, secure, tuple(records), seen=why)
    if read.port != PORT:
        return NotApplicable()
    chains = tuple(
        DaneChain(place(endpoint.address, PORT), _named_by(chain.certificates, records, evidence, ref))
        for endpoint in evidence.tls.endpoints
        for chain in endpoint.chains
    )
    return Dane(answer, secure, tuple(records), chains, unseen=read.unseen)


def _named_by(ders: Sequence[bytes], records: dict[str, Tlsa], evidence: Evidence, ref: Reference) -> str:
    trust = trust_of(ders, ref.anchors, at=evidence.seen_at)
    return next((line for line, record in records.items() if _fits(record, ders, trust)), "")


def _fits(record: Tlsa, ders: Sequence[bytes], trust: Trust) -> bool:
    """True when the record vouches for the chain (RFC 6698 section 2.1.1)."""
    if not ders:
        return False
    if record.usage == DANE_EE:
        return record.names(ders[0])
    if record.usage == DANE_TA:
        return any(record.names(der) for der in ders[1:])
    if trust.state is not TrustState.TRUSTED_PUBLIC:
        return False
    candidates = trust.path[:1] if record.usage == PKIX_EE else trust.path[1:]
    return any(record.names(der) for der in candidates)
