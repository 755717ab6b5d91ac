"""Redirects are read as browsers read them and followed much less far."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.collect.http.redirect import Scope, Stop, host_of, is_literal, location_of, next_url
from scanner.model.evidence import End, Target

SCOPE = Scope.of(Target("so.example"), ("cong.example",))
HERE = "https://so.example/vi/trang?x=1"


def step(location: str, scope: Scope = SCOPE) -> str | End:
    to = next_url(HERE, location, scope, limit=8192)
    return to.end if isinstance(to, Stop) else to


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/", "https://so.example/"),
        ("https://so.example", "https://so.example/"),
        ("khac", "https://so.example/vi/khac"),
        ("?y=2", "https://so.example/vi/trang?y=2"),
        ("//www.so.example/", "https://www.so.example/"),
        ("HTTP://SO.EXAMPLE:80/A", "http://so.example/A"),
        ("http://so.example:443/", "http://so.example:443/"),
        ("https://cong.example./x", "https://cong.example/x"),
        ("  /a\tb\r\nc ", "https://so.example/vi/../abc".replace("/vi/..", "")),
        ("\\\\so.example\\a?b\\c", "https://so.example/a?b%5Cc"),
        ("/\xc3\xa9", "https://so.example/%C3%A9"),
        ("/\xe9", "https://so.example/%C3%A9"),
        ("/a b#mảnh".encode().decode("latin-1"), "https://so.example/a%20b"),
        ("/100%25", "https://so.example/100%25"),
    ],
)
def test_an_address_in_scope_is_followed_in_one_spelling(location: str, url: str) -> None:
    assert step(location) == url


@pytest.mark.parametrize(
    "location",
    [
        "https://other.example/",
        "https://a.so.example/",
        "https://so.example.evil.example/",
        "https://evil.example/so.example",
        "https://so.example:8080/",
        "http://so.example:22/",
        "http://so.example:0/",
        "https://so.example@evil.example/",
        "https://user:pw@so.example/",
        "https://evil.example\\@so.example/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://0x7f.1/",
        "http://127.0.0.1./",
        "http://１２７.0.0.1/".encode().decode("latin-1"),
        "http://127。0。0。1/".encode().decode("latin-1"),
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/",
        "http://localhost/",
    ],
)
def test_an_address_out_of_scope_is_not(location: str) -> None:
    assert step(location) is End.OUT_OF_SCOPE


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "gopher://so.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://so.example/",
        "https://",
        "https:///",
        "https://so.example:port/",
        "https://so.example:99999/",
        "https://[::1/",
        "https://so..example/",
        "https://%73o.example/",
        "https://so example/",
        "https://" + "a" * 64 + ".example/",
        "https://xn--\xff.example/",
        "/" + "a" * 9000,
    ],
)
def test_what_is_no_web_address_is_malformed(location: str) -> None:
    assert step(location) is End.MALFORMED


def test_a_vietnamese_name_becomes_its_a_label() -> None:
    scope = Scope.of(Target("xn--so-hga.example"), ())
    name = host_of("sờ.example")

    assert name is not None
    assert name.startswith("xn--")
    assert name.isascii()
    assert step("https://sờ.example/".encode().decode("latin-1"), scope) in {
        End.OUT_OF_SCOPE,
        f"https://{name}/",
    }


def test_the_port_of_the_target_is_in_scope() -> None:
    scope = Scope.of(Target("so.example", port=8443), ())

    assert step("https://so.example:8443/a", scope) == "https://so.example:8443/a"
    assert step("http://so.example/a", scope) == "http://so.example/a"


@pytest.mark.parametrize(
    ("target", "twin"), [("so.example", "www.so.example"), ("www.so.example", "so.example")]
)
def test_the_www_twin_is_in_scope(target: str, twin: str) -> None:
    assert step(f"https://{twin}/", Scope.of(Target(target), ())) == f"https://{twin}/"


def test_a_target_that_is_an_address_may_redirect_to_itself_only() -> None:
    scope = Scope.of(Target("192.0.2.1"), ())

    assert step("http://192.0.2.1/a", scope) == "http://192.0.2.1/a"
    assert step("http://192.0.2.2/a", scope) is End.OUT_OF_SCOPE
    assert step("http://[2001:db8::1]/", Scope.of(Target("2001:db8::1"), ())) == "http://[2001:db8::1]/"


def test_only_redirect_statuses_redirect() -> None:
    headers = (("Location", "/a"),)

    assert location_of(302, headers) == "/a"
    assert location_of(200, headers) is None
    assert location_of(304, headers) is None
    assert location_of(302, ()) is None


def test_two_locations_that_differ_are_malformed() -> None:
    same = location_of(301, (("Location", "/a"), ("location", "/a")))
    differing = location_of(301, (("Location", "/a"), ("location", "/b")))

    assert same == "/a"
    assert isinstance(differing, Stop)
    assert differing.end is End.MALFORMED


@pytest.mark.parametrize("host", ["1.2.3.4", "1", "0x7f", "a.1", "::1", "a.0x"])
def test_a_host_that_ends_in_a_number_is_an_address(host: str) -> None:
    assert is_literal(host)


@given(st.text(alphabet=st.characters(max_codepoint=255), max_size=200))
def test_any_location_gives_a_scoped_address_or_a_reason(location: str) -> None:
    to = next_url(HERE, location, SCOPE, limit=8192)

    if isinstance(to, str):
        assert to.isascii()
        assert to.split("/")[2] in {f"{h}{p}" for h in SCOPE.hosts for p in ("", ":80", ":443")}


@given(
    st.tuples(
        st.sampled_from(["http:", "https:", "", "ftp:", "HTTPS:", "https"]),
        st.sampled_from(["//", "/", "\\\\", "/\\", "///", ""]),
        st.sampled_from(["", "u@", "u:p@", "@", "so.example@", "so.example:80@"]),
        st.sampled_from(
            ["127.0.0.1", "2130706433", "0x7f.1", "[::1]", "localhost", "evil.example", "0177.1", "①②⑦.1"]
        ),
        st.sampled_from(["", ":80", ":443", ":22", ":", ":x"]),
        st.sampled_from(["", "/", "?so.example", "#@so.example", "\\@so.example"]),
    ).map("".join)
)
def test_no_spelling_leads_out(text: str) -> None:
    location = text.encode().decode("latin-1")

    to = next_url(HERE, location, SCOPE, limit=8192)

    if isinstance(to, str):
        assert to.startswith(("https://so.example/", "http://so.example/"))
