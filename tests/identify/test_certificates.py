"""The view of certificate checks, and the facts documents print, from evidence."""

import json
from datetime import UTC, date, datetime

from cryptography.hazmat.primitives.serialization import Encoding

from scanner.identify.certificates import (
    Certificates,
    certificates_of,
    place,
    tls_of,
)
from scanner.identify.tls_facts import tls_facts
from scanner.identify.trust import TrustState
from scanner.model.check import NotApplicable
from scanner.model.evidence import (
    Answer,
    Body,
    ChainSeen,
    Evidence,
    Exchange,
    Fetch,
    HttpEvidence,
    Missing,
    Offer,
    Response,
    Target,
    TlsEndpoint,
    TlsEvidence,
    Why,
)
from scanner.model.reference import Anchors, Reference
from scanner.parse.tls_names import PLAIN_HTTP
from tests.lab.pki import Authority

HOST = "so.example"
ROOT = Authority.root("Root")
ISSUING = ROOT.intermediate("Issuing")
LEAF = ISSUING.leaf(HOST)
CHAIN = tuple(c.public_bytes(Encoding.DER) for c in (LEAF.certificate, ISSUING.certificate))
REF = Reference(date(2026, 1, 1), anchors=Anchors(public=(ROOT.certificate.public_bytes(Encoding.DER),)))
BODY = Body(b"", "", 0)
VERSIONS = (Offer("TLSv1.3", Answer.ACCEPTED, "TLS_AES_128_GCM_SHA256"), Offer("TLSv1.0", Answer.REJECTED))


def evidence(*endpoints: TlsEndpoint, http: HttpEvidence | None = None) -> Evidence:
    return Evidence(
        site_id="so",
        target=Target(HOST),
        seen_at=datetime.now(UTC),
        tls=TlsEvidence(HOST, 443, endpoints),
        http=http or Missing(Why.NOT_ASKED),
    )


def speaking(address: str = "192.0.2.1", chain: tuple[bytes, ...] = CHAIN) -> TlsEndpoint:
    chains = (ChainSeen("TLSv1.3", chain),) if chain else ()
    return TlsEndpoint(address, versions=VERSIONS, chains=chains, connections=6)


def missing(why: Why, detail: str = "", address: str = "192.0.2.9") -> TlsEndpoint:
    return TlsEndpoint(address, missing=Missing(why, detail), connections=1)


def plain_http() -> HttpEvidence:
    answer = Response(200, (), BODY)
    return HttpEvidence((Fetch("http", (Exchange(f"http://{HOST}/", answer),)),))


def view(*endpoints: TlsEndpoint) -> Certificates:
    found = certificates_of(evidence(*endpoints), REF)
    assert isinstance(found, Certificates)
    return found


def test_one_chain_of_two_addresses_is_one_chain() -> None:
    found = view(speaking(), speaking("2001:db8::1"))

    (chain,) = found.chains
    assert chain.where == ("192.0.2.1:443", "[2001:db8::1]:443")
    assert chain.is_named
    assert chain.trust.state is TrustState.TRUSTED_PUBLIC
    assert chain.leaf is not None
    assert [c.subject for c in chain.others] == ["CN=Issuing"]


def test_different_chains_are_kept_apart() -> None:
    other = Authority.self_signed("khac.example").certificate.public_bytes(Encoding.DER)

    found = view(speaking(), speaking("192.0.2.2", (other,)))

    assert [c.trust.state for c in found.chains] == [TrustState.TRUSTED_PUBLIC, TrustState.SELF_SIGNED]
    assert [c.is_named for c in found.chains] == [True, False]


def test_a_leaf_that_cannot_be_read_is_an_error_and_no_crash() -> None:
    (chain,) = view(speaking(chain=(b"junk", CHAIN[1]))).chains

    assert chain.leaf is None
    assert chain.is_named is None
    assert chain.trust.state is TrustState.ERROR
    assert chain.unreadable[0].startswith("certificate 1:")
    assert [c.subject for c in chain.others] == ["CN=Issuing"]


