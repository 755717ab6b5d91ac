"""The list of planted words: reads its file, and finds its words in text in linear time.

Text is cut into words once; only where a word begins a term is more compared, at most the length of the longest term.
Languages without blanks are found by one alternation of literals. Both walk a text once, whatever it holds.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from scanner.model.lexicon import Lexicon, Phrases, Term
from scanner.parse.vietnamese import INVISIBLE, fold

FORMAT = "lexicon/1"
WORD = re.compile(r"[^\W_]+")
WITHOUT_BLANKS = frozenset({"zh", "ja", "ko", "th"})
GROUP_KEYS = frozenset({"theme", "language", "weight", "bare", "words"})
THEMES = frozenset({"gambling", "pharma", "adult", "loan", "fake-goods"})
TEXT_LIMIT = 200_000
ALIKE = str.maketrans("асеіорхуѕј", "aceiopxysj")


class LexiconError(ValueError):
    """The file breaks its rules; the message names every fault."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A term that stands in a text."""

    term: Term
    found: str  # as matched, lower case


def read_lexicon(text: str) -> Lexicon:
    """The table of a file. Raises LexiconError with all faults."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(str(error)) from error
    faults = list(_faults(table))
    if faults:
        raise LexiconError("; ".join(faults))
    terms = {plain(t.word): t for group in table["group"] for t in _terms(group)}
    spaced = {word: t for word, t in terms.items() if t.language not in WITHOUT_BLANKS}
    solid = sorted((w for w in terms if w not in spaced), key=len, reverse=True)
    hosts, defaced = table.get("hosts", {}), table.get("defaced", {})
    return Lexicon(
        phrases=_phrases(spaced),
        terms={" ".join(WORD.findall(word)) if word in spaced else word: t for word, t in terms.items()},
        anywhere=re.compile("|".join(map(re.escape, solid))) if solid else None,
        host_parts=tuple((part, row["weight"]) for row in table.get("host", ()) for part in row["parts"]),
        warnings=_phrases(plain(w) for w in table.get("context", {}).get("warnings", ())),
        official=tuple(hosts.get("official", ())),
        familiar=frozenset(hosts.get("familiar", ())),
        miners=tuple(hosts.get("miners", ())),
        defaced_strong=tuple(map(plain, defaced.get("strong", ()))),
        defaced_weak=tuple(map(plain, defaced.get("weak", ()))),
        defaced_news=tuple(map(plain, defaced.get("news", ()))),
        as_of=table.get("as_of"),
    )


def _terms(group: Mapping[str, Any]) -> Iterable[Term]:
    theme, language, weight = group["theme"], group["language"], group["weight"]
    for word in group["words"]:
        yield Term(word, theme, language, weight, fold(word))
    if group.get("bare"):
        for word in group["words"]:
            if fold(word) != word:
                yield Term(fold(word), theme, language, weight, fold(word))


def _phrases(words: Iterable[str]) -> Phrases:
    found: dict[str, set[tuple[str, ...]]] = {}
    for word in words:
        parts = tuple(WORD.findall(word))
        found.setdefault(parts[0], set()).add(parts)
    return {first: tuple(sorted(ps, key=lambda p: (-len(p), p))) for first, ps in found.items()}


def _faults(table: Mapping[str, Any]) -> Iterable[str]:
    if table.get("format") != FORMAT:
        yield f"format must be {FORMAT}"
    for number, group in enumerate(table.get("group", ()), 1):
        where = f"group {number}"
        yield from (f"{where}: unknown key {key!r}" for key in sorted(set(group) - GROUP_KEYS))
        if group.get("theme") not in THEMES:
            yield f"{where}: theme is none of {', '.join(sorted(THEMES))}"
        if group.get("weight") not in (1, 2, 3):
            yield f"{where}: weight must be 1, 2 or 3"
        words = group.get("words")
        if not isinstance(words, list) or not words:
            yield f"{where}: it has no words"
            continue
        yield from (f"{where}: {w!r} is not lower case in NFC" for w in words if not _is_plain(w))
        yield from (f"{where}: {w!r} holds no word" for w in words if not WORD.search(w))


def _is_plain(word: str) -> bool:
    return word == word.lower().strip() and unicodedata.is_normalized("NFC", word)


def plain(text: str) -> str:
    """Text as terms are compared: one spelling of each letter, lower case, nothing invisible or in disguise."""
    if text.isascii():
        return text.lower()
    folded = INVISIBLE.sub("", text).lower().translate(ALIKE)
    return unicodedata.normalize("NFKC", folded).lower()


def words_of_url(url: str) -> str:
    """The words a path and query are made of."""
    rest = url.partition("://")[2].partition("/")[2]
    return unquote(rest.replace("+", " "), errors="replace")


def find(text: str, lexicon: Lexicon) -> tuple[Hit, ...]:
    """Every term in a text, the longest at each place, in order."""
    ready = plain(text[:TEXT_LIMIT])
    hits = [Hit(lexicon.terms[found], found) for found in _phrases_in(ready, lexicon.phrases)]
    if lexicon.anywhere is not None and not ready.isascii():
        hits += [Hit(lexicon.terms[m[0]], m[0]) for m in lexicon.anywhere.finditer(ready)]
    return tuple(hits)


def is_warned(text: str, lexicon: Lexicon) -> bool:
    """True beside words of police, press and courts."""
    return next(iter(_phrases_in(plain(text[:TEXT_LIMIT]), lexicon.warnings)), None) is not None


def _phrases_in(ready: str, phrases: Phrases) -> Iterable[str]:
    words = WORD.findall(ready)
    at = 0
    for place in [
        place for place, word in enumerate(words) if word in phrases
    ]:  # hardly any word begins a term
        if place < at:
            continue
        for parts in phrases[words[place]]:
            if tuple(words[place : place + len(parts)]) == parts:
                yield " ".join(parts)
                at = place + len(parts)
                break


def weight_of(hits: Iterable[Hit]) -> int:
    """The weights of distinct terms together; everyday words alone never weigh more than 2."""
    weights = {hit.term.key: hit.term.weight for hit in hits}
    total = sum(weights.values())
    return total if max(weights.values(), default=0) >= 2 else min(total, 2)


def host_weight(host: str, lexicon: Lexicon) -> int:
    """How telling a host name is by itself: 0, 2 or 3."""
    return _host_weight(host, lexicon.host_parts)


@lru_cache(maxsize=2048)
def _host_weight(host: str, parts: tuple[tuple[str, int], ...]) -> int:
    solid = host.replace(".", "").replace("-", "")
    return max((weight for part, weight in parts if part in solid), default=0)
