"""The view `Change`: the page beside what an earlier visit saw of it.

The earlier look came with the job into the evidence, so judging again compares with the very same one. New is only
what a complete list did not hold; official and well-known hosts and names the national registry has checked are
no strangers.
"""

import re
from dataclasses import dataclass

from scanner.identify.compromise import NATIONAL
from scanner.identify.kinship import Family, Kin
from scanner.identify.look import look_of
from scanner.identify.page import Page, page_of
from scanner.model.check import NotApplicable
from scanner.model.evidence import Evidence, Missing
from scanner.model.look import Before, Look
from scanner.model.reference import Reference
from scanner.parse.vietnamese import fold

FIRST_LOOK = "first-look"  # checks word it
CHECKS = (
    "compromise.new-outside-host",
    "compromise.new-script-host",
    "compromise.page-replaced",
    "compromise.title-changed",
)
ENOUGH_LINKS = 10  # of both pages, before the share that is kept tells anything
KEPT_LINKS = 0.2
KEPT_WORDS = 0.5
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Change:
    """A page now and before. Hosts are strangers' only."""

    url: str
    before: Before
    now: Look
    new_outside: tuple[str, ...] = ()
    new_loaded: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """False when the earlier list was cut, so that a host it lacks may have been there."""
        return not self.before.look.truncated

    @property
    def kept_links(self) -> float | None:
        """The share of the smaller set of links that both pages have; None when there are too few."""
        return kept_links(self.before.look, self.now)

    @property
    def has_new_title(self) -> bool:
        """True when the title shares fewer than half of its words; numbers and dates do not count."""
        one, two = _words(self.before.look.title), _words(self.now.title)
        return bool(one) and len(one & two) < KEPT_WORDS * min(len(one), len(two) or 1)

    @property
    def has_new_language(self) -> bool:
        """True when both pages state a language and it is not the same."""
        one, two = primary(self.before.look.lang), primary(self.now.lang)
        return bool(one and two) and one != two

    @property
    def is_replaced(self) -> bool:
        """True when hardly a link is left and title or language changed too, or both of these did."""
        kept = self.kept_links
        has_new_links = kept is not None and kept < KEPT_LINKS
        return (has_new_links and (self.has_new_title or self.has_new_language)) or (
            self.has_new_title and self.has_new_language
        )


def change_of(evidence: Evidence, ref: Reference) -> Change | Missing | NotApplicable:
    """The page of a visit beside the earlier one; there is nothing to compare on a first visit."""
    page = page_of(evidence, ref)
    if not isinstance(page, Page):
        return page
    if evidence.before is None:
        return NotApplicable(FIRST_LOOK)
    family = Family(page.host, ref)
    return compared(page.url, evidence.before, look_of(page.html, family), family)


def compared(url: str, before: Before, now: Look, family: Family) -> Change:
    """What is new in a look."""
    old = before.look
    return Change(
        url,
        before,
        now,
        new_outside=tuple(h for h in _strangers(now.outside, family) if h not in old.outside),
        new_loaded=tuple(h for h in _strangers(now.loaded, family) if h not in old.loaded),
    )


def kept_links(old: Look, new: Look) -> float | None:
    """The share of the smaller set of links that both looks have."""
    fewer = min(len(old.links), len(new.links))
    if old.truncated or new.truncated or fewer < ENOUGH_LINKS:
        return None
    return len(set(old.links) & set(new.links)) / fewer


def primary(lang: str) -> str:
    """The language of a tag without its region."""
    return lang.lower().replace("_", "-").partition("-")[0]


def _strangers(hosts: tuple[str, ...], family: Family) -> list[str]:
    return [h for h in hosts if family.kin(h) is Kin.STRANGER and not h.endswith(NATIONAL)]


def _words(title: str) -> frozenset[str]:
    return frozenset(WORD.findall(fold(title)))
