"""Cases both analysers are fed with: by hand for every result, and seeded mixtures of difficult header lines."""

import random
from dataclasses import dataclass

from scanner.model.evidence import Fetch, HttpEvidence, Missing, Response, Why
from scanner.samples.web import chain, redirect, response, silence

HOST = "so.example.com"
SECURE, PLAIN = f"https://{HOST}/", f"http://{HOST}/"
ORIGIN = "https://7a1f.example"
Line = tuple[str, str]

NONCE = "'nonce-MTIzNDU2Nzg5MDEyMzQ1Ng=='"
CSP = "Content-Security-Policy"
POLICIES = (
    "default-src 'none'",
    "default-src 'none'; script-src 'self'",
    "default-src 'self'",
    "DEFAULT-SRC 'SELF'; Img-Src *",
    "default-src 'self'; style-src 'self' 'unsafe-inline'",
    "default-src 'self' 'unsafe-inline'",
    f"script-src {NONCE} 'unsafe-inline'; object-src 'none'",
    f"default-src {NONCE} 'unsafe-inline' 'self'",
    f"script-src 'strict-dynamic' {NONCE} https: http: 'self'; object-src 'none'; base-uri 'none'",
    f"default-src 'strict-dynamic' {NONCE} https: 'self'",
    "script-src 'strict-dynamic' 'self'",
    "script-src 'self' data:; object-src 'none'",
    "script-src 'self'",
    "object-src 'none'; script-src https:",
    "default-src 'self'; script-src 'self' 'unsafe-eval'",
    "default-src 'self'; style-src 'self' 'unsafe-eval'",
    "default-src 'self'; img-src http://anh.example.com",
    "default-src 'self' http://a.example.com",
    "default-src 'self'; connect-src http://a.example.com",
    "default-src 'self'; style-src https:",
    "frame-ancestors 'self'",
    "frame-ancestors *",
    "upgrade-insecure-requests",
    "default-src 'self'; default-src 'none'",
    "default-src 'self'; report-uri /a; report-uri /b",
    "default-src https://a.example.com https://a.example.com/x https://a.example.com/",
    "default-src 'self' https://a.example.com/lib/",
    "default-src 'self' https://a.example.com/lib/a.js",
    "default-src 'self', script-src 'unsafe-inline'",
    "default-src",
    "script-src; object-src",
    "abc",
    "default-src 'self',",
    "default-src 'self';;; object-src 'none' ;",
    "default-src 'self' %zz",
    "default-src ftp: ; object-src 'none'",
    "default-src * 'unsafe-inline' 'unsafe-eval' data: blob:",
    "sandbox; default-src 'self'",
    "default-src\xa0'self'; object-src 'none'",
    "",
)
STS = "Strict-Transport-Security"
HSTS = (
    "max-age=31536000",
    "max-age=15552000; includeSubDomains; preload",
    "max-age=15551999",
    "max-age=0",
    'max-age="31536000"',
    "MAX-AGE=31536000; IncludeSubDomains",
    "max-age=abc",
    "max-age=31536000abc",
    "max-age= 31536000",
    "max-age =31536000",
    "includeSubDomains",
    "max-age=1; max-age=31536000",
    "max-age=31536000, max-age=1",
    "max-age=-5",
    "",
)
COOKIES = (
    "PHPSESSID=7a1f0c2be94d5f6a; path=/",
    "PHPSESSID=7a1f0c2be94d5f6a; path=/; Secure",
    "PHPSESSID=7a1f0c2be94d5f6a; path=/; Secure; HttpOnly",
    "PHPSESSID=7a1f0c2be94d5f6a; path=/; Secure; HttpOnly; SameSite=Lax",
    "lang=vi",
    "lang=vi; Secure",
    "lang=vi; Secure; SameSite=Strict",
    "lang=vi; SameSite=None",
    "lang=vi; Secure; SameSite=None",
    "lang=vi; Secure; SameSite=Maybe",
    "lang=vi; Secure; SameSite",
    "csrftoken=abc; Secure",
    "csrftoken=abc; Secure; SameSite=Lax",
    "login=1; HttpOnly",
    "heroku-session-affinity=abc",
    "__Host-a=1; Secure; Path=/; Domain=so.example.com",
    "__Secure-a=1",
    "__Host-a=1; Secure; Path=/",
    "sess=; Max-Age=0",
    "a=1; Domain=other.example.org; Secure",
    "a=1; Domain=example.com; Secure; SameSite=Lax",
    "nothing",
    "=x",
)
HEADERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "X-Frame-Options",
        ("DENY", "sameorigin", "ALLOW-FROM https://a.example.com", "ALLOWALL", "", "DENY, DENY"),
    ),
    ("X-Content-Type-Options", ("nosniff", "NoSniff", "nosniff, nosniff", "no", "")),
    (
        "Referrer-Policy",
        (
            "no-referrer",
            "unsafe-url",
            "strict-origin, abc",
            "abc",
            "",
            "origin, same-origin",
            "No-Referrer-When-Downgrade",
        ),
    ),
    (
        "Cross-Origin-Resource-Policy",
        ("same-origin", "Same-Site", "cross-origin", "abc", "same-origin, same-origin", ""),
    ),
    (
        "Cross-Origin-Embedder-Policy",
        (
            "require-corp",
            "credentialless",
            "unsafe-none",
            '"require-corp"',
            'require-corp; report-to="x"',
            "x y",
            "",
        ),
    ),
    (
        "Cross-Origin-Opener-Policy",
        (
            "same-origin",
            "same-origin-allow-popups",
            "noopener-allow-popups",
            "unsafe-none",
            "Same-Origin",
            "same-origin, same-origin",
            "same-origin;a=?2",
            "",
        ),
    ),
    ("Content-Security-Policy-Report-Only", ("default-src 'self'", "")),
)
CORS = (
    (("Access-Control-Allow-Origin", "*"),),
    (("Access-Control-Allow-Origin", ORIGIN),),
    (("Access-Control-Allow-Origin", ORIGIN), ("Access-Control-Allow-Credentials", "true")),
    (("Access-Control-Allow-Origin", ""),),
    (),
)
SCRIPTS = (
    "",
    "<script>1</script>",
    '<script src="/a.js"></script>',
    '<script src="/a.js" integrity="sha384-x"></script>',
    '<script src="https://cdn.example.net/a.js"></script>',
    '<script src="https://cdn.example.net/a.js" integrity="sha384-x"></script>',
    '<script src="http://cdn.example.net/a.js"></script>',
    '<script src="http://cdn.example.net/a.js" integrity="sha384-x"></script>',
    '<script src="//cdn.example.net/a.js"></script>',
    '<script src="https://static.example.com/a.js" integrity="sha384-x"></script>',
    '<script src="http://static.example.com/a.js"></script>',
    '<script src="//static.example.com/a.js" integrity="sha384-x"></script>',
    '<!-- <script src="http://cdn.example.net/a.js"></script> -->',
    '<script src=""></script>',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'self\'; frame-ancestors *">',
    '<meta http-equiv="Content-Security-Policy" content="frame-ancestors \'self\'">',
    '<meta name="referrer" content="unsafe-url">',
    '<meta name="Referrer" content="same-origin"><meta name="referrer" content="">',
)


