"""What first flights tell besides version and suite: chains, key exchanges, and the answers to our extensions."""

from collections.abc import Sequence

from scanner.collect.tls.hello import ALPN, MASTER_SECRET, SCT, SSL3, TICKET, TLS12, TLS13
from scanner.collect.tls.question import SSL2, name
from scanner.collect.tls.records import Flight, read_key_exchange
from scanner.model.evidence import Answer, ChainSeen, ExchangeSeen, Offer
from scanner.parse.tls_names import GROUP_BITS, group_name, suite_name

RENEGOTIATION_INFO = 0xFF01
DEFLATE = 1
EXCHANGES_LIMIT = 40
SCT_BYTES_LIMIT = 4096

Flights = Sequence[tuple[int, Flight]]
"""(version, flight), the most telling first."""


def chains_of(flights: Flights) -> tuple[ChainSeen, ...]:
    """Each distinct chain once, with the first version that showed it."""
    found: dict[tuple[bytes, ...], ChainSeen] = {}
    for version, flight in flights:
        if flight.certificates:
            seen = ChainSeen(name(version), flight.certificates, flight.is_truncated, _authentication(flight))
            found.setdefault(flight.certificates, seen)
    return tuple(found.values())


def exchanges_of(flights: Flights) -> tuple[ExchangeSeen, ...]:
    """Each way of agreeing on a key once."""
    found: dict[tuple[object, ...], ExchangeSeen] = {}
    for version, flight in flights:
        if (seen := _exchange(version, flight)) is not None:
            found.setdefault((seen.version, seen.kind, seen.group, seen.bits, seen.scheme), seen)
    return tuple(found.values())[:EXCHANGES_LIMIT]


def _exchange(version: int, flight: Flight) -> ExchangeSeen | None:
    if flight.hello is None:
        return None
    suite = suite_name(flight.hello.suite)
    if version == TLS13:
        group = group_name(flight.hello.share[0])
        return ExchangeSeen(name(version), suite, "ECDHE", group, GROUP_BITS.get(group, 0), flight.scheme)
    if not flight.key_exchange:
        return None
    seen = read_key_exchange(flight.key_exchange, suite, is_12=version == TLS12)
    if seen is None:
        return None
    group = group_name(seen.group) if seen.group else ""
    bits = seen.bits or GROUP_BITS.get(group, 0)
    return ExchangeSeen(name(version), suite, seen.kind, group, bits, seen.scheme)


def scts_of(flights: Flights) -> tuple[bytes, ...]:
    """The distinct lists of timestamps sent beside certificates (RFC 6962 section 3.3.1)."""
    lists = (flight.scts or flight.extension(SCT) or b"" for _, flight in flights)
    return tuple(dict.fromkeys(one for one in lists if one and len(one) <= SCT_BYTES_LIMIT))


def features_of(flights: Flights) -> tuple[Offer, ...]:
    """What versions below 1.3 answered besides (RFC 5746, 7627, 3749, 5077), and what any version did."""
    older = [flight for version, flight in flights if version not in (TLS13, SSL2) and flight.hello]
    found = []
    extended = [flight for version, flight in flights if version not in (TLS13, SSL2, SSL3) and flight.hello]
    if extended:
        for feature, code in (
            ("secure-renegotiation", RENEGOTIATION_INFO),
            ("extended-master-secret", MASTER_SECRET),
            ("session-ticket", TICKET),
        ):
            found.append(_offer(feature, is_there=extended[0].extension(code) is not None))
    if older:
        shrinks = any(f.hello and f.hello.compression == DEFLATE for f in older)
        found.append(_offer("compression-deflate", is_there=shrinks))
    return (*found, *_of_any([flight for _, flight in flights]))


def _of_any(flights: Sequence[Flight]) -> tuple[Offer, ...]:
    found = []
    if any(f.asks_certificate for f in flights) or any(f.is_whole for f in flights):
        found.append(_offer("client-certificate-request", is_there=any(f.asks_certificate for f in flights)))
    chosen = next((data for f in flights if (data := f.extension(ALPN))), None)
    if chosen is not None:
        protocol = chosen[3 : 3 + chosen[2]].decode("latin-1") if len(chosen) > 3 else ""
        found.append(Offer("alpn", Answer.ACCEPTED, protocol))
    return tuple(found)


def _offer(feature: str, *, is_there: bool) -> Offer:
    return Offer(feature, Answer.ACCEPTED if is_there else Answer.REJECTED)


def _authentication(flight: Flight) -> str:
    """How the chosen suite authenticates; empty in TLS 1.3, where the suite does not say."""
    suite = suite_name(flight.hello.suite) if flight.hello else ""
    exchange, _, cipher = suite.partition("_WITH_")
    return exchange.rpartition("_")[2] if cipher else ""
