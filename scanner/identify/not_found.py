"""How a site answers for a page that cannot exist, and whether another answer is that same answer in disguise.

A site that says 200 to everything makes every known path look as if it were there; so an answer to a known path proves
something only when it does not resemble the answer to the random one.
"""

import re
from enum import StrEnum
from urllib.parse import urlsplit

from scanner.identify.page_kind import WALLS, kind_of
from scanner.model.evidence import Body, End, Fetch, Missing, Response
from scanner.parse.url import host_of

WORD = re.compile(rb"[^\s<>\"'=/&?#.,;:()\[\]{}]{2,}")
CHANGING = re.compile(rb"[0-9a-f]{8,}|\d+", re.IGNORECASE)  # tokens, counters, clocks
WORDS = 4_000
ALIKE = 0.9


class NotFound(StrEnum):
    """The closed list of answers to a page that cannot exist."""

    HONEST = "honest"  # 404 or 410
    ERROR = "error"  # another error of the site
    SOFT = "soft"  # a page, as if it were there
    REDIRECT = "redirect"  # sent elsewhere, mostly to the home page
    BLOCKED = "blocked"  # a wall
    UNKNOWN = "unknown"


def not_found_of(canary: Fetch | None) -> NotFound:
    """How a site answered for a page that cannot exist."""
    if canary is None or not canary.exchanges:
        return NotFound.UNKNOWN
    last = canary.last.response
    if canary.end is End.OUT_OF_SCOPE:
        return NotFound.REDIRECT
    if isinstance(last, Missing):
        return NotFound.UNKNOWN
    if last.status in (404, 410):
        return NotFound.HONEST
    if kind_of(last) in WALLS:
        return NotFound.BLOCKED
    if last.status >= 400:
        return NotFound.ERROR
    if last.status >= 300 or _moved(canary):
        return NotFound.REDIRECT
    return NotFound.SOFT


def _moved(canary: Fetch) -> bool:
    """True when the walk ended on another path; a change of scheme or of www alone is none."""
    first, last = canary.exchanges[0].url, canary.last.url
    return urlsplit(first).path != urlsplit(last).path or (
        host_of(first).removeprefix("www.") != host_of(last).removeprefix("www.")
    )


def resembles(answer: Response, canary: Response) -> bool:
    """True when two answers are the same page but for numbers, tokens and the address they repeat."""
    if answer.status != canary.status:
        return False
    one, two = _words(answer), _words(canary)
    if not one and not two:
        return True
    return len(one & two) >= ALIKE * len(one | two)


def _words(response: Response) -> frozenset[bytes]:
    if not isinstance(response.body, Body):
        return frozenset()
    found = WORD.findall(response.body.content[:200_000])[:WORDS]
    return frozenset(CHANGING.sub(b"0", word) for word in found)
