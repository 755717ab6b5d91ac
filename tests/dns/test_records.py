"""Records in presentation format, and the small policies in TXT."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from scanner.parse.caa import CaaRecord, read_caa
from scanner.parse.dkim import DkimError, DkimKey, read_dkim
from scanner.parse.dns_text import mail_server, strings_of, text_of
from scanner.parse.mta_sts import sts_id, tls_report_addresses
from scanner.parse.tag_list import read_tags


def packed(key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey) -> str:
    return base64.b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


RSA = rsa.generate_private_key(public_exponent=65537, key_size=1024).public_key()


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ('"v=spf1" " -all"', "v=spf1 -all"),
        ('"a\\"b\\\\c\\065"', 'a"b\\cA'),
        ('"\\999"', "\\999"),
        ("plain", "plain"),
        ("", ""),
        ('""', ""),
        ('"open', "open"),
    ],
)
def test_strings_are_joined_and_unescaped(record: str, text: str) -> None:
    assert text_of(record) == text


@given(st.text(max_size=60))
def test_any_record_has_strings(record: str) -> None:
    assert all(isinstance(s, str) for s in strings_of(record))


@given(st.binary(max_size=60))
def test_what_a_server_writes_is_read_back(data: bytes) -> None:
    record = '"' + "".join(f"\\{byte:03d}" for byte in data) + '"'

    assert text_of(record) == data.decode("latin-1")


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ("10 mail.a.example.", (10, "mail.a.example")),
        ("0 .", (0, "")),
        ("x y", None),
        ("10", None),
        ("", None),
    ],
)
def test_a_mail_server_has_a_preference_and_a_name(record: str, found: tuple[int, str] | None) -> None:
    assert mail_server(record) == found


def test_caa_is_flags_tag_and_value() -> None:
    assert read_caa('128 Issue "ca.example; account=1"') == CaaRecord(128, "issue", "ca.example; account=1")
    assert read_caa('128 issue ";"') == CaaRecord(128, "issue", ";")
    assert not CaaRecord(0, "x", "").is_known
    assert CaaRecord(128, "x", "").is_critical


@pytest.mark.parametrize(
    "record", ["", "0 issue", '256 issue "a"', 'x issue "a"', '0 is-sue "a"', '0 "" "a"']
)
def test_what_is_no_caa_is_none(record: str) -> None:
    assert read_caa(record) is None


@given(st.text(max_size=60))
def test_any_text_is_caa_or_not(record: str) -> None:
    found = read_caa(record)

    assert found is None or found.tag == found.tag.lower()


def test_tags_keep_their_order_and_stand_once() -> None:
    assert read_tags(" v = X ; a=b=c ;") == (("v", "X"), ("a", "b=c"))
    assert isinstance(read_tags("a=1;a=2"), str)
    assert isinstance(read_tags("a=1;;b=2"), str)
    assert isinstance(read_tags("nonsense"), str)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("v=DKIM1; p=" + packed(RSA), DkimKey("rsa", 1024)),
        ("p=" + packed(RSA), DkimKey("rsa", 1024)),
        (
            "k=ed25519; t=y:s; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
            DkimKey("ed25519", 256, testing=True),
        ),
        ("v=DKIM1; p=", DkimKey("rsa", 0)),
    ],
    ids=(
        "RSA",
        "RSA without a version",
        "ed25519 on trial",
        "revoked",
    ),  # keys differ from process to process
)
def test_a_key_is_read(text: str, key: DkimKey) -> None:
    assert read_dkim(text) == key


@pytest.mark.parametrize(
    "text",
    [
        "v=DKIM1",
        "p=AAAA; v=DKIM1",
        "v=DKIM2; p=AAAA",
        "p=###",
        "p=AAAA",
        "k=ed25519; p=AAAA",
        "k=unknown; p=AAAA",
        pytest.param("p=" + packed(ec.generate_private_key(ec.SECP256R1()).public_key()), id="a curve"),
        "nonsense",
    ],
)
def test_what_verifiers_ignore_says_why(text: str) -> None:
    assert isinstance(read_dkim(text), DkimError)


@given(st.text(max_size=80))
def test_any_text_is_a_key_or_an_error(text: str) -> None:
    assert isinstance(read_dkim(text), DkimKey | DkimError)


def test_one_announcement_counts_two_are_none() -> None:
    assert sts_id(["v=STSv1; id=2026a;", "other"]) == "2026a"
    assert sts_id(["v=STSv1; id=1", "v=STSv1; id=2"]) is None
    assert sts_id(["v=STSv1; id=" + "1" * 33]) is None
    assert sts_id(["v=STSv1; id=a-b"]) is None
    assert sts_id(["v=STSv1; id=1; id=2"]) is None
    assert sts_id([]) is None


def test_reports_go_to_addresses_of_two_kinds() -> None:
    assert tls_report_addresses(["v=TLSRPTv1; rua=mailto:a@b.example,https://b.example,ftp://x"]) == (
        "mailto:a@b.example",
        "https://b.example",
    )
    assert tls_report_addresses(["v=TLSRPTv1;rua=mailto:a@b", "v=TLSRPTv1;rua=mailto:c@d"]) == ()
    assert tls_report_addresses(["v=TLSRPTv1; rua"]) == ()
