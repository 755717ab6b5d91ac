"""Known paths that should not answer: what proves each fault, and nothing else of the answer.

An answer is reduced to its proof before it becomes evidence: of a file of settings only the names of its keys and the
length of each value stay, of a listing its title and how many files of which kind, of a status page its title. Values,
names of files and addresses of visitors never reach the wall. An answer that proves nothing leaves nothing.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from scanner.model.evidence import Body, Exchange, Fetch, Response

KEYS_LIMIT = 60
GIT = re.compile(rb"\A(?:ref: refs/[\w./-]{1,200}|[0-9a-f]{40}(?:[0-9a-f]{24})?)\s{0,4}\Z")
SVN = re.compile(rb"\A(?:\d{1,2}\r?\n(?:\r?\ndir\r?\n|\Z)|<\?xml[^>]{0,80}>\s{0,5}<wc-entries)")
ENV = re.compile(rb"^(?:export )?([A-Z][A-Z0-9_]{1,60})\s{0,3}=[ \t]{0,3}(.{0,2000}?)\r?$", re.MULTILINE)
ENV_TELLING = re.compile(
    rb"^(?:APP|DB|DATABASE|MAIL|REDIS|AWS|SECRET|JWT|SMTP|POSTGRES|MYSQL|MONGO|API|NODE)_?[A-Z]", re.MULTILINE
)
JOOMLA_KEY = re.compile(
    rb"(?:public|var)\s{1,5}\$([a-z_]{2,40})\s{0,5}=\s{0,5}(['\"][^\r\n]{0,1000}?['\"]|\d{1,12});"
)
WORDPRESS_KEY = re.compile(
    rb"define\s{0,3}\(\s{0,3}['\"]([A-Z_]{3,40})['\"]\s{0,3},\s{0,3}"
    rb"(['\"][^\r\n]{0,1000}?['\"]|\w{1,20})\s{0,3}\)"
)
TITLE = re.compile(rb"<title[^>]{0,100}>\s{0,40}([^<]{0,200})", re.IGNORECASE)
LISTED = re.compile(
    rb"<a\s[^>]{0,100}href\s{0,3}=\s{0,3}[\"']?[^\"'> ]{1,300}?\.([a-z0-9]{2,5})[\"'> ?]", re.IGNORECASE
)
LISTING = re.compile(rb"\A\s{0,9}(?:index of /|directory listing (?:for|of)|[^<]{1,100} - /)", re.IGNORECASE)
LISTING_BODY = re.compile(
    rb"\[to parent directory\]|parent directory</a>|<a href=\"\.\./\">\.\./</a>|<h1>index of /|"
    rb"<th[^>]{0,60}>(?:<a[^>]{0,60}>)?last modified",
    re.IGNORECASE,
)

Proof = Callable[[bytes], bytes]


def proof_of_fetch(fetch: Fetch, purpose: str = "") -> Fetch:
    """The same fetch, each answer reduced to what proves the fault its purpose, or this one, asks for."""
    wanted = purpose or fetch.purpose
    return replace(fetch, exchanges=tuple(_reduced(exchange, wanted) for exchange in fetch.exchanges))


def proves(fetch: Fetch) -> bool:
    """True when something is left of a reduced fetch."""
    response = fetch.last.response
    return isinstance(response, Response) and isinstance(response.body, Body) and bool(response.body.content)


def proof_of(purpose: str, content: bytes) -> bytes:
    """What in an answer proves the fault, secrets left out; empty when nothing does."""
    return PROOFS[purpose](content) if purpose in PROOFS else b""


def _reduced(exchange: Exchange, purpose: str) -> Exchange:
    response = exchange.response
    if not isinstance(response, Response) or not isinstance(response.body, Body):
        return exchange
    body = response.body
    is_whole = 200 <= response.status < 300
    kept = proof_of(purpose, body.content) if is_whole else b""
    digest = hashlib.sha256(
        kept
    ).hexdigest()  # not of what was read: a short secret could be guessed from that
    return replace(
        exchange, response=replace(response, body=Body(kept, digest, body.size_bytes, body.truncated))
    )


def _git(content: bytes) -> bytes:
    return content.strip() if GIT.match(content) else b""


def _svn(content: bytes) -> bytes:
    return b"entries of a Subversion working copy" if SVN.match(content) else b""


def _env(content: bytes) -> bytes:
    if b"<" in content[:200] and b">" in content[:400]:
        return b""  # a page
    pairs = ENV.findall(content)
    return _keys(pairs) if len(pairs) >= 2 and ENV_TELLING.search(content) else b""


def _joomla(content: bytes) -> bytes:
    return _keys(JOOMLA_KEY.findall(content)) if b"JConfig" in content and b"<?php" in content[:200] else b""


def _wordpress(content: bytes) -> bytes:
    pairs = WORDPRESS_KEY.findall(content)
    return _keys(pairs) if any(name == b"DB_NAME" for name, _value in pairs) else b""


def _keys(pairs: list[tuple[bytes, bytes]]) -> bytes:
    return b"\n".join(b"%s=<%d>" % (name, len(value.strip(b"\"'"))) for name, value in pairs[:KEYS_LIMIT])


def _titled(*patterns: str) -> Proof:
    """Proof by the title of a page a program writes about itself."""
    wanted = re.compile("|".join(patterns).encode(), re.IGNORECASE)

    def proof(content: bytes) -> bytes:
        found = TITLE.search(content)
        title = found[1].strip() if found else b""
        return title if wanted.search(title) else b""

    return proof


def _wordpress_installer(content: bytes) -> bytes:
    """The form of the installer; an installed WordPress answers with the same title and no form."""
    is_form = b'id="setup"' in content and b"WordPress" in content[:2000]
    return b"WordPress: installation form" if is_form else b""


def _trace(content: bytes) -> bytes:
    return b"Application Trace" if b"<h1>Application Trace</h1>" in content else b""


def listing_proof(content: bytes) -> bytes:
    """Title and kinds of files of a directory listing; names of files are left out."""
    found = TITLE.search(content)
    title = found[1].strip() if found else b""
    if not (
        LISTING.match(title)
        and (LISTING_BODY.search(content) or b"<pre>" in content.lower() or b"<li>" in content)
    ):
        return b""
    kinds = Counter(kind.lower() for kind in LISTED.findall(content))
    told = b", ".join(b"%d .%s" % (count, kind) for kind, count in sorted(kinds.items()))
    return title[:150] + (b": " + told if told else b"")


PROOFS: Mapping[str, Proof] = {
    "known-git": _git,
    "known-svn": _svn,
    "known-env": _env,
    "known-phpinfo": _titled(r"\A(?:PHP \d[\w.+~-]{0,40} - )?phpinfo\(\)\Z"),
    "known-server-status": _titled(r"\A(?:Apache Status|Server Status)\Z"),
    "known-joomla-backup": _joomla,
    "known-joomla-installer": _titled(r"Joomla!?\s{0,3}(?:Web )?Install", r"Cài đặt Joomla"),
    "known-joomla-images": listing_proof,
    "known-wordpress-backup": _wordpress,
    "known-wordpress-installer": _wordpress_installer,
    "known-wordpress-uploads": listing_proof,
    "known-uploads": listing_proof,
    "known-elmah": _titled(r"\AError log for ", r"ELMAH"),
    "known-trace": _trace,
}
