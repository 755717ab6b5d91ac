"""Signed, encrypted and locked messages, read back by OpenSSL and by a PDF reader; nothing leaks beside the seal."""

import email
import email.policy
import io
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from reports.mail import Post, compose
from reports.passwords import SHORTEST, add_passwords, new_password, read_passwords
from reports.seal import Seals, seals_of
from scanner.errors import ConfigError
from scanner.model.parcel import Parcel
from scanner.model.settings import MailSettings
from tests.lab.system import program
from tests.mail.conftest import NOW
from tests.reports_machine.dossiers import small

SETTINGS = MailSettings(sender="annm@mau.example", reply_to="traloi@mau.example")
HEAD, WEB, BUILD = "lanhdao@syt.mau.example", "web@syt.mau.example", "sxd@mau.example"
NONE = serialization.NoEncryption()
PEM = serialization.Encoding.PEM


def certificate(
    folder: Path, name: str, address: str, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
) -> Path:
    """A self-signed S/MIME certificate and its key as NAME.pem and NAME.key."""
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)])
    begin = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.RFC822Name(address)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    path.write_bytes(made.public_bytes(PEM))
    secret = folder / f"{name}.key"
    secret.write_bytes(key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, NONE))
    secret.chmod(0o600)
    return path


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the office's certificate and, under `certs`, that of one head of an agency."""
    folder = tmp_path_factory.mktemp("keys")
    (folder / "certs").mkdir()
    certificate(folder, "annm", "annm@mau.example", rsa.generate_private_key(65537, 2048))
    certificate(folder / "certs", HEAD, HEAD, rsa.generate_private_key(65537, 2048))
    return folder


def signing(keys: Path, **more: object) -> MailSettings:
    base = replace(SETTINGS, sign_certificate=keys / "annm.pem", sign_key=keys / "annm.key")
    return replace(base, **more)  # type: ignore[arg-type]  # real fields


def posted(settings: MailSettings, environ: Mapping[str, str] | None = None) -> Post:
    seals = seals_of(settings, environ or {}, [HEAD, WEB, BUILD])
    return compose(small(), settings, now=NOW, howtos={}, seals=seals)


def of(post: Post, address: str) -> Parcel:
    return next(parcel for parcel in post.parcels if parcel.recipient == address)


def openssl(*words: str | Path, given: bytes) -> bytes:
    done = subprocess.run([program("openssl"), *words], input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout


def parsed(eml: bytes) -> EmailMessage:
    message = email.message_from_bytes(eml, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


# ---- S/MIME


def test_openssl_verifies_a_signed_message_and_its_content_is_untouched(keys: Path) -> None:
    plain = of(compose(small(), SETTINGS, now=NOW, howtos={}), HEAD).eml

    sealed = of(posted(signing(keys)), HEAD).eml
    content = openssl("smime", "-verify", "-CAfile", keys / "annm.pem", given=sealed)

    inner, outer = parsed(content), parsed(sealed)
    assert outer.get_content_type() == "multipart/signed"
    assert [p.get_payload(decode=True) for p in inner.walk() if not p.is_multipart()] == [
        p.get_payload(decode=True) for p in parsed(plain).walk() if not p.is_multipart()
    ]
    assert outer["Subject"] == parsed(plain)["Subject"]
    assert (outer["To"], outer["MIME-Version"]) == (parsed(plain)["To"], "1.0")
    assert sealed.isascii()


def test_a_changed_letter_breaks_the_signature(keys: Path) -> None:
    sealed = of(posted(signing(keys)), HEAD).eml

    with pytest.raises(AssertionError, match=r"digest failure|verification failure"):
        openssl("smime", "-verify", "-CAfile", keys / "annm.pem", given=sealed.replace(b"rasoat", b"rasoaT"))


def test_only_the_recipient_and_the_sender_can_read_an_encrypted_message(keys: Path) -> None:
    settings = signing(keys, protect="smime", certificates=keys / "certs")

    sealed = of(posted(settings), HEAD).eml

    for reader in (keys / "certs" / HEAD, keys / "annm"):
        files = ("-recip", f"{reader}.pem", "-inkey", f"{reader}.key")
        inside = openssl("smime", "-decrypt", *files, given=sealed)
        content = openssl("smime", "-verify", "-CAfile", keys / "annm.pem", given=inside)
        assert "Kính gửi" in parsed(content).get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has one
    outer = parsed(sealed)
    assert outer.get_content_type() == "application/pkcs7-mime"
    assert outer["Subject"].endswith("báo cáo rà soát ngày 22/11/2026")


def test_an_encrypted_message_needs_no_signature(keys: Path) -> None:
    settings = replace(SETTINGS, protect="smime", certificates=keys / "certs")
    files = ("-recip", keys / "certs" / f"{HEAD}.pem", "-inkey", keys / "certs" / f"{HEAD}.key")

    content = openssl("smime", "-decrypt", *files, given=of(posted(settings), HEAD).eml)

    assert len([*parsed(content).iter_attachments()]) == 1


def test_who_cannot_be_reached_safely_gets_nothing_and_is_named(keys: Path) -> None:
    post = posted(replace(SETTINGS, protect="smime", certificates=keys / "certs"))

    assert [parcel.recipient for parcel in post.parcels] == [HEAD]
    assert [agency.id for agency, _ in post.unreachable] == ["so-y-te", "so-xay-dung"]
    assert WEB in post.unreachable[0][1].en


def test_a_recipient_with_an_elliptic_key_is_refused_by_name(tmp_path: Path) -> None:
    path = certificate(tmp_path, BUILD, BUILD, ec.generate_private_key(ec.SECP256R1()))

    with pytest.raises(ConfigError, match="only RSA"):
        posted(replace(SETTINGS, protect="smime", certificates=tmp_path))
    assert path.exists()


def test_the_office_may_sign_with_an_elliptic_key(tmp_path: Path) -> None:
    path = certificate(tmp_path, "ec", "annm@mau.example", ec.generate_private_key(ec.SECP256R1()))
    settings = replace(SETTINGS, sign_certificate=path, sign_key=tmp_path / "ec.key")

    openssl("smime", "-verify", "-CAfile", path, given=of(posted(settings), BUILD).eml)


def test_a_key_with_a_password_is_opened_by_the_variable(keys: Path, tmp_path: Path) -> None:
    key = serialization.load_pem_private_key((keys / "annm.key").read_bytes(), None)
    locked = serialization.BestAvailableEncryption(b"bi-mat")
    (tmp_path / "key").write_bytes(key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, locked))
    (tmp_path / "key").chmod(0o600)
    settings = signing(keys, sign_key=tmp_path / "key")

    assert posted(settings, {"RASOAT_SIGN_PASSWORD": "bi-mat"}).parcels
    with pytest.raises(ConfigError, match="sign_key"):
        posted(settings)


def test_files_that_are_not_what_they_should_be_are_named(keys: Path, tmp_path: Path) -> None:
    other = certificate(tmp_path, "other", "x@mau.example", ec.generate_private_key(ec.SECP256R1()))
    (tmp_path / "text").write_text("no certificate")
    open_key = tmp_path / "open.key"
    open_key.write_bytes((keys / "annm.key").read_bytes())
    open_key.chmod(0o644)
    wrong = {
        "is not the key": {"sign_key": tmp_path / "other.key"},
        "no PEM certificate": {"sign_certificate": tmp_path / "text"},
        "chmod 600": {"sign_key": open_key},
        "sign_key": {"sign_key": tmp_path / "text"},
    }
    (tmp_path / "text").chmod(0o600)

    for said, more in wrong.items():
        with pytest.raises(ConfigError, match=said):
            posted(signing(keys, **more))
    assert other.exists()


# ---- PDF with a password


@pytest.fixture
def passwords(tmp_path: Path) -> Path:
    path = tmp_path / "passwords.toml"
    add_passwords(path, ["so-y-te", "so-xay-dung"])
    return path


def test_a_locked_report_opens_with_the_password_of_its_agency_only(passwords: Path) -> None:
    known = read_passwords(passwords)

    post = posted(replace(SETTINGS, protect="pdf", passwords=passwords))

    message = parsed(of(post, HEAD).eml)
    (attached,) = message.iter_attachments()
    data = attached.get_content()
    assert attached.get_filename() == "so-y-te-2026-11-22.pdf"
    with pikepdf.open(io.BytesIO(data), password=known["so-y-te"]) as document:
        assert document.encryption.bits == 256
        assert document.encryption.R == 6
        assert document.allow.accessibility
        assert document.Root.MarkInfo.Marked
    for wrong in ("", known["so-xay-dung"]):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(data), password=wrong)


