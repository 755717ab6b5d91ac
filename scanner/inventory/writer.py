"""An inventory as the TOML file an officer keeps: same order, same words, only what is not the default."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from scanner.model.agency import Agency, Authorisation, Contact, Inventory, Lifecycle, Province, Site

PLAIN = re.compile(r"[\"\\\x00-\x1f\x7f]")
Value = str | int | date | tuple[str, ...] | None
HEAD = """\
# Danh mục cơ quan và trang web. Tệp này được lưu trong git và được rà lại trước mỗi đợt quét.
# Agencies and sites. Keep this file in git and review it before each scan: rasoat inventory lint
"""


def write_toml(inventory: Inventory) -> str:
    """The whole file. Reading it again gives the same inventory."""
    by_agency = tuple(s for a in inventory.agencies for s in inventory.sites if s.agency_id == a.id)
    nested = by_agency == inventory.sites
    blocks = [HEAD.rstrip("\n"), _province(inventory.province)]
    for agency in inventory.agencies:
        own = [s for s in inventory.sites if s.agency_id == agency.id] if nested else []
        blocks.append(_agency(agency, own))
    blocks += [_site("site", site, agency=site.agency_id) for site in inventory.sites if not nested]
    blocks += [_authorisation(record) for record in inventory.authorisations]
    return "\n\n".join(blocks) + "\n"


def addition(agencies: Iterable[Agency], sites: Iterable[Site], *, comment: str) -> str:
    """Text to put at the end of an existing file: new agencies, then new sites."""
    blocks = [f"# {PLAIN.sub(' ', comment)}"]
    blocks += [_agency(agency, []) for agency in agencies]
    blocks += [_site("site", site, agency=site.agency_id) for site in sites]
    return "\n" + "\n\n".join(blocks) + "\n"


def _province(province: Province) -> str:
    lines = ["[province]"]
    lines += _pairs(name=province.name)
    lines += _pairs(unit=province.unit or None, incident_phone=province.incident_phone or None)
    if province.officer:
        lines += ["", "[province.officer]", *_contact_pairs(province.officer)]
    return "\n".join(lines)


def _agency(agency: Agency, sites: Iterable[Site]) -> str:
    lines = ["[[agency]]"]
    lines += _pairs(id=agency.id, name=agency.name, name_en=agency.name_en or None)
    lines += _pairs(parent=agency.parent, merged_into=agency.merged_into)
    for contact in agency.contacts:
        lines += ["", "[[agency.contact]]", *_contact_pairs(contact)]
    for site in sites:
        lines += ["", _site("agency.site", site, agency=None)]
    return "\n".join(lines)


def _contact_pairs(contact: Contact) -> Iterator[str]:
    yield from _pairs(role=contact.role.value, email=contact.email)
    yield from _pairs(name=contact.name or None, phone=contact.phone or None)


def _site(table: str, site: Site, *, agency: str | None) -> str:
    lines = [f"[[{table}]]"]
    lines += _pairs(agency=agency, id=site.id, url=site.url, name=site.name or None, level=site.level)
    lines += _pairs(lifecycle=None if site.lifecycle is Lifecycle.ACTIVE else site.lifecycle.value)
    lines += _pairs(vendor=site.vendor or None, hosting=site.hosting or None)
    lines += _pairs(dkim_selectors=site.dkim_selectors or None, reviewed_on=site.reviewed_on)
    return "\n".join(lines)


def _authorisation(record: Authorisation) -> str:
    lines = ["[[authorisation]]"]
    lines += _pairs(document=record.document, issuer=record.issuer, signed_on=record.signed_on)
    lines += _pairs(valid_from=record.valid_from, valid_until=record.valid_until, depth=record.depth.value)
    lines += _pairs(agencies=record.agencies or None, allow_addresses=record.allow_addresses or None)
    return "\n".join(lines)


def _pairs(**values: Value) -> Iterator[str]:
    """One line per value, in the order given; None writes nothing."""
    return (f"{key} = {_spelt(value)}" for key, value in values.items() if value is not None)


def _spelt(value: Value) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_spelt(part) for part in value) + "]"
    if isinstance(value, str):
        return toml_string(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def toml_string(words: str) -> str:
    """The words as a basic string of TOML."""
    return '"' + PLAIN.sub(_escaped, words) + '"'


def _escaped(found: re.Match[str]) -> str:
    sign = found[0]
    return f"\\{sign}" if sign in '"\\' else f"\\u{ord(sign):04x}"
