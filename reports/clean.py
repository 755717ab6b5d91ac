r"""The text pipe: what every string goes through before the encoder of one output medium sees it.

Text from the wire may hold control characters, text that turns the reading direction round, halves of
surrogate pairs and code points no XML parser accepts. Here they become visible as `\u{202e}`; nothing is
dropped in silence. What an encoder must add (quotes, entities, formula guards) stands in the one function of
that medium.
"""

import hashlib
import re
import unicodedata

LIMIT = 2_000
CUT = " […]"
_INVISIBLE = frozenset(
    {"Cc", "Cf", "Cs", "Zl", "Zp"}
)  # controls, bidi and zero-width, surrogates, separators
_FORMULA = frozenset("=+-@＝＋－＠\t\r\n")  # Excel in Asian editions reads the full-width forms too
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9]|index|province)")
_PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NAME_LIMIT = 64


def clean(text: str, limit: int = LIMIT, *, keep: str = "") -> str:
    r"""The text in NFC with everything invisible made visible, at most `limit` characters long.

    `keep` names control characters that may stay, such as `"\n\t"`. Cleaning twice changes nothing.
    """
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text  # nearly every string: ids, dates, addresses, header lines
    start = text[: limit * 2]  # cut first: normalising a long run of combining marks takes quadratic time
    normal = unicodedata.normalize("NFC", start)
    shown = normal if normal.isprintable() else "".join(_shown(char, keep) for char in normal)
    if len(shown) <= limit and len(start) == len(text):
        return shown
    return shown[: max(0, limit - len(CUT))] + CUT[:limit]


def one_line(text: str, limit: int = 200) -> str:
    """The cleaned text on one line, blanks folded; fit for a mail header or a log line."""
    return clean(" ".join(text[: limit * 4].split()), limit)


def xml_text(text: str, limit: int = LIMIT) -> str:
    """The cleaned text, made only of characters XML 1.0 section 2.2 allows; line feeds and tabs stay."""
    return clean(text, limit, keep="\n\t")


def csv_cell(text: str, limit: int = LIMIT) -> str:
    """The cleaned text with a quote in front where a spreadsheet would take it for a formula."""
    cell = clean(text, limit)
    first = cell.lstrip()[:1]
    return f"'{cell}" if first in _FORMULA and first else cell


def file_name(agency_id: str) -> str:
    """A file name without ending, of `[a-z0-9-]`, at most 64 characters, different for different ids.

    An id that is such a name already stays as it is; every other gets the start of its digest.
    """
    if _PLAIN.fullmatch(agency_id) and len(agency_id) <= _NAME_LIMIT and not _RESERVED.fullmatch(agency_id):
        return agency_id
    digest = hashlib.sha256(agency_id.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    bare = unicodedata.normalize("NFD", agency_id[:200].lower().replace("đ", "d"))
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[: _NAME_LIMIT - 11].strip("-")
    return f"{slug or 'co-quan'}-{digest}"


def _shown(char: str, keep: str) -> str:
    if char in keep or char.isprintable():
        return char
    if unicodedata.category(char) in _INVISIBLE or _is_noncharacter(ord(char)):
        return f"\\u{{{ord(char):x}}}"
    return char


def _is_noncharacter(point: int) -> bool:
    """True for the 66 code points Unicode section 23.7 sets aside for ever."""
    return point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
