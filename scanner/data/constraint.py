"""Stretches of releases as public records write them in words: refused loudly when a piece is not understood."""

import re

from scanner.data.hole import RangeError, stretch
from scanner.model.reference import VulnerableRange

NUMBER = r"[vV]?\d[0-9A-Za-z.+-]{0,30}?"
ANY = frozenset({"", "*", "0", "0.0", "0.0.0", "-", "n/a", "unspecified", "all"})
TEXT_LIMIT = 400
ALTERNATIVES = re.compile(r"\s*(?:\|\||&(?!&)|;|\band\b)\s*")
FIXED_IN = re.compile(
    rf"(?:.{{0,60}}\s)?[Ff]ixed in (?:[A-Za-z]{{1,20}} )?(?P<fixed>{NUMBER})"
    rf"(?: \([Aa]ffected (?P<first>{NUMBER})(?:-{NUMBER})?\))?"
)
BETWEEN = re.compile(rf"(?:from )?(?P<first>{NUMBER})(?: ?- ?| to | through |–)(?P<last>{NUMBER})")
BOUND = re.compile(rf"(?P<sign><=|>=|<|>|==?)\s{{0,3}}(?P<number>{NUMBER})")
SEVERAL = re.compile(r"[\s,]+(?=[<>=])")
LINE = re.compile(r"(?P<line>\d{1,6}(?:\.\d{1,6}){0,3})\.[xX*]")


def stretches(text: str) -> tuple[VulnerableRange, ...]:
    """The stretches of a text such as ">= 9.0.0, < 9.13.10" or "3.0.0-3.10.6 & 4.0.0-4.1.0".

    Raises RangeError naming the piece that is not understood.
    """
    if len(text) > TEXT_LIMIT:
        raise RangeError("too long a text")
    pieces = [piece.strip() for piece in ALTERNATIVES.split(text) if piece.strip()]
    if not pieces:
        raise RangeError("no version")
    return tuple(_piece(piece) for piece in pieces)


def number(text: str) -> str:
    """A bound as a plain number: v4.5 is 4.5, 8.1.x and 8.1.* are 8.1; "" where a record says "from the first"."""
    plain = text.strip()
    if plain.lower() in ANY:
        return ""
    return re.sub(r"\.[xX*]$", "", plain.removeprefix("v.").removeprefix("v").removeprefix("V"))


def _piece(piece: str) -> VulnerableRange:
    if found := FIXED_IN.fullmatch(piece):
        return stretch(number(found["first"] or ""), fixed=number(found["fixed"]))
    if piece[0] in "<>=":
        return _bounded([_bound(part) for part in SEVERAL.split(piece)])
    if found := LINE.fullmatch(piece):
        return stretch(found["line"], fixed=_next_line(found["line"]))
    if found := BETWEEN.fullmatch(piece):
        return stretch(number(found["first"]), last=number(found["last"]))
    if piece.lower() in ANY:
        raise RangeError(f"{piece!r} names no release")
    return stretch(number(piece), last=number(piece))


def _next_line(line: str) -> str:
    head, dot, last = line.rpartition(".")
    return f"{head}{dot}{int(last) + 1}"


def _bound(part: str) -> tuple[str, str]:
    found = BOUND.fullmatch(part.strip())
    if found is None:
        raise RangeError(f"{part[:60]!r} is not understood")
    return found["sign"], number(found["number"])


def _bounded(bounds: list[tuple[str, str]]) -> VulnerableRange:
    signs = dict(bounds)
    if len(signs) != len(bounds) or ">" in signs or {"<", "<="} <= signs.keys():
        raise RangeError(f"{' '.join(sign + one for sign, one in bounds)!r} is not understood")
    if same := signs.get("=") or signs.get("=="):
        return stretch(same, last=same)
    return stretch(signs.get(">=", ""), fixed=signs.get("<", ""), last=signs.get("<=", ""))
