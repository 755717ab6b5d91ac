"""What the server's own headers say it is made of: nginx, Apache, IIS, PHP, OpenSSL, Tomcat, ASP.NET.

`Server` is a list of product tokens and comments (RFC 9110 sections 5.6.5 and 10.2.4). A comment often
names the distribution, and a distribution repairs old numbers without changing them: whoever judges a
version must look at it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scanner.model.evidence import Headers

VALUE_LIMIT = 300
COMPONENT_LIMIT = 20
PRODUCT = re.compile(
    r"([A-Za-z][A-Za-z0-9_.-]{0,30})(?:/v?(\d{1,5}(?:\.\d{1,6}){0,4}[A-Za-z0-9.+~-]{0,30}))?"
)
COMMENT = re.compile(r"\(([^()]{1,60})\)")
KEYS = {
    "nginx": "nginx",
    "openresty": "openresty",
    "apache": "apache-httpd",
    "microsoft-iis": "iis",
    "php": "php",
    "openssl": "openssl",
    "apache-coyote": "tomcat-connector",
    "apache-tomcat": "tomcat",
    "tomcat": "tomcat",
    "litespeed": "litespeed",
    "cloudflare": "cloudflare",
    "mod_ssl": "mod_ssl",
    "mod_perl": "mod_perl",
    "asp.net": "aspnet",
}
FIXED = {"x-aspnet-version": "aspnet", "x-aspnetmvc-version": "aspnet-mvc"}
DISTRIBUTIONS = (
    "ubuntu",
    "debian",
    "centos",
    "red hat",
    "rhel",
    "almalinux",
    "rocky",
    "oracle linux",
    "fedora",
    "suse",
)
MARKS = re.compile(r"ubuntu|debian|deb\d{1,2}|\.el[6-9]|centos|amzn")


@dataclass(frozen=True, slots=True)
class Component:
    """One part of the server as it names itself."""

    key: str  # as in eol.json where that table knows it
    name: str  # as printed
    version: str  # as printed, "" when none is
    header: str
    saw: str  # the whole header value, verbatim, capped
    distribution: str = ""  # named in the header: its back-ports keep old numbers


def components_of(headers: Headers) -> tuple[Component, ...]:
    """All components the headers name, each (key, version) once, in wire order."""
    found: dict[tuple[str, str], Component] = {}
    for name, value in headers:
        for component in _of_header(name.lower(), value[:VALUE_LIMIT]):
            found.setdefault((component.key, component.version), component)
    return tuple(found.values())[:COMPONENT_LIMIT]


def _of_header(name: str, value: str) -> Iterable[Component]:
    if name in FIXED:
        version = PRODUCT.fullmatch(f"x/{value.strip()}")
        yield Component(FIXED[name], FIXED[name], (version[2] or "") if version else "", name, value)
    elif name in ("server", "x-powered-by"):
        distribution = _distribution(value)
        for product in PRODUCT.finditer(COMMENT.sub(" ", value)):
            key = KEYS.get(product[1].lower())
            if key:
                yield Component(key, product[1], product[2] or "", name, value, distribution)


def _distribution(value: str) -> str:
    named = next((comment for comment in COMMENT.findall(value) if _is_distribution(comment)), "")
    if named:
        return str(named)
    mark = MARKS.search(value.lower())
    return mark[0] if mark else ""


def _is_distribution(comment: str) -> bool:
    return any(name in comment.lower() for name in DISTRIBUTIONS)
