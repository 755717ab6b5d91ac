"""What a cipher suite is worth, read off its IANA name: the classes the checks and the prober ask about.

Names are built of parts (RFC 5246 appendix C): TLS_<exchange>_WITH_<cipher>_<mac>. TLS 1.3 names have no exchange.
"""

from collections.abc import Iterable
from functools import lru_cache

NO_PROTECTION = "no-protection"  # no encryption, no authentication, or export strength
BROKEN = "broken"  # RC4, DES, RC2, IDEA, MD5
TRIPLE_DES = "triple-des"
FORWARD_SECRET = "forward-secret"  # noqa: S105 - the name of a property
STATIC_KEY = "static-key"  # the certificate's key decrypts what was recorded
AEAD = "aead"
CBC = "cbc"
DHE = "dhe"

BROKEN_MARKS = ("_RC4_", "_DES_", "_RC2_", "_IDEA_")
UNPROTECTED_MARKS = ("_NULL_", "_anon_", "_EXPORT_")
AEAD_MARKS = ("_GCM_", "_CCM", "_POLY1305_")


def is_of(suite: str, kind: str) -> bool:
    """True when the suite of that name belongs to the class. A number instead of a name belongs to none."""
    return kind in kinds_of(suite)


@lru_cache(maxsize=1024)
def kinds_of(suite: str) -> frozenset[str]:
    """Every class of one suite."""
    exchange, has_exchange, cipher = suite.partition("_WITH_")
    if not has_exchange:
        return frozenset({AEAD, FORWARD_SECRET}) if suite.startswith("TLS_") else frozenset()
    if any(mark in f"{suite}_" for mark in UNPROTECTED_MARKS):
        return frozenset({NO_PROTECTION})  # whatever else it is, this tells it all
    return frozenset(_exchange_kinds(exchange) | _cipher_kinds(f"_{cipher}_"))


def _exchange_kinds(exchange: str) -> set[str]:
    if exchange.startswith(("TLS_ECDHE_", "TLS_DHE_")):
        return {FORWARD_SECRET} | ({DHE} if exchange.startswith("TLS_DHE_") else set())
    return {STATIC_KEY}


def _cipher_kinds(cipher: str) -> set[str]:
    found = set()
    if any(mark in cipher for mark in BROKEN_MARKS) or cipher.endswith("_MD5_"):
        found.add(BROKEN)
    elif "_3DES_" in cipher:
        found.add(TRIPLE_DES)
    if any(mark in cipher for mark in AEAD_MARKS):
        found.add(AEAD)
    elif "_RC4_" not in cipher:
        found.add(CBC)
    return found


def strength_bits(suite: str) -> int:
    """The bits an attacker has to guess, by the name of the cipher; 0 where nothing is encrypted."""
    cipher = f"_{suite.removeprefix('TLS_').partition('_WITH_')[2] or suite.removeprefix('TLS_')}_"
    if "_NULL_" in cipher:
        return 0
    if "_EXPORT_" in suite or "_40_" in cipher or "DES40" in cipher:
        return 40
    table = (("_3DES_", 112), ("_DES_", 56), ("_256_", 256), ("CHACHA20", 256), ("_128_", 128))
    return next((bits for mark, bits in table if mark in cipher), 128)


def of_kind(suites: Iterable[str], kind: str) -> tuple[str, ...]:
    """Those of the suites that belong to a class, in their order."""
    return tuple(s for s in suites if is_of(s, kind))
