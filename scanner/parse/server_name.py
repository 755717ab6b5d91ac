"""Whether a certificate speaks for a host, by RFC 9525: subjectAltName only, never the common name."""

from collections.abc import Iterable
from ipaddress import ip_address


def is_named(host: str, *, dns_names: Iterable[str], ip_names: Iterable[str]) -> bool:
    """True when a name speaks for the host, an A-label name or an IP literal (RFC 9525 section 6)."""
    address = _address(host)
    if address is not None:
        return any(_address(name) == address for name in ip_names)
    return any(_speaks_for(name, host) for name in dns_names)


def twin_of(host: str) -> str:
    """The same host with or without www; each has to be named by itself (RFC 9525 section 6.3)."""
    return host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"


def _speaks_for(name: str, host: str) -> bool:
    presented, wanted = _labels(name), _labels(host)
    if presented == wanted:
        return "*" not in name
    first, *rest = presented
    # RFC 9525 section 6.3: the wildcard is the whole left-most label and stands for exactly one label.
    return first == "*" and len(rest) > 1 and wanted[1:] == rest and bool(wanted[0])


def _labels(name: str) -> list[str]:
    return name.removesuffix(".").lower().split(".")


def _address(text: str) -> object | None:
    try:
        return ip_address(text)
    except ValueError:
        return None
