"""What a footer declares a site to run on: "Website sử dụng Portal mã nguồn mở Joomla 3.4".

Compared without accents and without letter case, since pages mix NFC, NFD and unaccented text. A name
counts only after a verb and a noun of the signals file within 60 characters, or right behind a credit
("Powered by").
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from scanner.model.reference import SignalTable

REACH = 60  # characters between verb and name
CREDIT_REACH = 20
FOOTER_LIMIT = 20_000
NAME_LIMIT = 20  # mentions of one product that are looked at
VERSION_AFTER = re.compile(
    r"!?[ :,-]{0,3}(?:phien ban |version |ver\.? ?|v\.? ?)?(\d{1,3}(?:\.\d{1,3}){0,3})\b", re.ASCII
)
SENTENCE_AFTER = 40


def folded(text: str) -> str:
    """The text in NFC, each character lower and bare of accents: as long as the NFC text, so places agree."""
    return "".join(map(_bare, unicodedata.normalize("NFC", text)))


def declared_products(footer: str, table: SignalTable) -> Iterator[tuple[str, str, str]]:
    """Each (product, sentence as printed, version or "") a footer declares, every pair once."""
    original = unicodedata.normalize("NFC", footer)[:FOOTER_LIMIT]
    plain = folded(original)
    seen: set[tuple[str, str]] = set()
    for signal in table.signals:
        if signal.kind != "footer":
            continue
        for count, name in enumerate(signal.pattern.finditer(plain)):
            if count >= NAME_LIMIT:
                break
            lead = _lead(plain, name.start(), table)
            if lead is None:
                continue
            version = VERSION_AFTER.match(plain, name.end())
            number = version[1] if version else ""
            if (signal.product, number) not in seen:
                seen.add((signal.product, number))
                end = (version or name).end()
                yield (
                    signal.product,
                    original[lead : min(len(original), end + SENTENCE_AFTER)].strip(),
                    number,
                )


def _lead(plain: str, start: int, table: SignalTable) -> int | None:
    """Where the phrase that leads to the name begins; None when the name is only mentioned."""
    first = max(0, start - REACH)
    window = plain[first:start]
    verb = _first(window, table.footer_verbs)
    if verb is not None and _last(window[verb:], table.footer_nouns) is not None:
        return first + verb
    near = max(0, start - CREDIT_REACH)
    credit = _last(plain[near:start], table.footer_credits)
    return None if credit is None else near + credit


def _first(text: str, words: Iterable[str]) -> int | None:
    return min(_places(text, words), default=None)


def _last(text: str, words: Iterable[str]) -> int | None:
    return max(_places(text, words), default=None)


def _places(text: str, words: Iterable[str]) -> list[int]:
    """Where each word begins; only whole words."""
    spaced = f" {re.sub('[^a-z0-9]', ' ', text)} "
    return [place for word in words if (place := spaced.find(f" {word} ")) >= 0]


@lru_cache(maxsize=4_096)
def _bare(character: str) -> str:
    if character in "đĐ":
        return "d"
    bare = unicodedata.normalize("NFD", character)[0].lower()
    return bare if len(bare) == 1 else character
