"""Paths to anchors: what is trusted, what lacks a link, what ends nowhere."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given
from hypothesis import strategies as st

from scanner.identify import trust as trust_module
from scanner.identify.trust import Trust, TrustState, trust_of
from scanner.model.reference import Anchors
from scanner.parse.signature import is_issued_by
from tests.lab import pki
from tests.lab.pki import Authority

NOW = pki.now()
ROOT = Authority.root("Root", kind="RSA-2048")
ISSUING = ROOT.intermediate("Issuing", kind="RSA-2048")
OTHER = Authority.root("Other Root")
LEAF = ISSUING.leaf("so.example")


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


PUBLIC = Anchors(public=(der(ROOT.certificate),))


def trust(*chain: x509.Certificate, anchors: Anchors = PUBLIC, at: datetime = NOW) -> Trust:
    return trust_of([der(c) for c in chain], anchors, at=at)


def authority(
    *extensions: x509.ExtensionType, below: Authority = ROOT, days: int = 900, start: int = -30
) -> Authority:
    """An authority below another with exactly these extensions."""
    key = pki.new_key()
    begins = NOW + timedelta(days=start)
    builder = pki._builder(
        pki.name("Odd"), below.certificate.subject, key, begins, begins + timedelta(days=days)
    )
    for extension in (*extensions, below._key_id()):
        builder = builder.add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
    return Authority(builder.sign(below.key, hashes.SHA256()), key)


CA = x509.BasicConstraints(ca=True, path_length=None)


def test_a_whole_chain_leads_to_a_public_root() -> None:
    found = trust(LEAF.certificate, ISSUING.certificate)

    assert found == Trust(TrustState.TRUSTED_PUBLIC, anchor="CN=Root")
    assert found.is_trusted


def test_order_and_spare_certificates_do_not_matter() -> None:
    found = trust(LEAF.certificate, OTHER.certificate, ROOT.certificate, ISSUING.certificate)

    assert found.state is TrustState.TRUSTED_PUBLIC


def test_a_private_anchor_is_named_by_its_label() -> None:
    anchors = Anchors(public=(der(OTHER.certificate),), private=(("ca-tinh.pem", der(ROOT.certificate)),))

    found = trust(LEAF.certificate, ISSUING.certificate, anchors=anchors)

    assert found == Trust(TrustState.TRUSTED_PRIVATE, anchor="ca-tinh.pem")


def test_a_self_signed_certificate_can_be_a_private_anchor_itself() -> None:
    mine = Authority.self_signed("so.example").certificate

    found = trust(mine, anchors=Anchors(private=(("own", der(mine)),)))

    assert found == Trust(TrustState.TRUSTED_PRIVATE, anchor="own")


def test_a_missing_intermediate_is_incomplete_when_its_address_is_known() -> None:
    found = trust(LEAF.certificate)

    assert found.state is TrustState.INCOMPLETE
    assert "CN=Issuing" in found.reason
    assert "http://pki.mau.example/issuing.crt" in found.reason


def test_self_signed_and_unknown_issuers_are_told_apart() -> None:
    assert trust(Authority.self_signed("so.example").certificate).state is TrustState.SELF_SIGNED
    assert trust(OTHER.leaf("so.example").certificate).reason == "unknown issuer: CN=Other Root"
    ends = trust(OTHER.leaf("so.example").certificate, OTHER.certificate)
    assert ends == Trust(TrustState.UNTRUSTED, "ends at an unknown root: CN=Other Root")


def test_a_stranger_with_the_name_of_our_root_is_not_trusted() -> None:
    fake = Authority.root("Root", kind="RSA-2048")

    assert trust(fake.leaf("so.example").certificate, fake.certificate).state is TrustState.UNTRUSTED


def test_expired_and_future_leaves_are_judged_while_they_are_valid() -> None:
    old = ISSUING.leaf("so.example", not_before=NOW - timedelta(99), not_after=NOW - timedelta(9))
    new = ISSUING.leaf("so.example", not_before=NOW + timedelta(9), not_after=NOW + timedelta(99))

    assert trust(old.certificate, ISSUING.certificate).is_trusted
    assert trust(new.certificate, ISSUING.certificate).is_trusted


def test_an_expired_intermediate_vouches_for_nobody() -> None:
    old = authority(CA, pki.CA_USAGE, days=20)

    found = trust(old.leaf("so.example").certificate, old.certificate)

    assert found.state is TrustState.UNTRUSTED
    assert "valid" in found.reason


def test_an_intermediate_for_servers_only_is_good_enough() -> None:
    servers = authority(CA, pki.CA_USAGE, x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]))

    assert trust(servers.leaf("so.example").certificate, servers.certificate).remark == ""
    assert trust(servers.leaf("so.example").certificate, servers.certificate).is_trusted


def test_an_intermediate_for_mail_only_is_not() -> None:
    mail = authority(CA, pki.CA_USAGE, x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]))

    assert trust(mail.leaf("so.example").certificate, mail.certificate).state is TrustState.UNTRUSTED


def test_a_leaf_cannot_issue() -> None:
    fake = Authority(LEAF.certificate, LEAF.key)

    found = trust(fake.leaf("khac.example").certificate, LEAF.certificate, ISSUING.certificate)

    assert found.state is TrustState.UNTRUSTED


def test_a_path_longer_than_allowed_is_refused() -> None:
    below = authority(CA, pki.CA_USAGE, below=ISSUING)  # Issuing has a path length of 0

    found = trust(below.leaf("so.example").certificate, below.certificate, ISSUING.certificate)

    assert found.state is TrustState.UNTRUSTED


def test_an_authority_that_may_not_sign_certificates_is_refused() -> None:
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    blunt = authority(CA, usage)

    assert trust(blunt.leaf("so.example").certificate, blunt.certificate).state is TrustState.UNTRUSTED


def test_a_name_constraint_is_never_waved_through() -> None:
    bounds = x509.NameConstraints(permitted_subtrees=[x509.DNSName("khac.example")], excluded_subtrees=None)
    bound = authority(CA, pki.CA_USAGE, bounds)

    found = trust(bound.leaf("so.example", is_sha1=False).certificate, bound.certificate)

    assert found.state is TrustState.UNTRUSTED


def test_an_authority_without_constraints_is_refused() -> None:
    bare = authority(pki.CA_USAGE)

    assert trust(bare.leaf("so.example").certificate, bare.certificate).state is TrustState.UNTRUSTED


def test_sha1_is_a_fault_of_form_for_its_own_check() -> None:
    found = trust(ISSUING.leaf("so.example", is_sha1=True).certificate, ISSUING.certificate)

    assert found.state is TrustState.TRUSTED_PUBLIC
    assert "Forbidden signature algorithm" in found.remark


def test_edwards_curves_are_followed() -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    subject = pki.name("Edwards Root")
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(9)
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=9))
        .sign(key, None)
    )

    assert trust(certificate).state is TrustState.SELF_SIGNED


def test_bytes_that_are_no_certificate_prove_nothing() -> None:
    assert trust_of([b"junk"], PUBLIC, at=NOW).state is TrustState.ERROR
    assert trust_of([], PUBLIC, at=NOW).state is TrustState.ERROR
    assert trust_of([der(LEAF.certificate), b"junk"], PUBLIC, at=NOW).state is TrustState.INCOMPLETE


def test_without_anchors_nothing_is_trusted() -> None:
    assert not trust(LEAF.certificate, ISSUING.certificate, anchors=Anchors()).is_trusted


def test_the_moment_is_the_one_of_the_visit() -> None:
    found = trust(LEAF.certificate, ISSUING.certificate, at=datetime(2020, 1, 1, tzinfo=UTC))

    assert found.is_trusted


def test_certificates_that_sign_each_other_in_circles_cost_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """One name and one key on ten certificates: each vouches for each."""
    first = authority(CA, pki.CA_USAGE, below=OTHER)
    circle = []
    for _ in range(9):
        builder = pki._builder(
            pki.name("Odd"), pki.name("Odd"), first.key, NOW - timedelta(9), NOW + timedelta(99)
        ).add_extension(CA, critical=True)
        circle.append(builder.sign(first.key, hashes.SHA256()))
    leaf = Authority(circle[0], first.key).leaf("so.example").certificate
    checked: list[int] = []
    real = is_issued_by

    def counted(child: x509.Certificate, issuer: x509.Certificate) -> bool:
        checked.append(1)
        return real(child, issuer)

    monkeypatch.setattr(trust_module, "is_issued_by", counted)

    found = trust(leaf, *circle)

    assert found.state is TrustState.UNTRUSTED
    assert len(checked) < 200


@given(st.integers(0, 1), st.integers(0, 2000), st.integers(0, 255))
def test_one_changed_byte_anywhere_never_raises_and_never_gains_trust(
    which: int, place: int, byte: int
) -> None:
    ders = [der(LEAF.certificate), der(ISSUING.certificate)]
    place %= len(ders[which])
    changed = ders[which][:place] + bytes([byte]) + ders[which][place + 1 :]
    is_same = changed == ders[which]
    ders[which] = changed

    assert trust_of(ders, PUBLIC, at=NOW).is_trusted is is_same
