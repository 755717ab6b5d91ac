"""The table of the web lab: a site in order, changed in one thing at a time, and exactly which checks must fail.

Each row is a true positive of the checks it names, and a true negative of all others at once; rows that name none are
the traps that look like faults. Rows are served by nginx where nginx can say it, and by an origin of ours.
"""

from dataclasses import dataclass, field

Pair = tuple[str, str]

STS, CSP, XFO = "Strict-Transport-Security", "Content-Security-Policy", "X-Frame-Options"
NOSNIFF, REFERRER = "X-Content-Type-Options", "Referrer-Policy"
DOMAIN = "lab.example"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
GOOD: tuple[Pair, ...] = (
    (STS, "max-age=31536000"),
    (CSP, POLICY),
    (XFO, "DENY"),
    (NOSNIFF, "nosniff"),
    (REFERRER, "strict-origin-when-cross-origin"),
)
SESSION = "PHPSESSID=7a1f0c2be94d5f6a8b3c4d5e6f708192"
SAFE_SESSION = "__Host-sid=7a1f0c2be94d5f6a8b3c4d5e6f708192; Secure; HttpOnly; SameSite=Lax; Path=/"
NONCE = "MTIzNDU2Nzg5MDEyMzQ1Ng=="
HASH = "sha384-" + "A" * 64
CDN = "https://cdn.khac.example/jquery-3.7.1.min.js"


def html(inside: str = "", head: str = "") -> str:
    """A page with something in it."""
    top = f'<!DOCTYPE html><html lang="vi"><head><title>Sở Mẫu</title>{head}</head>'
    return f"{top}<body><p>Tin tức</p>{inside}</body></html>"


@dataclass(frozen=True)
class Row:
    """One site of the lab. `headers` replace those of the same name; a name in `drop` is not sent."""

    name: str
    fails: tuple[str, ...] = ()
    headers: tuple[Pair, ...] = ()
    drop: tuple[str, ...] = ()
    body: str = field(default_factory=html)
    status: str = "200 OK"
    content_type: str = "text/html; charset=utf-8"
    plain: str = "301 https://{host}/"  # what port 80 says: a redirect, or "page"
    secure: str = ""  # where https leads, when it only redirects
    behaviour: str = (
        ""  # of our origin: reflect, reflect-open, null, suffix, prefix, partner, fresh-nonce, echo, bare-404
    )
    host: str = ""

    @property
    def site(self) -> str:
        """The name the row is served under."""
        return self.host or f"{self.name}.{DOMAIN}"

    @property
    def sent(self) -> tuple[Pair, ...]:
        """The headers of the page, in wire order."""
        new = {name.lower() for name, _ in self.headers} | {name.lower() for name in self.drop}
        return (*(pair for pair in GOOD if pair[0].lower() not in new), *self.headers)

    @property
    def by_nginx(self) -> bool:
        """True when nginx can serve the row."""
        return not (self.behaviour or self.secure or "http://" in self.plain) and self.status == "200 OK"


def csp(value: str) -> tuple[Pair, ...]:
    """A policy, and no older header that would hide what it lacks."""
    return ((CSP, value),)


def cookie(name: str, line: str, *fails: str, headers: tuple[Pair, ...] = ()) -> Row:
    """A site that sets one cookie."""
    return Row(name, tuple(f"cookies.{f}" for f in fails), (("Set-Cookie", line), *headers))


def shows(name: str, inside: str, *fails: str, headers: tuple[Pair, ...] = (), head: str = "") -> Row:
    """A site whose page holds something."""
    return Row(name, fails, headers, body=html(inside, head))


