"""What one visit saw. Frozen, flat, generous; nothing concluded is kept here.

A part is a value or `Missing(why, detail)`. On disk a part is a JSON object and `Missing` a JSON array (it is
a NamedTuple), so a reader can tell them apart without a tag.

Text from the wire: header names and values are latin-1 decoded, which is a bijection of bytes; bodies,
certificates and handshake blobs are bytes. All of it is hostile until an output encoder has handled it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from scanner.model.agency import Depth, Lifecycle
from scanner.model.look import Before

SCHEMA = 1

Headers = tuple[tuple[str, str], ...]
"""Pairs of (name, value) in wire order, repeats and letter case kept, latin-1."""


class Why(StrEnum):
    """Why a part was not seen."""

    TIMEOUT = "timeout"
    REFUSED = "refused"
    RESET = "reset"
    DNS = "dns"
    TLS = "tls"
    MALFORMED = "malformed"
    TOO_LARGE = "too-large"
    BLOCKED = "blocked"
    OUT_OF_SCOPE = "out-of-scope"
    BUDGET = "budget"
    NOT_ASKED = "not-asked"


class Missing(NamedTuple):
    """A part that was not seen, and why. `detail` is for people and may hold remote text."""

    why: Why
    detail: str = ""


class Answer(StrEnum):
    """The three outcomes of a question put to a server."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a visit looks. `host` is an A-label name or an IP literal; `port` None means 80 and 443."""

    host: str
    port: int | None = None
    path: str = "/"
    scheme: str = "https"  # matters only when a port is given

    def url(self, scheme: str) -> str:
        """The start address over one scheme."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port is None else f":{self.port}"
        return f"{scheme}://{host}{port}{self.path}"


# ---- DNS -------------------------------------------------------------------------------------------------------


class DnsState(StrEnum):
    """What the resolver's silence or speech means."""

    VALUE = "value"
    ABSENT = "absent"  # proven: NXDOMAIN or an empty answer
    UNKNOWN = "unknown"  # time-out, SERVFAIL, malformed: says nothing about the record


@dataclass(frozen=True, slots=True)
class DnsAnswer:
    """One question and what came back. `records` are in presentation format, sorted as received."""

    name: str
    rrtype: str
    state: DnsState
    records: tuple[str, ...] = ()
    detail: str = ""
    ttl_s: int | None = None
    server: str = ""  # the name server asked directly; empty: the resolver
    flags: tuple[str, ...] = ()  # ad cd of a resolver's reply, aa ra of a name server's


# ---- HTTP ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Body:
    """Content after removing the transfer and content coding, cut at the cap."""

    content: bytes
    sha256: str  # of everything decoded, also of what is not kept in `content`
    size_bytes: int  # decoded bytes read
    truncated: bool = False  # the server had more than was read or kept
    mark: str = (
        ""  # hash of the whole content by the rule of the fingerprint tables; only of targeted requests
    )


