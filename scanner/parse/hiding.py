"""How style hides things: declarations and simple rules of style sheets -> a reason, or none.

A net for what intruders write, not a style engine: no cascade, no inheritance of colours, no outer style sheets.
"""

import re
from enum import StrEnum

STYLE_LIMIT = 200_000  # characters of all style elements of a page that are read
RULE_LIMIT = 2_000
FAR_PX = 500
FAR_EM = 50
FAR_SHARE = 100
BLANK = re.compile(r"\s+|/\*[^*]{0,500}\*/")
AWAY = re.compile(
    r"(?:^|;)(?:left|top|right|bottom|margin|margin-left|margin-top|margin-right):-(\d{1,9})(px|em|rem|%|vw|vh|pt|)"
)
INDENT = re.compile(r"(?:^|;)text-indent:-(\d{3,9})")
NO_SIZE = re.compile(r"(?:^|;)(?:max-)?(?:width|height):[01](?:px|pt|em|rem|%|)(?=$|;|!)")
TINY = re.compile(r"(?:^|;)font(?:-size)?:(?:0|1px|0px|0em|0%|0pt|1pt|0\.\d{1,3}(?:px|pt|em))(?:$|;|!|/)")
CLEAR = re.compile(r"(?:^|;)opacity:(?:0|0?\.0\d{0,3})(?:$|;|!)")
CLIPPED = re.compile(r"(?:^|;)(?:clip:rect\(0|clip:rect\(1px|clip-path:inset\((?:50|100)%)")
COLOUR = re.compile(r"(?:^|;)color:([#\w(),.%]{1,40})")
GROUND = re.compile(r"(?:^|;)background(?:-color)?:([#\w(),.%]{1,40})")
WRITTEN = re.compile(r"[\"']\s{0,3}(#[\w-]{3,60})\s{0,3}\{([^{}\"'<>]{5,400})\}")
WRITTEN_LIMIT = 200
SIMPLE = re.compile(r"(?:[a-z][a-z0-9]{0,10})?([.#][\w-]{1,80})\Z", re.IGNORECASE)
LONG_FORM = re.compile(r"#([0-9a-f])\1([0-9a-f])\2([0-9a-f])\3\Z")
NAMED = {"white": "#fff", "black": "#000", "#ffffff": "#fff", "#000000": "#000"}


class Hiding(StrEnum):
    """Why a visitor does not see something that is there."""

    OFF_SCREEN = "off-screen"
    ZERO_SIZE = "zero-size"
    TINY_TEXT = "tiny-text"
    SAME_COLOUR = "same-colour"
    AFTER_HTML = "after-html"
    DEEP = "deep-nesting"
    DISPLAY_NONE = "display-none"
    INVISIBLE = "invisible"
    TRANSPARENT = "transparent"
    CLIPPED = "clipped"
    INDENTED = "text-indent"
    NOSCRIPT = "noscript"

    @property
    def is_strong(self) -> bool:
        """True for ways hardly any honest page hides a link to somebody else."""
        return self in STRONG


STRONG = frozenset({Hiding.OFF_SCREEN, Hiding.ZERO_SIZE, Hiding.TINY_TEXT, Hiding.SAME_COLOUR, Hiding.DEEP})


def hiding_of(style: str) -> Hiding | None:
    """The way a list of declarations hides its element, the surest sign of intent first."""
    text = BLANK.sub("", style[:RULE_LIMIT].lower())
    if any(_is_far(number, unit) for number, unit in AWAY.findall(text)):
        return Hiding.OFF_SCREEN
    sizes = len(NO_SIZE.findall(text))
    if sizes >= 2 or (sizes and "overflow:hidden" in text):
        return Hiding.CLIPPED if CLIPPED.search(text) else Hiding.ZERO_SIZE
    if TINY.search(text):
        return Hiding.TINY_TEXT
    if _is_same_colour(text):
        return Hiding.SAME_COLOUR
    if "display:none" in text:
        return Hiding.DISPLAY_NONE
    if "visibility:hidden" in text or "visibility:collapse" in text:
        return Hiding.INVISIBLE
    if CLEAR.search(text):
        return Hiding.TRANSPARENT
    if CLIPPED.search(text):
        return Hiding.CLIPPED
    return Hiding.INDENTED if INDENT.search(text) else None


def hidden_selectors(sheet: str) -> dict[str, tuple[Hiding, str]]:
    """`.name` and `#name` that a style sheet hides, each with its rule; what stands inside @media is left out."""
    found: dict[str, tuple[Hiding, str]] = {}
    depth, start = 0, 0
    selector = ""
    for mark in re.finditer(r"[{}]", sheet[:STYLE_LIMIT]):
        if mark[0] == "{":
            if depth == 0:
                selector = sheet[start : mark.start()][-RULE_LIMIT:].strip()
            depth += 1
        else:
            if depth == 1 and not selector.startswith("@"):
                _read_rule(selector, sheet[start : mark.start()], found)
            depth = max(0, depth - 1)
        start = mark.end()
    return found


def written_selectors(text: str) -> dict[str, tuple[Hiding, str]]:
    """`#name` that a script would hide on purpose: rules that stand whole in a string of its code.

    Intruders write the style that hides their box by script, so that it stands in no sheet. Only sure ways count:
    honest programs close and open their own boxes all day.
    """
    found: dict[str, tuple[Hiding, str]] = {}
    for number, rule in enumerate(WRITTEN.finditer(text)):
        if number >= WRITTEN_LIMIT:
            break
        hiding = hiding_of(rule[2])
        if hiding is not None and hiding.is_strong:
            found.setdefault(rule[1], (hiding, f"{rule[1]}{{{rule[2][:200]}}}"))
    return found


def _read_rule(selector: str, body: str, found: dict[str, tuple[Hiding, str]]) -> None:
    hiding = hiding_of(body)
    if hiding is None:
        return
    for one in selector.split(","):
        named = SIMPLE.match(one.strip())
        if named:
            found.setdefault(named[1], (hiding, f"{one.strip()}{{{body.strip()[:200]}}}"))


def _is_far(number: str, unit: str) -> bool:
    size = int(number)
    if unit in ("em", "rem"):
        return size >= FAR_EM
    return size >= (FAR_SHARE if unit in ("%", "vw", "vh") else FAR_PX)


def _is_same_colour(text: str) -> bool:
    colour, ground = COLOUR.search(text), GROUND.search(text)
    return bool(colour and ground and _plain(colour[1]) == _plain(ground[1]))


def _plain(colour: str) -> str:
    short = LONG_FORM.sub(r"#\1\2\3", colour.removesuffix("!important"))
    return NAMED.get(short, short)
