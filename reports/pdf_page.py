"""The page of a report as WeasyPrint needs it: its own letters, drawings in one piece, weights it knows.

What the engine does otherwise than browsers: it follows no reference between drawings and applies no style of the
page inside them; it knows weights in hundreds only; it shrinks the words in a row of flex boxes.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from importlib import resources

# The same letters on every machine, each of Vietnamese among them (reports/fonts/OFL.txt). The last one alone has the
# minus sign and arrows.
FONTS = (
    ("Noto Sans", 400, "NotoSans-Regular.ttf"),
    ("Noto Sans", 700, "NotoSans-Bold.ttf"),
    ("Noto Sans Mono", 400, "NotoSansMono-Regular.ttf"),
)
FAMILIES = """
:root { --font: "Noto Sans", "Noto Sans Mono", sans-serif !important; --mono: "Noto Sans Mono", monospace !important; }
@page {
  @bottom-left { font-family: "Noto Sans", sans-serif !important }
  @bottom-right { font-family: "Noto Sans", sans-serif !important }
}
"""
CORRECTIONS = """
.facts { display: block !important; }
.facts div { display: inline-block !important; margin-right: 1.5rem; }
.facts dt, .facts dd { display: inline !important; }
.facts dt { margin-right: 0.3em; }
"""
CUT_ANYWHERE = """
.page * { break-before: auto !important; break-after: auto !important; break-inside: auto !important; }
.page .front { break-after: page !important; }
"""
TONES = {"ok": "ok", "fail": "high"}  # icon -> colour token, where they are not called alike
LINES = {
    "c-line": 'fill="none" stroke="{accent}" stroke-width="2"',
    "c-dot": 'fill="{paper}" stroke="{accent}" stroke-width="2"',
    "c-now": 'fill="{accent}" stroke="{accent}" stroke-width="2"',
    "c-rule": 'stroke="{rule}" stroke-width="1"',
    "c-soft": 'fill="{ink-2}"',
}
_SYMBOL = re.compile(r'<symbol id="(i-[a-z]+)"([^>]*)>(.*?)</symbol>', re.DOTALL)
_USE = re.compile(r'<svg([^>]*)><use href="#(i-[a-z]+)"/></svg>')
_TOKEN = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6})")
_DRAWN = re.compile(r'class="(c-[a-z]+)"')
_ODD_WEIGHT = re.compile(r"font-weight: (\d)[1-9]\d")


def prepared(html: str) -> str:
    """The same page with everything in it that the engine would not find by itself."""
    colours: dict[str, str] = {}
    for name, value in _TOKEN.findall(html):
        colours.setdefault(name, value)  # the first of each is the one for paper
    page = _ODD_WEIGHT.sub(lambda found: f"font-weight: {int(found[1]) + 1}00", html)
    return with_symbols(_DRAWN.sub(lambda found: _line(found, colours), page), colours)


def with_symbols(html: str, colours: Mapping[str, str]) -> str:
    """Each mark drawn where it stands, in its colour."""
    drawn: Mapping[str, tuple[str, str]] = {i: (kept, inner) for i, kept, inner in _SYMBOL.findall(html)}

    def draw(found: re.Match[str]) -> str:
        attributes, name = found.groups()
        kept, inner = drawn.get(name, ("", ""))
        icon = name.removeprefix("i-")
        colour = colours.get(TONES.get(icon, icon)) or colours.get("ink-2", "#000000")
        return f'<svg{attributes}{kept} fill="{colour}">{inner}</svg>'

    return _USE.sub(draw, html)


def _line(found: re.Match[str], colours: Mapping[str, str]) -> str:
    style = LINES.get(found[1], "")
    for name, value in colours.items():
        style = style.replace(f"{{{name}}}", value)
    return f"{found[0]} {style}" if style and "{" not in style else found[0]


@cache
def faces() -> str:
    """A sheet that holds the fonts themselves: it asks for no file and no address."""
    folder = resources.files("reports") / "fonts"
    return FAMILIES + "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight};'
        f" src: url(data:font/ttf;base64,{b64encode((folder / name).read_bytes()).decode('ascii')}) }}"
        for family, weight, name in FONTS
    )
