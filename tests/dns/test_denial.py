"""Proofs of absence: our walk beside a validator of others, on zones signed by a signer of others."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import dns.dnssec
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.collect.dns.zone import collect_zone
from scanner.collect.limits import Limits
from scanner.collect.net import Net
from scanner.identify.denial import Denial, absence_of
from scanner.identify.dns_book import Book
from scanner.identify.dnssec import Dnssec, Signing, dnssec_of
from scanner.identify.questions import Subject, nobody_of
from scanner.identify.trust_chain import Chain, Trust, denied, walk
from scanner.judge import judge
from scanner.model.evidence import DnsEvidence, DnsState, Evidence, Target
from scanner.model.finding import Verdict
from scanner.model.settings import NetworkSettings, ScanSettings
from scanner.model.visit import Job
from scanner.parse.dnssec import record_wire
from scanner.parse.nsec import TYPES, Nsec, labels_of, nsec3_digest, read_nsec, read_nsec3, wire_of
from scanner.reference import load_dnssec_anchors, load_reference
from scanner.registry import load_checks
from tests.lab.signed_zones import NOW as LAB_NOW
from tests.lab.signed_zones import signed_tree

SIGNING_CHECKS = tuple(c for c in load_checks() if c.id.startswith(("dns.dnssec", "dns.nsec3")))
NOW = datetime.strptime(LAB_NOW, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


@dataclass(frozen=True)
class Tree:
    """The resolver and the anchors of the tree."""

    where: str
    anchors: tuple[tuple[str, str], ...]

    def asked(self, domain: str) -> Book:
        """What a visit records of a domain."""

        async def run() -> Book:
            network = NetworkSettings(resolver=(self.where,))
            net = Net(network, ScanSettings(), limits=Limits(dns_try_s=3, dns_name_s=6))
            async with net.visit(Job("s", "x", Target(domain))) as visit:
                until = asyncio.get_running_loop().time() + 30
                return Book(await collect_zone(visit, subject(domain), until=until))

        return asyncio.run(run())

    def own(self, domain: str) -> Chain:
        """The end of our walk, by ourselves."""
        book = self.asked(domain)
        return denied(walk(domain, book, self.anchors, NOW), nobody_of(subject(domain)), domain, book, NOW)

    def state(self, domain: str) -> Dnssec:
        """The verdict with the validator's word."""
        nobody = nobody_of(subject(domain))
        return dnssec_of(domain, self.asked(domain), self.anchors, NOW, nobody=nobody)


def subject(domain: str) -> Subject:
    return Subject(domain, domain, token="abcd")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tree]:
    with signed_tree(tmp_path_factory.mktemp("zones")) as (where, anchor):
        yield Tree(where, load_dnssec_anchors(Path(anchor)))


@pytest.mark.parametrize(
    ("domain", "trust", "state"),
    [
        ("one.plain", Trust.SECURE, Signing.SECURE),
        ("open.plain", Trust.UNSIGNED, Signing.UNSIGNED),
        ("island.plain", Trust.UNSIGNED, Signing.ISLAND),
        ("old.plain", Trust.BROKEN, Signing.BOGUS),
        ("torn.plain", Trust.BROKEN, Signing.BOGUS),
        ("one.many", Trust.SECURE, Signing.SECURE),
        ("open.many", Trust.UNSIGNED, Signing.UNSIGNED),
        ("rounds.many", Trust.SECURE, Signing.SECURE),
        ("here.plain", Trust.SECURE, Signing.SECURE),  # no zone of its own
    ],
)
def test_our_walk_says_what_the_validator_says(tree: Tree, domain: str, trust: Trust, state: Signing) -> None:
    chain, seen = tree.own(domain), tree.state(domain)

    assert (chain.state, chain.is_proven) == (trust, True), chain
    assert seen.state is state, seen
    validated = "ad" in tree.asked(domain).get(domain, "SOA").flags
    assert validated is (chain.state is Trust.SECURE)


@pytest.mark.parametrize(
    ("domain", "said"),
    [
        ("open.plain", "open.plain. DS: insecure delegation: open.plain. NSEC"),
        ("open.many", "open.many. DS: insecure delegation (opt-out):"),
        ("one.plain", "rasoat-abcd.one.plain. A: no such name:"),
        ("one.many", "rasoat-abcd.one.many. A: no such name:"),
        ("here.plain", "here.plain. DS: no delegation here:"),
    ],
)
def test_the_proof_of_an_absence_is_shown(tree: Tree, domain: str, said: str) -> None:
    assert any(step.startswith(said) for step in tree.own(domain).steps), tree.own(domain).steps


def test_an_absence_without_its_records_is_the_resolvers_word(tree: Tree) -> None:
    book = tree.asked("open.plain")
    bare = Book(a for a in book._answers.values() if "NSEC" not in a.rrtype)

    chain = walk("open.plain", bare, tree.anchors, NOW)

    assert (chain.state, chain.is_proven) == (Trust.UNSIGNED, False)


def test_a_proof_of_another_name_proves_nothing(tree: Tree) -> None:
    book = tree.asked("open.plain")
    gaps = [g for a in book.of_type("NSEC", unchecked=True) if (g := read_nsec(a.name, a.records[0]))]

    assert absence_of("one.plain", "DS", "plain", gaps) is None
    assert absence_of("open.plain", "DS", "many", gaps) is None
    assert book.get("one.plain", "DS", unchecked=True).state is not DnsState.VALUE


SOON = datetime(2026, 12, 29, tzinfo=UTC)  # two of sixty days are left


