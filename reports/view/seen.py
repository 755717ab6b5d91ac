"""What a visit recognised, read from its stored facts. Old or foreign facts give less, never an error."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from reports.clean import one_line
from scanner.howto import PLATFORMS
from scanner.model.agency import Site
from scanner.model.visit import Visit

_NAME_LIMIT = 60
_SPELT = {"aspnet": "ASP.NET", "aspnet-mvc": "ASP.NET MVC"}  # facts hold keys where no product has a name
_ALIASES = {
    "microsoft-iis": "iis",
    "internet-information-services": "iis",
    "apache-httpd": "apache",
    "apache-http-server": "apache",
    "httpd": "apache",
    "openresty": "nginx",
}


@dataclass(frozen=True, slots=True)
class Software:
    """One product or server component of a site; `version` is empty when it was not told."""

    name: str
    version: str = ""
    key: str = ""  # what the rule book calls it
    support: str = ""  # state of its release line on the day of the scan; empty in facts of older releases
    ends_on: date | None = None
    move_to: str = ""  # newest line that has support
    distribution: str = ""  # packaged by one that repairs old numbers without changing them

    @property
    def shown(self) -> str:
        """Name and version as a reader writes them."""
        return f"{self.name} {self.version}".strip()


def facts_of(visit: Visit) -> dict[str, Any]:
    """The stored facts; an empty table when they cannot be read."""
    try:
        facts = json.loads(visit.facts)
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


def spoken_url(site: Site, visit: Visit | None) -> str:
    """The address of the site with the scheme it really answered on: a command has to reach it."""
    http = facts_of(visit).get("http") if visit else None
    final = http.get("final") if isinstance(http, dict) else None
    seen = str(final.get("url", "")) if isinstance(final, dict) else ""
    plain = site.url.replace("https://", "http://", 1)
    return plain if seen == plain else site.url


def software_of(visit: Visit) -> tuple[Software, ...]:
    """Server components, then products, without repeats."""
    cms = facts_of(visit).get("cms")
    if not isinstance(cms, dict):
        return ()
    found = [*_listed(cms.get("components")), *_listed(cms.get("products"))]
    return tuple(dict.fromkeys(found))


def platforms_of(visit: Visit) -> frozenset[str]:
    """The remedy platforms this site runs on, as far as it was seen."""
    ids = [
        i for software in software_of(visit) for i in (software.key, software.name.lower().replace(" ", "-"))
    ]
    return frozenset(_ALIASES.get(name, name) for name in ids) & PLATFORMS


def addresses_of(visit: Visit) -> tuple[str, ...]:
    """The addresses of the web server the visit spoke to: name servers are asked too, but never over HTTP."""
    dns = facts_of(visit).get("dns")
    own = dns.get("addresses") if isinstance(dns, dict) else None
    named = frozenset(a for a in own if isinstance(a, str)) if isinstance(own, list) else frozenset[str]()
    return tuple(
        line.address
        for line in visit.ledger.lines
        if line.address in named or (line.requests and not line.purpose)
    )


def _listed(entries: Any) -> Iterator[Software]:
    if not isinstance(entries, list):
        return
    for entry in entries:
        software = _software(entry)
        if software is not None:
            yield software


def _software(entry: Any) -> Software | None:
    if not isinstance(entry, dict):
        return None
    name, version, key = (_string(entry.get(field)) for field in ("name", "version", "key"))
    if not name:
        return None
    support = entry.get("support")
    told = support if isinstance(support, dict) else {}
    return Software(
        _SPELT.get(name, name),
        version,
        key,
        _string(told.get("state")),
        _day(told.get("ends_on")),
        _string(told.get("move_to")),
        _string(entry.get("distribution")),
    )


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _string(value: Any) -> str:
    return one_line(value, _NAME_LIMIT) if isinstance(value, str) else ""


def domain_of(visit: Visit | None) -> str:
    """The registrable domain the host of a visit lies in; empty when nobody asked about it."""
    dns = facts_of(visit).get("dns") if visit else None
    zone = dns.get("zone") if isinstance(dns, dict) else None
    domain = zone.get("domain") if isinstance(zone, dict) else None
    return domain if isinstance(domain, str) else ""