@dataclass(frozen=True)
class Case:
    """One site as both analysers see it."""

    http: HttpEvidence
    is_verified: bool = True


def site(
    *lines: Line,
    html: str = "",
    kind: str = "text/html; charset=utf-8",
    status: int = 200,
    plain: Fetch | None = None,
    https: bool = True,
    via: tuple[Line, ...] = (),
    options: tuple[Line, ...] | None = None,
) -> HttpEvidence:
    """A page with these header lines behind a good redirect."""
    page = Response(status, (("Content-Type", kind), *lines), response(html=f"<html><body>{html}").body)
    walk = plain or chain(
        "http", (PLAIN, Response(301, (("Location", SECURE), *via), Missing(Why.BUDGET))), (SECURE, page)
    )
    secure = chain("https", (SECURE, page if https else silence()))
    asked: tuple[Fetch, ...] = ()
    if options is not None:
        asked = (chain("options", (SECURE, Response(204, options, response().body))),)
    return HttpEvidence((walk, secure, *asked))


def cases() -> tuple[Case, ...]:
    """All cases, always the same in the same order."""
    return (*_by_hand(), *_mixtures())


def _by_hand() -> list[Case]:
    found = [site(), site(status=403), site(kind="application/json"), site(kind=""), site(https=False)]
    found += [site((CSP, policy)) for policy in POLICIES]
    found += [site((CSP, one), (CSP, two)) for one in POLICIES[::3] for two in POLICIES[::4]]
    found += [site((STS, value)) for value in HSTS]
    found += [site((STS, HSTS[0]), (STS, HSTS[1]))]
    found += [site(*extra, ("Set-Cookie", raw)) for raw in COOKIES for extra in ((), ((STS, HSTS[0]),))]
    found += [site((name, value)) for name, values in HEADERS for value in values]
    found += [site((name, v[0]), (name, v[0])) for name, v in HEADERS]
    found += [site(html=html) for html in SCRIPTS]
    found += [site(options=lines) for lines in CORS]
    other = "https://www.other.example.org/"
    page = response()
    walks = (
        chain("http", (PLAIN, page)),
        chain("http", (PLAIN, redirect(f"{PLAIN}a")), (f"{PLAIN}a", page)),
        chain("http", (PLAIN, redirect(f"{PLAIN}a")), (f"{PLAIN}a", redirect(SECURE)), (SECURE, page)),
        chain("http", (PLAIN, redirect(other)), (other, page)),
        chain("http", (PLAIN, redirect(SECURE)), (SECURE, redirect(PLAIN)), (f"{PLAIN}b", page)),
        chain("http", (PLAIN, silence())),
    )
    made = [Case(http) for http in found] + [Case(site(plain=walk)) for walk in walks]
    made += [Case(site(https=False, plain=walks[0], html=html)) for html in SCRIPTS[:8]]
    made += [Case(site(https=False, plain=walks[1])), Case(site((STS, HSTS[0])), is_verified=False)]
    return made


def _mixtures(count: int = 300) -> list[Case]:
    dice = random.Random(20261124)
    made = []
    for _ in range(count):
        lines = [(CSP, dice.choice(POLICIES)) for _ in range(dice.choice((0, 1, 1, 2, 3)))]
        lines += [(STS, dice.choice(HSTS)) for _ in range(dice.choice((0, 1, 1, 2)))]
        lines += [("Set-Cookie", dice.choice(COOKIES)) for _ in range(dice.choice((0, 0, 1, 2)))]
        for name, values in HEADERS:
            lines += [(name, dice.choice(values)) for _ in range(dice.choice((0, 0, 1, 1, 2)))]
        html = "".join(dice.choice(SCRIPTS) for _ in range(dice.choice((0, 1, 2))))
        made.append(Case(site(*lines, html=html, options=dice.choice(CORS)), is_verified=dice.random() > 0.1))
    return made
