"""Which addresses may be connected to. Own tables: `ipaddress.is_global` was not made to keep us outside.

An address may be visited when it is public, or when a CIDR block of the configuration or of the
authorisation opens it. Forms that carry an IPv4 address inside IPv6 are unwrapped and judged again; addresses
of cloud metadata services stay closed whatever is configured. Blocks are those of the IANA special-purpose
registries (RFC 6890).
"""

import ipaddress
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def _blocks(*pairs: tuple[str, str]) -> tuple[tuple[Network, str], ...]:
    return tuple((ipaddress.ip_network(block), name) for block, name in pairs)


DENIED_V4 = _blocks(
    ("0.0.0.0/8", "this network"),
    ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "shared address space"),
    ("127.0.0.0/8", "loopback"),
    ("169.254.0.0/16", "link-local"),
    ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "protocol assignments"),
    ("192.0.2.0/24", "documentation"),
    ("192.31.196.0/24", "AS112"),
    ("192.52.193.0/24", "AMT"),
    ("192.88.99.0/24", "6to4 relay"),
    ("192.168.0.0/16", "private"),
    ("192.175.48.0/24", "AS112"),
    ("198.18.0.0/15", "benchmarking"),
    ("198.51.100.0/24", "documentation"),
    ("203.0.113.0/24", "documentation"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved"),
)

GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
DENIED_V6 = _blocks(
    ("::1/128", "loopback"),
    ("::/128", "unspecified"),
    ("::/96", "IPv4-compatible"),
    ("64:ff9b:1::/48", "local NAT64"),
    ("100::/64", "discard"),
    ("2001::/23", "protocol assignments and Teredo"),
    ("2001:db8::/32", "documentation"),
    ("2002::/16", "6to4"),
    ("2620:4f:8000::/48", "AS112"),
    ("3fff::/20", "documentation"),
    ("5f00::/16", "segment routing"),
    ("fc00::/7", "unique local"),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "site-local"),
    ("ff00::/8", "multicast"),
)

METADATA = _blocks(
    ("169.254.169.254/32", "cloud metadata"),
    ("169.254.169.123/32", "cloud metadata"),
    ("169.254.170.0/24", "container metadata"),
    ("169.254.42.42/32", "cloud metadata"),
    ("100.100.100.200/32", "cloud metadata"),
    ("168.63.129.16/32", "cloud metadata"),
    ("192.0.0.192/32", "cloud metadata"),
    ("fd00:ec2::/32", "cloud metadata"),
    ("fd00:42::42/128", "cloud metadata"),
    ("fd20:ce::254/128", "cloud metadata"),
)

ISATAP = (0x00005EFE, 0x02005EFE)


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """What may be connected to; `allow` opens blocks besides the public Internet."""

    allow: tuple[Network, ...] = ()

    def refusal(self, address: str) -> str:
        """Why this address may not be visited; empty when it may."""
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return "no address"
        if parsed.version == 6 and parsed.scope_id:
            return "scoped"
        return self._refusal(parsed)

    def _refusal(self, address: Address) -> str:
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
            return self._refusal(address.ipv4_mapped)
        if name := _name_in(METADATA, address):
            return name
        for inner in embedded(address):
            if reason := self._refusal(inner):
                return f"{reason} inside {address}"
        if any(address in block for block in self.allow):
            return ""
        return _special(address)


def policy(*allow: Iterable[str]) -> AddressPolicy:
    """The policy that opens all these CIDR blocks; raises ValueError for text that is no block."""
    return AddressPolicy(tuple(ipaddress.ip_network(block) for blocks in allow for block in blocks))


def embedded(address: Address) -> Iterator[ipaddress.IPv4Address]:
    """The IPv4 addresses spelt inside an IPv6 address: compatible, NAT64, 6to4, Teredo, ISATAP."""
    if isinstance(address, ipaddress.IPv4Address):
        return
    number = int(address)
    low = ipaddress.IPv4Address(number & 0xFFFFFFFF)
    is_compatible = number >> 32 == 0 and number > 1
    if is_compatible or address in NAT64 or (number >> 32) & 0xFFFFFFFF in ISATAP:
        yield low
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo


def _special(address: Address) -> str:
    if isinstance(address, ipaddress.IPv4Address):
        return _name_in(DENIED_V4, address)
    if address in NAT64:
        return ""  # the address inside has been judged
    return _name_in(DENIED_V6, address) or ("" if address in GLOBAL_V6 else "not global unicast")


def _name_in(table: tuple[tuple[Network, str], ...], address: Address) -> str:
    return next((name for block, name in table if address in block), "")
