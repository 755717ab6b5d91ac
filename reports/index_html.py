"""The contents page of a folder of reports: what to open first. No remote text stands on it."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from reports.clean import file_name, one_line
from reports.dates import day
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
    entries = [(name, agencies.get(name.split(".")[0], "")) for name in names]
    return pages.get_template("index.html.j2").render(
        entries=entries,
        province=one_line(dossier.inventory.province.name),
        scan=one_line(dossier.scan.id),
        on=day(dossier.scan.started_at),
        marking=one_line(dossier.settings.marking),
    )
