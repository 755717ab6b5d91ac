"""The report of one agency as one HTML file: a letter for its head, then the work for its webmaster."""

from collections.abc import Mapping

from reports.page import render as render_page
from reports.view.agency import agency_view
from reports.view.remedies import own_remedies
from reports.words import Say
from scanner.howto import Howto
from scanner.model.dossier import Dossier
from scanner.model.text import Language


def render(
    dossier: Dossier, agency_id: str, language: Language, *, howtos: Mapping[str, Howto] | None = None
) -> str:
    """The whole file. Remedies come from checks/howto unless given."""
    say = Say(language)
    view = agency_view(dossier, agency_id, say, own_remedies() if howtos is None else howtos)
    return render_page("agency.html.j2", say, view=view, foot=view.foot)
