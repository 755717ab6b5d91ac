"""Addresses people write: host names as DNS spells them, web addresses as visits need them."""

import re
from ipaddress import IPv6Address, ip_address
from urllib.parse import quote, urlsplit

import idna

from scanner.model.evidence import Target
from scanner.model.text import Text
from scanner.parse.vietnamese import slug

LABEL = re.compile(r"^(?!-)[a-z0-9_-]{1,63}(?<!-)$")
NUMBER = re.compile(r"^(\d+|0x[0-9a-f]*)$")
SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://")
DEFAULT_PORTS = {"http": 80, "https": 443}
PATH_SAFE = "/%:@!$&'()*+,;=~-._?"
SYNTAX = Text("không phải một địa chỉ web hợp lệ", "is no web address")


def spelt_host(host: str) -> str | None:
    """A host in lower case A-labels, or an IP literal without brackets; None when it can be neither.

    Numbers that old resolvers take for addresses (2130706433, 0x7f.1) are refused (RFC 3986 section 7.4).
    """
    name = host.strip().removesuffix(".").lower()
    if literal := _literal(name):
        return literal
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except idna.IDNAError:
            return None
    labels = name.split(".")
    if len(name) > 253 or NUMBER.match(labels[-1]) or not all(LABEL.match(label) for label in labels):
        return None
    return name


def _literal(name: str) -> str | None:
    try:
        return str(ip_address(name.removeprefix("[").removesuffix("]")))
    except ValueError:
        return None


def target_of(address: str) -> Target | Text:
    """Where a visit to an address looks, or in words why there can be none.

    An address without a scheme is taken for https. A port that is the scheme's own counts as none.
    """
    words = address.strip()
    if not words or any(c.isspace() or not c.isprintable() or c == "\\" for c in words):
        return SYNTAX
    try:
        parts = urlsplit(words if SCHEME.match(words) else f"https://{words}")
        port = parts.port
    except ValueError:
        return SYNTAX
    if parts.scheme not in DEFAULT_PORTS:
        return Text("chỉ nhận http:// hoặc https://", "only http:// and https:// are possible")
    if parts.username is not None or parts.password is not None:
        return Text("không được chứa tên đăng nhập", "must not hold a user name")
    host = spelt_host(parts.hostname or "")
    if host is None or port == 0:
        return SYNTAX
    own = None if port == DEFAULT_PORTS[parts.scheme] else port
    path = quote(parts.path or "/", safe=PATH_SAFE)
    path += f"?{quote(parts.query, safe=PATH_SAFE)}" if parts.query else ""
    return Target(host=host, port=own, path=path, scheme=parts.scheme if own else "https")


def resolver_address(words: str) -> str | None:
    """A resolver as "IP:port" ("[IP]:port" for IPv6); port 53 when none is given; None if it is none."""
    host, colon, port = words.strip().rpartition(":")
    if not colon or (":" in host and not host.endswith("]")):
        host, port = words.strip(), "53"
    try:
        ip = ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return None
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65_536:
        return None
    return f"[{ip}]:{port}" if isinstance(ip, IPv6Address) else f"{ip}:{port}"


def site_id_of(target: Target) -> str:
    """The id of a site when nobody names one: its host, then port and path where they are unusual."""
    port = "" if target.port is None else f"-{target.port}"
    path = slug(target.path)
    return target.host.replace(":", "-").strip("-_") + port + (f"-{path}" if path else "")
