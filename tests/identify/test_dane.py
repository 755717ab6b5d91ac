"""TLSA and CAA records beside the certificates a server really showed."""

from dataclasses import replace
from datetime import date
from hashlib import sha256, sha512

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from scanner.identify.dane import Dane, dane_of
from scanner.identify.issuance import Issuance, issuance_of
from scanner.model.check import NotApplicable
from scanner.model.evidence import ChainSeen, Evidence, Missing, TlsEndpoint, TlsEvidence, Why
from scanner.model.reference import Anchors, Reference
from scanner.parse.tlsa import read_tlsa
from scanner.reference import load_reference
from scanner.samples.domain import TABLES, WEB, visited
from tests.lab.pki import Authority, now

ROOT = Authority.root("Root")
ISSUING = ROOT.intermediate("Issuing")
LEAF = ISSUING.leaf(WEB)
CHAIN = tuple(c.public_bytes(Encoding.DER) for c in (LEAF.certificate, ISSUING.certificate))
ROOT_DER = ROOT.certificate.public_bytes(Encoding.DER)
REF = replace(TABLES, anchors=Anchors(public=(ROOT_DER,)))
NAME = f"_443._tcp.{WEB}"


def spki(authority_or_leaf: object) -> bytes:
    key = authority_or_leaf.certificate.public_key()  # type: ignore[attr-defined]
    return bytes(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def seen(*records: str, chain: tuple[bytes, ...] = CHAIN, signed: bool = True) -> Evidence:
    endpoint = TlsEndpoint("192.0.2.1", chains=(ChainSeen("TLSv1.3", chain),))
    evidence = visited((NAME, "TLSA", *records), signed=signed)
    return replace(evidence, seen_at=now(), tls=TlsEvidence(WEB, 443, (endpoint,)))


def view(*records: str, ref: Reference = REF, **more: object) -> Dane:
    found = dane_of(seen(*records, **more), ref)  # type: ignore[arg-type]  # passed through
    assert isinstance(found, Dane)
    return found


FITS = {
    "3 1 1": sha256(spki(LEAF)).hexdigest(),
    "3 0 1": sha256(CHAIN[0]).hexdigest(),
    "3 0 0": CHAIN[0].hex(),
    "3 1 2": sha512(spki(LEAF)).hexdigest(),
    "2 1 1": sha256(spki(ISSUING)).hexdigest(),
    "1 1 1": sha256(spki(LEAF)).hexdigest(),
    "0 1 1": sha256(spki(ISSUING)).hexdigest(),
    "0 0 1": sha256(ROOT_DER).hexdigest(),
}


@pytest.mark.parametrize(("head", "data"), FITS.items(), ids=FITS.keys())
def test_a_record_that_names_a_certificate_of_the_chain_fits(head: str, data: str) -> None:
    found = view(f"{head} {data[:40]} {data[40:]}".replace("  ", " "))

    assert found.is_secure
    assert found.chains[0].named_by.startswith(head)


STRANGE = {
    "another key": f"3 1 1 {'00' * 32}",
    "the issuer as leaf": f"3 1 1 {sha256(spki(ISSUING)).hexdigest()}",
    "the leaf as authority": f"2 1 1 {sha256(spki(LEAF)).hexdigest()}",
    "the wrong selector": f"3 0 1 {sha256(spki(LEAF)).hexdigest()}",
    "cut short": f"3 1 1 {sha256(spki(LEAF)).hexdigest()[:60]}",
}


@pytest.mark.parametrize("record", STRANGE.values(), ids=STRANGE.keys())
def test_a_record_of_something_else_fits_nothing(record: str) -> None:
    assert view(record).chains[0].named_by == ""


def test_public_usages_need_a_public_path() -> None:
    nobody = replace(REF, anchors=Anchors())

    for head in ("0 1 1", "1 1 1"):
        assert view(f"{head} {FITS[head]}", ref=nobody).chains[0].named_by == ""
    assert view(f"3 1 1 {FITS['3 1 1']}", ref=nobody).chains[0].named_by


def test_an_answer_without_dnssec_is_not_secure() -> None:
    assert not view(f"3 1 1 {FITS['3 1 1']}", signed=False).is_secure


def test_numbers_nobody_registered_are_unusable() -> None:
    assert view("9 1 1 ab", "3 7 1 ab", "3 1 9 ab", "nonsense").usable == ()


def test_without_tls_or_on_another_port_there_is_nothing_to_compare() -> None:
    silent = replace(seen("3 1 1 ab"), tls=Missing(Why.TIMEOUT, "silent"))
    elsewhere = replace(seen("3 1 1 ab"), tls=TlsEvidence(WEB, 8443, seen().tls.endpoints))  # type: ignore[union-attr]

    found = dane_of(silent, REF)

    assert isinstance(found, Dane)
    assert found.seen == Missing(Why.TIMEOUT, "silent")
    assert isinstance(dane_of(elsewhere, REF), NotApplicable)


@given(st.text(max_size=80))
def test_any_text_is_a_record_or_none(text: str) -> None:
    record = read_tlsa(text)
    assert record is None or not record.names(CHAIN[0])


def test_who_issued_is_read_from_certificate_and_root() -> None:
    known = replace(REF, authorities={"": ("ca.example",)})  # the lab's names hold no organisation

    found = issuance_of(seen(), known)

    assert isinstance(found, Issuance)
    (issue,) = found.issues
    assert (issue.identifiers, issue.is_wildcard, issue.issuer) == (("ca.example",), False, "CN=Issuing")
    assert found.caa.lines
    unknown = issuance_of(seen(), REF)
    assert isinstance(unknown, Issuance)
    assert unknown.issues[0].identifiers == ()


def test_strangers_and_private_authorities_are_left_out() -> None:
    private = replace(REF, anchors=Anchors(private=(("own", ROOT_DER),)))
    other = ISSUING.leaf("khac.example").certificate.public_bytes(Encoding.DER)

    for evidence, ref in ((seen(), private), (seen(chain=(other, CHAIN[1])), REF)):
        found = issuance_of(evidence, ref)
        assert isinstance(found, Issuance)
        assert found.issues == ()


def test_a_wildcard_is_told() -> None:
    wild = ISSUING.leaf("*.so.example").certificate.public_bytes(Encoding.DER)

    found = issuance_of(seen(chain=(wild, CHAIN[1])), REF)

    assert isinstance(found, Issuance)
    assert found.issues[0].is_wildcard


def test_the_tables_that_ship_can_be_read() -> None:
    ref = load_reference()

    assert ref.authorities["Let's Encrypt"] == ("letsencrypt.org",)
    assert len(ref.ct_logs) > 50
    assert {t.name for t in ref.dates} >= {"ct_logs.json", "authorities.toml"}
    assert date(2026, 8, 1) < next(t.day for t in ref.dates if t.name == "ct_logs.json")