def test_nothing_of_the_findings_stands_beside_a_locked_report(passwords: Path) -> None:
    dossier = small()
    titles = {check.title.vi for check in dossier.checks.values()}
    post = posted(replace(SETTINGS, protect="pdf", passwords=passwords))

    message = parsed(of(post, HEAD).eml)
    body = message.get_body(("plain",))

    assert body is not None
    said = body.get_content()
    assert "mật khẩu" in said
    assert not [title for title in titles if title in said]
    assert read_passwords(passwords)["so-y-te"] not in of(post, HEAD).eml.decode()
    assert "mới" not in message["Subject"]


def test_with_smime_those_without_a_certificate_get_the_locked_report(keys: Path, passwords: Path) -> None:
    settings = replace(SETTINGS, protect="smime", certificates=keys / "certs", passwords=passwords)

    post = posted(settings)

    kinds = {p.recipient: parsed(p.eml).get_content_type() for p in post.parcels}
    assert kinds == {HEAD: "application/pkcs7-mime", WEB: "multipart/mixed", BUILD: "multipart/mixed"}
    assert post.unreachable == ()


# ---- the passwords themselves


def test_passwords_are_drawn_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "new" / "passwords.toml"

    first = add_passwords(path, ["a", "b", "a"])
    kept = read_passwords(path)
    second = add_passwords(path, ["b", "c"])

    assert (first, second) == (("a", "b"), ("c",))
    assert {**kept, "c": read_passwords(path)["c"]} == read_passwords(path)
    assert path.stat().st_mode & 0o077 == 0
    assert add_passwords(path, ["a"]) == ()


def test_a_password_is_long_enough_and_never_the_same() -> None:
    drawn = {new_password() for _ in range(200)}

    assert len(drawn) == 200
    assert min(map(len, drawn)) >= SHORTEST


@pytest.mark.parametrize(
    ("text", "said"),
    [('a = "ngan"', "shorter than"), ("a = 1", "string"), ("a = ", "toml"), ("[a]\nb = 1", "string")],
)
def test_a_password_file_that_is_wrong_is_told(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "passwords.toml"
    path.write_text(text)
    path.chmod(0o600)

    with pytest.raises(ConfigError, match=said):
        read_passwords(path)


def test_a_password_file_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "passwords.toml"
    path.write_text(f'a = "{new_password()}"')
    path.chmod(0o644)

    with pytest.raises(ConfigError, match="chmod 600"):
        read_passwords(path)


def test_without_a_way_to_protect_nothing_is_sent() -> None:
    post = compose(small(), SETTINGS, now=NOW, howtos={}, seals=Seals("pdf"))

    assert post.parcels == ()
    assert len(post.unreachable) == 2
