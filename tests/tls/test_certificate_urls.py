"""Addresses inside certificates, fetched from a real server on loopback: what is learnt, what hostile ones achieve."""

import asyncio
import ssl
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from scanner.collect import wall
from scanner.collect.address import policy
from scanner.collect.limits import Limits
from scanner.collect.net import Net
from scanner.collect.pki.probe import probe_pki
from scanner.collect.visit import collect
from scanner.identify.certificates import Certificates, PresentedChain, certificates_of
from scanner.identify.revoked import Revocation, RevocationState
from scanner.identify.trust import TrustState
from scanner.judge import judge
from scanner.model.evidence import (
    ChainSeen,
    Evidence,
    Ledger,
    Missing,
    PkiEvidence,
    Target,
    TlsEndpoint,
    TlsEvidence,
    Why,
)
from scanner.model.finding import Verdict
from scanner.model.reference import Anchors, Reference
from scanner.model.settings import NetworkSettings, ScanSettings
from scanner.model.visit import Job
from scanner.registry import load_checks
from tests.lab.pki import Authority, Leaf, now, write_pem
from tests.lab.pki_server import BASE, HOST, RESPONDER, PkiServer, Reply
from tests.lab.web import Request, Server, answer

SITE = "so.example"
LOOPBACK = "127.0.0.1"
CRL, ISSUER = f"{BASE}/issuing.crl", f"{BASE}/issuing.crt"
ROOT = Authority.root("Lab Root")
ISSUING = ROOT.intermediate("Lab Issuing", issuer_url=f"{BASE}/root.crt")
WITH_LIST = ISSUING.leaf(SITE, crl_urls=(CRL,), issuer_url=ISSUER)
WITH_BOTH = ISSUING.leaf(SITE, crl_urls=(CRL,), issuer_url=ISSUER, ocsp_url=RESPONDER)
STRANGER = Authority.root("Somebody")
REF = Reference(date(2026, 1, 1), anchors=Anchors(public=(ROOT.certificate.public_bytes(Encoding.DER),)))
CHECKS = tuple(
    c
    for c in load_checks()
    if c.id in ("tls.certificate-revoked", "tls.chain-incomplete", "tls.certificate-untrusted")
)
QUICK = Limits(certificate_url_s=0.4, connect_s=0.4, headers_s=0.4, body_s=0.4)
AT = now()


def der(*certificates: x509.Certificate) -> tuple[bytes, ...]:
    return tuple(c.public_bytes(Encoding.DER) for c in certificates)


def seen(*chain: bytes, staple: bytes | None = None, at: datetime = AT) -> Evidence:
    endpoint = TlsEndpoint("192.0.2.1", chains=(ChainSeen("TLSv1.3", chain),), staple=staple)
    return Evidence("so", Target(SITE), at, tls=TlsEvidence(SITE, 443, (endpoint,)))


@dataclass
class Look:
    """What a look came to."""

    evidence: Evidence
    ledger: Ledger
    asked: list[str] = field(default_factory=list)

    @property
    def pki(self) -> PkiEvidence:
        assert isinstance(self.evidence.pki, PkiEvidence)
        return self.evidence.pki

    @property
    def revocations(self) -> tuple[Revocation, ...]:
        return self.chain.revocations

    @property
    def chain(self) -> PresentedChain:
        read = certificates_of(self.evidence, REF)
        assert isinstance(read, Certificates)
        return read.chains[0]

    def verdict(self, check_id: str) -> Verdict:
        return next(f.verdict for f in judge(self.evidence, CHECKS, REF) if f.check_id == check_id)


def look(
    evidence: Evidence,
    files: dict[str, Reply],
    *,
    responder: Authority | None = None,
    revoked: tuple[x509.Certificate, ...] = (),
    cache: Path | None = None,
    opened: str = "127.0.0.0/8",
    times: int = 1,
) -> Look:
    """One look at the addresses of a chain, kept and read back as a scan does."""

    async def run() -> Look:
        server = PkiServer(files, responder=responder, revoked=revoked)
        port = await server.start(LOOPBACK)
        network = NetworkSettings(
            hosts={HOST: (LOOPBACK,), "intern.example": ("10.0.0.7",)}, ports={"80": port}
        )
        net = Net(
            network,
            ScanSettings(per_address_rate=1000),
            limits=QUICK,
            tables=REF,
            cache=cache,
            outside=policy([opened]) if opened else None,
        )
        try:
            until = asyncio.get_running_loop().time() + 20
            for _ in range(times):
                async with net.visit(Job("s", "so", Target(SITE))) as visit:
                    pki = await probe_pki(visit, evidence, until=until)
            found = wall.decode(wall.encode(replace(evidence, pki=pki)))
            return Look(found, visit.tally.ledger(), server.log.requests)
        finally:
            await server.stop()

    return asyncio.run(run())


