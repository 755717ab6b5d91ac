"""The slip of a recheck as one HTML file, to be attached to a letter of reply."""

from collections.abc import Collection

from reports.page import render as render_page
from reports.view.slip import slip_view
from reports.words import Say
from scanner.model.dossier import Dossier
from scanner.model.text import Language


def render(dossier: Dossier, site_id: str, language: Language, only: Collection[str] = ()) -> str:
    """The whole file; `only` names checks, else everything that was open."""
    say = Say(language)
    view = slip_view(dossier, site_id, say, only)
    return render_page("slip.html.j2", say, view=view, foot=view.foot)
