"""The further requests checks may ask for by name (`needs`), beside the two that open the site.

The plan prints them, the collector sends them, checks find the answer under the same name as the purpose of a fetch.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from scanner.model.agency import Depth
from scanner.model.evidence import Headers

TOKEN = "{token}"  # noqa: S105 - a slot: 16 random hex digits, new for each request
HOST = "{host}"
BUSTER = "rasoat"  # names the query that no cache has seen
ECHO = "X-Rasoat-Echo"
BESIDE = (
    "-beside"  # ends the purpose of the question whether a name nobody has, in the same folder, answers alike
)


@dataclass(frozen=True, slots=True)
class Question:
    """One further request. `path` empty: the page the site ended on, with a query no cache has seen if `fresh`."""

    depth: Depth
    method: str = "GET"
    path: str = ""
    fresh: bool = False
    headers: Headers = ()
    if_shared: bool = False  # only when an earlier answer allowed another origin to read it (CORS)
    if_page: bool = False  # only when the site showed a page, no wall and no silence
    on: frozenset[str] = frozenset()  # only on these kinds of site (scanner.identify.ground); empty: on any
    cap_bytes: int | None = None  # of a successful answer; more is never read
    proof_only: bool = False  # of an answer only what proves the fault is kept (scanner.parse.exposed)
    inner: bool = (
        False  # of a further page the site names (scanner.identify.inner) instead of the one it ended on
    )

    def url(self, page: str, token: str) -> str:
        """The address to ask, from that of the page."""
        parts = urlsplit(page)
        origin = f"{parts.scheme}://{parts.netloc}"
        if self.path:
            return origin + self.path.replace(TOKEN, token).replace(HOST, parts.hostname or "")
        if not self.fresh:
            return page.partition("#")[0]
        query = "&".join(q for q in (parts.query, f"{BUSTER}={token}") if q)
        return f"{origin}{parts.path or '/'}?{query}"

    def beside(self, token: str) -> "Question":
        """The same question for a name nobody has in the same folder: `/.git/HEAD` -> `/.git/<token>`.

        Kind and ending stay, because servers answer whole folders and whole types alike.
        """
        folder, _, name = self.path.rstrip("/").rpartition("/")
        dot, ending = ("." if name.startswith(".") else ""), name.removeprefix(".").partition(".")[2]
        tail = (f".{ending}" if ending else "") + ("/" if self.path.endswith("/") else "")
        return replace(self, path=f"{folder}/{dot}{token}{tail}")

    def sent(self, page: str, token: str) -> Headers:
        """The headers to send beside the usual ones."""
        host = urlsplit(page).hostname or ""
        return tuple((k, v.replace(TOKEN, token).replace(HOST, host)) for k, v in self.headers)


STRANGER = f"https://{TOKEN}.example"  # RFC 2606: nobody can register it
PREFLIGHT = ("Access-Control-Request-Method", "GET")

# The page as others see it. Each names us too, so that an owner finds us in the logs.
CRAWLER = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) rasoat"
BROWSER = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 "
    "Safari/537.36 rasoat"
)
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile "
    "Safari/537.36 rasoat"
)
SEARCH = "https://www.google.com/"
PROOF_BYTES = 4 * 1024
SIGNATURE_BYTES = 512
SIGNATURE_ONLY = ("Range", f"bytes=0-{SIGNATURE_BYTES - 1}")
PHP_LIKE = frozenset({"joomla", "wordpress", "other"})


SITEMAP_BYTES = 256 * 1024


def _view(*headers: tuple[str, str]) -> Question:
    """The page as somebody else is shown it: what any visitor and any search engine may ask."""
    return Question(Depth.PASSIVE, headers=headers, if_page=True)


def _inner(*headers: tuple[str, str]) -> Question:
    return Question(Depth.STANDARD, headers=headers, if_page=True, inner=True)


def _known(path: str, on: frozenset[str] = frozenset()) -> Question:
    """A path that should not answer; only the proof of an answer is kept."""
    return Question(Depth.STANDARD, path=path, if_page=True, on=on, cap_bytes=PROOF_BYTES, proof_only=True)


def _large(path: str, on: frozenset[str] = frozenset()) -> Question:
    """A dump or an archive: its first bytes are asked for, and of a server that sends all no more is read."""
    return Question(
        Depth.STANDARD,
        path=path,
        headers=(SIGNATURE_ONLY,),
        if_page=True,
        on=on,
        cap_bytes=SIGNATURE_BYTES,
        proof_only=True,
    )


VIEWS: Mapping[str, Question] = {
    "from-search": _view(("User-Agent", BROWSER), ("Referer", SEARCH)),
    "as-phone": _view(("User-Agent", PHONE), ("Referer", SEARCH)),
    "as-crawler": _view(("User-Agent", CRAWLER)),
}

MORE_VIEWS: Mapping[str, Question] = {
    "inner": _inner(("User-Agent", BROWSER)),
    "inner-from-search": _inner(("User-Agent", BROWSER), ("Referer", SEARCH)),
    "inner-as-crawler": _inner(("User-Agent", CRAWLER)),
    # a page that cannot exist, as a crawler asks for it: some intruders answer nobody else
    "canary-as-crawler": Question(
        Depth.STANDARD, path=f"/{TOKEN}", headers=(("User-Agent", CRAWLER),), if_page=True
    ),
}

KNOWN_PATHS: Mapping[str, Question] = {
    "known-git": _known("/.git/HEAD"),
    "known-svn": _known("/.svn/entries"),
    "known-env": _known("/.env"),
    "known-phpinfo": _known("/phpinfo.php", PHP_LIKE),
    "known-info": _known("/info.php", PHP_LIKE),
    "known-server-status": _known("/server-status", PHP_LIKE),
    "known-joomla-backup": _known("/configuration.php.bak", frozenset({"joomla"})),
    "known-joomla-copy": _known("/configuration.php~", frozenset({"joomla"})),
    "known-joomla-swap": _known("/.configuration.php.swp", frozenset({"joomla"})),
    "known-joomla-installer": _known("/installation/index.php", frozenset({"joomla"})),
    "known-joomla-images": _known("/images/", frozenset({"joomla"})),
    "known-wordpress-backup": _known("/wp-config.php.bak", frozenset({"wordpress"})),
    "known-wordpress-copy": _known("/wp-config.php~", frozenset({"wordpress"})),
    "known-wordpress-swap": _known("/.wp-config.php.swp", frozenset({"wordpress"})),
    "known-wordpress-installer": _known("/wp-admin/install.php", frozenset({"wordpress"})),
    "known-wordpress-uploads": _known("/wp-content/uploads/", frozenset({"wordpress"})),
    "known-uploads": _known("/uploads/", frozenset({"other", "aspnet"})),
    "known-index-copy": _known("/index.php~", frozenset({"other"})),
    "known-webconfig-copy": _known("/web.config.bak", frozenset({"aspnet"})),
    "known-dump": _large("/backup.sql"),
    "known-dump-database": _large("/database.sql"),
    "known-archive": _large("/backup.zip"),
    "known-archive-host": _large(f"/{HOST}.zip"),
    "known-archive-web": _large("/web.rar", frozenset({"aspnet"})),
    "known-phpmyadmin": _known("/phpmyadmin/", PHP_LIKE),
    "known-adminer": _known("/adminer.php", PHP_LIKE),
    "known-cpanel": _known("/cpanel", PHP_LIKE),
    "known-tomcat": _known("/manager/html", frozenset({"other"})),
    "known-swagger": _known("/swagger/index.html", frozenset({"aspnet"})),
    "known-crossdomain": _known("/crossdomain.xml"),
    "known-elmah": _known("/elmah.axd", frozenset({"aspnet"})),
    "known-trace": _known("/trace.axd", frozenset({"aspnet"})),
}

QUESTIONS: Mapping[str, Question] = {
    # the page once more, as another site's script would fetch it: are nonces fresh, who may read the answer
    "again": Question(Depth.PASSIVE, fresh=True, headers=(("Origin", STRANGER),)),
    # a page that cannot exist: soft 404, headers of error pages
    "canary": Question(Depth.STANDARD, path=f"/{TOKEN}"),
    "options": Question(Depth.STANDARD, method="OPTIONS", headers=(("Origin", STRANGER), PREFLIGHT)),
    "trace": Question(Depth.STANDARD, method="TRACE", headers=((ECHO, TOKEN),)),
    "security-txt": Question(Depth.STANDARD, path="/.well-known/security.txt"),
    # written for everybody who comes by itself, so asking is no deeper look than a page
    "robots": Question(Depth.PASSIVE, path="/robots.txt", cap_bytes=SITEMAP_BYTES),
    "sitemap": Question(Depth.PASSIVE, path="/sitemap.xml", cap_bytes=SITEMAP_BYTES, if_page=True),
    "origin-null": Question(Depth.STANDARD, fresh=True, headers=(("Origin", "null"),), if_shared=True),
    "origin-lookalike": Question(
        Depth.STANDARD, fresh=True, headers=(("Origin", f"https://{HOST}.{TOKEN}.example"),), if_shared=True
    ),
    "origin-suffix": Question(
        Depth.STANDARD, fresh=True, headers=(("Origin", f"https://x{TOKEN}{HOST}"),), if_shared=True
    ),
    # the crawler last: some firewalls turn away for a while whoever calls himself one
    **KNOWN_PATHS,
    **VIEWS,
    **MORE_VIEWS,
}


def allowed(needs: tuple[str, ...], depth: Depth) -> tuple[str, ...]:
    """The needs that may be asked at a depth, in the order they are asked; names that are none are left out."""
    return tuple(name for name, q in QUESTIONS.items() if name in needs and depth.covers(q.depth))
