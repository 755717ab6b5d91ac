"""The official form as one HTML file; a province may put a template of its own in its place."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from reports.page import STYLE, css_string, environment, style_hash
from reports.view.form import form_view
from reports.view.remedies import own_remedies
from reports.words import Say
from reports.writing import ReportError
from scanner.howto import Howto
from scanner.model.dossier import Dossier
from scanner.model.text import Language

OURS = "form.html.j2"


def render(
    dossier: Dossier, agency_id: str, language: Language, *, howtos: Mapping[str, Howto] | None = None
) -> str:
    """The whole file, by the template of the configuration or ours.

    Raises ReportError, naming the template, when the province's own asks for what is not there.
    """
    say, own = Say(language), dossier.settings.form
    view = form_view(dossier, agency_id, say, own_remedies() if howtos is None else howtos)
    pages = _sandbox()
    foot = css_string(view.report.foot)
    inside = {"foot": foot, "labels": {}}
    style = pages.get_template(STYLE).render(inside)
    try:
        template = pages.get_template(OURS) if own is None else pages.from_string(own.read_text("utf-8"))
        html = template.render(inside, v=view, say=say, style_hash=style_hash(style))
    except (TemplateError, KeyError, UnicodeDecodeError) as error:
        if own is None:
            raise
        raise ReportError(own, str(error)) from error
    return unicodedata.normalize("NFC", html)


@cache
def _sandbox() -> SandboxedEnvironment:
    """Our templates and safety once more, in an environment where a template can call nothing dangerous."""
    ours = environment()
    return SandboxedEnvironment(
        loader=ours.loader,
        autoescape=True,
        undefined=ours.undefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
