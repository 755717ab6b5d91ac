"""Hand-made certificates and TLS answers for the examples of checks: small, invented, under .example."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from scanner.identify.certificates import Certificates, PresentedChain, place
from scanner.identify.revocation import Staple, StapleState
from scanner.identify.revoked import Revocation, RevocationState
from scanner.identify.timestamps import EMBEDDED, Stamp, StampSeen
from scanner.identify.trust import Trust, TrustState
from scanner.model.check import Example
from scanner.model.evidence import Answer, ExchangeSeen, Missing, Offer, TlsEndpoint, TlsEvidence, Why
from scanner.parse.certificate import CertificateFacts

HOST = "so.example"
ADDRESS = "203.0.113.7"
OTHER_ADDRESS = "203.0.113.8"
PRIVATE_ADDRESS = "10.0.0.7"
SEEN_AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
TRUSTED = Trust(TrustState.TRUSTED_PUBLIC, anchor="CN=Example Root")
PRIVATELY_TRUSTED = Trust(TrustState.TRUSTED_PRIVATE, anchor="ca-tinh.pem: CN=CA tinh Mau")
SELF_SIGNED = Trust(TrustState.SELF_SIGNED, "CN=localhost")
UNTRUSTED = Trust(TrustState.UNTRUSTED, "unknown issuer: CN=Somebody")
INCOMPLETE = Trust(TrustState.INCOMPLETE, "not sent: CN=Example Issuing (http://pki.example/issuing.crt)")
PROVEN_INCOMPLETE = Trust(
    TrustState.INCOMPLETE,
    INCOMPLETE.reason,
    anchor="CN=Example Root",
    supplied=("http://pki.example/issuing.crt",),
)
MALFORMED = Trust(TrustState.ERROR, "certificate 1: error parsing asn1 value")
GOOD_STAPLE = Staple(StapleState.GOOD, "2026-11-21T02:00:00Z - 2026-11-28T02:00:00Z")
REVOKED_STAPLE = Staple(
    StapleState.REVOKED,
    "2026-11-21T02:00:00Z - 2026-11-28T02:00:00Z",
    revoked_at=datetime(2026, 11, 20, 2, 0, tzinfo=UTC),
    reason="keyCompromise",
)
CRL = "http://pki.example/issuing.crl"
VERSIONS = ("TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1.0", "SSLv3", "SSLv2")


# ---- certificates ------------------------------------------------------------------------------------------


def leaf(
    *,
    days_left: float = 60,
    lifetime_days: float = 90,
    names: tuple[str, ...] = (HOST,),
    key: tuple[str, int] = ("EC", 256),
    digest: str = "sha256",
    exponent: int = 0,
    timestamps: int = 2,
    is_must_staple: bool = False,
    responder: str = "",
    issued_days_ago: float | None = None,
    weakness: str = "",
) -> CertificateFacts:
    """A server certificate that ends so many days after the fixed moment of all examples."""
    if issued_days_ago is not None:
        days_left = lifetime_days - issued_days_ago
    not_after = SEEN_AT + timedelta(days=days_left)
    return CertificateFacts(
        sha256="5f" * 32,
        serial="2a",
        subject=f"CN={names[0] if names else HOST}",
        issuer="CN=Example Issuing",
        not_before=not_after - timedelta(days=lifetime_days),
        not_after=not_after,
        common_name=names[0] if names else HOST,
        dns_names=names,
        key_type=key[0],
        key_bits=key[1],
        curve="secp256r1" if key == ("EC", 256) else "",
        rsa_exponent=exponent or (65537 if key[0] == "RSA" else 0),
        signature_hash=digest,
        spki_sha256="c0" * 32,
        sct_count=timestamps,
        is_must_staple=is_must_staple,
        ocsp_urls=(responder,) if responder else (),
        weakness=weakness,
    )


def issuer(
    *,
    key: tuple[str, int] = ("RSA", 4096),
    digest: str = "sha256",
    is_root: bool = False,
    name: str = "CN=Example Issuing",
    weakness: str = "",
) -> CertificateFacts:
    """An authority's certificate."""
    facts = leaf(days_left=1000, lifetime_days=2000, names=(), key=key, digest=digest, weakness=weakness)
    above = name if is_root else "CN=Example Root"
    return replace(facts, subject=name, issuer=above, is_ca=True, is_self_issued=is_root)


