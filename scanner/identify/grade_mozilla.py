"""Mozilla's Server Side TLS guidelines 6.0 (2026-04-06): an address must take nothing beyond a profile.

By the rule of the peers: what is supported minus what is allowed must be empty, so fewer features pass. The
profiles' HSTS and stapling are told by http.hsts-short and tls.ocsp-staple-missing.
"""

from collections.abc import Iterator
from datetime import timedelta

from scanner.identify.certificates import PresentedChain
from scanner.identify.tls_reading import Reading, Spoken, settled

NAME, VERSION = "mozilla", "6.0"
SUITES13 = frozenset({"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"})
SUITES12 = frozenset(
    f"TLS_ECDHE_{key}_WITH_{cipher}"
    for key in ("ECDSA", "RSA")
    for cipher in ("AES_128_GCM_SHA256", "AES_256_GCM_SHA384", "CHACHA20_POLY1305_SHA256")
)
GROUPS = frozenset({"X25519MLKEM768", "x25519", "secp256r1", "secp384r1"})
CURVES = ("secp256r1", "secp384r1")
HASHES = ("sha256", "sha384", "sha512")
MODERN, INTERMEDIATE = "modern", "intermediate"
VERSIONS = {MODERN: frozenset({"TLSv1.3"}), INTERMEDIATE: frozenset({"TLSv1.2", "TLSv1.3"})}
LONGEST = {MODERN: timedelta(days=90), INTERMEDIATE: timedelta(days=366)}


def mozilla(spoken: Spoken, profile: str) -> Reading:
    """Whether an address conforms to the profile `modern` or `intermediate`: met, not-met or unknown."""
    faults = (*_transport(spoken, profile), *(f for c in spoken.chains for f in _certificate(c, profile)))
    return settled(f"{NAME}-{profile}", VERSION, spoken, faults=faults, met="met", lost="not-met")


def _transport(spoken: Spoken, profile: str) -> Iterator[str]:
    for version in sorted(spoken.versions - VERSIONS[profile]):
        yield f"version {version}"
    allowed = SUITES13 | SUITES12 if profile == INTERMEDIATE else SUITES13
    for suite in dict.fromkeys(s for _, s in spoken.suites if s not in allowed):
        yield f"suite {suite}"
    for group in spoken.groups:
        if group not in GROUPS:
            yield f"group {group}"
    if spoken.has("compression-deflate"):
        yield "compression"
    for feature in ("secure-renegotiation", "fallback-scsv", "extended-master-secret"):
        if spoken.lacks(feature):
            yield f"no {feature}"


def _certificate(chain: PresentedChain, profile: str) -> Iterator[str]:
    leaf = chain.leaf
    if leaf is None:
        yield "unreadable certificate"
        return
    is_ec = leaf.key_type == "EC" and leaf.curve in CURVES
    is_rsa = leaf.key_type == "RSA" and leaf.key_bits >= 2048 and profile == INTERMEDIATE
    if not is_ec and not is_rsa:
        yield f"key {leaf.key_type} {leaf.curve or leaf.key_bits}"
    if leaf.signature_hash not in HASHES:
        yield f"signature {leaf.signature_hash or 'without hash'}"
    if leaf.not_after - leaf.not_before > LONGEST[profile]:
        yield f"lifetime {(leaf.not_after - leaf.not_before).days} days"
    if not chain.trust.is_trusted or not chain.is_named:
        yield f"certificate {chain.trust.state.value if not chain.trust.is_trusted else 'name'}"