def list_only(content: Reply, leaf: Leaf = WITH_LIST) -> Look:
    return look(seen(*der(leaf.certificate, ISSUING.certificate)), {"/issuing.crl": content})


# ---- revocation lists ---------------------------------------------------------------------------------------


def test_a_list_that_does_not_name_it_is_a_pass_with_its_proof() -> None:
    found = list_only(ISSUING.crl())

    assert found.verdict("tls.certificate-revoked") is Verdict.PASS
    (one, above) = found.revocations
    assert (one.state, one.source) == (RevocationState.GOOD, CRL)
    assert "number 7" in one.detail
    assert above.state is RevocationState.NOWHERE
    assert found.asked == ["GET /issuing.crl"]
    assert [(line.requests, line.purpose) for line in found.ledger.lines] == [(1, "authority")]


def test_a_list_that_names_it_is_a_failure_with_serial_day_and_reason() -> None:
    found = list_only(ISSUING.crl(WITH_LIST.certificate))

    finding = next(f for f in judge(found.evidence, CHECKS, REF) if f.check_id == "tls.certificate-revoked")
    assert finding.verdict is Verdict.FAIL
    assert f"{WITH_LIST.certificate.serial_number:x}" in finding.saw
    assert "keyCompromise" in finding.saw
    assert CRL in finding.saw


