"""Templates to one safe file: autoescaping, no script, no remote asset, the style bound by its hash."""

import base64
import hashlib
import unicodedata
from functools import cache
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined

from reports.words import Say

STYLE = "report.css.j2"


def render(template: str, say: Say, *, view: object, foot: str) -> str:
    """The document as text in NFC. `foot` is printed at the foot of each page."""
    env = environment()
    inside = {"foot": css_string(foot), "labels": long_tables(say)}
    style = env.get_template(STYLE).render(inside)
    html = env.get_template(template).render(inside, v=view, say=say, style_hash=style_hash(style))
    return unicodedata.normalize("NFC", html)


def long_tables(say: Say) -> dict[str, tuple[str, ...]]:
    """By class, the column heads of the longest tables, safe in a style sheet: on a phone they stand before each cell.

    Shorter tables carry them in each row (`data-l`); here that would be a tenth of the file.
    """
    heads = {
        "passes": ("work.col.sites", "holes.col.n", "passes.col.saw"),
        "clauses": ("clauses.col.text", "clauses.col.result", "clauses.col.note"),
    }
    return {name: tuple(css_string(say(key)) for key in keys) for name, keys in heads.items()}


@cache
def environment() -> Environment:
    """Our templates, escaped by default, strict about names; compiled once, as a province has hundreds of reports."""
    folder = files("reports").joinpath("templates")
    sources = {f.name: f.read_text(encoding="utf-8") for f in folder.iterdir() if f.name.endswith(".j2")}
    return Environment(
        loader=DictLoader(sources),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def style_hash(style: str) -> str:
    """What a Content-Security-Policy calls this style element (CSP level 3 section 2.3.1)."""
    digest = hashlib.sha256(unicodedata.normalize("NFC", style).encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def css_string(text: str) -> str:
    """The text for use between quotes in a style sheet: all but letters, digits and blanks is escaped."""
    return "".join(
        c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in unicodedata.normalize("NFC", text)
    )
