"""Known paths on real servers: proof by content, no secret kept, nothing believed of a site that says yes to all."""

# ruff: noqa: E501 - a page in one line reads as it came

import asyncio
import gzip
import re
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.collect import wall
from scanner.collect.http.probe import probe_http
from scanner.collect.http.transport import Client
from scanner.collect.limits import Limits
from scanner.identify.exposed import Exposed, read_listing
from scanner.identify.revealed import DEBUG_AIDS, STACK_TRACES, START_PAGES
from scanner.judge import judge
from scanner.model.agency import Depth
from scanner.model.evidence import Body, Evidence, Exchange, HttpEvidence, Missing, Response, Target, Why
from scanner.model.finding import Finding, Verdict
from scanner.model.question import KNOWN_PATHS, MORE_VIEWS, Question, allowed
from scanner.parse.exposed import PROOFS, SETTINGS, proof_of
from scanner.registry import load_checks
from scanner.samples import sample_reference
from tests.collect.places import HOST, answering, job, net_to, running

CHECKS = tuple(c for c in load_checks() if c.on is Exposed)
TOKEN = "0123456789abcdef"
SECRET = "Mat-Khau-Bi-Mat-7319"
CITIZEN = "don-khieu-nai-nguyen-van-a"
JOOMLA = '<html><title>Sở Mẫu</title><script src="/media/jui/js/jquery.min.js"></script><p>Tin tức</p></html>'
WORDPRESS = '<html><title>Sở Mẫu</title><link rel="stylesheet" href="/wp-content/a.css"><p>Tin tức</p></html>'
PLAIN = "<html><title>Sở Mẫu</title><p>Tin tức</p></html>"
ASPNET = '<html><title>Sở Mẫu</title><input type="hidden" name="__VIEWSTATE"><p>Tin tức</p></html>'
LISTING = f'<html><head><title>Index of /uploads</title></head><body><h1>Index of /uploads</h1><a href="../">../</a><a href="{CITIZEN}.pdf">x</a><a href="cccd-{CITIZEN}.jpg">x</a><a href="x.php">s</a><a href="b.pdf">y</a><a href="c.sql">z</a></body></html>'

LEAKS = {
    "/.git/HEAD": "ref: refs/heads/main\n",
    "/.svn/entries": "12\n",
    "/.env": f"APP_NAME=cong\nAPP_KEY={SECRET}\nDB_PASSWORD='{SECRET}'\n# {SECRET}\n",
    "/phpinfo.php": f"<html><head><title>PHP 7.4.3 - phpinfo()</title></head><td>DB_PASS</td><td>{SECRET}</td></html>",
    "/server-status": f"<html><head><title>Apache Status</title></head>198.51.100.7 GET /tra-cuu?token={SECRET}</html>",
    "/configuration.php.bak": f"<?php\nclass JConfig {{\n public $user = 'cong';\n public $password = '{SECRET}';\n}}\n",
    "/installation/index.php": "<html><title>Joomla! Web Installer</title></html>",
    "/images/": LISTING,
    "/wp-config.php.bak": f"<?php\ndefine( 'DB_NAME', 'cong' );\ndefine('DB_PASSWORD', '{SECRET}');\n",
    "/wp-admin/install.php": '<title>WordPress &rsaquo; Installation</title>WordPress<form id="setup" method="post">',
    "/wp-content/uploads/": LISTING,
    "/uploads/": LISTING,
    "/info.php": f"<title>phpinfo()</title>{SECRET}",
    "/configuration.php~": f"<?php class JConfig {{ public $secret = '{SECRET}'; public $db = 'd'; }}",
    "/.configuration.php.swp": f"b0VIM 8.2\0\0public $password = '{SECRET}'",
    "/wp-config.php~": f"<?php define('DB_NAME', 'd'); define('AUTH_KEY', '{SECRET}');",
    "/.wp-config.php.swp": f"b0VIM 8.2\0\0{SECRET}",
    "/index.php~": f"<?php\n$mat_khau = '{SECRET}';",
    "/web.config.bak": f'<?xml version="1.0"?><configuration><connectionStrings><add name="Main" connectionString="Password={SECRET}"/></connectionStrings></configuration>',
    "/backup.sql": f"-- MySQL dump 10.13\nINSERT INTO nguoi_dan VALUES ('{CITIZEN}', '{SECRET}');",
    "/database.sql": f"CREATE TABLE x (a int);\nINSERT INTO x VALUES ('{SECRET}');",
    "/backup.zip": f"PK\x03\x04{SECRET}",
    f"/{HOST}.zip": f"PK\x03\x04{CITIZEN}",
    "/web.rar": f"Rar!\x1a\x07{CITIZEN}",
    "/phpmyadmin/": f"<title>phpMyAdmin</title><input value='{SECRET}'>",
    "/adminer.php": "<title>Login - Adminer</title>",
    "/swagger/index.html": "<title>Swagger UI</title>",
    "/crossdomain.xml": '<cross-domain-policy><allow-access-from domain="*" /></cross-domain-policy>',
    "/elmah.axd": f"<html><title>Error log for / on WEB01 (Page #1)</title>{SECRET}</html>",
    "/trace.axd": f"<html><h1>Application Trace</h1>.ASPXAUTH={SECRET}</html>",
}


