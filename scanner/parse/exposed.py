"""Known paths that should not answer: what proves each fault, and nothing else of the answer.

An answer is reduced to its proof before it becomes evidence: of a file of settings only the names of its keys, the
length of each value and a keyed hash of it stay, of a listing its title, how many files of which kind and how many bear
names of personal papers, of a dump or an archive its kind, of a status page its title. Values, names of documents and
addresses of visitors never reach the wall. An answer that proves nothing leaves nothing.
"""

import hashlib
import hmac
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

XML_KEY = re.compile(
    rb"<add\s[^>]{0,80}?(?:key|name)\s{0,3}=\s{0,3}\"([\w.:-]{1,60})\"[^>]{0,200}?"
    rb"(?:value|connectionString)\s{0,3}=\s{0,3}\"([^\"]{0,1000})\"",
    re.IGNORECASE,
)
NAME = re.compile(rb"<a\s[^>]{0,100}href\s{0,3}=\s{0,3}[\"']?([^\"'> ?]{1,300})", re.IGNORECASE)
PAPERS = re.compile(
    rb"cccd|cmnd|cmtnd|can(?:[-_ ]|%20)?cuoc(?!c)|chung(?:[-_ ]|%20)?minh(?:[-_ ]|%20)?(?:nhan|thu)|"
    rb"ho(?:[-_ ]|%20)?chieu|passport|ho(?:[-_ ]|%20)?khau|khai(?:[-_ ]|%20)?sinh|ket(?:[-_ ]|%20)?hon|"
    rb"ly(?:[-_ ]|%20)?lich|benh(?:[-_ ]|%20)?an|don(?:[-_ ]|%20)?thu|khieu(?:[-_ ]|%20)?nai"
)
PAGE_ENDINGS = (b".html", b".htm", b".shtml")
PAGES_KEPT = 10
DUMPS = (
    (re.compile(rb"\A[\s-]{0,20}MySQL dump|\A[\s/*!-]{0,20}MariaDB dump", re.IGNORECASE), b"MySQL dump"),
    (re.compile(rb"\A[\s-]{0,20}phpMyAdmin SQL Dump", re.IGNORECASE), b"phpMyAdmin dump"),
    (re.compile(rb"\A[\s-]{0,20}PostgreSQL database dump", re.IGNORECASE), b"PostgreSQL dump"),
    (
        re.compile(rb"\A[^<]{0,400}?\b(?:CREATE TABLE|INSERT INTO|DROP TABLE IF EXISTS|SET SQL_MODE)\b"),
        b"SQL statements",
    ),
)
ARCHIVES = (
    (b"PK\x03\x04", b"zip archive"),
    (b"Rar!\x1a\x07", b"rar archive"),
    (b"7z\xbc\xaf\x27\x1c", b"7z archive"),
    (b"\x1f\x8b\x08", b"gzip archive"),
)
TAR_AT, TAR = 257, b"ustar"
SWAP = b"b0VIM "
SOURCE = re.compile(rb"\A(?:\xef\xbb\xbf)?\s{0,9}<\?(?:php\b|=)")
OPEN_POLICY = re.compile(rb"<allow-access-from\s[^>]{0,200}?domain\s{0,3}=\s{0,3}[\"']\*[\"']", re.IGNORECASE)
MARK_LENGTH = 12

Proof = Callable[[bytes], bytes]
Settings = Callable[[bytes], list[tuple[bytes, bytes]]]


def proof_of_fetch(fetch: Fetch, purpose: str = "", *, key: bytes = b"") -> Fetch:
    """The same fetch, each answer reduced to what proves the fault its purpose, or this one, asks for."""
    wanted = purpose or fetch.purpose
    return replace(fetch, exchanges=tuple(_reduced(exchange, wanted, key) for exchange in fetch.exchanges))


def proves(fetch: Fetch) -> bool:
    """True when something is left of a reduced fetch."""
    response = fetch.last.response
    return isinstance(response, Response) and isinstance(response.body, Body) and bool(response.body.content)


def proof_of(purpose: str, content: bytes, *, key: bytes = b"") -> bytes:
    """What in an answer proves the fault, secrets left out; empty when nothing does.

    With the key of the installation each value of a file of settings leaves a mark, so that a later visit tells
    whether it was changed; without one it leaves its length only.
    """
    if purpose in SETTINGS:
        return _keys(SETTINGS[purpose](content), key)
    return PROOFS[purpose](content) if purpose in PROOFS else b""


def _reduced(exchange: Exchange, purpose: str, key: bytes) -> Exchange:
    response = exchange.response
    if not isinstance(response, Response) or not isinstance(response.body, Body):
        return exchange
    body = response.body
    is_whole = 200 <= response.status < 300
    kept = proof_of(purpose, body.content, key=key) if is_whole else b""
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


def _env(content: bytes) -> list[tuple[bytes, bytes]]:
    if b"<" in content[:200] and b">" in content[:400]:
        return []  # a page
    pairs = ENV.findall(content)
    return pairs if len(pairs) >= 2 and ENV_TELLING.search(content) else []


