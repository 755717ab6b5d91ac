"""The key schedule against the handshake published in RFC 8448 section 3, and our own records."""

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from scanner.collect.tls import tls13
from scanner.collect.tls.records import ServerHello, WireError, read_server_hello

CLIENT_PRIVATE = bytes.fromhex("49af42ba7f7994852d713ef2784bcbcaa7911de26adc5642cb634540e7ea5005")
CLIENT_HELLO = bytes.fromhex(
    "010000c00303cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef6283024dece7000006130113031302010000"
    "910000000b0009000006736572766572ff01000100000a00140012001d001700180019010001010102010301040023000000"
    "3300260024001d002099381de560e4bd43d23d8e435a7dbafeb3c06e51c13cae4d5413691e529aaf2c002b0003020304000d"
    "0020001e040305030603020308040805080604010501060102010402050206020202002d00020101001c00024001"
)
SERVER_HELLO = bytes.fromhex(
    "020000560303a6af06a4121860dc5e6e60249cd34c95930c8ac5cb1434dac155772ed3e2692800130100002e00330024001d"
    "0020c9828876112095fe66762bdbf7c672e156d6cc253b833df1dd69b1b04e751f0f002b00020304"
)
SECRET = bytes.fromhex("8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d")
TRANSCRIPT = bytes.fromhex("860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8")
KEY = bytes.fromhex("3fce516009c21727d0f2e4e86ee403bc")
IV = bytes.fromhex("5d313eb2671276ee13000b30")


def sealed(content: bytes, kind: int, *, sequence: int = 0, padding: int = 0) -> tuple[bytes, bytes]:
    """A record as the server of RFC 8448 would encrypt it: header and body."""
    inner = content + bytes([kind]) + bytes(padding)
    header = b"\x17\x03\x03" + (len(inner) + 16).to_bytes(2, "big")
    nonce = (int.from_bytes(IV, "big") ^ sequence).to_bytes(12, "big")
    return header, AESGCM(KEY).encrypt(nonce, inner, header)


def published() -> tls13.Share:
    return tls13.Share(0x1D, x25519.X25519PrivateKey.from_private_bytes(CLIENT_PRIVATE))


def test_the_shared_secret_is_the_published_one() -> None:
    hello = read_server_hello(SERVER_HELLO)

    assert hello.version == 0x0304
    assert published().agree(hello.share[1]) == SECRET


def test_keys_and_nonces_are_the_published_ones() -> None:
    assert hashlib.sha256(CLIENT_HELLO + SERVER_HELLO).digest() == TRANSCRIPT
    assert tls13.server_keys(SECRET, TRANSCRIPT, "sha256", 16) == (KEY, IV)


def test_early_and_derived_secrets_are_the_published_ones() -> None:
    early = tls13.extract("sha256", bytes(32), bytes(32))
    derived = tls13.expand_label("sha256", early, "derived", hashlib.sha256().digest(), 32)

    assert early.hex() == "33ad0a1c607ec03b09e6cd9893680ce210adf300aa1f2660e1b22e10f170f92a"
    assert derived.hex() == "6f2615a108c702c5678f54fc9dbab69716c076189c48250cebeac3576c3611ba"


def test_records_are_opened_in_their_order_and_padding_is_taken_off() -> None:
    opened = tls13.unlock(read_server_hello(SERVER_HELLO), (published(),), CLIENT_HELLO)
    assert opened is not None

    assert opened(*sealed(b"one", 22)) == (22, b"one")
    assert opened(*sealed(b"two", 21, sequence=1, padding=9)) == (21, b"two")


def test_a_changed_record_is_malformed() -> None:
    opened = tls13.record_opener(AESGCM(KEY), IV)
    header, body = sealed(b"one", 22)

    with pytest.raises(WireError, match="decrypted"):
        opened(header, body[:-1] + bytes([body[-1] ^ 1]))


def test_a_record_of_nothing_but_padding_is_malformed() -> None:
    opened = tls13.record_opener(AESGCM(KEY), IV)

    with pytest.raises(WireError, match="content type"):
        opened(*sealed(b"", 0, padding=3))


@pytest.mark.parametrize("group", [0x1D, 0x1E, 0x17, 0x18, 0x19])
def test_both_sides_of_each_group_agree(group: int) -> None:
    mine, theirs = tls13.new_share(group), tls13.new_share(group)
    assert mine is not None
    assert theirs is not None

    assert mine.agree(theirs.public) == theirs.agree(mine.public)


@pytest.mark.parametrize("group", [0x1D, 0x1E, 0x17])
def test_a_key_that_is_none_is_malformed(group: int) -> None:
    share = tls13.new_share(group)
    assert share is not None

    with pytest.raises(WireError):
        share.agree(b"\x04short")


def test_a_group_or_suite_that_is_not_ours_leaves_the_records_closed() -> None:
    other_group = ServerHello(0x0303, 0x1301, b"", extensions={51: b"\x11\xec" + bytes(6)})
    other_suite = ServerHello(0x0303, 0x1399, b"", extensions={51: b"\x00\x1d\x00\x20" + bytes(32)})

    assert tls13.unlock(other_group, (published(),), b"") is None
    assert tls13.unlock(other_suite, (published(),), b"") is None


def test_after_a_retry_the_first_hello_counts_as_its_hash() -> None:
    retry = ServerHello(0x0303, 0x1302, b"RAW", is_retry=True)

    assert tls13.retried_transcript(b"first", retry) == (
        b"\xfe\x00\x00\x30" + hashlib.sha384(b"first").digest() + b"RAW"
    )