def test_names_that_cannot_be_read_are_not_a_mismatch() -> None:
    broken = CHAIN[0].replace(b"\x82\x0aso.example", b"\x82\x0a\xff\xffso.examp")

    (chain,) = view(speaking(chain=(broken,))).chains

    assert chain.leaf is not None
    assert chain.is_named is None


def test_addresses_that_stayed_silent_are_named_and_closed_ones_are_not() -> None:
    found = view(speaking(), missing(Why.TIMEOUT, "silent"), missing(Why.REFUSED), missing(Why.NOT_ASKED))

    assert found.unseen == (("192.0.2.9:443", Missing(Why.TIMEOUT, "silent")),)


def test_tls_without_a_certificate_is_missing() -> None:
    assert certificates_of(evidence(speaking(chain=())), REF) == Missing(Why.TLS, "no certificate was sent")


def test_a_site_on_plain_http_alone_is_not_judged() -> None:
    refused = certificates_of(evidence(missing(Why.REFUSED, "connect: refused"), http=plain_http()), REF)
    confused = tls_of(evidence(missing(Why.TLS, PLAIN_HTTP), http=plain_http()), REF)

    assert isinstance(refused, NotApplicable)
    assert "refused" in refused.saw
    assert isinstance(confused, NotApplicable)


def test_a_site_that_answers_nowhere_is_unknown() -> None:
    assert tls_of(evidence(missing(Why.REFUSED)), REF) == Missing(Why.REFUSED)
    assert tls_of(evidence(missing(Why.REFUSED), http=HttpEvidence(())), REF) == Missing(Why.REFUSED)
    assert tls_of(evidence(), REF) == Missing(Why.NOT_ASKED, "no address")


def test_silence_beside_plain_http_is_unknown() -> None:
    found = tls_of(evidence(missing(Why.REFUSED), missing(Why.TIMEOUT), http=plain_http()), REF)

    assert found == Missing(Why.TIMEOUT)


def test_tls_that_was_not_asked_stays_so() -> None:
    nothing = Evidence("so", Target(HOST), datetime.now(UTC))

    assert certificates_of(nothing, REF) == Missing(Why.NOT_ASKED)
    assert tls_facts(nothing, REF) == {"missing": "not-asked", "detail": ""}


def test_facts_are_json_and_name_every_address() -> None:
    facts = tls_facts(evidence(speaking(), missing(Why.TIMEOUT, "silent")), REF)

    assert json.loads(json.dumps(facts)) == facts
    first, second = facts["endpoints"]
    assert first["versions"]["TLSv1.3"] == {"answer": "accepted", "detail": "TLS_AES_128_GCM_SHA256"}
    assert first["versions"]["TLSv1.0"] == {"answer": "rejected"}
    (chain,) = first["chains"]
    assert chain["trust"]["state"] == "trusted-public"
    assert chain["name_matches"] is True
    assert chain["certificates"][0]["names"] == [HOST]
    assert second == {"address": "192.0.2.9", "missing": "timeout", "detail": "silent", "connections": 1}


def test_facts_of_a_site_without_tls_have_no_chains() -> None:
    facts = tls_facts(evidence(missing(Why.REFUSED), http=plain_http()), REF)

    assert facts["endpoints"][0]["missing"] == "refused"


def test_a_host_in_facts_shows_a_hundred_names_and_counts_the_rest() -> None:
    many = ISSUING.leaf(*(f"n{i}.example" for i in range(130))).certificate.public_bytes(Encoding.DER)

    (certificate,) = tls_facts(evidence(speaking(chain=(many,))), REF)["endpoints"][0]["chains"][0][
        "certificates"
    ]

    assert len(certificate["names"]) == 100
    assert certificate["names_left_out"] == 30


def test_endpoints_are_written_as_people_write_them() -> None:
    assert place("192.0.2.1", 443) == "192.0.2.1:443"
    assert place("2001:db8::1", 8443) == "[2001:db8::1]:8443"