def chain(
    certificate: CertificateFacts | None = None,
    *others: CertificateFacts,
    trust: Trust = TRUSTED,
    is_named: bool | None = True,
    address: str = ADDRESS,
    staple: Staple | None = None,
    logs_beside: int = 0,
    revocations: tuple[Revocation, ...] = (),
    stamps: tuple[tuple[str, str], ...] = (),
) -> PresentedChain:
    """One chain as an address sent it; without facts, a good one.

    `revocations` are what authorities say; without them, what the staple says. `stamps` are timestamps, each as
    (state, log).
    """
    found = certificate or leaf()
    return PresentedChain(
        (place(address, 443),),
        "TLSv1.3",
        found,
        others or (issuer(),),
        trust,
        is_named,
        staple=staple or Staple(),
        sct_logs=logs_beside,
        revocations=revocations or (_by_staple(staple or Staple()),),
        stamps=tuple(StampSeen(Stamp(state), EMBEDDED, log) for state, log in stamps),
    )


def revocation(
    state: str, *, source: str = CRL, subject: str = f"CN={HOST}", missing: Missing | None = None
) -> Revocation:
    """What an authority says of one certificate: good, revoked, unknown, not-asked or nowhere."""
    is_revoked = state == "revoked"
    return Revocation(
        RevocationState(state),
        subject,
        "2a",
        source,
        "number 7, 2026-11-21T02:00:00Z - 2026-11-28T02:00:00Z" if state in ("good", "revoked") else "",
        datetime(2026, 11, 20, 2, 0, tzinfo=UTC) if is_revoked else None,
        "keyCompromise" if is_revoked else "",
        missing,
    )


def _by_staple(staple: Staple) -> Revocation:
    states = {StapleState.GOOD: RevocationState.GOOD, StapleState.REVOKED: RevocationState.REVOKED}
    state = states.get(staple.state, RevocationState.UNASKED)
    return Revocation(state, f"CN={HOST}", "2a", "staple", staple.detail, staple.revoked_at, staple.reason)


def unreadable() -> PresentedChain:
    """A chain whose leaf is no certificate."""
    told = ("certificate 1: error parsing asn1 value",)
    return PresentedChain((place(ADDRESS, 443),), "TLSv1.2", None, (), MALFORMED, None, told)


def certificates(*chains: PresentedChain, silent: tuple[str, ...] = ()) -> Certificates:
    """The chains of one host; `silent` addresses answered nothing."""
    unseen = tuple((place(address, 443), Missing(Why.TIMEOUT, "silent")) for address in silent)
    return Certificates(HOST, 443, chains or (chain(),), unseen)


# ---- versions ----------------------------------------------------------------------------------------------


def endpoint(
    *accepted: str, unknown: tuple[str, ...] = (), why: str = "throttled", address: str = ADDRESS
) -> TlsEndpoint:
    """An address that takes these versions and refuses the rest by alert 70, save those left unknown."""
    return TlsEndpoint(address, versions=tuple(_offer(v, accepted, unknown, why) for v in VERSIONS))


def _offer(version: str, accepted: tuple[str, ...], unknown: tuple[str, ...], why: str) -> Offer:
    if version in accepted:
        return Offer(version, Answer.ACCEPTED)
    if version in unknown:
        return Offer(version, Answer.UNKNOWN, why)
    return Offer(version, Answer.REJECTED, "alert 70 protocol_version")


