"""Who is written to about an agency: the roles asked for, who stands in for them, and who else when it drags on.

All addresses come from the inventory stored with the scan. A contractor never stands in for an agency.
"""

import re
from collections.abc import Iterable, Sequence

from scanner.model.agency import Agency, Contact, Inventory, Role
from scanner.model.text import Text

STAND_INS = (Role.WEBMASTER, Role.HEAD, Role.OFFICER)
ABOVE = (Role.HEAD, Role.OFFICER)
_LOCAL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
_ADDRESS = re.compile(_LOCAL + r"@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")


def recipients(
    agency: Agency, roles: Sequence[str], inventory: Inventory | None = None
) -> tuple[tuple[Contact, ...], Text]:
    """The contacts with one of the roles, each address once; without any, who stands in; else the reason.

    Stand-ins are the agency's other people, then those of the agency above it.
    """
    found = _usable(c for c in agency.contacts if c.role in roles)
    if not found and set(roles) - {Role.VENDOR}:
        found = _stand_ins(agency, inventory)
    if found:
        return found, Text("", "")
    if agency.contacts and not _usable(agency.contacts):
        return (), Text("không có địa chỉ thư nào dùng được", "no contact has a usable address")
    return (), Text(
        f"không có đầu mối nào giữ vai trò {', '.join(roles)}",
        f"no contact has the role {', '.join(roles)}",
    )


def _stand_ins(agency: Agency, inventory: Inventory | None) -> tuple[Contact, ...]:
    """The people of the agency, else those of the nearest one above it that has any."""
    above = inventory.lineage(agency.id)[1:] if inventory else ()
    bodies = [agency, *(a for i in above if inventory and (a := inventory.agency(i)))]
    people = (_usable(c for c in body.contacts if c.role in STAND_INS) for body in bodies)
    return next((found for found in people if found), ())


def superiors(agency: Agency, inventory: Inventory) -> tuple[Contact, ...]:
    """Whom to tell as well when an agency lets a grave finding lie: its head, then the agencies above it."""
    found = [c for c in agency.contacts if c.role is Role.HEAD]
    for above in inventory.lineage(agency.id)[1:]:
        superior = inventory.agency(above)
        found += [c for c in superior.contacts if c.role in ABOVE] if superior else []
    if inventory.province.officer is not None:
        found.append(inventory.province.officer)
    return _usable(found)


def together(*groups: Sequence[Contact]) -> tuple[Contact, ...]:
    """All of them, each address once; the first mention counts."""
    return _usable(contact for group in groups for contact in group)


def is_address(text: str) -> bool:
    """True for an ASCII mailbox `local@domain` (RFC 5321 section 4.1.2 without quoted forms)."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None and ".." not in text


def _usable(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    by_address: dict[str, Contact] = {}
    for contact in contacts:
        address = contact.email.strip()
        if is_address(address):
            by_address.setdefault(address.lower(), contact)
    return tuple(by_address.values())
