"""A grade in the style of the SSL Labs rating guide 2009r: score of three parts, then caps.

The hosted service simulates browsers and tests for bugs with probes we do not send, so its grade may differ. A+ needs
more than TLS and is not given. T stands for a certificate nobody trusts, M for one with another name.
"""

from collections.abc import Iterator
from datetime import datetime

from scanner.identify.certificates import PresentedChain
from scanner.identify.revoked import RevocationState
from scanner.identify.tls_reading import NOT_LISTED, UNKNOWN, Reading, Spoken
from scanner.identify.trust import TrustState
from scanner.parse.suite_kind import AEAD, FORWARD_SECRET, NO_PROTECTION, TRIPLE_DES, kinds_of, strength_bits

NAME, VERSION = "ssl-labs-style", "2009r"
PROTOCOLS = {"SSLv2": 0, "SSLv3": 80, "TLSv1.0": 90, "TLSv1.1": 95, "TLSv1.2": 100, "TLSv1.3": 100}
GRADES = ((80, "A"), (65, "B"), (50, "C"), (35, "D"), (20, "E"), (0, "F"))
ORDER = "ABCDEF"
LEAST_STRENGTH, BROKEN_KEY, WEAK_KEY = 112, 1024, 2048
RSA_STRENGTH = {224: 2048, 255: 3072, 256: 3072, 384: 7680, 448: 15360, 456: 15360, 521: 15360}
"""Bits of a curve -> bits of the RSA key that is as strong (NIST SP 800-57)."""


def labs(spoken: Spoken, *, at: datetime) -> Reading:
    """The grade of an address; T and M come before any letter."""
    if not spoken.is_listed or spoken.has_doubt or not spoken.versions or not spoken.chains:
        return Reading(NAME, VERSION, UNKNOWN, (NOT_LISTED,))
    faults = tuple(dict.fromkeys(f for chain in spoken.chains for f in _certificate(chain, at)))
    if any(f.startswith("T ") for f in faults):
        return Reading(NAME, VERSION, "T", faults)
    if faults:
        return Reading(NAME, VERSION, "M", faults)
    score = _score(spoken)
    letter = next(letter for least, letter in GRADES if score >= least)
    caps = _caps(spoken)
    worst = max((letter, *(cap for cap, _ in caps)), key=ORDER.index)
    because = tuple(f"{cap}: {why}" for cap, why in caps if cap == worst)
    return Reading(NAME, VERSION, worst, because or (f"score {score:.0f}",))


def _score(spoken: Spoken) -> float:
    protocols = [PROTOCOLS[v] for v in spoken.versions]
    ciphers = [_cipher_points(strength_bits(s)) for _, s in spoken.suites] or [0]
    exchange = _exchange_points(spoken)
    parts = (min(protocols), exchange, min(ciphers))
    if 0 in parts:
        return 0.0
    protocol = (max(protocols) + min(protocols)) / 2
    cipher = (max(ciphers) + min(ciphers)) / 2
    return 0.3 * protocol + 0.3 * exchange + 0.4 * cipher


def _cipher_points(bits: int) -> int:
    return next(points for least, points in ((256, 100), (128, 80), (1, 20), (0, 0)) if bits >= least)


def _exchange_points(spoken: Spoken) -> int:
    if any("_anon_" in suite for _, suite in spoken.suites):
        return 0
    if any("_EXPORT_" in suite for _, suite in spoken.suites):
        return 40
    bits = min(_key_strengths(spoken), default=2048)
    table = ((4096, 100), (2048, 90), (1024, 80), (512, 40), (0, 20))
    return next(points for least, points in table if bits >= least)


def _key_strengths(spoken: Spoken) -> Iterator[int]:
    for chain in spoken.chains:
        if chain.leaf and chain.leaf.key_bits:
            bits = chain.leaf.key_bits
            yield bits if chain.leaf.key_type in ("RSA", "DSA") else RSA_STRENGTH.get(bits, 1024)
    yield from (x.bits for x in spoken.exchanges if x.kind == "DHE" and x.bits)


def _certificate(chain: PresentedChain, at: datetime) -> Iterator[str]:
    leaf = chain.leaf
    if leaf is None or not (chain.trust.is_trusted or chain.trust.state is TrustState.INCOMPLETE):
        yield f"T {chain.trust.state.value}"
    if leaf is not None and not leaf.not_before <= at <= leaf.not_after:
        yield "T not in date"
    if any(one.state is RevocationState.REVOKED for one in chain.revocations):
        yield "T revoked"
    if leaf is not None and leaf.signature_hash in ("sha1", "md5", "md2"):
        yield f"T signature {leaf.signature_hash}"
    if chain.is_named is False:
        yield "M name mismatch"


def _is_broken(chain: PresentedChain) -> bool:
    return chain.leaf is not None and (bool(chain.leaf.weakness) or chain.leaf.rsa_exponent == 1)


def _caps(spoken: Spoken) -> tuple[tuple[str, str], ...]:
    """Every cap that holds, as (grade, reason)."""
    return tuple((cap, why) for cap, why, holds in (*_suite_caps(spoken), *_other_caps(spoken)) if holds)


def _suite_caps(spoken: Spoken) -> tuple[tuple[str, str, bool], ...]:
    names = [suite for _, suite in spoken.suites]
    kinds = [kinds_of(suite) for suite in names]
    newer = [suite for version, suite in spoken.suites if version not in ("SSLv3", "TLSv1.0")]
    is_small = any(NO_PROTECTION in k for k in kinds) or any(strength_bits(s) < LEAST_STRENGTH for s in names)
    has_bad_newer = any("_RC4_" in s or "_IDEA_" in s or TRIPLE_DES in kinds_of(s) for s in newer)
    return (
        ("F", f"suites under {LEAST_STRENGTH} bits", is_small),
        ("F", "only RC4", bool(names) and all("_RC4_" in s for s in names)),
        ("C", "RC4 or 64-bit blocks with TLS 1.1 and later", has_bad_newer),
        ("B", "RC4", any("_RC4_" in s for s in names)),
        ("B", "no forward secrecy", not any(FORWARD_SECRET in k for k in kinds)),
        ("B", "no AEAD", not any(AEAD in k for k in kinds)),
    )


def _other_caps(spoken: Spoken) -> tuple[tuple[str, str, bool], ...]:
    bits = min(_key_strengths(spoken), default=2048)
    old = spoken.versions & {"SSLv3", "TLSv1.0", "TLSv1.1"}
    is_incomplete = any(c.trust.state is TrustState.INCOMPLETE for c in spoken.chains)
    return (
        ("F", "SSLv2", "SSLv2" in spoken.versions),
        ("F", "nothing newer than SSLv3", spoken.versions <= {"SSLv2", "SSLv3"}),
        ("F", f"key or prime of {bits} bits", bits < BROKEN_KEY),
        ("F", "a key that can be computed", any(_is_broken(c) for c in spoken.chains)),
        ("F", "insecure renegotiation", spoken.lacks("secure-renegotiation")),
        ("C", "no TLS 1.2", not spoken.versions & {"TLSv1.2", "TLSv1.3"}),
        ("C", "compression", spoken.has("compression-deflate")),
        ("B", ", ".join(sorted(old)), bool(old)),
        ("B", f"key or prime of {bits} bits", bits < WEAK_KEY),
        ("B", "incomplete chain", is_incomplete),
    )
