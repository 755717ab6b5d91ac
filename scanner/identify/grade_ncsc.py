"""The guidelines of the Dutch NCSC 2.1, as Internet.nl applies them: good, sufficient, phase-out, insufficient.

Every setting has a level of its own; the lowest decides. A server is "good" only with the good suites of TLS 1.3,
so most are "sufficient" at best.
"""

from collections.abc import Iterator

from scanner.identify.tls_reading import NOT_LISTED, UNKNOWN, Reading, Spoken
from scanner.parse.suite_kind import AEAD, BROKEN, DHE, FORWARD_SECRET, NO_PROTECTION, kinds_of

NAME, VERSION = "ncsc-nl", "2.1"
GOOD, SUFFICIENT, PHASE_OUT, INSUFFICIENT = "good", "sufficient", "phase-out", "insufficient"
LEVELS = (INSUFFICIENT, PHASE_OUT, SUFFICIENT, GOOD)
VERSIONS = {"TLSv1.3": GOOD, "TLSv1.2": SUFFICIENT}
GOOD_SUITES = frozenset({"TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"})
RSA_GOOD, RSA_LEAST, PRIME_LEAST = 3072, 2048, 2048
PHASED_CURVES = ("secp224r1",)

Judged = tuple[str, str]
"""(what, level)"""


def ncsc(spoken: Spoken) -> Reading:
    """The level of an address, and the settings that keep it there."""
    judged = [*_versions(spoken), *_suites(spoken), *_rest(spoken), *_keys(spoken)]
    lowest = min((level for _, level in judged), key=LEVELS.index, default=UNKNOWN)
    is_whole = spoken.is_listed and not spoken.has_doubt
    if lowest != INSUFFICIENT and not is_whole:
        return Reading(NAME, VERSION, UNKNOWN, (NOT_LISTED,))
    because = tuple(dict.fromkeys(what for what, level in judged if level == lowest and lowest != GOOD))
    return Reading(NAME, VERSION, lowest, because)


def _versions(spoken: Spoken) -> Iterator[Judged]:
    for version in sorted(spoken.versions):
        yield f"version {version}", VERSIONS.get(version, INSUFFICIENT)


def _suites(spoken: Spoken) -> Iterator[Judged]:
    for suite in dict.fromkeys(s for _, s in spoken.suites):
        yield f"suite {suite}", _suite(suite)


def _suite(suite: str) -> str:
    kinds = kinds_of(suite)
    if suite in GOOD_SUITES:
        return GOOD
    if kinds & {NO_PROTECTION, BROKEN} or FORWARD_SECRET not in kinds:
        return INSUFFICIENT
    return SUFFICIENT if AEAD in kinds and DHE not in kinds else PHASE_OUT


def _rest(spoken: Spoken) -> Iterator[Judged]:
    if spoken.has("compression-deflate"):
        yield "compression", INSUFFICIENT
    if spoken.lacks("secure-renegotiation"):
        yield "no secure renegotiation", INSUFFICIENT
    for exchange in spoken.exchanges:
        if exchange.kind == "DHE" and exchange.bits < PRIME_LEAST:
            yield f"prime of {exchange.bits} bits", INSUFFICIENT
        if exchange.group in PHASED_CURVES:
            yield f"curve {exchange.group}", PHASE_OUT


def _keys(spoken: Spoken) -> Iterator[Judged]:
    for chain in spoken.chains:
        if chain.leaf and chain.leaf.key_type == "RSA":
            bits = chain.leaf.key_bits
            level = GOOD if bits >= RSA_GOOD else PHASE_OUT if bits >= RSA_LEAST else INSUFFICIENT
            yield f"RSA key of {bits} bits", level
