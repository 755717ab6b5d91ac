"""The twelve tests of the HTTP Observatory, algorithm 6, and what each result counts.

Facts of the service, reproduced with its own oddities (`nosniff` sent twice is invalid, a quoted max-age passes); our
verdicts stand in the checks and differ on purpose. Values are joined as the service's client joins repeated lines.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from scanner.identify.observatory_csp import InvalidPolicyError, MergedPolicies, judge, merge
from scanner.model.reference import SuffixTable
from scanner.parse.html import Tag
from scanner.parse.structured import StructuredError, parse_item
from scanner.parse.suffix import registrable
from scanner.parse.url import host_of

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
SIX_MONTHS_S = 15_552_000


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: status, headers by lower-case name with repeats joined, cookies apart."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    set_cookies: tuple[str, ...] = ()

    def get(self, name: str) -> str:
        """The joined value of a header; "" when it is absent."""
        return self.headers.get(name, "")


@dataclass(frozen=True, slots=True)
class KeptCookie:
    """A cookie the service's jar keeps."""

    name: str
    is_secure: bool
    is_http_only: bool
    same_site: str  # "" when absent or unknown


@dataclass(frozen=True, slots=True)
class Seen:
    """What the service sees of a site. `url` is the first address of the scheme that is judged."""

    host: str
    url: str
    auto: Answer | None
    https: Answer | None = None
    http: Answer | None = None
    is_verified: bool = True
    route: tuple[str, ...] = ()  # addresses of the walk that begins over http
    cookies: tuple[KeptCookie, ...] = ()
    cors: Answer | None = None
    cors_origin: str = ""
    metas: tuple[Tag, ...] = ()
    scripts: tuple[Tag, ...] = ()
    suffixes: SuffixTable = field(default_factory=SuffixTable)

    @property
    def is_secure(self) -> bool:
        """True when the judged walk begins over https."""
        return self.url.startswith("https:")

    @property
    def is_reflected(self) -> bool:
        """True when the origin that asked is let in with credentials."""
        if self.cors is None or not self.cors_origin:
            return False
        credentials = self.cors.get("access-control-allow-credentials").strip().lower()
        return self.cors.get("access-control-allow-origin") == self.cors_origin and credentials == "true"


# ---- content security policy -------------------------------------------------------------------------------------


def csp(seen: Seen) -> str:
    """Header and meta policies, judged together."""
    merged = _policies(seen)
    if merged is None:
        return "csp-header-invalid"
    if not _merged_or_none(_header_policies(seen)) and not _merged_or_none(
        _meta_policies(seen), is_meta=True
    ):
        reports = _auto(seen).get("content-security-policy-report-only")
        return "csp-not-implemented-but-reporting-enabled" if reports else "csp-not-implemented"
    result = judge(merged.sources, is_secure=seen.is_secure)
    if merged.has_repeats and result in GOOD_CSP:
        return "csp-implemented-but-duplicate-directives"
    return result


GOOD_CSP = frozenset(
    {
        "csp-implemented-with-no-unsafe",
        "csp-implemented-with-no-unsafe-default-src-none",
        "csp-implemented-with-unsafe-inline-in-style-src-only",
        "csp-implemented-with-insecure-scheme-in-passive-content-only",
    }
)


def _header_policies(seen: Seen) -> list[str]:
    headers = _auto(seen).headers
    name = "content-security-policy"
    return [piece.strip() for piece in headers[name].split(",")] if name in headers else []


def _meta_policies(seen: Seen) -> list[str]:
    return [
        piece.strip()
        for _, attributes in seen.metas
        if attributes.get("http-equiv", "").lower().strip() == "content-security-policy"
        and attributes.get("content")
        for piece in attributes["content"].split(",")
    ]


def _policies(seen: Seen) -> MergedPolicies | None:
    try:
        return merge([*_header_policies(seen), *_meta_policies(seen)])
    except InvalidPolicyError:
        return None


def _merged_or_none(policies: Sequence[str], *, is_meta: bool = False) -> bool:
    """True when these policies alone hold a directive."""
    try:
        return bool(merge(policies, is_meta=is_meta).sources)
    except InvalidPolicyError:
        return False


# ---- cookies -----------------------------------------------------------------------------------------------------

COOKIE_ORDER = (
    "cookies-without-secure-flag-but-protected-by-hsts",
    "cookies-without-secure-flag",
    "cookies-session-without-secure-flag-but-protected-by-hsts",
    "cookies-samesite-flag-invalid",
    "cookies-anticsrf-without-samesite-flag",
    "cookies-session-without-httponly-flag",
    "cookies-session-without-secure-flag",
)
IGNORED_COOKIE = "heroku-session-affinity"


