"""Paths and names, beside `openssl verify`: an implementation of its own, so that ours is not its own witness.

Dates are left to other tests: we judge a leaf at a moment when it is valid, `openssl` at the present one.
"""

import subprocess
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from scanner.identify.trust import trust_of
from scanner.model.reference import Anchors
from scanner.parse.certificate import read_certificate
from scanner.parse.server_name import is_named
from tests.lab import pki
from tests.lab.pki import Authority, write_pem

NOW = pki.now()
HOST = "so.example"
ROOT = Authority.root("Root", kind="RSA-2048")
ISSUING = ROOT.intermediate("Issuing", kind="RSA-2048")
STRANGER = Authority.root("Stranger", kind="RSA-2048")
CA = x509.BasicConstraints(ca=True, path_length=None)


def below(*extensions: x509.ExtensionType, above: Authority = ROOT, days: int = 900) -> Authority:
    """An authority with exactly these extensions, from thirty days ago."""
    key, start = pki.new_key(), NOW - timedelta(days=30)
    builder = pki._builder(
        pki.name("Odd"), above.certificate.subject, key, start, start + timedelta(days=days)
    )
    for extension in (*extensions, above._key_id()):
        is_critical = isinstance(extension, x509.BasicConstraints | x509.NameConstraints)
        builder = builder.add_extension(extension, critical=is_critical)
    return Authority(builder.sign(above.key, hashes.SHA256()), key)


def permitted(domain: str) -> x509.NameConstraints:
    return x509.NameConstraints(permitted_subtrees=[x509.DNSName(domain)], excluded_subtrees=None)


@dataclass(frozen=True)
class Case:
    """A leaf's issuer, and what the server sends behind the leaf."""

    name: str
    issuer: Authority
    sent: tuple[Authority, ...]


LONG = ROOT.intermediate("Long", length=None)
LONGER = LONG.intermediate("Longer", length=None)
LEAF_ISSUES = Authority(ISSUING.leaf("khac.example").certificate, ISSUING.leaf("x.example").key)
FAKE = ROOT.leaf("khac.example")
CASES = (
    Case("whole", ISSUING, (ISSUING,)),
    Case("whole, with the root", ISSUING, (ISSUING, ROOT)),
    Case("backwards, with a stranger", ISSUING, (STRANGER, ROOT, ISSUING)),
    Case("intermediate missing", ISSUING, ()),
    Case("straight from the root", ROOT, ()),
    Case("three links", LONGER, (LONGER, LONG)),
    Case("three links, one missing", LONGER, (LONGER,)),
    Case("unknown root", STRANGER, (STRANGER,)),
    Case("root of that name", Authority.root("Root", kind="RSA-2048"), ()),
    Case("intermediate of that name", Authority.root("Issuing", kind="RSA-2048"), (ISSUING,)),
    Case("expired intermediate", (old := below(CA, pki.CA_USAGE, days=20)), (old,)),
    Case("a leaf that issues", (fake := Authority(FAKE.certificate, FAKE.key)), (fake,)),
    Case(
        "an authority for mail",
        (mail := below(CA, pki.CA_USAGE, x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]))),
        (mail,),
    ),
    Case(
        "an authority for servers",
        (web := below(CA, pki.CA_USAGE, x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]))),
        (web,),
    ),
    Case(
        "an authority outside its names",
        (other := below(CA, pki.CA_USAGE, permitted("khac.example"))),
        (other,),
    ),
    Case("an authority within its names", (own := below(CA, pki.CA_USAGE, permitted("example"))), (own,)),
    Case("a path that is too long", (deep := ISSUING.intermediate("Deep")), (deep, ISSUING)),
)


def openssl(folder: Path, leaf: bytes, sent: bytes, *more: str) -> bool:
    """What `openssl verify` says of a leaf for servers, given what was sent."""
    files = {"root.pem": write_pem(ROOT.certificate), "sent.pem": sent, "leaf.pem": leaf}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    untrusted = ["-untrusted", str(folder / "sent.pem")] if sent else []
    command = ["openssl", "verify", "-purpose", "sslserver", "-auth_level", "1", "-no-CApath", "-no-CAstore"]
    command += ["-CAfile", str(folder / "root.pem"), *untrusted, *more, str(folder / "leaf.pem")]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("case", CASES, ids=[c.name for c in CASES])
def test_both_find_a_path_or_neither_does(case: Case, tmp_path: Path) -> None:
    leaf = case.issuer.leaf(HOST).certificate
    sent = tuple(a.certificate for a in case.sent)
    ders = tuple(c.public_bytes(Encoding.DER) for c in (leaf, *sent))

    ours = trust_of(ders, Anchors(public=(ROOT.certificate.public_bytes(Encoding.DER),)), at=NOW)

    assert ours.is_trusted is openssl(tmp_path, write_pem(leaf), write_pem(*sent))


NAMES = (
    ("so.example", "so.example"),
    ("SO.Example", "so.example"),
    ("so.example", "www.so.example"),
    ("www.so.example", "so.example"),
    ("*.so.example", "www.so.example"),
    ("*.so.example", "so.example"),
    ("*.so.example", "a.b.so.example"),
    ("w*.so.example", "www.so.example"),
    ("www.*.example", "www.so.example"),
    ("*.example", "so.example"),
    ("xn--thnhph-xva14e.example", "xn--thnhph-xva14e.example"),
    ("*.example.vn", "xn--thnhph-xva14e.example.vn"),
    ("192.0.2.7", "192.0.2.7"),
    ("192.0.2.7", "192.0.2.8"),
    ("2001:db8::7", "2001:db8:0::7"),
    ("so.example", "192.0.2.7"),
)
OPENSSL_TAKES = {("w*.so.example", "www.so.example"), ("*.example", "so.example")}
"""Where they differ: RFC 9525 section 6.3 wants the wildcard as the whole label, and browsers no wildcard right below a
top-level domain; OpenSSL's default still takes a part of a label. We are the stricter ones."""


@pytest.mark.parametrize(("certified", "host"), NAMES)
def test_both_read_names_alike_or_ours_is_the_stricter(certified: str, host: str, tmp_path: Path) -> None:
    leaf = ISSUING.leaf(certified).certificate
    facts = read_certificate(leaf.public_bytes(Encoding.DER))
    kind = "-verify_ip" if host.replace(".", "").isdigit() or ":" in host else "-verify_hostname"

    ours = is_named(host, dns_names=facts.dns_names, ip_names=facts.ip_names)
    theirs = openssl(tmp_path, write_pem(leaf), write_pem(ISSUING.certificate), kind, host)

    assert ours is theirs or (theirs and (certified, host) in OPENSSL_TAKES)
