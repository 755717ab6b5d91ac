"""What crosses the wall comes back equal, without its secrets, or not at all."""

import gzip
import hashlib
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.collect import wall
from scanner.errors import StoreError
from scanner.model.evidence import (
    SCHEMA,
    Answer,
    Body,
    ChainSeen,
    CmsEvidence,
    DnsAnswer,
    DnsEvidence,
    DnsState,
    Evidence,
    Exchange,
    Fetch,
    HttpEvidence,
    Ledger,
    LedgerLine,
    Missing,
    Offer,
    Response,
    Target,
    TlsEndpoint,
    TlsEvidence,
    Why,
)

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
KEY = b"key"


def page(content: bytes = b"<p>Xin ch\xc3\xa0o</p>", *headers: tuple[str, str]) -> HttpEvidence:
    body = Body(content, hashlib.sha256(content).hexdigest(), len(content))
    exchange = Exchange("https://so.example/", Response(200, headers, body, peer_sha256="ab" * 32))
    return HttpEvidence((Fetch("https", (exchange,)),))


def evidence(**parts: Any) -> Evidence:
    return Evidence(site_id="so", target=Target("so.example"), seen_at=AT, **parts)


FULL = evidence(
    dns=DnsEvidence((DnsAnswer("so.example", "A", DnsState.VALUE, ("192.0.2.1",), ttl_s=5),), ("192.0.2.1",)),
    tls=TlsEvidence(
        "so.example",
        443,
        (
            TlsEndpoint(
                "192.0.2.1",
                versions=(Offer("TLSv1.3", Answer.ACCEPTED),),
                chains=(ChainSeen("TLSv1.3", (b"\x30\x82\x00", b"\x30")),),
                suites=(("TLSv1.2", (Offer("X", Answer.UNKNOWN, "throttled"),)),),
                staple=b"\0\xff",
            ),
            TlsEndpoint("2001:db8::1", missing=Missing(Why.TIMEOUT)),
        ),
    ),
    http=page(b"\0\xff\x80", ("X", "\xe1\xba\xa1\x07")),
    cms=CmsEvidence((Fetch("manifest", (Exchange("https://so.example/x", Missing(Why.BUDGET)),)),)),
    ledger=Ledger((LedgerLine("192.0.2.1", 3, 2, 1000),), 2),
)


@pytest.mark.parametrize("seen", [FULL, evidence(), evidence(http=page())], ids=["full", "nothing", "page"])
def test_evidence_comes_back_equal(tmp_path: Path, seen: Evidence) -> None:
    digest = wall.write(tmp_path, seen)

    assert wall.read(tmp_path, digest) == seen
    assert wall.write(tmp_path, seen) == digest


def test_the_file_is_named_by_its_own_digest_and_private(tmp_path: Path) -> None:
    digest = wall.write(tmp_path / "new", FULL)

    path = tmp_path / "new" / digest[:2] / f"{digest}.json.gz"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "new" / wall.KEY_FILE).stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == [path.name]


text = st.text(st.characters(max_codepoint=255), max_size=40)


@given(st.binary(max_size=200), st.lists(st.tuples(text, text), max_size=4), st.text(max_size=50))
def test_any_bytes_cross(content: bytes, headers: list[tuple[str, str]], detail: str) -> None:
    seen = evidence(
        http=page(content, *headers), tls=Missing(Why.MALFORMED, detail.encode("utf-8", "replace").decode())
    )

    once = wall.decode(wall.encode(seen, key=KEY))

    assert once == wall.scrubbed(seen, key=KEY)
    assert wall.scrubbed(once, key=KEY) == once


def test_secrets_do_not_cross() -> None:
    secret = "hunter2hunter2hunter2"
    seen = evidence(
        http=HttpEvidence(
            (
                Fetch(
                    "http",
                    (
                        Exchange(
                            f"http://so.example/?password={secret}",
                            Response(
                                302,
                                (
                                    ("Set-Cookie", f"sid={secret}; Path=/; HttpOnly"),
                                    ("Location", f"https://admin:{secret}@so.example/"),
                                ),
                                Missing(Why.RESET, f"password={secret}"),
                                reason=f"pwd={secret}",
                            ),
                        ),
                        Exchange("http://so.example/", Missing(Why.RESET, f"ftp://u:{secret}@x")),
                    ),
                ),
                Fetch("https", page(f'<a href="?password={secret}">'.encode()).fetches[0].exchanges),
            )
        ),
        cms=Missing(Why.MALFORMED, f"api_key={secret}"),
    )

    document = gzip.decompress(wall.encode(seen, key=KEY))

    assert secret.encode() not in document
    back = wall.decode(wall.encode(seen, key=KEY))
    assert isinstance(back.http, HttpEvidence)
    response = back.http.fetches[0].exchanges[0].response
    assert isinstance(response, Response)
    assert response.headers[0][1].startswith("sid=redacted-21-")
    assert response.headers[0][1].endswith("; Path=/; HttpOnly")


def test_one_installation_has_one_key_even_when_many_begin_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: wall.redaction_key(tmp_path), range(32)))

    assert len(keys) == 1
    assert len(keys.pop()) == 64


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"garbage",
        gzip.compress(b"", mtime=0),
        gzip.compress(b"[]", mtime=0),
        gzip.compress(b"{}", mtime=0),
        gzip.compress(b'{"schema":1}', mtime=0),
        gzip.compress(b'{"schema":"x"}', mtime=0),
        gzip.compress(b'{"schema":1,"site_id":5}', mtime=0),
        gzip.compress(b"[" * 100_000, mtime=0),
        gzip.compress(b'{"schema":%d}' % (SCHEMA + 1), mtime=0),
        gzip.compress(b'{"schema":-1}', mtime=0),
        wall.encode(FULL)[:-3],
        wall.encode(FULL) + b"tail",
    ],
)
def test_what_is_no_evidence_is_one_typed_error(data: bytes) -> None:
    with pytest.raises(StoreError):
        wall.decode(data)


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "a" * 63, "G" * 64, "0" * 64])
def test_a_digest_that_names_nothing_is_a_store_error(tmp_path: Path, digest: str) -> None:
    with pytest.raises(StoreError):
        wall.read(tmp_path, digest)


def test_a_file_that_was_changed_is_not_believed(tmp_path: Path) -> None:
    digest = wall.write(tmp_path, FULL)
    wall.path_of(tmp_path, digest).write_bytes(wall.encode(evidence()))

    with pytest.raises(StoreError, match="not what was written"):
        wall.read(tmp_path, digest)


def test_a_folder_that_cannot_be_written_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(StoreError, match="cannot be written"):
        wall.write(tmp_path / "file", FULL)


def test_an_older_schema_is_lifted_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    document = msgspec.json.decode(msgspec.json.encode(replace(FULL, schema=SCHEMA - 1)))
    document["place"] = document.pop("site_id")

    def rename(old: dict[str, Any]) -> dict[str, Any]:
        return {**{k: v for k, v in old.items() if k != "place"}, "site_id": old["place"], "schema": SCHEMA}

    monkeypatch.setattr(wall, "UPGRADES", {SCHEMA - 1: rename})

    assert wall.decode(gzip.compress(msgspec.json.encode(document))) == FULL
