"""What to offer: cipher suites in the order and the portions of a hello."""

from functools import cache

from scanner.parse.suite_kind import BROKEN, DHE, NO_PROTECTION, STATIC_KEY, TRIPLE_DES, kinds_of
from scanner.parse.tls_names import GROUPS, SUITES

HARMFUL = (NO_PROTECTION, BROKEN, TRIPLE_DES, STATIC_KEY, DHE)
HELLO_LIMIT = 110  # suites in one hello; some servers fail on more than 128
FIRST_HELLO = 66  # keeps the usual first hello near 512 bytes, and leaves the rest to one more
TLS12 = 0x0303
TLS13 = (0x1301, 0x1302, 0x1303, 0x1304, 0x1305)
SSL2 = (
    0x010080,
    0x020080,
    0x030080,
    0x040080,
    0x050080,
    0x060040,
    0x0700C0,
)  # all of SSLv2, three bytes each
RENEGOTIATION_SIGNAL = 0x00FF  # RFC 5746 section 3.3
FALLBACK_SIGNAL = 0x5600  # RFC 7507 section 2
FALLBACK_ALERT = 86
HYBRID = 0x11EC  # X25519MLKEM768, the post-quantum group that browsers send
GROUPS13 = (
    *(HYBRID, 0x001D, 0x0017, 0x0018, 0x0019, 0x001E),
    *(0x11EB, 0x11ED, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104),
)
GROUPS12 = (0x001D, 0x0017, 0x0018, 0x0019, 0x001E)
RARE_GROUPS = tuple(code for code in GROUPS if code <= 0x001C and code not in GROUPS12)
"""Curves a browser never asks for: small, binary, Koblitz and Brainpool ones."""

MODERN_MARKS = ("_GCM_", "_CCM", "_CHACHA20_", "_SHA256", "_SHA384")


@cache
def tls12_portions() -> tuple[tuple[int, ...], ...]:
    """Every suite of TLS 1.2, likely ones first, in portions of one hello each."""
    suites = sorted((s for s in SUITES if s not in TLS13), key=_unlikeliness)
    first, rest = suites[:FIRST_HELLO], suites[FIRST_HELLO:]
    return (tuple(first), *(tuple(rest[i : i + HELLO_LIMIT]) for i in range(0, len(rest), HELLO_LIMIT)))


def suites_of(version: int) -> tuple[int, ...]:
    """Every suite of one version below 1.3, likely ones first."""
    if version == TLS12:
        return tuple(s for portion in tls12_portions() for s in portion)
    return legacy_suites()


@cache
def legacy_suites() -> tuple[int, ...]:
    """Every suite that exists before TLS 1.2, likely ones first; one hello holds them."""
    old = (s for s, name in SUITES.items() if s not in TLS13 and not any(m in name for m in MODERN_MARKS))
    return tuple(sorted(old, key=_unlikeliness))[:HELLO_LIMIT]


def _unlikeliness(suite: int) -> tuple[int, int]:
    """Smaller for suites that servers are likelier to take; good ones first, so that a server picks one."""
    name = SUITES[suite]
    if any(
        mark in name for mark in ("anon", "NULL", "EXPORT", "_DSS_", "TLS_DH_", "ARIA", "TLS_ECDH_", "_DES_")
    ):
        return 9, suite
    exchange = next((i for i, mark in enumerate(("TLS_ECDHE_", "TLS_DHE_", "TLS_RSA_")) if mark in name), 3)
    if any(mark in name for mark in ("RC4", "3DES", "IDEA", "SEED", "RC2")):
        return 6 + (exchange > 1), suite
    return exchange + (0 if any(mark in name for mark in ("_GCM_", "_CHACHA20_")) else 3), suite


@cache
def harmful_suites(version: int, *, with_rare: bool) -> tuple[int, ...]:
    """Suites of the classes a daily visit asks for, worst first, so that a server without an order shows the worst.

    Those that need a DSA or Diffie-Hellman certificate, which no public authority issues, only `with_rare`.
    """
    named = [(s, kinds_of(SUITES[s])) for s in suites_of(version) if with_rare or not _is_rare(SUITES[s])]
    return tuple(s for kind in HARMFUL for s, kinds in named if _worst(kinds) == kind)


def _worst(kinds: frozenset[str]) -> str:
    return next((kind for kind in HARMFUL if kind in kinds), "")


def _is_rare(name: str) -> bool:
    return "_DSS_" in name or (name.startswith("TLS_DH_") and "_anon_" not in name)