HEADERS = (
    Row("in-order"),
    Row("hsts-absent", ("http.hsts-missing",), drop=(STS,)),
    Row("hsts-off", ("http.hsts-missing",), ((STS, "max-age=0"),)),
    Row("hsts-off-first", ("http.hsts-missing",), ((STS, "max-age=0"), (STS, "max-age=31536000"))),
    Row("hsts-a-day", ("http.hsts-short",), ((STS, "max-age=86400"),)),
    Row("hsts-void", ("http.hsts-invalid",), ((STS, "max-age=abc"),)),
    Row("hsts-preload-only", ("http.hsts-preload-unfit",), ((STS, "max-age=31536000; preload"),)),
    Row("hsts-apex", ("http.hsts-subdomains-missing",), host=DOMAIN),
    Row("trap-hsts-apex", (), ((STS, "max-age=31536000; includeSubDomains"),), host="khac-lab.example"),
    Row("trap-hsts-preload", (), ((STS, "max-age=63072000; includeSubDomains; preload"),)),
    Row("trap-hsts-180-days", (), ((STS, "max-age=15552000"),)),
    Row("trap-hsts-capitals", (), ((STS, 'MAX-AGE="31536000"; includesubdomains'),)),
    Row("trap-hsts-good-first", (), ((STS, "max-age=31536000"), (STS, "max-age=0"))),
    Row("csp-absent", ("http.csp-missing",), drop=(CSP,)),
    Row("csp-upgrade-only", ("http.csp-missing",), csp("upgrade-insecure-requests")),
    Row(
        "csp-report-only",
        ("http.csp-missing", "http.csp-report-only"),
        ((f"{CSP}-Report-Only", POLICY),),
        drop=(CSP,),
    ),
    Row("csp-inline", ("http.csp-unsafe",), csp(POLICY.replace("script-src", "script-src 'unsafe-inline'"))),
    Row("csp-star", ("http.csp-wildcard",), csp(POLICY.replace("script-src", "script-src *"))),
    Row("csp-data", ("http.csp-wildcard",), csp(POLICY.replace("script-src", "script-src data:"))),
    Row("csp-eval", ("http.csp-unsafe-eval",), csp(POLICY.replace("script-src", "script-src 'unsafe-eval'"))),
    Row(
        "csp-style", ("http.csp-style-inline",), csp(POLICY.replace("style-src", "style-src 'unsafe-inline'"))
    ),
    Row(
        "csp-object",
        ("http.csp-object-unset",),
        csp("script-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"),
    ),
    Row("csp-no-form", ("http.csp-form-action-missing",), csp(POLICY.replace("form-action 'self'; ", ""))),
    Row("csp-http", ("http.csp-http-source",), csp(POLICY.replace("style-src", "style-src http:"))),
    Row(
        "csp-bypass",
        ("http.csp-bypass-host",),
        csp(POLICY.replace("script-src", "script-src https://ajax.googleapis.com")),
    ),
    Row("trap-csp-http-pictures", (), csp(POLICY.replace("img-src", "img-src http:"))),
    Row("csp-misspelt", ("http.csp-syntax-invalid",), csp(f"{POLICY}; scrip-src 'self'")),
    Row(
        "csp-nonce-static",
        ("http.csp-nonce-weak",),
        csp(POLICY.replace("script-src", f"script-src 'nonce-{NONCE}'")),
    ),
    Row(
        "csp-nonce-no-base",
        ("http.csp-base-uri-missing",),
        behaviour="fresh-nonce",
        headers=csp(
            "default-src 'none'; script-src 'nonce-{nonce}'; form-action 'self'; frame-ancestors 'self'"
        ),
    ),
    Row(
        "trap-csp-nonce-fresh",
        (),
        csp(
            POLICY.replace(
                "script-src 'self'", "script-src 'nonce-{nonce}' 'strict-dynamic' 'unsafe-inline' https:"
            )
        ),
        behaviour="fresh-nonce",
    ),
    Row("trap-csp-two-lines", (), ((CSP, "script-src * 'unsafe-inline'"), (CSP, POLICY))),
    Row("trap-csp-one-line", (), csp(f"script-src * 'unsafe-inline', {POLICY}")),
    Row("trap-csp-capitals", (), csp(POLICY.upper())),
    Row(
        "meta-csp-cannot-frame",
        ("http.framing-unprotected",),
        drop=(CSP, XFO),
        body=html(head=f'<meta http-equiv="{CSP}" content="{POLICY}">'),
    ),
    Row(
        "frame-any",
        ("http.framing-unprotected",),
        csp(POLICY.replace("frame-ancestors 'self'", "frame-ancestors *")),
    ),
    Row(
        "frame-allow-from",
        ("http.framing-unprotected",),
        ((XFO, "ALLOW-FROM https://tinh.example"), *csp(POLICY.replace("; frame-ancestors 'self'", ""))),
    ),
    Row(
        "trap-frame-xfo-twice",
        (),
        ((XFO, "DENY"), (XFO, "SAMEORIGIN"), *csp(POLICY.replace("; frame-ancestors 'self'", ""))),
    ),
    Row("nosniff-absent", ("http.nosniff-missing",), drop=(NOSNIFF,)),
    Row("nosniff-misspelt", ("http.nosniff-missing",), ((NOSNIFF, "nosnif"),)),
    Row("trap-nosniff-twice", (), ((NOSNIFF, "nosniff"), (NOSNIFF, "nosniff"))),
    Row("referrer-unsafe", ("http.referrer-policy-unsafe",), ((REFERRER, "unsafe-url"),)),
    Row("trap-referrer-absent", (), drop=(REFERRER,)),
    Row("trap-referrer-last-known", (), ((REFERRER, "unsafe-url, strict-origin-when-cross-origin, abc"),)),
    Row("permissions-void", ("http.permissions-policy-invalid",), (("Permissions-Policy", "camera 'none'"),)),
    Row("trap-permissions", (), (("Permissions-Policy", "camera=(), geolocation=(self)"),)),
    Row(
        "opener-void", ("http.cross-origin-policy-invalid",), (("Cross-Origin-Opener-Policy", "same origin"),)
    ),
    Row("trap-opener", (), (("Cross-Origin-Opener-Policy", "same-origin"),)),
    Row("old-xss-filter", ("http.deprecated-present",), (("X-XSS-Protection", "1; mode=block"),)),
    Row("trap-xss-filter-off", (), (("X-XSS-Protection", "0"),)),
    Row("version-told", ("http.version-disclosed",), (("X-Powered-By", "PHP/5.6.40"),)),
    Row("trap-product-name", (), (("X-Powered-By", "ASP.NET"),)),
    Row(
        "cache-session",
        ("http.cache-sensitive",),
        (("Set-Cookie", SAFE_SESSION), ("Cache-Control", "public, max-age=600")),
    ),
    Row("trap-cache-public", (), (("Cache-Control", "public, max-age=600"),)),
    Row("error-bare", ("http.error-pages-differ",), behaviour="bare-404"),
)
COOKIES = (
    cookie(
        "session-bare",
        f"{SESSION}; path=/",
        "secure-missing",
        "httponly-missing",
        "samesite-missing",
        "prefix-missing",
    ),
    cookie("session-readable", f"{SESSION}; Secure; SameSite=Lax", "httponly-missing", "prefix-missing"),
    cookie(
        "session-wide",
        f"{SESSION}; Secure; HttpOnly; SameSite=Lax; Domain={DOMAIN}",
        "scope-too-wide",
        "prefix-missing",
    ),
    cookie("prefix-lies", "__Host-a=1; Secure; Path=/; Domain=prefix-lies.lab.example", "prefix-broken"),
    cookie("none-insecure", "lang=vi; SameSite=None", "samesite-invalid", "other-insecure"),
    cookie("language-insecure", "lang=vi; path=/", "other-insecure"),
    cookie("balancer", "BIGipServerpool=1677787402.36895.0000; Secure; path=/", "internal-address"),
    cookie("trap-session-safe", SAFE_SESSION),
    cookie(
        "trap-own-domain",
        f"__Secure-{SESSION}; Secure; HttpOnly; SameSite=Lax; Domain=trap-own-domain.{DOMAIN}",
    ),
    cookie("trap-deleted", f"{SESSION}; Max-Age=0"),
    cookie("trap-xsrf", "XSRF-TOKEN=7a1f0c2be94d5f6a8b3c4d5e6f708192; Secure; SameSite=Lax"),
    cookie("trap-statistics", "_ga=GA1.2.1234567890.1234567890; Secure"),
    cookie("trap-public-balancer", "BIGipServerpool=134744072.20480.0000; Secure"),
)
OPEN_CSP = csp(POLICY.replace("default-src 'none'", "default-src 'self'"))
CONTENT = (
    shows("mixed-script", '<script src="http://a.khac.example/a.js"></script>', "content.mixed-active"),
    shows("mixed-picture", '<img src="http://a.khac.example/a.png">', "content.mixed-passive"),
    shows(
        "form-plain",
        '<form method="post" action="http://a.khac.example/"><input name="q"></form>',
        "content.form-over-http",
    ),
    shows("sri-absent", f'<script src="{CDN}"></script>', "content.sri-missing"),
    Row("charset-untold", ("content.charset-missing",), content_type="text/html"),
    shows(
        "trap-links",
        '<a href="http://a.khac.example/">x</a><!-- <script src="http://a.example/a.js"></script> -->',
        head='<link rel="canonical" href="http://x.lab.example/">',
    ),
    shows("trap-noscript", '<noscript><img src="http://a.khac.example/a.png"></noscript>'),
    shows(
        "trap-upgraded",
        '<img src="http://a.khac.example/a.png">',
        headers=csp(f"{POLICY}; upgrade-insecure-requests"),
    ),
    shows("trap-sri", f'<script src="{CDN}" integrity="{HASH}" crossorigin></script>'),
    shows("trap-tag-manager", '<script src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>'),
    Row("trap-charset-in-meta", content_type="text/html", body=html(head='<meta charset="utf-8">')),
    shows("trap-search-form", '<form action="/tim"><input name="q"></form>'),
)
SHARING = (
    Row(
        "cors-reflects", ("http.cors-reflects-with-credentials", "http.cors-null-origin"), behaviour="reflect"
    ),
    Row("cors-reflects-open", ("http.cors-reflects-origin",), behaviour="reflect-open"),
    Row("cors-null", ("http.cors-null-origin",), behaviour="null"),
    Row("cors-suffix", ("http.cors-lookalike-origin",), behaviour="suffix"),
    Row("cors-prefix", ("http.cors-lookalike-origin",), behaviour="prefix"),
    Row(
        "cors-star-credentials",
        ("http.cors-star-with-credentials",),
        (("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Credentials", "true")),
    ),
    Row("trap-cors-star", (), (("Access-Control-Allow-Origin", "*"),)),
    Row("trap-cors-partner", (), behaviour="partner"),
    Row("trace-echo", ("http.trace-enabled",), behaviour="echo"),
    Row("trap-trace-soft", (), behaviour="soft"),
)
REDIRECTS = (
    Row("plain-stays", ("http.https-redirect-missing",), plain="page"),
    Row("plain-temporary", ("http.redirect-temporary",), plain="302 https://{host}/"),
    Row("plain-off-host", ("http.redirect-off-host",), plain="301 https://www.{host}/"),
    Row("plain-twice", ("http.redirect-via-http",), plain="301 http://{host}/vn"),
    Row(
        "secure-down",
        ("http.downgrade-redirect", "http.https-redirect-missing"),
        plain="page",
        secure="http://{host}/",
    ),
    Row("secure-loop", ("http.redirect-loop",), secure="https://{host}/"),
    Row("secure-away", ("http.redirect-off-site",), secure="https://tinh.khac.example/"),
)
WALLS = (
    Row("wall-403", drop=(STS, CSP), status="403 Forbidden", body="<title>Request Rejected</title>"),
    Row("wall-challenge", drop=(STS, CSP), body="<title>Just a moment...</title>"),
    Row(
        "wall-login",
        drop=(STS, CSP),
        status="401 Unauthorized",
        headers=(("WWW-Authenticate", 'Basic realm="x"'),),
    ),
    Row(
        "wall-maintenance",
        drop=(STS, CSP),
        status="503 Service Unavailable",
        body="<p>Hệ thống đang bảo trì</p>",
    ),
    Row("wall-maintenance-200", drop=(STS, CSP), body="<p>Trang web đang nâng cấp</p>"),
    Row("wall-parked", drop=(STS, CSP), body="<title>x</title>This domain is for sale"),
    Row("wall-error", drop=(STS, CSP), status="500 Internal Server Error"),
    Row("wall-busy", drop=(STS, CSP), status="429 Too Many Requests"),
    Row("wall-json", drop=(STS, CSP), content_type="application/json", body='{"a": 1}'),
    Row("wall-empty", drop=(STS, CSP), body=""),
)
TABLE = (*HEADERS, *COOKIES, *CONTENT, *SHARING, *REDIRECTS, *WALLS)
