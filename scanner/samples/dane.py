"""Hand-made TLSA answers and certificates under CAA, for the examples of checks."""

from scanner.identify.certificates import place
from scanner.identify.dane import Dane, DaneChain
from scanner.identify.issuance import Issuance, Issue
from scanner.identify.zone import Caa
from scanner.model.check import NotApplicable
from scanner.model.evidence import DnsAnswer, DnsState, Missing, Why
from scanner.parse.caa import read_caa
from scanner.samples.tls import ADDRESS, HOST, OTHER_ADDRESS

NAME = f"_443._tcp.{HOST}"
DIGEST = "ab" * 32


def dane(
    *heads: str,
    named: str = "",
    others: int = 0,
    is_secure: bool = True,
    usable: bool = True,
    silent: bool = False,
    seen: Missing | NotApplicable | None = None,
    unseen: bool = False,
) -> Dane:
    """Records by their three numbers; `named` is the one that fits the chain, `others` chains fit none."""
    lines = tuple(f"{head} {DIGEST}" for head in heads)
    state = DnsState.UNKNOWN if silent else DnsState.VALUE if lines else DnsState.ABSENT
    chains = [DaneChain(place(ADDRESS, 443), named and f"{named} {DIGEST}")]
    chains += [DaneChain(place(OTHER_ADDRESS, 443))] * others
    return Dane(
        DnsAnswer(NAME, "TLSA", state, lines, "timeout" if silent else ""),
        is_secure=is_secure,
        usable=lines if usable else (),
        chains=() if seen is not None else tuple(chains),
        seen=seen,
        unseen=((place(OTHER_ADDRESS, 443), Missing(Why.TIMEOUT, "silent")),) if unseen else (),
    )


def issuance(
    *records: str,
    identifiers: tuple[str, ...] = ("ca.example",),
    is_wildcard: bool = False,
    at: str = "so.example",
    silent: bool = False,
    issued: bool = True,
) -> Issuance:
    """CAA records of a host and one certificate of the authority with these identifiers."""
    read = tuple(r for r in map(read_caa, records) if r is not None)
    unanswered = DnsAnswer(HOST, "CAA", DnsState.UNKNOWN, detail="timeout") if silent else None
    caa = Caa(at if records else "", read, tuple(f"{at}. CAA {r}" for r in records), unanswered)
    issue = Issue((place(ADDRESS, 443),), "CN=Example Issuing,O=Example CA", identifiers, is_wildcard)
    return Issuance(HOST, caa, (issue,) if issued else ())
