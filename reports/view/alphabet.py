"""The order of the Vietnamese alphabet, for lists sorted by name."""

import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; none stands before them
_SHAPES = "\u0306\u0302\u031b"  # breve, circumflex, horn: these make letters of their own

SortKey = tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...], str]


def vietnamese_key(name: str) -> SortKey:
    """A key that sorts names as a Vietnamese dictionary does: syllable by syllable, letters before tones."""
    syllables = unicodedata.normalize("NFC", name).lower().split()
    return (
        tuple(tuple(_letter(char) for char in word) for word in syllables),
        tuple(tuple(_tone(char) for char in word) for word in syllables),
        name,
    )


def _letter(char: str) -> int:
    parts = unicodedata.normalize("NFD", char)
    bare = unicodedata.normalize("NFC", parts[0] + "".join(c for c in parts[1:] if c in _SHAPES))
    place = _LETTERS.find(bare)
    return place + 1_000 if place >= 0 else min(ord(char), 999)


def _tone(char: str) -> int:
    return max((_TONES.find(c) + 1 for c in unicodedata.normalize("NFD", char)), default=0)
