"""Our own walk down the chain of trust, on zones signed by a library that is not ours."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dns.dnssec
import dns.name
import dns.rdataset
import dns.rrset
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from hypothesis import given
from hypothesis import strategies as st

from scanner.collect.dns.zone import collect_zone
from scanner.collect.limits import Limits
from scanner.collect.net import Net
from scanner.errors import ConfigError
from scanner.identify.dns_book import Book
from scanner.identify.dnssec import Signing, dnssec_of
from scanner.identify.questions import Subject
from scanner.identify.trust_chain import Chain, Trust, path_to, walk
from scanner.model.evidence import DnsAnswer, DnsState, Target
from scanner.model.settings import NetworkSettings, ScanSettings
from scanner.model.visit import Job
from scanner.parse.dnssec import is_digest_of, is_signed_by, name_wire, read_key, read_signature, record_wire
from scanner.reference import load_dnssec_anchors
from tests.lab.dns_server import DnsServer, Record

NOW = datetime(2026, 11, 24, tzinfo=UTC)
TTL = 300
DOMAIN = "mau.example"
SOA = "ns1.mau.example. a.mau.example. 1 3600 900 604800 300"
ALGORITHMS: dict[int, Any] = {
    8: lambda: rsa.generate_private_key(public_exponent=65537, key_size=1024),
    10: lambda: rsa.generate_private_key(public_exponent=65537, key_size=1024),
    13: lambda: ec.generate_private_key(ec.SECP256R1()),
    14: lambda: ec.generate_private_key(ec.SECP384R1()),
    15: ed25519.Ed25519PrivateKey.generate,
}


@dataclass
class SignedZone:
    """One zone with one key; `signed` gives the records of a name together with their signature."""

    name: str
    algorithm: int = 13

    def __post_init__(self) -> None:
        self.private = ALGORITHMS[self.algorithm]()
        self.key = dns.dnssec.make_dnskey(self.private.public_key(), self.algorithm, flags=257)

    @property
    def ds(self) -> str:
        owner = dns.name.from_text(self.name)
        return str(dns.dnssec.make_ds(owner, self.key, "SHA256").to_text())

    def signed(
        self, owner: str, rrtype: str, *texts: str, begins: datetime = NOW - timedelta(days=1), days: int = 10
    ) -> tuple[Record, ...]:
        rrset = dns.rrset.from_text(dns.name.from_text(owner), TTL, "IN", rrtype, *texts)
        signature = dns.dnssec.sign(
            rrset,
            self.private,
            dns.name.from_text(self.name),
            self.key,
            inception=begins,
            expiration=begins + timedelta(days=days),
        )
        return (*((rrtype, text) for text in texts), ("RRSIG", signature.to_text()))


Names = dict[str, tuple[Record, ...]]


def world(algorithm: int = 13, **soa: Any) -> tuple[Names, tuple[tuple[str, str], ...]]:
    """A root, a suffix and a domain, each signed; and the anchor of the root."""
    root, suffix, domain = SignedZone(""), SignedZone("example"), SignedZone(DOMAIN, algorithm)
    names: Names = {
        "": root.signed("", "DNSKEY", root.key.to_text()),
        "example": (
            *root.signed("example", "DS", suffix.ds),
            *suffix.signed("example", "DNSKEY", suffix.key.to_text()),
        ),
        DOMAIN: (
            *suffix.signed(DOMAIN, "DS", domain.ds),
            *domain.signed(DOMAIN, "DNSKEY", domain.key.to_text()),
            *domain.signed(DOMAIN, "SOA", SOA, **soa),
        ),
    }
    return names, (("", root.ds),)


def asked(names: Names) -> Book:
    """What a visit records of these names, by way of a real server that does not validate."""

    async def run() -> Book:
        server = DnsServer(names)
        where = await server.start()
        net = Net(
            NetworkSettings(resolver=(where,)), ScanSettings(), limits=Limits(dns_try_s=2, dns_name_s=5)
        )
        try:
            async with net.visit(Job("s", "x", Target(DOMAIN))) as visit:
                loop = asyncio.get_running_loop()
                return Book(await collect_zone(visit, Subject(DOMAIN, DOMAIN), until=loop.time() + 30))
        finally:
            await server.stop()

    return asyncio.run(run())


def walked(names: Names, anchors: Sequence[tuple[str, str]], *, at: datetime = NOW) -> Chain:
    return walk(DOMAIN, asked(names), anchors, at)


@pytest.mark.parametrize("algorithm", sorted(ALGORITHMS))
def test_a_chain_in_order_is_secure_by_every_algorithm(algorithm: int) -> None:
    chain = walked(*world(algorithm))

    assert (chain.state, chain.trouble) == (Trust.SECURE, "")
    assert len(chain.steps) == 6
    assert chain.expires_at == NOW + timedelta(days=9)


def test_an_expired_signature_is_named_with_its_date() -> None:
    chain = walked(*world(days=1, begins=NOW - timedelta(days=3)))

    assert chain.state is Trust.BROKEN
    assert chain.trouble == "mau.example. SOA: signature expired 2026-11-22"


def test_a_signature_of_the_future_is_not_valid_yet() -> None:
    assert walked(*world(begins=NOW + timedelta(days=3))).trouble.endswith("signature not yet valid")


def test_the_last_second_counts() -> None:
    names, anchors = world(days=1)

    assert walked(names, anchors, at=NOW).state is Trust.SECURE
    assert walked(names, anchors, at=NOW + timedelta(seconds=1)).state is Trust.BROKEN


def test_a_changed_record_breaks_the_chain() -> None:
    names, anchors = world()
    names[DOMAIN] = tuple((k, SOA.replace(" 1 ", " 2 ") if k == "SOA" else t) for k, t in names[DOMAIN])

    chain = walked(names, anchors)

    assert (chain.state, chain.trouble) == (Trust.BROKEN, "mau.example. SOA: no signature fits")


def test_a_ds_that_fits_no_key_breaks_the_chain() -> None:
    names, anchors = world()
    other, suffix = SignedZone(DOMAIN), SignedZone("example")
    root = SignedZone("")
    names[""] = root.signed("", "DNSKEY", root.key.to_text())
    names["example"] = (
        *root.signed("example", "DS", suffix.ds),
        *suffix.signed("example", "DNSKEY", suffix.key.to_text()),
    )
    kept = tuple(r for r in names[DOMAIN] if r[0] != "DS" and not r[1].startswith("DS "))
    names[DOMAIN] = (*suffix.signed(DOMAIN, "DS", other.ds), *kept)

    chain = walked(names, (("", root.ds),))

    assert (chain.state, chain.trouble) == (Trust.BROKEN, "mau.example. DS: fits no key")
    assert anchors


def test_stripped_signatures_prove_nothing() -> None:
    names, anchors = world()
    names[DOMAIN] = tuple(r for r in names[DOMAIN] if r[0] != "RRSIG")

    assert walked(names, anchors).state is Trust.OPEN


def test_an_unknown_algorithm_proves_nothing() -> None:
    names, anchors = world()
    names[DOMAIN] = tuple((k, t.replace(" 13 ", " 99 ")) for k, t in names[DOMAIN])

    assert walked(names, anchors).state is Trust.OPEN


def test_an_anchor_of_the_domain_itself_is_enough() -> None:
    names, _ = world()
    ds = next(text for kind, text in names[DOMAIN] if kind == "DS")
    book = asked(names)

    assert walk(DOMAIN, book, ((DOMAIN, ds),), NOW).state is Trust.SECURE
    assert walk(DOMAIN, book, (("other.example", ds),), NOW) == Chain(Trust.OPEN, trouble="no trust anchor")
    assert walk(DOMAIN, book, (("", ds),), NOW).state is Trust.BROKEN


def test_without_a_ds_the_walk_ends_unsigned() -> None:
    names, anchors = world()
    ds = DnsAnswer(DOMAIN, "DS", DnsState.ABSENT, detail="NOERROR", flags=("cd",))
    book = asked(names)
    book._answers[next(q for q in book._answers if q[:2] == (DOMAIN, "DS") and q.unchecked)] = ds

    assert walk(DOMAIN, book, anchors, NOW).state is Trust.UNSIGNED


def test_our_walk_decides_where_the_resolver_does_not_validate() -> None:
    names, anchors = world()
    old, old_anchors = world(days=1, begins=NOW - timedelta(days=3))

    secure = dnssec_of(DOMAIN, asked(names), anchors, NOW)
    bogus = dnssec_of(DOMAIN, asked(old), old_anchors, NOW)

    assert (secure.state, secure.is_own_verdict) == (Signing.SECURE, True)
    assert (bogus.state, bogus.is_own_verdict) == (Signing.BOGUS, True)
    assert "signature expired" in bogus.proof
    assert dnssec_of(DOMAIN, asked(names), (), NOW).state is Signing.UNCHECKED


def test_the_way_leads_from_the_anchor_down() -> None:
    assert path_to("a.gov.vn", "") == ("vn", "gov.vn", "a.gov.vn")
    assert path_to("a.gov.vn", "gov.vn") == ("a.gov.vn",)


def test_the_anchors_that_ship_are_the_root_s() -> None:
    assert {name for name, _ in load_dnssec_anchors(None)} == {""}
    assert [ds.split()[0] for _, ds in load_dnssec_anchors(None)] == ["20326", "38696"]


@pytest.mark.parametrize("record", ["", "257 3 13", "x y z w", "257 3 13 ###", "99999 3 13 AAAA", "1 2 3 zz"])
def test_what_is_no_record_has_no_wire(record: str) -> None:
    assert record_wire("DNSKEY", record) is None or read_key(record) is not None
    assert read_signature(record) is None


@given(st.text(max_size=60), st.sampled_from(["DNSKEY", "DS", "SOA", "A"]))
def test_any_text_is_wire_or_none(record: str, rrtype: str) -> None:
    wire = record_wire(rrtype, record)

    assert wire is None or isinstance(wire, bytes)


@given(st.text(max_size=70))
def test_a_name_is_spelt_as_the_library_spells_it(name: str) -> None:
    wire = name_wire(name)

    if wire is not None and len(wire) <= 255:
        assert wire == dns.name.from_text(name.lower().rstrip(".") + ".").to_wire()


@given(st.binary(max_size=200), st.sampled_from(sorted(ALGORITHMS)))
def test_damaged_keys_and_signatures_never_hold(noise: bytes, algorithm: int) -> None:
    import base64

    packed = base64.b64encode(noise).decode()
    key = read_key(f"257 3 {algorithm} {packed}")
    if key is None:
        return
    text = f"SOA {algorithm} 2 300 20261224000000 20261124000000 {key.tag} {DOMAIN}. {packed}"
    signature = read_signature(text)

    assert signature is None or not is_signed_by(key, signature, DOMAIN, (SOA,))
    assert not is_digest_of("1 2", DOMAIN, key)


def test_an_anchor_file_replaces_the_root_and_must_hold_one(tmp_path: Path) -> None:
    good, empty = tmp_path / "good.ds", tmp_path / "empty.ds"
    good.write_text("; ours\nMau.Example. 3600 IN DS 1 13 2 ABCD\n", encoding="utf-8")
    empty.write_text("nothing\n", encoding="utf-8")

    assert load_dnssec_anchors(good) == ((DOMAIN, "1 13 2 ABCD"),)
    for broken in (empty, tmp_path / "gone.ds"):
        with pytest.raises(ConfigError):
            load_dnssec_anchors(broken)