def offering(
    *features: tuple[str, str, str],
    versions: tuple[str, ...] = ("TLSv1.2", "TLSv1.3"),
    groups: tuple[tuple[str, str], ...] = (),
    exchanges: tuple[ExchangeSeen, ...] = (),
    address: str = ADDRESS,
    listing: str = "verdict",
) -> TlsEndpoint:
    """An address with these features, each as (name, answer, detail), and groups as (name, answer)."""
    return replace(
        endpoint(*versions, address=address),
        features=tuple(Offer(name, Answer(answer), detail) for name, answer, detail in features),
        groups=tuple(Offer(name, Answer(answer)) for name, answer in groups),
        exchanges=exchanges,
        listing=listing,
    )


def dhe(bits: int, *, suite: str = "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", group: str = "") -> ExchangeSeen:
    """A Diffie-Hellman exchange of that size."""
    return ExchangeSeen("TLSv1.2", suite, "DHE", group, bits, 0x0804)


def signed(scheme: int, *, suite: str = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256") -> ExchangeSeen:
    """A key exchange of TLS 1.2 signed with that scheme."""
    return ExchangeSeen("TLSv1.2", suite, "ECDHE", "secp256r1", 256, scheme)


def silent_endpoint(address: str = OTHER_ADDRESS) -> TlsEndpoint:
    """An address that accepts connections and says nothing."""
    return TlsEndpoint(address, missing=Missing(Why.TIMEOUT, "silent"))


def closed_endpoint(address: str = OTHER_ADDRESS) -> TlsEndpoint:
    """An address where nothing listens."""
    return TlsEndpoint(address, missing=Missing(Why.REFUSED, "connect: refused"))


def tls(*endpoints: TlsEndpoint) -> TlsEvidence:
    """The answers of one host."""
    return TlsEvidence(HOST, 443, endpoints)


def class_examples(feature: str, proof: str) -> tuple[Example, ...]:
    """What a check on a class of bad suites must say; `proof` names a suite of it."""
    return (
        Example("one suite of the class is taken", tls(offering((feature, "accepted", proof))), "fail"),
        Example(
            "the whole class is refused",
            tls(offering((feature, "rejected", "alert 40 handshake_failure"))),
            "pass",
        ),
        *_shared_examples(feature, good="rejected", bad="accepted"),
        Example(
            "old versions throttled, so never asked",
            tls(endpoint("TLSv1.3", unknown=("TLSv1.2",))),
            "unknown",
        ),
        Example("TLS 1.3 alone", tls(endpoint("TLSv1.3")), "pass"),
    )


def wanted_class_examples(feature: str, proof: str) -> tuple[Example, ...]:
    """What a check on a class of good suites must say; `proof` names a suite of it."""
    return (
        Example(
            "every suite of the class is refused",
            tls(offering((feature, "rejected", "alert 40 handshake_failure"))),
            "fail",
        ),
        Example("a suite of the class is taken", tls(offering((feature, "accepted", proof))), "pass"),
        *_shared_examples(feature, good="accepted", bad="rejected"),
        Example(
            "old versions throttled, so never asked",
            tls(endpoint("TLSv1.3", unknown=("TLSv1.2",))),
            "notapplicable",
        ),
        Example("TLS 1.3 alone", tls(endpoint("TLSv1.3")), "notapplicable"),
    )


def _shared_examples(feature: str, *, good: str, bad: str) -> tuple[Example, ...]:
    return (
        Example(
            "one of two addresses",
            tls(offering((feature, good, "")), offering((feature, bad, ""), address=OTHER_ADDRESS)),
            "fail",
        ),
        Example("throttled before it was asked", tls(offering((feature, "unknown", "throttled"))), "unknown"),
        Example(
            "a second address is silent", tls(offering((feature, good, "")), silent_endpoint()), "unknown"
        ),
        Example("evidence that never asked", tls(endpoint("TLSv1.2", "TLSv1.3")), "notapplicable"),
    )
