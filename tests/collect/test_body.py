"""Bodies are read and inflated within bounds, whatever the server meant them to be."""

import gzip
import hashlib
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.collect.http.body import BodyBuilder, content_codings
from scanner.collect.limits import Limits
from scanner.model.evidence import Body, Missing, Why

LIMITS = Limits(wire_bytes=5_000, decoded_bytes=20_000, kept_bytes=8_000, ratio=20, ratio_after_bytes=1_000)
GZIP = ("gzip",)


def build(
    *pieces: bytes, codings: tuple[str, ...] = (), limits: Limits = LIMITS
) -> tuple[Body | Missing, int]:
    builder = BodyBuilder(codings, limits)
    used = 0
    for piece in pieces:
        used += 1
        if not builder.feed(piece):
            break
    return builder.body(), used


def body(*pieces: bytes, codings: tuple[str, ...] = (), limits: Limits = LIMITS) -> Body:
    built, _ = build(*pieces, codings=codings, limits=limits)
    assert isinstance(built, Body)
    return built


def noise(size: int) -> bytes:
    return b"".join(hashlib.sha256(bytes([i % 256, i // 256])).digest() for i in range(size // 32 + 1))[:size]


def test_a_plain_body_is_kept_whole() -> None:
    assert body(b"Xin ", b"chao") == Body(b"Xin chao", hashlib.sha256(b"Xin chao").hexdigest(), 8)


def test_no_content_is_an_empty_body() -> None:
    assert body() == Body(b"", hashlib.sha256(b"").hexdigest(), 0)
    assert not body(codings=GZIP).truncated


@given(st.binary(max_size=2_000), st.integers(1, 50))
def test_gzip_comes_out_as_it_went_in_however_it_is_cut(content: bytes, step: int) -> None:
    packed = gzip.compress(content)
    pieces = [packed[i : i + step] for i in range(0, len(packed), step)]

    built = body(*pieces, codings=GZIP, limits=Limits())

    assert built == Body(content, hashlib.sha256(content).hexdigest(), len(content))


def test_several_gzip_members_are_one_content() -> None:
    assert body(gzip.compress(b"one ") + gzip.compress(b"two"), codings=GZIP).content == b"one two"


def test_padding_behind_gzip_is_no_content() -> None:
    assert body(gzip.compress(b"one") + b"\0" * 100, codings=GZIP).content == b"one"


def test_a_flood_of_empty_members_stops() -> None:
    assert body(gzip.compress(b"") * 200, codings=GZIP).size_bytes == 0


def test_gzip_cut_short_is_kept_and_marked() -> None:
    built = body(gzip.compress(noise(3_000))[:2_000], codings=GZIP)

    assert 0 < built.size_bytes < 3_000
    assert built.truncated


def test_gzip_that_breaks_is_kept_and_marked() -> None:
    packed = bytearray(gzip.compress(noise(200_000)))
    packed[-6] ^= 0xFF  # the checksum

    built = body(bytes(packed), codings=GZIP, limits=Limits())

    assert built.size_bytes >= 128 * 1024
    assert built.truncated


def test_what_is_called_gzip_and_is_none_is_malformed() -> None:
    built, _ = build(b"<html>", codings=GZIP)

    assert isinstance(built, Missing)
    assert built.why is Why.MALFORMED


def test_a_bomb_is_found_by_its_ratio() -> None:
    limits = Limits(decoded_bytes=200_000, ratio=20, ratio_after_bytes=1_000)

    built, _ = build(gzip.compress(b"\0" * 1_000_000), codings=GZIP, limits=limits)

    assert built == Missing(Why.TOO_LARGE, "gzip: more than 20 times its size")


def test_a_small_page_that_packs_well_is_no_bomb() -> None:
    assert body(gzip.compress(b"a" * 900), codings=GZIP).size_bytes == 900


def test_reading_stops_at_the_wire_cap() -> None:
    built, used = build(*[noise(1_000)] * 10)

    assert isinstance(built, Body)
    assert built.size_bytes == 5_000
    assert built.truncated
    assert used == 6


def test_a_body_of_exactly_the_cap_is_whole() -> None:
    assert not body(noise(5_000)).content[5_000:]
    built = body(noise(5_000), limits=Limits(wire_bytes=5_000))
    assert not built.truncated


def test_reading_stops_at_the_decoded_cap() -> None:
    limits = Limits(decoded_bytes=3_000)

    built = body(gzip.compress(noise(4_000)), codings=GZIP, limits=limits)

    assert built.size_bytes == 3_000
    assert built.sha256 == hashlib.sha256(noise(4_000)[:3_000]).hexdigest()
    assert built.truncated


def test_less_is_kept_than_read_and_the_digest_covers_what_was_read() -> None:
    built = body(noise(4_500), limits=Limits(kept_bytes=1_000))

    assert built.content == noise(4_500)[:1_000]
    assert built.sha256 == hashlib.sha256(noise(4_500)).hexdigest()
    assert built.size_bytes == 4_500
    assert built.truncated


@pytest.mark.parametrize("codings", [("br",), ("zstd",), ("gzip", "gzip"), ("deflate",)])
def test_a_coding_nobody_asked_for_is_not_decoded(codings: tuple[str, ...]) -> None:
    built, used = build(zlib.compress(b"x"), b"more", codings=codings)

    assert isinstance(built, Missing)
    assert built.why is Why.MALFORMED
    assert used == 1


def test_codings_are_read_from_all_headers_in_order() -> None:
    headers = (("Content-Encoding", "identity, GZIP"), ("content-encoding", " br ,"), ("Vary", "x"))

    assert content_codings(headers) == ("gzip", "br")
