"""The form of agencies.toml, and the inventory it describes.

Sites stand under their agency (`[[agency.site]]`) or, when a list grows at its end, at the top level
(`[[site]]` with `agency`). A site without `id` is called after its host.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from scanner.errors import ConfigError, Problem
from scanner.inventory.lint import lint
from scanner.model.agency import (
    Agency,
    Authorisation,
    Contact,
    Depth,
    Inventory,
    Lifecycle,
    Province,
    Role,
    Site,
)
from scanner.model.evidence import Target
from scanner.parse.host import site_id_of, target_of
from scanner.parse.toml_lines import KeyPath, line_at, lines_of
from scanner.parse.toml_table import read_table
from scanner.parse.vietnamese import slug
from scanner.textfile import read_text

Marks = dict[KeyPath, int]
"""Lines of the file by place in the inventory: ("sites", 3, "url")."""


@dataclass(frozen=True, slots=True)
class _ContactForm:
    role: Role
    email: str = field(metadata={"example": '"vanthu@soyte.tinhmau.gov.vn"'})
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class _ProvinceForm:
    name: str = field(metadata={"example": '"Tỉnh Mẫu"'})
    unit: str = ""
    officer: _ContactForm | None = None
    incident_phone: str = ""


@dataclass(frozen=True, slots=True)
class _SiteForm:
    url: str = field(metadata={"example": '"https://soyte.tinhmau.gov.vn"'})
    id: str | None = None
    name: str = ""
    level: int | None = None
    lifecycle: Lifecycle = Lifecycle.ACTIVE
    vendor: str = ""
    hosting: str = ""
    dkim_selectors: tuple[str, ...] = field(default=(), metadata={"example": '["s1"]'})
    reviewed_on: date | None = None


@dataclass(frozen=True, slots=True)
class _LooseSiteForm:
    agency: str = field(metadata={"example": '"so-y-te"'})
    url: str = field(metadata={"example": '"https://soyte.tinhmau.gov.vn"'})
    id: str | None = None
    name: str = ""
    level: int | None = None
    lifecycle: Lifecycle = Lifecycle.ACTIVE
    vendor: str = ""
    hosting: str = ""
    dkim_selectors: tuple[str, ...] = field(default=(), metadata={"example": '["s1"]'})
    reviewed_on: date | None = None


@dataclass(frozen=True, slots=True)
class _AgencyForm:
    id: str = field(metadata={"example": '"so-y-te"'})
    name: str = field(metadata={"example": '"Sở Y tế"'})
    name_en: str = ""
    parent: str | None = None
    merged_into: str | None = None
    contacts: tuple[_ContactForm, ...] = field(default=(), metadata={"key": "contact"})
    sites: tuple[_SiteForm, ...] = field(default=(), metadata={"key": "site"})


@dataclass(frozen=True, slots=True)
class _AuthorisationForm:
    document: str = field(metadata={"example": '"Kế hoạch số 12/KH-UBND"'})
    issuer: str = field(metadata={"example": '"Ủy ban nhân dân tỉnh Mẫu"'})
    signed_on: date
    valid_from: date
    valid_until: date
    depth: Depth
    agencies: tuple[str, ...] = field(default=(), metadata={"example": '["so-y-te"]'})
    allow_addresses: tuple[str, ...] = field(default=(), metadata={"example": '["10.20.0.0/16"]'})


@dataclass(frozen=True, slots=True)
class _FileForm:
    province: _ProvinceForm
    agencies: tuple[_AgencyForm, ...] = field(default=(), metadata={"key": "agency"})
    sites: tuple[_LooseSiteForm, ...] = field(default=(), metadata={"key": "site"})
    authorisations: tuple[_AuthorisationForm, ...] = field(default=(), metadata={"key": "authorisation"})


def load_inventory(path: Path) -> Inventory:
    """The inventory of a file. Raises ConfigError with every fault that makes it unusable."""
    inventory, marks, problems = read_inventory(read_text(path), filename=str(path))
    if inventory is None:
        raise ConfigError(problems)
    errors = tuple(p for p in lint(inventory, None, filename=str(path), marks=marks) if p.is_error)
    if errors:
        raise ConfigError(errors)
    return inventory


def read_inventory(text: str, *, filename: str) -> tuple[Inventory | None, Marks, tuple[Problem, ...]]:
    """The inventory a text describes, where its parts stand, and what is wrong with its form.

    The meaning is not judged here; see `lint`.
    """
    form, problems = read_table(text, _FileForm, filename=filename)
    if form is None:
        return None, {}, problems
    inventory = Inventory(
        province=_province(form.province),
        agencies=tuple(_agency(agency) for agency in form.agencies),
        sites=(
            *(_site(site, agency.id) for agency in form.agencies for site in agency.sites),
            *(_site(site, site.agency) for site in form.sites),
        ),
        authorisations=tuple(_authorisation(a) for a in form.authorisations),
    )
    return inventory, _marks(form, lines_of(text)), ()


def _province(form: _ProvinceForm) -> Province:
    officer = _contact(form.officer) if form.officer else None
    return Province(form.name, form.unit, officer, form.incident_phone)


def _contact(form: _ContactForm) -> Contact:
    return Contact(form.role, form.email, form.name, form.phone)


def _agency(form: _AgencyForm) -> Agency:
    contacts = tuple(_contact(c) for c in form.contacts)
    return Agency(form.id, form.name, form.name_en, form.parent, form.merged_into, contacts)


def _site(form: _SiteForm | _LooseSiteForm, agency_id: str) -> Site:
    target = target_of(form.url)
    made = site_id_of(target) if isinstance(target, Target) else slug(form.url)
    return Site(
        id=made if form.id is None else form.id,
        agency_id=agency_id,
        url=form.url,
        name=form.name,
        level=form.level,
        lifecycle=form.lifecycle,
        vendor=form.vendor,
        hosting=form.hosting,
        dkim_selectors=form.dkim_selectors,
        reviewed_on=form.reviewed_on,
    )


def _authorisation(form: _AuthorisationForm) -> Authorisation:
    return Authorisation(
        document=form.document,
        issuer=form.issuer,
        signed_on=form.signed_on,
        valid_from=form.valid_from,
        valid_until=form.valid_until,
        depth=form.depth,
        agencies=form.agencies,
        allow_addresses=form.allow_addresses,
    )


def _marks(form: _FileForm, lines: dict[KeyPath, int]) -> Marks:
    """Lines by place in the inventory, where nested sites have become one list."""
    nested: list[KeyPath] = [
        ("agency", i, "site", j) for i, agency in enumerate(form.agencies) for j in range(len(agency.sites))
    ]
    homes: dict[KeyPath, KeyPath] = {("province",): ("province",)}
    homes |= {("agency", i): ("agencies", i) for i in range(len(form.agencies))}
    homes |= {("authorisation", i): ("authorisations", i) for i in range(len(form.authorisations))}
    homes |= {path: ("sites", n) for n, path in enumerate(nested)}
    homes |= {("site", i): ("sites", len(nested) + i) for i in range(len(form.sites))}
    marks: Marks = {}
    for path, line in lines.items():
        for cut in (4, 2, 1):
            if path[:cut] in homes:
                marks[(*homes[path[:cut]], *path[cut:])] = line
                break
    for path, home in homes.items():
        marks.setdefault(home, line_at(lines, path) or 1)
    return marks
