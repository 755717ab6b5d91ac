"""What a server says it is made of: nginx, Apache, IIS, PHP, OpenSSL, Tomcat, ASP.NET; by its headers and error pages.

A part nobody foresaw is told too, under its own name, when it states a version.
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
WINDOWS = {"6.0": "2003", "7.0": "2008", "7.5": "2008 R2", "8.0": "2012", "8.5": "2012 R2"}
"""IIS -> the Windows Server it is part of; 10.0 covers 2016 to 2025 and proves nothing."""
ERROR_PAGE = "error page"
TOMCAT = re.compile(r"Apache Tomcat/(\d{1,3}(?:\.\d{1,3}){1,3})")  # at the foot of its own error pages
VIEW_STATE = "__VIEWSTATE"  # id of the field every ASP.NET Web Forms page carries
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


def components_of(
    headers: Headers, *, element_ids: Iterable[str] = (), error_text: str = ""
) -> tuple[Component, ...]:
    """All components the headers name, each (key, version) once, in wire order; then those of the pages.

    `element_ids` are ids and classes of the page, `error_text` is the site's answer for a page that cannot exist.
    """
    found: dict[tuple[str, str], Component] = {}
    parts = [part for name, value in headers for part in _of_header(name.lower(), value[:VALUE_LIMIT])]
    for part in (*parts, *_of_pages(element_ids, error_text), *_windows(parts)):
        found.setdefault((part.key, part.version), part)
    return tuple(found.values())[:COMPONENT_LIMIT]


def _of_pages(element_ids: Iterable[str], error_text: str) -> Iterable[Component]:
    tomcat = TOMCAT.search(error_text)
    if tomcat:
        yield Component("tomcat", "Apache Tomcat", tomcat[1], ERROR_PAGE, tomcat[0])
    if VIEW_STATE in element_ids:
        yield Component("aspnet", "ASP.NET", "", "page", f'id="{VIEW_STATE}"')


def _windows(parts: Iterable[Component]) -> Iterable[Component]:
    """The Windows an IIS is part of. It has no version of its own here: the calendar is that of its IIS."""
    for part in parts:
        if part.key == "iis" and part.version in WINDOWS:
            name = f"Windows Server {WINDOWS[part.version]}"
            yield Component("windows-server", name, "", part.header, part.saw)


def _of_header(name: str, value: str) -> Iterable[Component]:
    if name in FIXED:
        version = PRODUCT.fullmatch(f"x/{value.strip()}")
        yield Component(FIXED[name], FIXED[name], (version[2] or "") if version else "", name, value)
    elif name in ("server", "x-powered-by"):
        distribution = _distribution(value)
        for product in PRODUCT.finditer(COMMENT.sub(" ", value)):
            key = KEYS.get(product[1].lower(), product[1].lower() if product[2] else "")
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
