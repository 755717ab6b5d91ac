"""Whether a site tells where to report a weakness: the view of the checks on security.txt (RFC 9116)."""

import re
from dataclasses import dataclass

from scanner.model.check import NotApplicable
from scanner.model.evidence import Body, Evidence, Fetch, Missing, Response, Why
from scanner.model.reference import Reference
from scanner.parse.security_txt import SecurityTxt, read_security_txt

PURPOSE = "security-txt"
MARKUP = ("<!doctype", "<html", "<head", "<?xml")
SIZE_BYTES = 32 * 1024
CHARSET = re.compile(r";[ \t]*charset=([^;]+)", re.IGNORECASE)
OK, GONE = 200, (404, 410)


@dataclass(frozen=True, slots=True)
class SecurityFile:
    """What came for `/.well-known/security.txt`. `file` is None when there is none."""

    url: str
    status: int
    media_type: str
    file: SecurityTxt | None
    charset: str = ""  # as the server names it, lower case

    @property
    def strays(self) -> bool:
        """True when the file names its addresses, and this one is not among them (section 2.5.2)."""
        named = self.file.values("canonical") if self.file else ()
        return bool(named) and self.url not in named


def security_file_of(evidence: Evidence, _ref: Reference) -> SecurityFile | Missing | NotApplicable:
    """The view. A page of HTML under that name is a soft 404, not a file (section 3: text/plain)."""
    if isinstance(evidence.http, Missing):
        return evidence.http
    fetch = evidence.http.fetch(PURPOSE)
    if fetch is None:
        return Missing(Why.NOT_ASKED, "known paths are asked for at standard depth")
    return _read(fetch)


def _read(fetch: Fetch) -> SecurityFile | Missing:
    response = fetch.last.response
    if isinstance(response, Missing):
        return response
    kind = next((v for n, v in response.headers if n.lower() == "content-type"), "")
    media_type = kind.partition(";")[0].strip().lower()
    if response.status in GONE:
        return SecurityFile(fetch.last.url, response.status, media_type, None)
    if response.status != OK:
        return Missing(Why.BLOCKED, f"{fetch.last.url}: {response.status}")
    text = _text(response)
    if isinstance(text, Missing):
        return text
    charset = next((m[1].strip('" ').lower() for m in [CHARSET.search(kind)] if m), "")
    is_page = media_type == "text/html" or text.lstrip().lower().startswith(MARKUP)
    file = None if is_page else read_security_txt(text)
    return SecurityFile(fetch.last.url, response.status, media_type, file, charset)


def _text(response: Response) -> str | Missing:
    if not isinstance(response.body, Body):
        return response.body
    return response.body.content[:SIZE_BYTES].decode("utf-8", "replace")
