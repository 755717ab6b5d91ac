"""Every deadline and every cap of a visit, in one place.

Time and memory are bounded by us, never by a library: each figure here is enforced by our own code, and
reaching one is data (`Missing` or a `truncated` mark), not a crash.
"""

from dataclasses import dataclass

from scanner.parse.certificate_url import MOST

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much. Tests pass smaller figures."""

    # time
    dns_try_s: float = 3.0
    dns_name_s: float = 8.0
    zone_s: float = 20.0  # all questions about one domain
    zone_at_once: int = 8  # questions about one domain in flight
    connect_s: float = 5.0  # per address
    handshake_s: float = 8.0
    headers_s: float = 10.0  # from the request sent to the last header
    body_s: float = 10.0
    slow_after_s: float = 5.0  # from then on a body must average `slow_bytes_s`
    slow_bytes_s: int = KIB
    probe_s: float = 25.0  # one fetch with all its redirects
    retry_after_s: float = 10.0  # a longer wish ends the visit's requests
    # names
    addresses: int = 4
    addresses_per_family: int = 2
    cname_hops: int = 8
    dns_records: int = 50
    # answers
    header_bytes: int = 64 * KIB
    header_value_bytes: int = 16 * KIB
    header_count: int = 200
    wire_bytes: int = 2 * MIB
    decoded_bytes: int = 4 * MIB
    kept_bytes: int = 1 * MIB
    ratio: int = 200  # decoded to wire, looked at once `ratio_after_bytes` are decoded
    ratio_after_bytes: int = 256 * KIB
    # walks
    redirects: int = 10
    redirect_hosts: int = 3
    url_bytes: int = 8 * KIB
    # addresses inside certificates
    certificate_urls: int = MOST  # a visit
    certificate_url_s: float = 5.0
    certificate_bytes: int = 1 * MIB
    # politeness, per server address
    file_gap_s: float = 0.5  # between two targeted requests
    connections: int = 2