def http(status: str, body: str) -> bytes:
    content = body.encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


def visited(
    home: str,
    answers: dict[str, str],
    otherwise: bytes,
    depth: Depth = Depth.STANDARD,
    raw: Mapping[str, bytes] | None = None,
) -> Evidence:
    """What a visit to a site with this home page and these paths keeps."""

    def answer(path: str, _count: int) -> bytes:
        if path == "/":
            return http("200 OK", home)
        if raw and path in raw:
            return raw[path]
        return http("200 OK", answers[path]) if path in answers else otherwise

    async def run() -> HttpEvidence:
        order = job(needs=("canary", *KNOWN_PATHS), depth=depth, target=Target(HOST, 80, scheme="http"))
        async with (
            running(answering(answer)) as server,
            net_to(http=server.port, limits=Limits()).visit(order) as visit,
        ):
            return await probe_http(
                Client(visit), order, until=time.monotonic() + 30, token=lambda: "0123456789abcdef"
            )

    seen = asyncio.run(run())
    return Evidence(
        "so", Target(HOST, 80, scheme="http"), datetime(2026, 11, 24, tzinfo=UTC), depth=depth, http=seen
    )


def verdicts(evidence: Evidence) -> dict[str, Finding]:
    again = wall.decode(wall.encode(evidence, key=b"k"))
    return {f.check_id: f for f in judge(again, CHECKS, sample_reference())}


NOT_FOUND = http("404 Not Found", "<html><title>404</title></html>")
PAGES = {"joomla": JOOMLA, "wordpress": WORDPRESS, "other": PLAIN, "aspnet": ASPNET}


@pytest.mark.parametrize("ground", PAGES)
def test_what_lies_about_is_found_and_no_secret_passes_the_wall(ground: str) -> None:
    evidence = visited(PAGES[ground], LEAKS, NOT_FOUND)

    kept = gzip.decompress(wall.encode(evidence, key=b"k"))
    findings = verdicts(evidence)

    assert {f.verdict for f in findings.values()} <= {Verdict.FAIL, Verdict.NOTAPPLICABLE}
    assert sum(f.verdict is Verdict.FAIL for f in findings.values()) >= 8
    for word in (SECRET, CITIZEN, "198.51.100.7"):
        assert word.encode() not in kept
        assert all(word not in f.saw for f in findings.values())
    assert re.search(r"DB_PASSWORD=<20( [0-9a-f]{12})?>", findings["exposure.env-file-open"].saw)
    assert isinstance(evidence.http, HttpEvidence)
    assert sum(f.purpose in KNOWN_PATHS for f in evidence.http.fetches) <= 20


def test_of_a_dump_only_the_first_bytes_are_asked_for_and_none_kept() -> None:
    rows = f"-- MySQL dump 10.13\n{CITIZEN}" + "x" * 3_000_000
    evidence = visited(PLAIN, {"/backup.sql": rows}, NOT_FOUND)

    assert isinstance(evidence.http, HttpEvidence)
    fetch = evidence.http.fetch("known-dump")
    assert fetch is not None
    assert fetch.last.sent == (("Range", "bytes=0-511"),)
    assert isinstance(fetch.last.response, Response)
    assert isinstance(fetch.last.response.body, Body)
    assert fetch.last.response.body.size_bytes <= 512
    assert fetch.last.response.body.content == b"MySQL dump"


