"""Vietnamese words: one spelling of each, their order in the alphabet, how to compare what people type."""

import re
import unicodedata

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = (
    "\u0300",
    "\u0309",
    "\u0303",
    "\u0301",
    "\u0323",
)  # huyền, hỏi, ngã, sắc, nặng: the order of dictionaries
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def tidy(words: str) -> str:
    """The same words in NFC, on one line, single spaces, without invisible signs (Excel cells hold them)."""
    return unicodedata.normalize("NFC", " ".join(INVISIBLE.sub("", words).split()))


def fold(words: str) -> str:
    """Lower case without any diacritics: "Địa chỉ" and "DIA CHI" both become "dia chi"."""
    flat = unicodedata.normalize("NFD", tidy(words).casefold().replace("đ", "d"))
    return "".join(c for c in flat if not unicodedata.combining(c))


def slug(words: str) -> str:
    """An id people can read: "Sở Y tế" becomes "so-y-te". Empty when no Latin letter or digit is left."""
    return NOT_A_WORD.sub("-", fold(words)).strip("-")


def sort_key(words: str) -> tuple[tuple[tuple[int, str], ...], tuple[int, ...], str]:
    """The place of words in a Vietnamese list: letters first (a ă â b ... d đ), then tones, then the text."""
    letters: list[tuple[int, str]] = []
    tones: list[int] = []
    for sign in tidy(words).casefold():
        letter, tone = _split(sign)
        place = ALPHABET.find(letter)
        letters.append((place + 1, "" if place >= 0 else letter))
        tones.append(tone)
    return tuple(letters), tuple(tones), words


def _split(sign: str) -> tuple[str, int]:
    """A letter and the place of its tone: "ệ" is ("ê", 5)."""
    parts = unicodedata.normalize("NFD", sign)
    tone = next((TONES.index(mark) + 1 for mark in parts if mark in TONES), 0)
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in TONES)), tone
