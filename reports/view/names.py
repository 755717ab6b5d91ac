"""How agencies, sites and people are called in a report."""

from urllib.parse import urlsplit

from reports.clean import one_line
from reports.words import Say
from scanner.model.agency import Agency, Contact, Inventory, Role, Site
from scanner.model.dossier import Dossier
from scanner.model.settings import ReportSettings

NAME_LIMIT = 160
KINDS = ("Tỉnh ", "Thành phố ")


def agency_name(agency: Agency, say: Say) -> str:
    """The name in the language of the report where the inventory has one."""
    english = agency.name_en if say.language == "en" else ""
    return one_line(english or agency.name, NAME_LIMIT)


def agency_name_of(inventory: Inventory, agency_id: str, say: Say) -> str:
    """The name of the agency of that id; the id itself when the inventory has lost it."""
    agency = inventory.agency(agency_id)
    return agency_name(agency, say) if agency else one_line(agency_id, NAME_LIMIT)


def short_name_of(inventory: Inventory, agency_id: str, say: Say) -> str:
    """The name without the province at its end, for a page that is about one province; never empty."""
    name = agency_name_of(inventory, agency_id, say)
    province = one_line(inventory.province.name, NAME_LIMIT)
    start = name[: -len(province)].rstrip(" ,") if province else ""
    return start if start and name.casefold().endswith(f" {province.casefold()}") else name


def host_of(site: Site) -> str:
    """Host and port of the site as the inventory writes them, without scheme and path."""
    try:
        place = urlsplit(site.url).netloc
    except ValueError:
        place = ""
    return one_line(place.rpartition("@")[2] or site.url, NAME_LIMIT)


def site_name(site: Site) -> str:
    """The name people use; the host when there is none."""
    return one_line(site.name, NAME_LIMIT) or host_of(site)


def province_name(dossier: Dossier) -> str:
    """The province as its inventory calls it, as it stands inside a sentence: "tỉnh Mẫu"."""
    name = one_line(dossier.inventory.province.name, NAME_LIMIT)
    return name[:1].lower() + name[1:] if name.startswith(KINDS) else name


def sender(dossier: Dossier, say: Say) -> str:
    """The unit that signs; built from the province when the inventory names none."""
    unit = one_line(dossier.inventory.province.unit, NAME_LIMIT)
    return unit or say("doc.sender", province=province_name(dossier))


def marking(settings: ReportSettings, say: Say) -> str:
    """The circulation mark; our default is translated, an own one stands as it is."""
    default = ReportSettings().marking
    return say("doc.marking") if settings.marking == default else one_line(settings.marking, NAME_LIMIT)


def officer_line(dossier: Dossier, say: Say) -> str:
    """Who sent the report and how to reach them."""
    officer = dossier.inventory.province.officer
    words = [sender(dossier, say)]
    if officer is not None:
        words = [one_line(officer.name, NAME_LIMIT), *words] if officer.name else words
        if officer.phone:
            words.append(say("from.phone", phone=one_line(officer.phone, NAME_LIMIT)))
        if officer.email:
            words.append(say("from.mail", mail=one_line(officer.email, NAME_LIMIT)))
    return ", ".join(words)


def who_repairs(site: Site, agency: Agency | None, say: Say) -> str:
    """Vendor of the site, else the agency's vendor or webmaster contact, else the webmaster as such."""
    if site.vendor:
        return one_line(site.vendor, NAME_LIMIT)
    contacts = agency.contacts if agency else ()
    named = next((c for role in (Role.VENDOR, Role.WEBMASTER) for c in contacts if c.role is role), None)
    return _person(named) or say("orders.webmaster")


def _person(contact: Contact | None) -> str:
    return one_line(contact.name or contact.email, NAME_LIMIT) if contact else ""
