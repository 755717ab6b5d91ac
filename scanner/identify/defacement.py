"""Marks of a page that was overwritten: what intruders write about themselves, where they write it."""

from dataclasses import dataclass

from scanner.identify.lexicon import plain
from scanner.model.lexicon import Lexicon
from scanner.parse.html import HtmlSummary
from scanner.parse.placement import Placement

SHORT_PAGE = 1_500  # characters of text; a front page of an agency holds more
STRONG = 3
ENOUGH = 4


@dataclass(frozen=True, slots=True)
class DefacedSign:
    """The marks that were found and where the first one stands."""

    place: str  # title heading text
    words: tuple[str, ...]
    saw: str


def defaced_sign(html: HtmlSummary, placement: Placement, lexicon: Lexicon) -> DefacedSign | None:
    """The sign of a page, or None. A claim in the title or a heading weighs most; words in long news weigh nothing."""
    is_short = len(html.text) <= SHORT_PAGE
    places = (("title", html.title, 2), *(("heading", h, 2) for h in placement.headings))
    ready = plain(html.text)
    is_claimed = any(mark in plain(html.title) for mark in lexicon.defaced_strong)
    if not is_claimed and any(word in ready for word in lexicon.defaced_news):
        return (
            None  # news about an intrusion: who overwrites a page says it in the title, or says nothing else
        )
    weak = [word for word in lexicon.defaced_weak if word in ready or word in plain(html.title)]
    for place, words, bonus in (*places, ("text", html.text, int(is_short))):
        text = plain(words)
        strong = [mark for mark in lexicon.defaced_strong if mark in text]
        if strong and STRONG + bonus + (len(weak) if is_short else 0) >= ENOUGH and (is_short or bonus):
            return DefacedSign(place, (*strong, *weak), _excerpt(words, strong[0]))
    if is_short and len(weak) >= 3:
        return DefacedSign("text", tuple(weak), html.text[:300])
    return None


def _excerpt(words: str, mark: str) -> str:
    at = max(0, plain(words).find(mark))
    return words[max(0, at - 60) : at + 240]
