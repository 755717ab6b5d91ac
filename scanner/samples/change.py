"""Hand-made pages beside what an earlier visit saw, for the examples of checks."""

from dataclasses import replace
from datetime import UTC, datetime

from scanner.identify.change import FIRST_LOOK, Change, compared
from scanner.identify.kinship import Family
from scanner.model.check import NotApplicable
from scanner.model.lexicon import Lexicon
from scanner.model.look import Before, Look
from scanner.samples.domain import TABLES

URL = "https://so.example/"
LINKS = tuple(f"{n:08x}" for n in range(40))
OTHERS = tuple(f"{n:08x}" for n in range(100, 140))
FORMER = Look("Sở Mẫu: trang thông tin", "vi", ("ban.example",), ("cdn.ban.example",), LINKS)
SMALL = replace(TABLES, lexicon=Lexicon(official=("gov.vn",), familiar=frozenset({"googletagmanager.com"})))
AT = datetime(2026, 11, 15, 2, 0, tzinfo=UTC)


def beside(
    *,
    title: str = FORMER.title,
    lang: str = FORMER.lang,
    outside: tuple[str, ...] = FORMER.outside,
    loaded: tuple[str, ...] = FORMER.loaded,
    links: tuple[str, ...] = LINKS,
    cut: bool = False,
) -> Change:
    """A page of today beside the former one; `cut`: the former lists were not complete."""
    former = replace(FORMER, truncated=cut)
    now = Look(title, lang, outside, loaded, links)
    return compared(URL, Before("20261115T020000Z", AT, former), now, Family("so.example", SMALL))


def first_look() -> NotApplicable:
    """There is no earlier visit to compare with."""
    return NotApplicable(FIRST_LOOK)
