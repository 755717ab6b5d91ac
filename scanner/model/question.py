"""The further requests checks may ask for by name (`needs`), beside the two that open the site.

The plan prints them, the collector sends them, checks find the answer under the same name as the purpose of a fetch.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from scanner.model.agency import Depth
from scanner.model.evidence import Headers

TOKEN = "{token}"  # noqa: S105 - a slot: 16 random hex digits, new for each request
HOST = "{host}"
BUSTER = "rasoat"  # names the query that no cache has seen
ECHO = "X-Rasoat-Echo"


@dataclass(frozen=True, slots=True)
class Question:
    """One further request. `path` empty: the page the site ended on, with a query no cache has seen if `fresh`."""

    depth: Depth
    method: str = "GET"
    path: str = ""
    fresh: bool = False
    headers: Headers = ()
    if_shared: bool = False  # only when an earlier answer allowed another origin to read it (CORS)

    def url(self, page: str, token: str) -> str:
        """The address to ask, from that of the page."""
        parts = urlsplit(page)
        origin = f"{parts.scheme}://{parts.netloc}"
        if self.path:
            return origin + self.path.replace(TOKEN, token)
        if not self.fresh:
            return page.partition("#")[0]
        query = "&".join(q for q in (parts.query, f"{BUSTER}={token}") if q)
        return f"{origin}{parts.path or '/'}?{query}"

    def sent(self, page: str, token: str) -> Headers:
        """The headers to send beside the usual ones."""
        host = urlsplit(page).hostname or ""
        return tuple((k, v.replace(TOKEN, token).replace(HOST, host)) for k, v in self.headers)


STRANGER = f"https://{TOKEN}.example"  # RFC 2606: nobody can register it
PREFLIGHT = ("Access-Control-Request-Method", "GET")

QUESTIONS: Mapping[str, Question] = {
    # the page once more, as another site's script would fetch it: are nonces fresh, who may read the answer
    "again": Question(Depth.PASSIVE, fresh=True, headers=(("Origin", STRANGER),)),
    # a page that cannot exist: soft 404, headers of error pages
    "canary": Question(Depth.STANDARD, path=f"/{TOKEN}"),
    "options": Question(Depth.STANDARD, method="OPTIONS", headers=(("Origin", STRANGER), PREFLIGHT)),
    "trace": Question(Depth.STANDARD, method="TRACE", headers=((ECHO, TOKEN),)),
    "security-txt": Question(Depth.STANDARD, path="/.well-known/security.txt"),
    "robots": Question(Depth.STANDARD, path="/robots.txt"),
    "origin-null": Question(Depth.STANDARD, fresh=True, headers=(("Origin", "null"),), if_shared=True),
    "origin-lookalike": Question(
        Depth.STANDARD, fresh=True, headers=(("Origin", f"https://{HOST}.{TOKEN}.example"),), if_shared=True
    ),
    "origin-suffix": Question(
        Depth.STANDARD, fresh=True, headers=(("Origin", f"https://x{TOKEN}{HOST}"),), if_shared=True
    ),
}


def allowed(needs: tuple[str, ...], depth: Depth) -> tuple[str, ...]:
    """The needs that may be asked at a depth, in the order they are asked; names that are none are left out."""
    return tuple(name for name, q in QUESTIONS.items() if name in needs and depth.covers(q.depth))
