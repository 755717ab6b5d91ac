"""Where a redirect leads, and whether we may go there. Pure; the host's addresses are judged at connect.

Browsers are forgiving readers of Location; we read it as they do (WHATWG URL), then allow little: http and
https, no user name, ports 80 and 443 or the target's own, names of the same site or of the inventory, no
address literals.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna

from scanner.model.evidence import End, Headers, Target

REDIRECTS = (301, 302, 303, 307, 308)
PORTS = {"http": 80, "https": 443}
IGNORED = str.maketrans("", "", "\t\r\n")
EDGES = "".join(map(chr, range(0x21)))  # C0 controls and space
KEEP_IN_PATH = "/%:=&?~#+!$,;'@()*[]|"
LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\Z")
NUMBER = re.compile(r"([0-9]+|0x[0-9a-f]*)\Z")
ABSOLUTE = re.compile(r"(?P<scheme>https?:)?/{2,}(?P<rest>.*)\Z", re.IGNORECASE | re.DOTALL)
NAME_LIMIT = 253


@dataclass(frozen=True, slots=True)
class Stop:
    """The redirect is not followed."""

    end: End
    detail: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Hosts and ports a visit may be led to."""

    hosts: frozenset[str]
    ports: frozenset[int]

    @classmethod
    def of(cls, target: Target, others: Iterable[str]) -> "Scope":
        """The target itself, its www or bare twin, and the other hosts of the inventory."""
        host = target.host.lower().rstrip(".")
        twin = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
        ports = {80, 443} if target.port is None else {80, 443, target.port}
        return cls(frozenset({host, twin, *(o.lower().rstrip(".") for o in others)}), frozenset(ports))


def location_of(status: int, headers: Headers) -> str | Stop | None:
    """The address an answer redirects to; None when it does not redirect. Two that differ are a fault."""
    if status not in REDIRECTS:
        return None
    values = tuple(dict.fromkeys(value for name, value in headers if name.lower() == "location"))
    if len(values) > 1:
        return Stop(End.MALFORMED, "more than one Location")
    return values[0] if values else None


def next_url(current: str, location: str, scope: Scope, *, limit: int) -> str | Stop:
    """The normalised absolute address a Location (latin-1 text) leads to, or why we do not go."""
    text = _as_browsers_read(location)
    if text is None:
        return Stop(End.MALFORMED, "no host name")
    if len(text) > limit:
        return Stop(End.MALFORMED, f"Location of {len(text)} characters")
    try:
        parts = urlsplit(urljoin(current, text))
        return _judged(parts, parts.port, scope)
    except ValueError as error:  # brackets, ports and characters that urllib refuses
        return Stop(End.MALFORMED, str(error)[:100])


def _judged(parts: SplitResult, port: int | None, scope: Scope) -> str | Stop:
    if parts.scheme not in PORTS:
        return Stop(End.MALFORMED, f"scheme {parts.scheme[:20]!r}")
    host = host_of(parts.hostname or "")
    if host is None:
        return Stop(End.MALFORMED, "no usable host name")
    if "@" in parts.netloc:
        return Stop(End.OUT_OF_SCOPE, "user name in the address")
    if refusal := _refusal(host, PORTS[parts.scheme] if port is None else port, scope):
        return Stop(End.OUT_OF_SCOPE, refusal)
    shown = f"[{host}]" if ":" in host else host
    shown += "" if port in (None, PORTS[parts.scheme]) else f":{port}"
    query = f"?{quote(parts.query, safe=KEEP_IN_PATH)}" if parts.query else ""
    return f"{parts.scheme}://{shown}{quote(parts.path, safe=KEEP_IN_PATH) or '/'}{query}"


def host_of(text: str) -> str | None:
    """The host as it goes on the wire: lower-case A-labels or an IPv6 literal; None when it is neither."""
    if ":" in text:
        return text.lower()
    name = text.lower()
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return None
    name = name.rstrip(".")
    is_name = 0 < len(name) <= NAME_LIMIT and all(LABEL.match(label) for label in name.split("."))
    return name if is_name else None


def is_literal(host: str) -> bool:
    """True for an IP address in any spelling: a host whose last label is a number is one (WHATWG URL 3.5)."""
    return ":" in host or NUMBER.match(host.rpartition(".")[2]) is not None


def _refusal(host: str, port: int, scope: Scope) -> str:
    if port not in scope.ports:
        return f"port {port}"
    if host in scope.hosts:
        return ""
    return "address literal" if is_literal(host) else f"host {host}"


def _as_browsers_read(location: str) -> str | None:
    """The text without what browsers forgive; None when an absolute address names no host.

    Bytes above 127 are UTF-8; blanks at the ends and line breaks do not count; a backslash is a slash; any
    number of slashes from two on begins the host.
    """
    try:
        text = location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        text = location
    text = text.strip(EDGES).translate(IGNORED)
    head, mark, query = text.partition("?")
    text = head.replace("\\", "/") + mark + query
    absolute = ABSOLUTE.match(text)
    if absolute is None:
        return text
    scheme, rest = absolute.group("scheme") or "", absolute.group("rest")
    return f"{scheme}//{rest}" if rest[:1] not in {"", "?", "#"} else None