@pytest.mark.parametrize(
    ("domain", "at", "expected"),
    [
        ("one.plain", NOW, {}),
        ("one.many", NOW, {}),
        ("one.plain", SOON, {"dns.dnssec-expiring": Verdict.FAIL}),
        ("rounds.many", NOW, {"dns.nsec3-iterations": Verdict.FAIL}),
        ("torn.plain", NOW, {"dns.dnssec-bogus": Verdict.FAIL}),
        ("old.plain", NOW, {"dns.dnssec-bogus": Verdict.FAIL}),
        ("open.plain", NOW, {"dns.dnssec-missing": Verdict.FAIL}),
        ("open.many", NOW, {"dns.dnssec-missing": Verdict.FAIL}),
        ("island.plain", NOW, {"dns.dnssec-missing": Verdict.FAIL}),
    ],
)
def test_on_signed_zones_one_fault_is_told_by_one_check(
    tree: Tree, domain: str, at: datetime, expected: dict[str, Verdict]
) -> None:
    answers = tuple(tree.asked(domain)._answers.values())
    seen = Evidence("s", Target(domain), at, dns=DnsEvidence(zone=answers))

    found = judge(seen, SIGNING_CHECKS, replace(load_reference(), dnssec_anchors=tree.anchors))

    failed = {f.check_id: f.verdict for f in found if f.verdict not in (Verdict.PASS, Verdict.NOTAPPLICABLE)}
    assert failed == expected


def gap(owner: str, following: str, *types: str) -> Nsec:
    found = read_nsec(owner, " ".join((following, *types)))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "rrtype", "gaps", "expected"),
    [
        ("b.z", "A", (gap("a.z", "c.z", "A"), gap("z", "a.z", "SOA", "NS")), Denial.NO_NAME),
        ("b.z", "A", (gap("a.z", "c.z", "A"),), None),  # a wildcard might stand in
        ("b.z", "A", (gap("a.z", "x.b.z", "A"),), Denial.NO_CUT),
        ("b.z", "A", (gap("b.z", "c.z", "AAAA"),), Denial.NO_TYPE),
        ("b.z", "A", (gap("b.z", "c.z", "A"),), None),
        ("b.z", "A", (gap("b.z", "c.z", "CNAME"),), None),
        ("b.z", "A", (gap("b.z", "c.z", "NS"),), None),  # the zone below must say that
        ("b.z", "DS", (gap("b.z", "c.z", "NS", "SOA"),), None),  # the zone itself cannot
        ("x.b.z", "A", (gap("b.z", "c.z", "NS"), gap("z", "b.z", "SOA", "NS")), None),
        ("x.b.z", "A", (gap("b.z", "c.z", "DNAME"), gap("z", "b.z", "SOA", "NS")), None),
        ("b.z", "A", (gap("b.z", "\\000.b.z", "RRSIG", "NSEC", "NXNAME"),), Denial.NO_NAME),
        ("zz.z", "A", (gap("y.z", "z", "A"), gap("z", "a.z", "SOA", "NS")), Denial.NO_NAME),
    ],
)
def test_what_names_in_order_prove(
    name: str, rrtype: str, gaps: tuple[Nsec, ...], expected: Denial | None
) -> None:
    found = absence_of(name, rrtype, "z", gaps)

    assert (found and found.denial) is expected


@given(st.text(max_size=60), st.text(max_size=30), st.sampled_from(["NSEC", "NSEC3"]))
def test_any_text_is_a_gap_or_none(record: str, owner: str, rrtype: str) -> None:
    read_nsec(owner, record)
    read_nsec3(owner, record)
    wire = record_wire(rrtype, record)

    assert wire is None or isinstance(wire, bytes)


LABELS = st.lists(st.text("abcxyz019-", min_size=1, max_size=12), min_size=1, max_size=4)


@given(LABELS, LABELS)
def test_names_are_ordered_as_the_library_orders_them(one: list[str], other: list[str]) -> None:
    first, second = ".".join(one), ".".join(other)
    ours, theirs = (labels_of(first), labels_of(second)), [dns.name.from_text(n) for n in (first, second)]

    assert ours[0] is not None
    assert ours[1] is not None
    assert (ours[0] < ours[1]) is (theirs[0] < theirs[1])
    assert wire_of(ours[0]) == theirs[0].to_wire()


@given(LABELS, st.binary(max_size=8), st.integers(0, 20))
def test_a_name_is_hashed_as_the_library_hashes_it(labels: list[str], salt: bytes, rounds: int) -> None:
    import base64

    name = ".".join(labels)
    theirs = dns.dnssec.nsec3_hash(name, salt.hex() or None, rounds, "SHA1")
    ours = labels_of(name)

    assert ours is not None
    assert base64.b32hexencode(nsec3_digest(ours, salt, rounds)).decode().lower() == theirs.lower()


@settings(deadline=None)  # the library loads its record types at first use
@given(
    st.sets(
        st.sampled_from(sorted(set(TYPES) - {"EID", "NIMLOC", "ATMA", "SINK", "RKEY", "TALINK"})), min_size=1
    ),
    st.sampled_from(["Next.Mau.Example.", "\\000.x.example.", "a\\.b.example."]),
)
def test_records_have_the_wire_of_the_library(types: set[str], following: str) -> None:
    for rrtype, text in (
        ("NSEC", f"{following} {' '.join(sorted(types))}"),
        ("NSEC3", f"1 1 3 aabb 2t7b4g4vsa5smi47k61mv5bv1a22bojr {' '.join(sorted(types))}"),
    ):
        theirs = dns.rdata.from_text(dns.rdataclass.IN, dns.rdatatype.from_text(rrtype), text)
        assert record_wire(rrtype, theirs.to_text()) == theirs.to_wire()
