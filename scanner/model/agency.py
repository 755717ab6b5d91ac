"""Who answers for what: province, agencies, sites, contacts, authorisations."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Lifecycle(StrEnum):
    """What the inventory declares a site to be."""

    ACTIVE = "active"
    REDIRECT_ONLY = "redirect-only"
    RETIRED = "retired"


class Depth(StrEnum):
    """How deep a visit may look; each depth includes the ones before it."""

    PASSIVE = (
        "passive"  # what any visitor's browser and any search engine asks: the page, robots.txt, the sitemap
    )
    STANDARD = "standard"  # plus requests for known paths; needs an authorisation
    THOROUGH = "thorough"  # plus more of them; needs an authorisation that says so

    def covers(self, wanted: "Depth") -> bool:
        """True when this depth allows what `wanted` asks for."""
        order = tuple(Depth)
        return order.index(self) >= order.index(wanted)


class Role(StrEnum):
    """Why somebody is in the inventory; decides who gets which mail."""

    HEAD = "head"
    WEBMASTER = "webmaster"
    VENDOR = "vendor"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or desk that may be written to."""

    role: Role
    email: str
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Authorisation:
    """The document that allows a scan. Dates are inclusive, in Vietnam time."""

    document: str
    issuer: str
    signed_on: date
    valid_from: date
    valid_until: date
    depth: Depth
    agencies: tuple[str, ...] = ()  # agency ids, with everything below them; empty means the whole province
    allow_addresses: tuple[str, ...] = ()  # CIDR blocks of agencies on private addresses

    def is_valid_on(self, day: date) -> bool:
        """True from the first to the last day named in the document."""
        return self.valid_from <= day <= self.valid_until


@dataclass(frozen=True, slots=True)
class Site:
    """One web host an agency answers for. `id` is stable for ever and is what history hangs on."""

    id: str
    agency_id: str
    url: str
    name: str = ""
    level: int | None = (
        None  # system level 1-5 of Decree 85/2016 and its successors; None when not classified
    )
    lifecycle: Lifecycle = Lifecycle.ACTIVE
    vendor: str = ""
    hosting: str = ""
    dkim_selectors: tuple[
        str, ...
    ] = ()  # under which the keys of its mail stand: nobody can list them from outside
    reviewed_on: date | None = None  # a person looked at the page that day and found all of it rightful


@dataclass(frozen=True, slots=True)
class Agency:
    """A public body. `merged_into` names the agency that took over its duties."""

    id: str
    name: str
    name_en: str = ""
    parent: str | None = None
    merged_into: str | None = None
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Province:
    """Who sends the reports."""

    name: str
    unit: str = ""  # the unit in charge of cyber security, as it signs letters
    officer: Contact | None = None
    incident_phone: str = ""


@dataclass(frozen=True, slots=True)
class Inventory:
    """Everything one reviewed file says; a copy is stored with each scan."""

    province: Province
    agencies: tuple[Agency, ...] = ()
    sites: tuple[Site, ...] = ()
    authorisations: tuple[Authorisation, ...] = ()

    def agency(self, agency_id: str) -> Agency | None:
        """The agency of that id, or None."""
        return next((a for a in self.agencies if a.id == agency_id), None)

    def lineage(self, agency_id: str) -> tuple[str, ...]:
        """Ids from the agency up to the root of its tree, itself first; a cycle ends the walk."""
        seen: list[str] = []
        current: str | None = agency_id
        while current is not None and current not in seen:
            seen.append(current)
            agency = self.agency(current)
            current = agency.parent if agency else None
        return tuple(seen)
