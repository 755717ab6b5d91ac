"""What ground a site stands on: one word from its own page, by which known paths are worth a request or not."""

from collections.abc import Iterable

from scanner.identify.page_kind import PageKind, kind_of
from scanner.model.evidence import Body, End, Fetch, Response
from scanner.model.question import Question

LOOK_AT = 300_000
JOOMLA = (b"/media/jui/", b"/media/system/js/", b"joomla", b"/components/com_", b"option=com_")
WORDPRESS = (b"/wp-content/", b"/wp-includes/", b"/wp-json/")
ASPNET = (b"__viewstate", b".aspx", b"webresource.axd", b"scriptresource.axd")
ASPNET_HEADERS = ("asp.net", "x-aspnet", "microsoft-iis", "aspxauth")


def ground_of(fetches: Iterable[Fetch]) -> str:
    """aspnet, wordpress, joomla or other; empty when the site showed no page."""
    answers = [f.last.response for f in fetches if f.end is End.FINAL]
    pages = [a for a in answers if isinstance(a, Response) and kind_of(a) is PageKind.CONTENT]
    if not pages:
        return ""
    content = b"\n".join(p.body.content[:LOOK_AT].lower() for p in pages if isinstance(p.body, Body))
    headers = "\n".join(f"{k}: {v}" for p in pages for k, v in p.headers).lower()
    if any(mark in headers for mark in ASPNET_HEADERS) or any(mark in content for mark in ASPNET):
        return "aspnet"
    if any(mark in content for mark in WORDPRESS):
        return "wordpress"
    return "joomla" if any(mark in content for mark in JOOMLA) else "other"


def is_worth(question: Question, ground: str) -> bool:
    """True when a question makes sense on this ground; nothing is asked of a wall or of silence that need not be."""
    if question.if_page and not ground:
        return False
    return not question.on or ground in question.on