@dataclass(frozen=True, slots=True)
class Response:
    """One answer."""

    status: int
    headers: Headers
    body: Body | Missing
    reason: str = ""
    http_version: str = "HTTP/1.1"
    elapsed_ms: int = 0
    peer_sha256: str = ""  # of the certificate in DER, hex; empty over plain http


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, or why there was none."""

    url: str
    response: Response | Missing
    method: str = "GET"
    address: str = ""
    sent: Headers = ()  # request headers beside those of every request: Origin ...


class End(StrEnum):
    """Why a fetch stopped following redirects."""

    FINAL = "final"  # the last answer is no redirect
    FAILED = "failed"  # the last exchange has no answer
    LOOP = "loop"
    HOP_LIMIT = "hop-limit"
    OUT_OF_SCOPE = "out-of-scope"  # the next address may not be visited; it stands in the last Location
    MALFORMED = "malformed"  # Location is no usable http(s) address


@dataclass(frozen=True, slots=True)
class Fetch:
    """One address followed hop by hop. `purpose` says why it was asked: http, https, canary ..."""

    purpose: str
    exchanges: tuple[Exchange, ...]
    end: End = End.FINAL

    @property
    def last(self) -> Exchange:
        """The exchange the fetch ended with."""
        return self.exchanges[-1]


@dataclass(frozen=True, slots=True)
class HttpEvidence:
    """All that was fetched, in the order it was asked."""

    fetches: tuple[Fetch, ...]

    def fetch(self, purpose: str) -> Fetch | None:
        """The first fetch of that purpose, or None when it was not asked."""
        return next((f for f in self.fetches if f.purpose == purpose), None)


@dataclass(frozen=True, slots=True)
class PolicyFetch:
    """The MTA-STS policy of a mail domain as senders fetch it (RFC 8461 section 3.3), with the certificates shown."""

    domain: str
    exchange: Exchange
    chain: tuple[bytes, ...] = ()  # in DER, leaf first


@dataclass(frozen=True, slots=True)
class DnsEvidence:
    """Answers for one host. `addresses` are those the policy allowed, in the order they are tried.

    `zone` holds every answer about the domain the host belongs to: its servers, keys, mail and policies.
    `policies` are the MTA-STS files its records announce.
    """

    answers: tuple[DnsAnswer, ...] = ()
    addresses: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()  # addresses the policy forbids, each with its reason after a space
    resolver: tuple[str, ...] = ()
    zone: tuple[DnsAnswer, ...] = ()
    policies: tuple[PolicyFetch, ...] = ()


# ---- TLS -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offer:
    """A question to a server - a version, a suite, a group - and its outcome."""

    name: str  # IANA name, or SSLv2 .. TLSv1.3
    answer: Answer
    detail: str = ""  # why unknown, or which alert


@dataclass(frozen=True, slots=True)
class ChainSeen:
    """Certificates as a server sent them, leaf first, in DER."""

    version: str  # protocol of the connection that showed it
    certificates: tuple[bytes, ...]
    truncated: bool = False
    authentication: str = ""  # RSA, ECDSA ...: servers may hold one chain of each


@dataclass(frozen=True, slots=True)
class ExchangeSeen:
    """How a server agreed on a key: one line per version and suite that showed it."""

    version: str
    suite: str
    kind: str  # ECDHE, DHE, RSA_EXPORT; TLSv1.3 says (EC)DHE alike
    group: str = ""  # name of the curve or group; empty for a prime of the server's own
    bits: int = 0  # of the field or the modulus
    scheme: int = 0  # signature scheme of the exchange, TLS 1.2 and later


@dataclass(frozen=True, slots=True)
class TlsEndpoint:
    """What one address of the host answered. Lists are empty when nothing was asked."""

    address: str
    versions: tuple[Offer, ...] | None = None
    chains: tuple[ChainSeen, ...] = ()
    suites: tuple[tuple[str, tuple[Offer, ...]], ...] = ()  # (version, suites asked)
    groups: tuple[Offer, ...] = ()
    features: tuple[Offer, ...] = ()  # compression, secure-renegotiation, extended-master-secret, alpn-h2 ...
    staple: bytes | None = None  # stapled OCSP response
    missing: Missing | None = None  # set when this address gave no TLS at all
    connections: int = 0
    listing: str = "verdict"  # or "full": every suite and group was asked for
    listed: tuple[str, ...] = ()  # versions whose suites were listed to the end
    exchanges: tuple[ExchangeSeen, ...] = ()
    scts: tuple[
        bytes, ...
    ] = ()  # SignedCertificateTimestampLists sent beside certificates (RFC 6962 section 3.3)
    by_name: tuple[
        tuple[str, ChainSeen], ...
    ] = ()  # leaves shown without a server name or for an unknown one


@dataclass(frozen=True, slots=True)
class TlsEvidence:
    """One host and port, every address of it."""

    host: str
    port: int
    endpoints: tuple[TlsEndpoint, ...]


# ---- addresses inside certificates ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one address written in a certificate gave, as it came: DER as a rule."""

    purpose: str  # issuer, crl or ocsp
    url: str
    content: bytes | Missing
    fetched_at: datetime  # aware UTC; before the visit when an earlier one had fetched it


@dataclass(frozen=True, slots=True)
class PkiEvidence:
    """What authorities said, in the order they were asked."""

    fetched: tuple[Fetched, ...] = ()

    def get(self, purpose: str, url: str) -> Fetched | None:
        """What an address gave for that purpose, or None when it was not asked."""
        return next((f for f in self.fetched if (f.purpose, f.url) == (purpose, url)), None)


# ---- CMS -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CmsEvidence:
    """Targeted requests for files that name a product or its version."""

    fetches: tuple[Fetch, ...]


# ---- the visit -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """What one server address was asked."""

    address: str
    connections: int = 0
    requests: int = 0
    bytes_received: int = 0
    purpose: str = ""  # "authority": a server of a certificate authority, none of the site's


@dataclass(frozen=True, slots=True)
class Ledger:
    """All traffic of one visit; DNS queries are counted apart."""

    lines: tuple[LedgerLine, ...] = ()
    dns_queries: int = 0

    @property
    def connections(self) -> int:
        """Connections over all addresses."""
        return sum(line.connections for line in self.lines)

    @property
    def requests(self) -> int:
        """HTTP requests over all addresses."""
        return sum(line.requests for line in self.lines)

    @property
    def bytes_received(self) -> int:
        """Bytes received over all addresses."""
        return sum(line.bytes_received for line in self.lines)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything one polite visit saw of one site."""

    site_id: str
    target: Target
    seen_at: datetime  # the one clock value every judgement uses, aware UTC
    depth: Depth = Depth.PASSIVE
    declared: Lifecycle = Lifecycle.ACTIVE
    dns: DnsEvidence | Missing = Missing(Why.NOT_ASKED)
    tls: TlsEvidence | Missing = Missing(Why.NOT_ASKED)
    http: HttpEvidence | Missing = Missing(Why.NOT_ASKED)
    cms: CmsEvidence | Missing = Missing(Why.NOT_ASKED)
    ledger: Ledger = field(default_factory=Ledger)
    before: Before | None = None  # not seen by this visit, but handed to it: what it is compared with
    schema: int = SCHEMA
    pki: PkiEvidence | Missing = Missing(Why.NOT_ASKED)
