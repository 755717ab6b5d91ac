"""Timestamps of logs: real ones are told from forged ones, in the certificate and beside it."""

import json
from base64 import b64decode
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from scanner.identify.timestamps import Stamp, stamps_of
from scanner.model.reference import CtLog
from scanner.parse.sct import timestamps_in, x509_entry
from tests.lab.ct_log import LabLog, sct_list
from tests.lab.pki import Authority, new_key

ROOT = Authority.root("Root")
ISSUING = ROOT.intermediate("Issuing", kind="RSA-2048")
ONE, TWO = LabLog("One", new_key()), LabLog("Two", new_key("RSA-2048"))
LOGS = dict((ONE.row, TWO.row))
LEAF = ISSUING.leaf("so.example", logs=(ONE, TWO))
DERS = tuple(c.public_bytes(Encoding.DER) for c in (LEAF.certificate, ISSUING.certificate))
BESIDE = sct_list(ONE.stamp(0, x509_entry(DERS[0])))


def states(*beside: bytes, ders: tuple[bytes, ...] = DERS, logs: object = None) -> list[Stamp]:
    table = LOGS if logs is None else logs
    return [s.state for s in stamps_of(ders, beside, table)]  # type: ignore[arg-type]  # a table


def test_what_a_log_signed_is_valid_in_the_certificate_and_beside_it() -> None:
    seen = stamps_of(DERS, (BESIDE,), LOGS)

    assert [(s.state, s.place, s.log, s.operator) for s in seen] == [
        (Stamp.VALID, "certificate", "One", "Lab"),
        (Stamp.VALID, "certificate", "Two", "Lab"),
        (Stamp.VALID, "handshake", "One", "Lab"),
    ]


def test_the_vectors_of_another_implementation_are_read_alike() -> None:
    """Made by the tests of certificate-transparency-go: a genuine timestamp, and one whose signature was changed."""
    vectors = json.loads((Path(__file__).parent / "sct_vectors.json").read_text(encoding="utf-8"))
    leaf, issuer, forged, key = (b64decode(vectors[k]) for k in ("leaf", "issuer", "forged", "log_key"))
    logs = {sha256(key).hexdigest(): CtLog(key, "theirs", "Google", "usable")}

    assert states(ders=(leaf, issuer), logs=logs) == [Stamp.VALID]
    assert states(ders=(forged, issuer), logs=logs) == [Stamp.FORGED]


def test_a_must_staple_certificate_has_its_timestamps_verified_too() -> None:
    leaf = ISSUING.leaf("so.example", "www.so.example", logs=(ONE,), is_must_staple=True)
    ders = (leaf.certificate.public_bytes(Encoding.DER), DERS[1])

    assert states(ders=ders) == [Stamp.VALID]


def test_a_timestamp_of_another_certificate_is_forged() -> None:
    other = ISSUING.leaf("khac.example", logs=(ONE,))
    moved = sct_list(ONE.stamp(0, x509_entry(other.certificate.public_bytes(Encoding.DER))))

    assert states(moved)[-1] is Stamp.FORGED


def test_the_issuer_is_signed_along() -> None:
    assert states(ders=DERS[:1]) == [Stamp.UNVERIFIED, Stamp.UNVERIFIED]
    namesake = ROOT.intermediate("Issuing").certificate.public_bytes(Encoding.DER)
    assert states(ders=(DERS[0], namesake)) == [Stamp.UNVERIFIED, Stamp.UNVERIFIED]


def test_logs_that_are_not_in_the_table_prove_nothing() -> None:
    assert states(logs={}) == [Stamp.UNKNOWN_LOG, Stamp.UNKNOWN_LOG]


def test_certificates_without_timestamps_and_junk_have_none() -> None:
    bare = ISSUING.leaf("so.example", timestamps=0).certificate.public_bytes(Encoding.DER)

    assert states(ders=(bare, DERS[1])) == []
    assert stamps_of((b"junk",), (), LOGS) == ()
    assert stamps_of((), (), LOGS) == ()


@given(st.binary(max_size=200), st.integers(2, len(BESIDE) - 1), st.integers(1, 255))
def test_no_list_raises_and_no_changed_byte_stays_valid_elsewhere(
    noise: bytes, place: int, change: int
) -> None:
    damaged = BESIDE[:place] + bytes([BESIDE[place] ^ change]) + BESIDE[place + 1 :]
    for data in (noise, damaged, BESIDE[:place]):
        timestamps_in(data)
        assert Stamp.VALID not in states(data)[2:]
