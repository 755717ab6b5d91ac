"""The overview of the province as one HTML file, for its own officer."""

from collections.abc import Mapping

from reports.page import render as render_page
from reports.view.province import province_view
from reports.view.remedies import own_remedies
from reports.words import Say
from scanner.howto import Howto
from scanner.model.dossier import Dossier
from scanner.model.text import Language


def render(dossier: Dossier, language: Language, *, howtos: Mapping[str, Howto] | None = None) -> str:
    """The whole file. Remedies come from checks/howto unless given."""
    say = Say(language)
    view = province_view(dossier, say, own_remedies() if howtos is None else howtos)
    return render_page("province.html.j2", say, view=view, foot=view.foot)
