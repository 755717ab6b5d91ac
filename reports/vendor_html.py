"""The sheet of one contractor as one HTML file: everything it must repair, across agencies."""

from collections.abc import Mapping

from reports.page import render as render_page
from reports.view.remedies import own_remedies
from reports.view.vendor import vendor_view
from reports.words import Say
from scanner.howto import Howto
from scanner.model.dossier import Dossier
from scanner.model.text import Language


def render(
    dossier: Dossier, vendor: str, language: Language, *, howtos: Mapping[str, Howto] | None = None
) -> str:
    """The whole file. Remedies come from checks/howto unless given."""
    say = Say(language)
    view = vendor_view(dossier, vendor, say, own_remedies() if howtos is None else howtos)
    return render_page("vendor.html.j2", say, view=view, foot=view.foot)
