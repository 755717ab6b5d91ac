"""What a visit knows about HTTPS, and whether browsers trust what they got."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate

from scanner.identify.page import Page, page_of
from scanner.identify.secure_transport import Https, https_of
from scanner.model.evidence import ChainSeen, Missing, TlsEndpoint, TlsEvidence, Why
from scanner.model.reference import Anchors, Reference
from scanner.parse.tls_names import PLAIN_HTTP
from scanner.samples import SEEN_AT, chain, response, seen, silence
from tests.lab.pki import Authority

URL, PLAIN = "https://so.example/", "http://so.example/"
HTTP = chain("http", (PLAIN, response()))
REFUSED, SILENT = Missing(Why.REFUSED), Missing(Why.TIMEOUT)
OTHER_LANGUAGE = Missing(Why.TLS, PLAIN_HTTP)


def closed(*reasons: Missing | None) -> TlsEvidence:
    endpoints = (TlsEndpoint(f"192.0.2.{n}", missing=reason) for n, reason in enumerate(reasons, 1))
    return TlsEvidence("so.example", 443, tuple(endpoints))


@pytest.mark.parametrize(
    ("client", "prober", "state"),
    [
        (REFUSED, Missing(Why.NOT_ASKED), Https.ABSENT),
        (REFUSED, closed(REFUSED), Https.ABSENT),
        (SILENT, closed(SILENT), Https.UNKNOWN),
        (SILENT, Missing(Why.NOT_ASKED), Https.UNKNOWN),
        (Missing(Why.TLS), Missing(Why.NOT_ASKED), Https.UNKNOWN),
        (Missing(Why.TLS), closed(), Https.UNKNOWN),
        (Missing(Why.TLS), closed(OTHER_LANGUAGE), Https.ABSENT),
        (Missing(Why.TLS), closed(REFUSED, OTHER_LANGUAGE), Https.ABSENT),
        (Missing(Why.TLS), closed(SILENT, OTHER_LANGUAGE), Https.UNKNOWN),
        (Missing(Why.TLS), closed(None, OTHER_LANGUAGE), Https.UNKNOWN),
        (Missing(Why.TLS), closed(Missing(Why.TLS, "no version is accepted: 112")), Https.UNKNOWN),
        (Missing(Why.TLS), closed(Missing(Why.MALFORMED, "no TLS: b'SSH'")), Https.ABSENT),
    ],
)
def test_absence_is_claimed_on_proof_only(
    client: Missing, prober: TlsEvidence | Missing, state: Https
) -> None:
    assert https_of(seen(HTTP, chain("https", (URL, client)), tls=prober)).state is state


def test_a_refusal_beside_a_silent_port_80_proves_nothing() -> None:
    visit = seen(chain("http", (PLAIN, silence())), chain("https", (URL, REFUSED)))

    assert https_of(visit).state is Https.UNKNOWN


ROOT = Authority.root("Root")
ISSUING = ROOT.intermediate("Issuing")
LEAF, STRANGER = ISSUING.leaf("so.example"), ISSUING.leaf("khac.example")


def der(certificate: Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


REF = Reference(SEEN_AT.date(), anchors=Anchors(public=(der(ROOT.certificate),)))


def page(leaf: Certificate, *more: Certificate, peer: str = "", url: str = URL, days: int = 0) -> Page:
    """The page of a site whose certificate is this one, looked at so many days from now."""
    sent = tuple(der(c) for c in (leaf, *more))
    tls = TlsEvidence("so.example", 443, (TlsEndpoint("192.0.2.1", chains=(ChainSeen("TLSv1.3", sent),)),))
    answer = replace(response(), peer_sha256=peer or sha256(sent[0]).hexdigest())
    visit = replace(seen(chain("https", (url, answer)), tls=tls), seen_at=datetime.now(UTC) + timedelta(days))
    found = page_of(visit, REF)
    assert isinstance(found, Page)
    return found


def test_a_good_certificate_is_trusted() -> None:
    assert page(LEAF.certificate, ISSUING.certificate).certificate_trusted is True


def test_an_expired_one_is_not() -> None:
    assert page(LEAF.certificate, ISSUING.certificate, days=9_000).certificate_trusted is False


def test_one_for_another_name_is_not() -> None:
    assert page(STRANGER.certificate, ISSUING.certificate).certificate_trusted is False


def test_one_nobody_vouches_for_is_not() -> None:
    assert page(Authority.self_signed("so.example").certificate).certificate_trusted is False


def test_one_the_prober_did_not_see_is_not_known() -> None:
    assert page(LEAF.certificate, ISSUING.certificate, peer="ab" * 32).certificate_trusted is None


def test_one_of_another_host_is_not_known() -> None:
    assert (
        page(LEAF.certificate, ISSUING.certificate, url="https://tinh.example/").certificate_trusted is None
    )