@pytest.mark.parametrize(
    ("path", "answer", "purpose"),
    [
        (
            "/cpanel",
            "HTTP/1.1 301 Moved\r\nLocation: https://so.example:2083/\r\nContent-Length: 0\r\n\r\n",
            "known-cpanel",
        ),
        (
            "/manager/html",
            'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm="Tomcat Manager Application"\r\nContent-Length: 0\r\n\r\n',
            "known-tomcat",
        ),
    ],
)
def test_a_panel_that_shows_by_its_headers_is_found(path: str, answer: str, purpose: str) -> None:
    evidence = visited(PLAIN, {}, NOT_FOUND, raw={path: answer.encode()})

    finding = verdicts(evidence)["exposure.admin-panel-open"]
    assert (finding.verdict, finding.where) == (Verdict.FAIL, (f"http://{HOST}:80{path}",)), purpose


def test_a_changed_password_leaves_another_mark_and_an_equal_one_the_same() -> None:
    def told(value: str, key: bytes) -> bytes:
        return proof_of("known-env", f"DB_HOST=h\nDB_PASSWORD={value}\n".encode(), key=key)

    assert told("mot", b"k") == told("mot", b"k") != told("hai", b"k")
    assert told("mot", b"k") != told("mot", b"other")
    assert told("mot", b"") == told("hai", b"")  # no key, no mark: a short value could be guessed from one
    assert b"mot" not in told("mot", b"k")


def test_papers_are_counted_and_named_nowhere() -> None:
    evidence = visited(PLAIN, {"/uploads/": LISTING}, NOT_FOUND)
    found = verdicts(evidence)

    papers, program = found["exposure.personal-data-listed"], found["compromise.program-in-uploads"]
    assert (papers.verdict, dict(papers.values)["count"]) == (Verdict.FAIL, "2")
    assert (program.verdict, program.note) == (Verdict.FAIL, "programs")
    assert CITIZEN.encode() not in gzip.decompress(wall.encode(evidence, key=b"k"))


@pytest.mark.parametrize(
    ("name", "is_paper"),
    [
        ("cccd-mat-truoc.jpg", True),
        ("CMND%20001.pdf", True),
        ("giay-khai-sinh.pdf", True),
        ("so-ho-khau.jpg", True),
        ("don-thu-to-cao-2026.docx", True),
        ("cong-van-12.pdf", False),
        ("bao-cao-tong-ket.pdf", False),
        ("anh-hoi-nghi.jpg", False),
        ("thong-bao-dang-ky-khai-sinh.html", False),
    ],
)
def test_papers_are_told_by_their_names(name: str, is_paper: bool) -> None:
    page = (
        f'<title>Index of /uploads</title><pre><h1>Index of /</h1><a href="../">../</a><a href="{name}">x</a>'
    )

    assert (read_listing(proof_of("known-uploads", page.encode()).decode()).papers == 1) is is_paper


@pytest.mark.parametrize("ground", PAGES)
def test_a_site_that_has_none_of_it_passes(ground: str) -> None:
    found = {f.verdict for f in verdicts(visited(PAGES[ground], {}, NOT_FOUND)).values()}

    assert found <= {Verdict.PASS, Verdict.NOTAPPLICABLE}


@pytest.mark.parametrize("body", [PLAIN, "", "ok", "<html><title>Đăng nhập</title></html>"])
def test_a_site_that_says_yes_to_everything_is_not_blamed(body: str) -> None:
    found = {f.verdict for f in verdicts(visited(JOOMLA, {}, http("200 OK", body))).values()}

    assert found <= {Verdict.PASS, Verdict.NOTAPPLICABLE}


def test_what_a_page_that_cannot_exist_shows_too_is_no_proof() -> None:
    found = {f.verdict for f in verdicts(visited(PLAIN, {}, http("200 OK", LISTING))).values()}

    assert found <= {Verdict.PASS, Verdict.NOTAPPLICABLE}


@pytest.mark.parametrize("status", ["403 Forbidden", "406 Not Acceptable"])
def test_refusals_of_everything_say_nothing(status: str) -> None:
    found = {f.verdict for f in verdicts(visited(JOOMLA, {}, http(status, ""))).values()}

    assert found <= {Verdict.UNKNOWN, Verdict.NOTAPPLICABLE}


