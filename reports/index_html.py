"""The contents page of a folder of reports: what to open first. No remote text stands on it."""

from collections.abc import Mapping

from jinja2 import Environment, PackageLoader, StrictUndefined

from reports.clean import file_name, one_line
from reports.dates import day
from reports.view.vendor import vendors_of
from scanner.model.dossier import Dossier


def render(dossier: Dossier, names: tuple[str, ...], only: tuple[str, ...] = ()) -> str:
    """The page as text; `names` are the files of the folder, linked in their order."""
    pages = Environment(
        loader=PackageLoader("reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    agencies = {
        file_name(agency.id): one_line(agency.name)
        for agency in dossier.agencies()
        if not only or agency.id in only
    }
    vendors = {file_name(vendor): vendor for vendor in vendors_of(dossier)}
    entries = [(name, _about(name, agencies, vendors)) for name in names]
    return pages.get_template("index.html.j2").render(
        entries=entries,
        province=one_line(dossier.inventory.province.name),
        scan=one_line(dossier.scan.id),
        on=day(dossier.scan.started_at),
        marking=one_line(dossier.settings.marking),
    )


def _about(name: str, agencies: Mapping[str, str], vendors: Mapping[str, str]) -> str:
    """Whom a file is about; empty for tables about everybody."""
    first, *rest = name.split(".")
    return vendors.get(rest[0], "") if first == "vendor" and rest else agencies.get(first, "")
