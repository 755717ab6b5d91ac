"""What pages tell about the machinery behind them: traces of errors, debugging aids, a server's own start page.

Looked for on the page a visitor ends up on and on the page for an address that cannot exist. The patterns are the shape
a program writes in, not words: an article about a stack trace holds none.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scanner.identify.page import best_fetch
from scanner.identify.page_kind import PageKind, kind_of
from scanner.model.check import Fail, Judgement, NotApplicable, Pass, Unknown
from scanner.model.evidence import Body, End, Fetch, Headers, HttpEvidence, Missing, Response, Why
from scanner.parse import headers as header
from scanner.parse.charset import declared_charset, decode

LOOK_AT = 300_000  # bytes of each page
PURPOSES = ("https", "http", "canary")
SAW_BEFORE, SAW_AFTER = 40, 260


@dataclass(frozen=True, slots=True)
class Shape:
    """How a program writes. Every match holds one of `words` (lower case), and these are found much faster."""

    words: tuple[str, ...]
    pattern: re.Pattern[str]

    def search(self, text: str, lowered: str) -> re.Match[str] | None:
        """The first place of that shape; `lowered` is the same text in lower case."""
        return self.pattern.search(text) if any(word in lowered for word in self.words) else None


def _shape(pattern: str, *words: str) -> Shape:
    return Shape(words, re.compile(pattern, re.IGNORECASE))


STACK_TRACES = (
    _shape(
        r"<b>(?:fatal error|parse error|warning|notice|deprecated)</b>:\s[^<]{0,300} in <b>[^<]{1,200}</b> on line",
        "</b> on line",
    ),
    _shape(
        r"php (?:fatal error|parse error|warning|notice):(?=[^<\n]{0,510} on line \d)"  # fails at once on most pages
        r"\s[^<\n]{0,300} in /[^<\n]{1,200} on line \d",
        " on line ",
    ),
    _shape(r"stack trace:\s{0,9}(?:<[^>]{1,20}>)?\s{0,9}#0 ", "stack trace:"),
    _shape(
        r"\bat (?:java|javax|jakarta|org|com|sun|jdk)\.[\w.$]{3,150}\([\w$]{1,60}\.java:\d",
        ".java:",
    ),
    _shape(r"\bat system\.[\w.`]{3,150}\([^)<]{0,200}\)", "at system."),
    _shape(
        r"traceback \(most recent call last\):\s{1,9}(?:<[^>]{1,40}>)?file ",
        "traceback (most recent call last):",
    ),
    _shape(r"\bsqlstate\[\w{5}\]", "sqlstate["),
    _shape(r"\bora-\d{5}: ", "ora-"),
    _shape(
        r"you have an error in your sql syntax; check the manual",
        "you have an error in your sql syntax",
    ),
    _shape(
        r"unclosed quotation mark after the character string",
        "unclosed quotation mark after the character string",
    ),
    _shape(
        r"microsoft ole db provider for [\w ]{3,40}(?:</font>)?\s{0,5}(?:<[^>]{1,40}>)?\s{0,5}error '",
        "microsoft ole db provider for ",
    ),
)
DEBUG_AIDS = (
    _shape(r"<b>\s{0,5}source error:\s{0,5}</b>", "source error:"),
    _shape(
        r"you(?:'|&#x27;|&#39;)re seeing this error because you have <code>debug = true",
        "seeing this error because you have <code>debug = true",
    ),
    _shape(r"window\.ignite\(|vendor/facade/ignition|laravel-ignition", "ignit"),
    _shape(r"class=[\"']phpdebugbar|phpdebugbar\.js|/_debugbar/assets/", "debugbar"),
    _shape(r"class=[\"']sf-toolbar|/_profiler/[0-9a-f]{6}|sf-reset sf-", "sf-", "/_profiler/"),
    _shape(r"werkzeug debugger|\?__debugger__=yes", "debugger"),
    _shape(r"<title>action controller: exception caught", "action controller: exception caught"),
    _shape(r"id=[\"']yii-debug-toolbar", "yii-debug-toolbar"),
    _shape(r"<div id=[\"']system-debug[\"']", "system-debug"),
    _shape(r"class=[\"']xdebug-error xe-", "xdebug-error xe-"),
)
START_PAGES = (
    _shape(
        r"<title>\s{0,9}(?:welcome to nginx!?|apache2? (?:\w{3,12} )?(?:default page|http server test page)[^<]{0,60}|"
        r"test page for (?:the )?(?:apache|nginx|http server)[^<]{0,80}|iis windows server|iis[ 78.]{1,5}|"
        r"welcome to xampp[^<]{0,30}|apache tomcat/\d[^<]{0,20}|(?:domain )?default (?:web site )?page[^<]{0,60}|"
        r"welcome to openresty!?|welcome to centos|plesk[^<]{0,20} default page|future home of[^<]{0,80})\s{0,9}"
        r"</title>",
        "welcome to ",
        "default ",
        "test page",
        "iis",
        "apache tomcat/",
        "future home of",
    ),
    _shape(r"<h1>it works!</h1>", "<h1>it works!</h1>"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One page as text."""

    purpose: str
    url: str
    status: int
    text: str
    headers: Headers


def shown_pages(http: HttpEvidence) -> tuple[Shown, ...] | Missing:
    """The pages a site showed, walls left out; why there is none."""
    pages = [p for name in PURPOSES if (f := http.fetch(name)) and (p := _shown(f)) is not None]
    if any(page.purpose != "canary" for page in pages):
        return tuple(pages)
    reasons = [f.last.response for f in http.fetches if isinstance(f.last.response, Missing)]
    return reasons[0] if reasons else Missing(Why.BLOCKED, "the site showed no page")


def off_site(http: HttpEvidence) -> NotApplicable | None:
    """What to say of an address that only leads to another site; None when it has pages of its own."""
    fetch = best_fetch(http)
    if isinstance(fetch, Missing) or fetch.end is not End.OUT_OF_SCOPE:
        return None
    return NotApplicable(because="off-site", saw=f"GET {fetch.last.url} leads to another site")


def judge_shown(
    http: HttpEvidence,
    shapes: Iterable[Shape],
    *,
    note: str,
    purposes: tuple[str, ...] = PURPOSES,
) -> Judgement:
    """Fail on the first shape a page holds, with the words around it."""
    if away := off_site(http):
        return away
    pages = shown_pages(http)
    if isinstance(pages, Missing):
        return Unknown(*pages)
    looked = [page for page in pages if page.purpose in purposes]
    for page in looked:
        lowered = page.text.lower()
        hit = next((hit for shape in shapes if (hit := shape.search(page.text, lowered))), None)
        if hit:
            around = page.text[max(0, hit.start() - SAW_BEFORE) : hit.start() + SAW_AFTER]
            proof = f"GET {page.url}: {page.status}\n{' '.join(around.split())}"
            return Fail(proof, (page.url,), note, (("url", page.url),))
    return Pass(saw="\n".join(f"GET {page.url}: {page.status}, nothing of the kind" for page in looked))


def _shown(fetch: Fetch) -> Shown | None:
    response = fetch.last.response
    if not isinstance(response, Response) or not isinstance(response.body, Body):
        return None
    if kind_of(response) in (PageKind.BLOCKED, PageKind.REDIRECT):
        return None
    charset = declared_charset(header.first(response.headers, "content-type") or "")
    text = decode(response.body.content[:LOOK_AT], charset=charset)
    return Shown(fetch.purpose, fetch.last.url, response.status, text, response.headers)