def cookies(seen: Seen) -> str:
    """All cookies of the jar; the worst result wins."""
    kept = [cookie for cookie in seen.cookies if cookie.name and cookie.name != IGNORED_COOKIE]
    if not kept:
        return "cookies-not-found"
    has_hsts = hsts(seen) == "hsts-implemented-max-age-at-least-six-months"
    found = {fault for cookie in kept for fault in _cookie_faults(cookie, has_hsts=has_hsts)}
    if any(_has_bad_same_site(raw) for raw in _auto(seen).set_cookies):
        found.add("cookies-samesite-flag-invalid")
    if found:
        return max(found, key=COOKIE_ORDER.index)
    if all(cookie.same_site for cookie in kept):
        return "cookies-secure-with-httponly-sessions-and-samesite"
    return "cookies-secure-with-httponly-sessions"


def _cookie_faults(cookie: KeptCookie, *, has_hsts: bool) -> list[str]:
    name = cookie.name.lower()
    is_session = "login" in name or "sess" in name
    faults = []
    if not cookie.is_secure:
        faults += ["cookies-samesite-flag-invalid"] if cookie.same_site == "none" else []
        faults.append(COOKIE_ORDER[0 if has_hsts else 1])
        faults += [COOKIE_ORDER[2 if has_hsts else 6]] if is_session else []
    if "csrf" in name and not cookie.same_site:
        faults.append("cookies-anticsrf-without-samesite-flag")
    if is_session and not cookie.is_http_only:
        faults.append("cookies-session-without-httponly-flag")
    return faults


def _has_bad_same_site(raw: str) -> bool:
    for part in raw.strip().split(";"):
        name, *rest = part.strip().split("=")
        if name.strip().lower() == "samesite" and (
            not rest or rest[0].strip().lower() not in ("lax", "strict", "none")
        ):
            return True
    return False


# ---- transport ---------------------------------------------------------------------------------------------------


def hsts(seen: Seen) -> str:
    """The header of the last answer of the walk that begins over https."""
    if seen.https is None:
        return "hsts-not-implemented-no-https"
    if not seen.is_verified:
        return "hsts-invalid-cert"
    if "strict-transport-security" not in seen.https.headers:
        return "hsts-not-implemented"
    value = seen.https.get("strict-transport-security")[:1024]
    ages = [
        part.strip().lower()[8:128]
        for part in value.split(";")
        if part.strip().lower().startswith("max-age=")
    ]
    if "," in value or not ages:
        return "hsts-header-invalid"
    number = re.match(r"\s*([+-]?\d+)", ages[-1])
    if number and int(number[1]) < SIX_MONTHS_S:
        return "hsts-implemented-max-age-less-than-six-months"
    return "hsts-implemented-max-age-at-least-six-months"  # what is no number compares as false there


def redirection(seen: Seen) -> str:
    """The walk that begins over http; the preload list is not consulted."""
    if seen.http is None:
        return "redirection-not-needed-no-http"
    if not seen.is_verified:
        return "redirection-invalid-cert"
    route = seen.route
    if not route:
        return "redirection-all-redirects-preloaded"
    if len(route) == 1:
        return "redirection-missing"
    if not route[-1].startswith("https:"):
        return "redirection-not-to-https"
    if route[1].startswith("http:"):
        return "redirection-not-to-https-on-initial-redirection"
    if route[0].startswith("http:") and host_of(route[0]) != host_of(route[1]):
        return "redirection-off-host-from-http"
    return "redirection-to-https"


# ---- other headers -----------------------------------------------------------------------------------------------

PRIVATE = frozenset({"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"})
UNSAFE = frozenset({"origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade"})


def cors(seen: Seen) -> str:
    """The answer to OPTIONS, as the service really judges it: it never sees the origin it sent."""
    allowed = seen.cors.get("access-control-allow-origin") if seen.cors else ""
    if not allowed:
        return "cross-origin-resource-sharing-not-implemented"
    if allowed[:256].strip() == "*":
        return "cross-origin-resource-sharing-implemented-with-public-access"
    return "cross-origin-resource-sharing-implemented-with-restricted-access"


def referrer(seen: Seen) -> str:
    """The last known word of header and meta."""
    metas = [a["content"] for _, a in seen.metas if _is_referrer(a) and a.get("content")][-1:]
    name = "referrer-policy"
    told = [_auto(seen).get(name)] if name in _auto(seen).headers else []
    if not told and not metas:
        return "referrer-policy-not-implemented"
    words = [word.strip().lower() for word in ", ".join([*told, *metas]).split(",")]
    known = [word for word in words if word in PRIVATE | UNSAFE]
    if not known:
        return "referrer-policy-header-invalid"
    return "referrer-policy-private" if known[-1] in PRIVATE else "referrer-policy-unsafe"


def _is_referrer(attributes: Mapping[str, str]) -> bool:
    is_equiv = "http-equiv" in attributes and "content" in attributes
    return not is_equiv and attributes.get("name", "").lower().strip() == "referrer"