SHARD = x509.IssuingDistributionPoint(
    full_name=[x509.UniformResourceIdentifier(f"{BASE}/other.crl")],
    relative_name=None,
    only_contains_user_certs=False,
    only_contains_ca_certs=False,
    only_some_reasons=None,
    indirect_crl=False,
    only_contains_attribute_certs=False,
)
OWN_SHARD = x509.IssuingDistributionPoint(
    full_name=[x509.UniformResourceIdentifier(CRL)],
    relative_name=None,
    only_contains_user_certs=True,
    only_contains_ca_certs=False,
    only_some_reasons=None,
    indirect_crl=False,
    only_contains_attribute_certs=False,
)
FOR_AUTHORITIES = x509.IssuingDistributionPoint(
    full_name=None,
    relative_name=None,
    only_contains_user_certs=False,
    only_contains_ca_certs=True,
    only_some_reasons=None,
    indirect_crl=False,
    only_contains_attribute_certs=False,
)
SOME_REASONS = x509.IssuingDistributionPoint(
    full_name=None,
    relative_name=None,
    only_contains_user_certs=False,
    only_contains_ca_certs=False,
    only_some_reasons=frozenset({x509.ReasonFlags.key_compromise}),
    indirect_crl=False,
    only_contains_attribute_certs=False,
)
STRANGE = (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"), True)
PROVES_NOTHING: dict[str, Reply] = {
    "expired": ISSUING.crl(at=AT - timedelta(days=30)),
    "not yet due": ISSUING.crl(at=AT + timedelta(days=2)),
    "signed by another of that name": ROOT.intermediate("Lab Issuing").crl(),
    "of another authority": STRANGER.crl(),
    "shard of another address": ISSUING.crl(scope=SHARD),
    "for authorities only": ISSUING.crl(scope=FOR_AUTHORITIES),
    "some reasons only": ISSUING.crl(scope=SOME_REASONS),
    "changes only": ISSUING.crl(extensions=((x509.DeltaCRLIndicator(3), True),)),
    "critical extension nobody knows": ISSUING.crl(extensions=(STRANGE,)),
    "garbage": b"<html>no list</html>",
    "nothing": b"",
    "huge": b"\x30\x84\x7f\xff\xff\xff" + bytes(1_100_000),
    "silent": "slow",
    "dropped": "drop",
    "not there": "-> /missing.crl",
    "led to a private address": "-> http://intern.example/issuing.crl",
    "led to metadata": "-> http://169.254.169.254/latest/",
    "led to another scheme": "-> https://pki.lab.example/issuing.crl",
    "led to another port": "-> http://pki.lab.example:8080/issuing.crl",
    "led in circles": "-> /issuing.crl",
}


@pytest.mark.parametrize("content", PROVES_NOTHING.values(), ids=PROVES_NOTHING.keys())
def test_whatever_proves_nothing_leaves_it_unknown(content: Reply) -> None:
    found = list_only(content)

    assert found.verdict("tls.certificate-revoked") is Verdict.UNKNOWN
    (one, *_) = found.revocations
    assert one.state is RevocationState.UNKNOWN
    assert one.missing is not None


def test_the_shard_of_this_very_address_counts() -> None:
    assert list_only(ISSUING.crl(scope=OWN_SHARD)).verdict("tls.certificate-revoked") is Verdict.PASS


def test_an_expired_list_that_names_it_still_tells_the_truth_but_a_hold_may_be_lifted() -> None:
    long_ago = AT - timedelta(days=30)
    gone = ISSUING.crl(WITH_LIST.certificate, at=long_ago)
    held = ISSUING.crl(WITH_LIST.certificate, at=long_ago, reason=x509.ReasonFlags.certificate_hold)
    now_held = ISSUING.crl(WITH_LIST.certificate, reason=x509.ReasonFlags.certificate_hold)

    assert list_only(gone).verdict("tls.certificate-revoked") is Verdict.FAIL
    assert list_only(held).verdict("tls.certificate-revoked") is Verdict.UNKNOWN
    assert list_only(now_held).verdict("tls.certificate-revoked") is Verdict.FAIL


def test_a_list_moved_within_the_public_net_is_found() -> None:
    files: dict[str, Reply] = {"/issuing.crl": f"-> {BASE}/new.crl", "/new.crl": ISSUING.crl()}

    found = look(seen(*der(WITH_LIST.certificate, ISSUING.certificate)), files)

    assert found.verdict("tls.certificate-revoked") is Verdict.PASS
    assert found.pki.fetched[0].url == CRL


def test_a_revoked_intermediate_is_found() -> None:
    middle = ROOT.intermediate("Lab Middle", crl_urls=(f"{BASE}/root.crl",))
    leaf = middle.leaf(SITE, crl_urls=(CRL,))
    files: dict[str, Reply] = {"/issuing.crl": middle.crl(), "/root.crl": ROOT.crl(middle.certificate)}

    found = look(seen(*der(leaf.certificate, middle.certificate)), files)

    assert [r.state for r in found.revocations] == [RevocationState.GOOD, RevocationState.REVOKED]
    assert found.verdict("tls.certificate-revoked") is Verdict.FAIL


# ---- staple, list, responder -------------------------------------------------------------------------------


def test_a_staple_that_decides_spares_the_list() -> None:
    chain = der(WITH_LIST.certificate, ISSUING.certificate)

    found = look(seen(*chain, staple=ISSUING.staple(WITH_LIST)), {"/issuing.crl": ISSUING.crl()})

    assert found.asked == []
    assert found.verdict("tls.certificate-revoked") is Verdict.PASS


def test_the_responder_is_asked_where_the_list_fails() -> None:
    chain = der(WITH_BOTH.certificate, ISSUING.certificate)

    good = look(seen(*chain), {"/issuing.crl": b"garbage"}, responder=ISSUING)
    bad = look(
        seen(*chain), {"/issuing.crl": b"garbage"}, responder=ISSUING, revoked=(WITH_BOTH.certificate,)
    )
    forged = look(seen(*chain), {"/issuing.crl": b"garbage"}, responder=STRANGER)
    spared = look(seen(*chain), {"/issuing.crl": ISSUING.crl()}, responder=ISSUING)

    assert good.verdict("tls.certificate-revoked") is Verdict.PASS
    assert bad.verdict("tls.certificate-revoked") is Verdict.FAIL
    assert forged.verdict("tls.certificate-revoked") is Verdict.UNKNOWN
    assert spared.asked == ["GET /issuing.crl"]


def test_a_forged_issuer_in_the_chain_cannot_vouch_for_a_staple() -> None:
    fake = STRANGER.intermediate("Lab Issuing")
    chain = der(WITH_LIST.certificate, fake.certificate, ISSUING.certificate)

    found = look(
        seen(*chain, staple=fake.staple(WITH_LIST)), {"/issuing.crl": ISSUING.crl(WITH_LIST.certificate)}
    )

    assert found.verdict("tls.certificate-revoked") is Verdict.FAIL


# ---- missing issuers ---------------------------------------------------------------------------------------


def alone(files: dict[str, Reply], *leaf: x509.Certificate) -> Look:
    return look(seen(*der(*(leaf or (WITH_LIST.certificate,)))), files)


def test_a_missing_issuer_that_is_fetched_proves_the_gap() -> None:
    found = alone({"/issuing.crt": der(ISSUING.certificate)[0], "/issuing.crl": ISSUING.crl()})

    assert found.chain.trust.state is TrustState.INCOMPLETE
    assert found.chain.trust.supplied == (ISSUER,)
    assert found.verdict("tls.chain-incomplete") is Verdict.FAIL
    assert found.verdict("tls.certificate-untrusted") is Verdict.NOTAPPLICABLE
    assert found.verdict("tls.certificate-revoked") is Verdict.PASS
    finding = next(f for f in judge(found.evidence, CHECKS, REF) if f.check_id == "tls.chain-incomplete")
    assert finding.note == "proven"


def test_an_issuer_that_leads_nowhere_is_untrusted_and_not_incomplete() -> None:
    odd = STRANGER.intermediate("Odd")
    leaf = odd.leaf(SITE, issuer_url=ISSUER)

    found = alone({"/issuing.crt": der(odd.certificate)[0]}, leaf.certificate)

    assert found.verdict("tls.certificate-untrusted") is Verdict.FAIL
    assert found.verdict("tls.chain-incomplete") is Verdict.NOTAPPLICABLE


def test_without_the_issuer_the_structure_tells() -> None:
    for content in (b"garbage", "slow", der(STRANGER.certificate)[0], "-> http://10.0.0.7/x"):
        found = alone({"/issuing.crt": content})

        assert found.verdict("tls.chain-incomplete") is Verdict.FAIL
        assert found.chain.trust.supplied == ()
        assert found.verdict("tls.certificate-revoked") is Verdict.NOTAPPLICABLE


def test_two_missing_links_are_climbed() -> None:
    upper = ROOT.intermediate("Upper", length=None)
    lower = upper.intermediate("Lower", issuer_url=f"{BASE}/upper.crt")
    leaf = lower.leaf(SITE, issuer_url=ISSUER)
    files: dict[str, Reply] = {
        "/issuing.crt": der(lower.certificate)[0],
        "/upper.crt": der(upper.certificate)[0],
    }

    found = alone(files, leaf.certificate)

    assert found.chain.trust.supplied == (ISSUER, f"{BASE}/upper.crt")


def test_issuers_come_in_every_form_authorities_use() -> None:
    pem = ISSUING.certificate.public_bytes(Encoding.PEM)
    bundle = pkcs7.serialize_certificates([ROOT.certificate, ISSUING.certificate], Encoding.DER)

    assert alone({"/issuing.crt": pem}).chain.trust.supplied
    assert alone({"/issuing.crt": bundle}).chain.trust.supplied


# ---- manners -----------------------------------------------------------------------------------------------


def test_private_addresses_stay_closed_whatever_is_opened_for_sites() -> None:
    found = look(
        seen(*der(WITH_LIST.certificate, ISSUING.certificate)), {"/issuing.crl": ISSUING.crl()}, opened=""
    )

    assert found.asked == []
    assert isinstance(found.pki.fetched[0].content, Missing)
    assert found.pki.fetched[0].content.why is Why.OUT_OF_SCOPE
    assert found.verdict("tls.certificate-revoked") is Verdict.UNKNOWN


def test_an_address_is_fetched_once_for_many_sites_and_a_day(tmp_path: Path) -> None:
    chain = der(WITH_LIST.certificate, ISSUING.certificate)
    files: dict[str, Reply] = {"/issuing.crl": ISSUING.crl()}

    first = look(seen(*chain), files, cache=tmp_path, times=2)
    again = look(seen(*chain, at=AT + timedelta(hours=23)), files, cache=tmp_path)
    later = look(seen(*chain, at=AT + timedelta(hours=25)), files, cache=tmp_path)

    assert first.asked == ["GET /issuing.crl"]
    assert again.asked == []
    assert again.pki.fetched[0].fetched_at == AT
    assert later.asked == ["GET /issuing.crl"]
    assert again.verdict("tls.certificate-revoked") is Verdict.PASS


def test_a_list_whose_successor_is_due_is_fetched_again(tmp_path: Path) -> None:
    chain = der(WITH_LIST.certificate, ISSUING.certificate)
    files: dict[str, Reply] = {"/issuing.crl": ISSUING.crl(days=0.2)}

    look(seen(*chain), files, cache=tmp_path)
    later = look(seen(*chain, at=AT + timedelta(hours=6)), files, cache=tmp_path)

    assert later.asked == ["GET /issuing.crl"]


def test_an_error_page_is_not_kept_for_the_next_scan(tmp_path: Path) -> None:
    chain = der(WITH_LIST.certificate, ISSUING.certificate)

    first = look(seen(*chain), {"/issuing.crl": b"<html>maintenance</html>"}, cache=tmp_path, times=2)
    again = look(seen(*chain), {"/issuing.crl": ISSUING.crl()}, cache=tmp_path)

    assert first.asked == ["GET /issuing.crl"]
    assert again.verdict("tls.certificate-revoked") is Verdict.PASS


def test_a_whole_visit_fetches_only_when_the_job_says_so(tmp_path: Path) -> None:
    leaf = tmp_path / "leaf.pem"
    leaf.write_bytes(WITH_LIST.key_pem + write_pem(WITH_LIST.certificate, ISSUING.certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(leaf)

    async def home(_request: Request) -> bytes:
        return answer(body="<title>Trang</title>")

    async def run() -> list[Evidence]:
        site, pki = Server(home, tls=context), PkiServer({"/issuing.crl": ISSUING.crl(WITH_LIST.certificate)})
        network = NetworkSettings(
            hosts={HOST: (LOOPBACK,), SITE: (LOOPBACK,)},
            ports={"80": await pki.start(LOOPBACK), "443": await site.start(LOOPBACK)},
            allow_addresses=("127.0.0.0/8",),
        )
        net = Net(network, ScanSettings(per_address_rate=1000), tables=REF, outside=policy(["127.0.0.0/8"]))
        job = Job("s", "so", Target(SITE), probes=("dns", "tls"))
        try:
            orders = (replace(job, certificate_urls=True), job)
            return [await collect(order, net, now=lambda: AT) for order in orders]
        finally:
            await site.stop()
            await pki.stop()

    asked, silent = asyncio.run(run())

    assert isinstance(asked.pki, PkiEvidence)
    assert Look(asked, asked.ledger).verdict("tls.certificate-revoked") is Verdict.FAIL
    assert {line.purpose for line in asked.ledger.lines} == {"", "authority"}
    assert silent.pki == Missing(Why.NOT_ASKED)
    assert Look(silent, silent.ledger).verdict("tls.certificate-revoked") is Verdict.NOTAPPLICABLE


def test_a_dead_address_costs_its_time_once() -> None:
    found = look(seen(*der(WITH_LIST.certificate, ISSUING.certificate)), {"/issuing.crl": "slow"}, times=3)

    assert found.asked == ["GET /issuing.crl"]


def test_the_number_of_addresses_is_bounded() -> None:
    chain: list[x509.Certificate] = []
    above = ROOT
    for number in range(7):
        above = above.intermediate(
            f"Layer {number}", length=None, crl_urls=(f"{BASE}/a{number}.crl", f"{BASE}/b{number}.crl")
        )
        chain.insert(0, above.certificate)
    leaf = above.leaf(SITE, crl_urls=(CRL,))

    found = look(seen(*der(leaf.certificate, *chain)), {})

    assert len(found.asked) == QUICK.certificate_urls


def test_a_chain_for_another_host_is_not_asked_about() -> None:
    other = ISSUING.leaf("khac.example", crl_urls=(CRL,))

    found = look(seen(*der(other.certificate, ISSUING.certificate)), {"/issuing.crl": ISSUING.crl()})

    assert found.asked == []