def _joomla(content: bytes) -> list[tuple[bytes, bytes]]:
    return JOOMLA_KEY.findall(content) if b"JConfig" in content and b"<?php" in content[:200] else []


def _wordpress(content: bytes) -> list[tuple[bytes, bytes]]:
    pairs = WORDPRESS_KEY.findall(content)
    return pairs if any(name == b"DB_NAME" for name, _value in pairs) else []


def _web_config(content: bytes) -> list[tuple[bytes, bytes]]:
    return XML_KEY.findall(content) if b"<configuration" in content[:1000] else []


def _keys(pairs: list[tuple[bytes, bytes]], key: bytes) -> bytes:
    return b"\n".join(_key(name, value.strip(b"\"'"), key) for name, value in pairs[:KEYS_LIMIT])


def _key(name: bytes, value: bytes, key: bytes) -> bytes:
    """Name, length and mark of one setting; without a secret key a mark of a short value could be guessed."""
    if not key or not value:
        return b"%s=<%d>" % (name, len(value))
    mark = hmac.new(key, value, hashlib.sha256).hexdigest()[:MARK_LENGTH]
    return b"%s=<%d %s>" % (name, len(value), mark.encode("ascii"))


def _swap(content: bytes) -> bytes:
    return b"swap file of an editor" if content.startswith(SWAP) else b""


def _source(content: bytes) -> bytes:
    return b"source code of a PHP page" if SOURCE.match(content) else b""


def _dump(content: bytes) -> bytes:
    """The kind of a dump, also of one that is packed under the name of a plain one."""
    named = next((kind for pattern, kind in DUMPS if pattern.search(content[:1000])), b"")
    return named or _archive(content)


def _archive(content: bytes) -> bytes:
    """The kind of an archive by its first bytes; nothing else of it is known or kept."""
    if content[TAR_AT : TAR_AT + len(TAR)] == TAR:
        return b"tar archive"
    return next((kind for signature, kind in ARCHIVES if content.startswith(signature)), b"")


def _open_policy(content: bytes) -> bytes:
    found = OPEN_POLICY.search(content) if b"<cross-domain-policy" in content else None
    return found[0] if found else b""


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
    """Title, kinds of files and names of personal papers counted; names of pages stay, those of documents do not."""
    found = TITLE.search(content)
    title = found[1].strip() if found else b""
    if not (
        LISTING.match(title)
        and (LISTING_BODY.search(content) or b"<pre>" in content.lower() or b"<li>" in content)
    ):
        return b""
    kinds = Counter(kind.lower() for kind in LISTED.findall(content))
    told = b", ".join(b"%d .%s" % (count, kind) for kind, count in sorted(kinds.items()))
    names = [name.rpartition(b"/")[2].lower() for name in NAME.findall(content)]
    papers = sum(PAPERS.search(name) is not None and not name.endswith(PAGE_ENDINGS) for name in names)
    pages = [name[:100] for name in names if name.endswith(PAGE_ENDINGS)][:PAGES_KEPT]
    more = (b"; personal papers by their names: %d" % papers if papers else b"") + (
        b"; pages: " + b" ".join(pages) if pages else b""
    )
    return title[:150] + (b": " + told if told else b"") + more


SETTINGS: Mapping[str, Settings] = {
    "known-env": _env,
    "known-joomla-backup": _joomla,
    "known-joomla-copy": _joomla,
    "known-wordpress-backup": _wordpress,
    "known-wordpress-copy": _wordpress,
    "known-webconfig-copy": _web_config,
}
"""What holds names and values: by purpose, the pairs in it."""

PROOFS: Mapping[str, Proof] = {
    "known-git": _git,
    "known-svn": _svn,
    "known-joomla-swap": _swap,
    "known-wordpress-swap": _swap,
    "known-index-copy": _source,
    "known-dump": _dump,
    "known-dump-database": _dump,
    "known-archive": _archive,
    "known-archive-host": _archive,
    "known-archive-web": _archive,
    "known-phpmyadmin": _titled(r"\A(?:\S{1,80} / \S{1,80} \| )?phpMyAdmin\b"),
    "known-adminer": _titled(r"\bAdminer\Z"),
    "known-cpanel": _titled(r"\AcPanel\b", r"\AĐăng nhập vào cPanel"),
    "known-tomcat": _titled(r"\A/manager\Z"),
    "known-swagger": _titled(r"\ASwagger UI\Z"),
    "known-crossdomain": _open_policy,
    "known-phpinfo": _titled(r"\A(?:PHP \d[\w.+~-]{0,40} - )?phpinfo\(\)\Z"),
    "known-info": _titled(r"\A(?:PHP \d[\w.+~-]{0,40} - )?phpinfo\(\)\Z"),
    "known-server-status": _titled(r"\A(?:Apache Status|Server Status)\Z"),
    "known-joomla-installer": _titled(r"Joomla!?\s{0,3}(?:Web )?Install", r"Cài đặt Joomla"),
    "known-joomla-images": listing_proof,
    "known-wordpress-installer": _wordpress_installer,
    "known-wordpress-uploads": listing_proof,
    "known-uploads": listing_proof,
    "known-elmah": _titled(r"\AError log for ", r"ELMAH"),
    "known-trace": _trace,
}