def nosniff(seen: Seen) -> str:
    """One line with one word."""
    value = _auto(seen).get("x-content-type-options")
    if not value:
        return "x-content-type-options-not-implemented"
    is_good = value[:256].strip().lower() == "nosniff"
    return f"x-content-type-options-{'nosniff' if is_good else 'header-invalid'}"


def framing(seen: Seen) -> str:
    """Any frame-ancestors wins, whatever it allows."""
    merged = _policies(seen)
    if merged and "frame-ancestors" in merged.sources and not csp(seen).startswith("csp-not-implemented"):
        return "x-frame-options-implemented-via-csp"
    value = _auto(seen).get("x-frame-options")[:1024].strip().lower()
    if not _auto(seen).get("x-frame-options"):
        return "x-frame-options-not-implemented"
    if value in ("deny", "sameorigin"):
        return "x-frame-options-sameorigin-or-deny"
    return f"x-frame-options-{'allow-from-origin' if value.startswith('allow-from') else 'header-invalid'}"


def corp(seen: Seen) -> str:
    """An exact word."""
    value = _auto(seen).get("cross-origin-resource-policy")[:256].strip().lower()
    if not value:
        return "corp-not-implemented"
    known = value in ("same-origin", "same-site", "cross-origin")
    return f"corp-implemented-with-{value}" if known else "corp-header-invalid"


def coep(seen: Seen) -> str:
    """A token of a structured field."""
    return _token(
        seen, "cross-origin-embedder-policy", "coep", ("require-corp", "credentialless", "unsafe-none")
    )


def coop(seen: Seen) -> str:
    """A token of a structured field."""
    words = ("same-origin", "same-origin-allow-popups", "noopener-allow-popups", "unsafe-none")
    return _token(seen, "cross-origin-opener-policy", "coop", words)


def _token(seen: Seen, header: str, short: str, words: Sequence[str]) -> str:
    value = _auto(seen).get(header)
    if not value:
        return f"{short}-not-implemented"
    item = parse_item(value[:1024].strip())
    if isinstance(item, StructuredError) or item.kind != "token" or item.text not in words:
        return f"{short}-header-invalid"
    return f"{short}-implemented-with-{item.text}"


# ---- scripts -----------------------------------------------------------------------------------------------------

SRI_ORDER = (
    "sri-implemented-and-all-scripts-loaded-securely",
    "sri-implemented-and-external-scripts-loaded-securely",
    "sri-implemented-but-external-scripts-not-loaded-securely",
    "sri-not-implemented-but-external-scripts-loaded-securely",
    "sri-not-implemented-and-external-scripts-not-loaded-securely",
)


def sri(seen: Seen) -> str:
    """Every script element with an address."""
    kind = _auto(seen).get("content-type").partition(";")[0]
    if kind and kind not in HTML_TYPES:
        return "sri-not-implemented-response-not-html"
    if not seen.scripts:
        return "sri-not-implemented-but-no-scripts-loaded"
    result, has_foreign = "", False
    for _, attributes in seen.scripts:
        source, integrity = attributes.get("src", ""), bool(attributes.get("integrity"))
        if not source:
            continue
        is_relative, is_foreign = _place(source, seen)
        is_secure = source.startswith("https://") or (is_relative and seen.is_secure)
        has_foreign = has_foreign or is_foreign
        if not is_foreign:
            if integrity and is_secure and not result:
                result = SRI_ORDER[0]
        elif not (integrity and is_secure):
            found = SRI_ORDER[2 if integrity else 3 if is_secure else 4]
            result = max((r for r in (result, found) if r), key=SRI_ORDER.index)
    if result:
        return result
    return SRI_ORDER[1] if has_foreign else "sri-not-implemented-but-all-scripts-loaded-from-secure-origin"


def _place(source: str, seen: Seen) -> tuple[bool, bool]:
    """Whether an address is relative, and whether it is foreign; one that begins with // always is."""
    if re.match(r"//[^/]", source):
        return False, True
    if not re.match(r"https?://", source):
        return True, False
    try:
        host = urlsplit(source).hostname or ""
    except ValueError:
        return False, True
    return False, registrable(host, seen.suffixes) != registrable(seen.host, seen.suffixes)


def _auto(seen: Seen) -> Answer:
    return seen.auto or Answer(0)


RULES: Mapping[str, Callable[[Seen], str]] = {
    "content-security-policy": csp,
    "cookies": cookies,
    "cross-origin-resource-sharing": cors,
    "redirection": redirection,
    "referrer-policy": referrer,
    "strict-transport-security": hsts,
    "subresource-integrity": sri,
    "x-content-type-options": nosniff,
    "x-frame-options": framing,
    "cross-origin-resource-policy": corp,
    "cross-origin-embedder-policy": coep,
    "cross-origin-opener-policy": coop,
}