def test_nothing_more_is_asked_of_a_wall() -> None:
    evidence = visited("<title>Request Rejected</title>", {}, NOT_FOUND)

    assert isinstance(evidence.http, HttpEvidence)
    assert not [f for f in evidence.http.fetches if f.purpose in KNOWN_PATHS]
    assert {f.verdict for f in verdicts(evidence).values()} == {Verdict.UNKNOWN}


def test_without_permission_nothing_is_asked() -> None:
    evidence = visited(PLAIN, LEAKS, NOT_FOUND, depth=Depth.PASSIVE)

    assert isinstance(evidence.http, HttpEvidence)
    assert [f.purpose for f in evidence.http.fetches] == ["http"]
    assert {f.verdict for f in verdicts(evidence).values()} == {Verdict.UNKNOWN}
    assert allowed((*KNOWN_PATHS, *MORE_VIEWS), Depth.PASSIVE) == ()


def test_of_a_large_file_no_more_than_four_kilobytes_are_read() -> None:
    large = "DB_HOST=x\nDB_PASSWORD=" + "a" * 2_000_000
    evidence = visited(PLAIN, {"/.env": large}, NOT_FOUND)

    assert isinstance(evidence.http, HttpEvidence)
    fetch = evidence.http.fetch("known-env")
    assert fetch is not None
    assert isinstance(fetch.last.response, Response)
    body = fetch.last.response.body
    assert isinstance(body, Body)
    assert body.size_bytes <= 4096
    assert body.truncated


def test_every_known_path_is_a_get_with_proof_and_cap() -> None:
    assert PROOFS.keys() | SETTINGS.keys() == KNOWN_PATHS.keys()
    assert not PROOFS.keys() & SETTINGS.keys()
    for name, question in KNOWN_PATHS.items():
        is_large = name.startswith(("known-dump", "known-archive"))
        assert question.method == "GET"
        assert question.cap_bytes == (512 if is_large else 4096)
        assert bool(question.headers) == is_large
        assert question.proof_only
        assert question.depth is Depth.STANDARD


@pytest.mark.parametrize(
    ("purpose", "content"),
    [
        ("known-git", "<html>ref: refs/heads/main</html>"),
        ("known-git", "deadbeef"),
        ("known-svn", "12"),
        ("known-svn", "123\n"),
        ("known-env", "<!DOCTYPE html><script>var A=1;\nAPP_URL=2\nDB_X=3</script>"),
        ("known-env", "HELLO=1"),
        ("known-env", "FOO=1\nBAR=2\n"),
        ("known-phpinfo", "<title>Hướng dẫn phpinfo()</title>"),
        ("known-server-status", "<title>Trang Server Status của Sở</title>"),
        (
            "known-wordpress-installer",
            "<title>WordPress &rsaquo; Installation</title>WordPress Already Installed",
        ),
        ("known-uploads", "<title>Index of /uploads</title>"),
        ("known-uploads", "<title>Danh mục</title><a href='../'>../</a>"),
        ("known-joomla-backup", "<?php class JOther { public $password = 'x'; }"),
        ("known-trace", "<title>Application Trace</title>"),
        ("something-else", "ref: refs/heads/main"),
        ("known-dump", "<html>INSERT INTO your life</html>"),
        ("known-dump", "We insert into this page some words"),
        ("known-archive", "<html>PK</html>"),
        ("known-archive", "PK"),
        ("known-phpmyadmin", "<title>Hướng dẫn dùng phpMyAdmin</title>"),
        ("known-adminer", "<title>Adminer là gì?</title>"),
        (
            "known-crossdomain",
            '<cross-domain-policy><allow-access-from domain="*.gov.vn"/></cross-domain-policy>',
        ),
        ("known-crossdomain", '<html><allow-access-from domain="*"/></html>'),
        ("known-index-copy", "<html><?php"),
        ("known-swagger", "<title>Swagger UI là gì</title>"),
        ("known-webconfig-copy", '<html><add key="a" value="b"/></html>'),
        ("known-joomla-swap", "<html>b0VIM </html>"),
    ],
)
def test_what_only_looks_like_it_proves_nothing(purpose: str, content: str) -> None:
    assert proof_of(purpose, content.encode()) == b""


@given(st.sampled_from(sorted(KNOWN_PATHS)), st.binary(max_size=4096))
def test_any_bytes_give_an_answer(purpose: str, content: bytes) -> None:
    assert len(proof_of(purpose, content)) <= 4096 + 300


