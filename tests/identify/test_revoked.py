"""Revocation read from hostile bytes: nothing raises, and nothing damaged ever proves anything."""

from datetime import date

from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from scanner.collect import wall
from scanner.identify.certificates import Certificates, certificates_of, next_address
from scanner.identify.revocation import Staple
from scanner.identify.revoked import RevocationState, revocations_of
from scanner.identify.tls_facts import tls_facts
from scanner.model.evidence import (
    ChainSeen,
    Evidence,
    Fetched,
    Missing,
    PkiEvidence,
    Target,
    TlsEndpoint,
    TlsEvidence,
    Why,
)
from scanner.model.reference import Anchors, Reference
from tests.lab.ct_log import lab_table
from tests.lab.pki import Authority, now

HOST, CRL, ISSUER = "so.example", "http://pki.lab.example/a.crl", "http://pki.lab.example/a.crt"
AT = now()
ROOT = Authority.root("Root")
ISSUING = ROOT.intermediate("Issuing")
LEAF = ISSUING.leaf(HOST, crl_urls=(CRL,), issuer_url=ISSUER)
PATH = tuple(c.public_bytes(Encoding.DER) for c in (LEAF.certificate, ISSUING.certificate, ROOT.certificate))
LIST = ISSUING.crl()
REF = Reference(date(2026, 1, 1), anchors=Anchors(public=(PATH[2],)), ct_logs=lab_table())


def state(content: bytes) -> RevocationState:
    pki = PkiEvidence((Fetched("crl", CRL, content, AT),))
    return revocations_of(PATH, Staple(), pki, at=AT)[0].state


def evidence(*chain: bytes, pki: PkiEvidence | Missing = Missing(Why.NOT_ASKED)) -> Evidence:
    endpoint = TlsEndpoint("192.0.2.1", chains=(ChainSeen("TLSv1.3", chain),))
    return Evidence("so", Target(HOST), AT, tls=TlsEvidence(HOST, 443, (endpoint,)), pki=pki)


def test_the_list_as_it_is_says_good() -> None:
    assert state(LIST) is RevocationState.GOOD


@given(st.integers(0, len(LIST) - 1), st.integers(1, 255))
def test_a_damaged_list_proves_nothing(place: int, change: int) -> None:
    damaged = LIST[:place] + bytes([LIST[place] ^ change]) + LIST[place + 1 :]

    assert state(damaged) is RevocationState.UNKNOWN


@given(st.binary(max_size=200))
def test_no_bytes_surprise_the_reader(noise: bytes) -> None:
    assert state(noise) is RevocationState.UNKNOWN


@given(st.integers(0, 1), st.integers(0, 2000), st.integers(1, 255), st.binary(max_size=50))
def test_no_chain_and_no_answer_stops_a_visit(which: int, place: int, change: int, noise: bytes) -> None:
    chain = [bytearray(der) for der in PATH[:2]]
    chain[which][place % len(chain[which])] ^= change
    fetched = (Fetched("issuer", ISSUER, noise, AT), Fetched("crl", CRL, noise, AT))
    seen = evidence(*map(bytes, chain), pki=PkiEvidence(fetched))

    next_address(seen, REF)
    assert tls_facts(seen, REF)["host"] == HOST


def test_evidence_written_before_addresses_were_fetched_is_judged_as_ever() -> None:
    old = wall.decode(wall.encode(evidence(*PATH[:2])))

    read = certificates_of(old, REF)

    assert old.pki == Missing(Why.NOT_ASKED)
    assert isinstance(read, Certificates)
    assert [r.state for r in read.chains[0].revocations] == [RevocationState.UNASKED, RevocationState.NOWHERE]
    assert next_address(old, REF) is None