@given(st.text(alphabet="aB9-_+/=.$#@!", min_size=8, max_size=60))
def test_no_value_of_a_settings_file_survives(value: str) -> None:
    secret = f"{value}Zq"
    text = f"DB_HOST=h\nDB_PASSWORD={secret}\n"
    php = f"<?php class JConfig {{ public $password = '{secret}'; public $user = 'u'; }}"
    define = f"<?php define('DB_NAME', 'd'); \ndefine('DB_PASSWORD', '{secret}');"

    for purpose, content in (
        ("known-env", text),
        ("known-joomla-backup", php),
        ("known-wordpress-backup", define),
    ):
        assert secret.encode() not in proof_of(purpose, content.encode())


@pytest.mark.parametrize("purpose", sorted(KNOWN_PATHS))
def test_hostile_bytes_prove_nothing_and_end(purpose: str) -> None:
    for unit in (
        b"A_=",
        b"<title>",
        b"public $a = '",
        b"define('A', '",
        b"<a href=",
        b"DB_A=" + b" " * 9,
        b"\n",
    ):
        content = (unit * 4096)[:4096]
        assert proof_of(purpose, content) == b""


FOLDERS = {"/.git/HEAD": "/.git/", "/.env": "/.", "/uploads/": "/"}


@pytest.mark.parametrize("path", FOLDERS)
def test_a_folder_that_answers_every_name_alike_proves_nothing(path: str) -> None:
    leak = http("200 OK", LEAKS[path])

    def answer(asked: str, _count: int) -> bytes:
        if asked == "/":
            return http("200 OK", PLAIN)
        return leak if asked.startswith(FOLDERS[path]) and asked != f"/{TOKEN}" else NOT_FOUND

    async def run() -> HttpEvidence:
        purpose = next(name for name, q in KNOWN_PATHS.items() if q.path == path)
        order = job(needs=("canary", purpose), depth=Depth.STANDARD, target=Target(HOST, 80, scheme="http"))
        async with running(answering(answer)) as server, net_to(http=server.port).visit(order) as visit:
            return await probe_http(Client(visit), order, until=time.monotonic() + 5, token=lambda: TOKEN)

    seen = Evidence(
        "so",
        Target(HOST, 80, scheme="http"),
        datetime(2026, 11, 24, tzinfo=UTC),
        Depth.STANDARD,
        http=asyncio.run(run()),
    )

    assert Verdict.FAIL not in {f.verdict for f in verdicts(seen).values()}


@pytest.mark.parametrize(
    ("path", "beside"),
    [
        ("/.git/HEAD", "/.git/T"),
        ("/.env", "/.T"),
        ("/wp-config.php.bak", "/T.php.bak"),
        ("/phpinfo.php", "/T.php"),
        ("/server-status", "/T"),
        ("/wp-content/uploads/", "/wp-content/T/"),
        ("/uploads/", "/T/"),
    ],
)
def test_the_name_beside_keeps_folder_and_ending(path: str, beside: str) -> None:
    assert Question(Depth.STANDARD, path=path).beside("T").path == beside


def test_a_folder_that_falls_silent_leaves_the_question_open() -> None:
    evidence = visited(PLAIN, {"/.env": LEAKS["/.env"]}, NOT_FOUND)
    assert isinstance(evidence.http, HttpEvidence)
    silent = tuple(
        replace(f, exchanges=(Exchange("x", Missing(Why.TIMEOUT)),)) if f.purpose.endswith("-beside") else f
        for f in evidence.http.fetches
    )

    found = verdicts(replace(evidence, http=HttpEvidence(silent)))

    assert verdicts(evidence)["exposure.env-file-open"].verdict is Verdict.FAIL
    assert found["exposure.env-file-open"].verdict is Verdict.UNKNOWN


HOSTILE = (
    "<b>warning</b>: " * 12_000,
    "at system." + "a." * 100_000,
    "at com." + "a" * 200_000,
    "stack trace: " * 15_000,
    "microsoft ole db provider for " * 7_000,
    "<title> " + " " * 200_000,
    "php warning: " + "x" * 200_000,
    "php warning: in /" * 12_000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_patterns_of_errors_end_without_a_hit_on_near_misses(text: str) -> None:
    shapes = (*STACK_TRACES, *DEBUG_AIDS, *START_PAGES)

    assert not [s.pattern.pattern for s in shapes if s.pattern.search(text)]
