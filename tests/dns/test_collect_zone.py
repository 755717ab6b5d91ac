"""The questions about a domain, put to real servers on loopback."""

import asyncio
from collections.abc import Mapping
from typing import Any

from scanner.collect.dns.zone import collect_zone, subject_of
from scanner.collect.limits import Limits
from scanner.collect.net import Net
from scanner.identify.dns_book import Book
from scanner.model.agency import Depth
from scanner.model.evidence import DnsState, Target
from scanner.model.settings import NetworkSettings, ScanSettings
from scanner.model.visit import Job
from tests.lab.dns_server import DnsServer, Fault, Zone

QUICK = Limits(dns_try_s=1.0, dns_name_s=2.0, zone_s=30.0)  # a busy machine is no silent server
SOA = ("SOA", "ns1.mau.example. admin.mau.example. 2026112401 3600 900 604800 300")
SERVER = "127.0.0.1"
GOOD: dict[str, tuple[tuple[str, str], ...]] = {
    "mau.example": (
        SOA,
        ("NS", "ns1.mau.example."),
        ("NS", "ns2.mau.example."),
        ("MX", "10 mail.mau.example."),
        ("TXT", '"v=spf1 include:_spf.mau.example -all"'),
        ("DS", "12345 13 2 " + "0" * 64),
        ("CAA", '0 issue "ca.example"'),
    ),
    "www.mau.example": (("A", "192.0.2.1"),),
    "ns1.mau.example": (("A", SERVER),),
    "ns2.mau.example": (("A", "127.0.0.2"),),
    "mail.mau.example": (("A", "192.0.2.25"),),
    "_spf.mau.example": (("TXT", '"v=spf1 ip4:192.0.2.0/24 -all"'),),
    "_dmarc.mau.example": (("TXT", '"v=DMARC1; p=reject"'),),
}


def ask(
    zone: Zone, *, depth: Depth = Depth.STANDARD, host: str = "www.mau.example", **server: Any
) -> tuple[Book, list[DnsServer], int]:
    """The answers of one visit; two servers hold the zone, the first is the resolver too."""

    async def run() -> tuple[Book, list[DnsServer], int]:
        servers = [DnsServer(zone, **server), DnsServer(zone)]
        where = await servers[0].start(SERVER)
        port = int(where.rpartition(":")[2])
        await servers[1].start("127.0.0.2", port)
        network = NetworkSettings(
            resolver=(where,), allow_addresses=("127.0.0.0/8",), ports={"53": port}, ipv6=False
        )
        net = Net(network, ScanSettings(per_address_rate=1000), limits=QUICK)
        job = Job("s", "x", Target(host), depth=depth, dkim_selectors=("k1",))
        try:
            async with net.visit(job) as visit:
                subject = subject_of(visit, job, "abcd")
                assert subject is not None
                loop = asyncio.get_running_loop()
                answers = await collect_zone(visit, subject, until=loop.time() + 30)
                return Book(answers), servers, visit.tally.dns_queries
        finally:
            for one in servers:
                await one.stop()

    return asyncio.run(run())


def test_every_answer_a_judgement_needs_is_recorded() -> None:
    book, _, count = ask(GOOD)

    assert book.names("mau.example", "NS") == ("ns1.mau.example", "ns2.mau.example")
    assert book.texts("_spf.mau.example") == ("v=spf1 ip4:192.0.2.0/24 -all",)
    assert book.get("mau.example", "CAA").records == ('0 issue "ca.example"',)
    assert book.get("rasoat-abcd.mau.example", "A").state is DnsState.ABSENT
    assert book.get("k1._domainkey.mau.example", "TXT").state is DnsState.ABSENT
    assert {book.get("mau.example", "SOA", server=a).flags for a in (SERVER, "127.0.0.2")} == {("aa",)}
    assert count <= 45


def test_a_closed_zone_is_proven_closed_and_an_open_one_open() -> None:
    closed, _, _ = ask(GOOD)
    book, _, _ = ask(GOOD, transfers=frozenset({"mau.example"}))

    assert closed.get("mau.example", "AXFR", server=SERVER).state is DnsState.ABSENT
    transfer = book.get("mau.example", "AXFR", server=SERVER)
    assert transfer.state is DnsState.VALUE
    assert transfer.records == (f"SOA {SOA[1]}",)  # the zone itself is not kept
    assert "records" in transfer.detail


def test_a_browser_asks_for_no_transfer() -> None:
    _, servers, _ = ask(GOOD, depth=Depth.PASSIVE)

    assert not any(rrtype.startswith("AXFR") for server in servers for _, rrtype in server.asked)


def test_a_broken_signature_shows_between_checked_and_unchecked() -> None:
    zone: Mapping[str, Any] = {**GOOD, "mau.example": (Fault.BOGUS, GOOD["mau.example"])}

    book, _, _ = ask(zone)

    assert book.get("mau.example", "SOA").detail == "SERVFAIL (EDE 6)"
    assert book.get("mau.example", "SOA", unchecked=True).state is DnsState.VALUE


def test_a_verdict_of_the_resolver_is_kept() -> None:
    book, _, _ = ask(GOOD, validates=frozenset({"mau.example"}))

    assert "ad" in book.get("mau.example", "SOA").flags


def test_silence_is_unknown_and_ends() -> None:
    book, _, _ = ask({**GOOD, "_dmarc.mau.example": Fault.SILENT})

    assert book.get("_dmarc.mau.example", "TXT").state is DnsState.UNKNOWN


def test_a_forest_of_includes_ends_at_the_budget() -> None:
    records = " ".join(f"include:s{n}.mau.example" for n in range(50))
    zone = dict(GOOD)
    for n in range(50):
        zone[f"s{n}.mau.example"] = (("TXT", f'"v=spf1 {records[:200].rsplit(" ", 1)[0]}"'),)
    zone["mau.example"] = (
        *(r for r in GOOD["mau.example"] if r[0] != "TXT"),
        ("TXT", f'"v=spf1 {records[:200].rsplit(" ", 1)[0]} -all"'),
    )

    _, _, count = ask(zone)

    assert count < 150


def test_a_pinned_host_without_a_resolver_has_nobody_to_ask() -> None:
    network = NetworkSettings(hosts={"www.mau.example": ("192.0.2.1",)})

    async def run() -> object:
        job = Job("s", "x", Target("www.mau.example"))
        async with Net(network, ScanSettings()).visit(job) as visit:
            return subject_of(visit, job, "abcd")

    assert asyncio.run(run()) is None


def test_a_door_that_stays_shut_proves_no_transfer() -> None:
    gone = {**GOOD, "ns2.mau.example": (("A", "127.0.0.3"),)}  # nobody listens there

    book, _, _ = ask(gone)

    assert book.get("mau.example", "AXFR", server="127.0.0.3").state is DnsState.ABSENT
    soa = book.get("mau.example", "SOA", server="127.0.0.3")
    assert (soa.state, soa.detail) == (DnsState.UNKNOWN, "timeout")


def test_a_forbidden_address_is_not_asked() -> None:
    book, servers, _ = ask({**GOOD, "ns2.mau.example": (("A", "10.0.0.1"),)})

    assert "address policy" in book.get("mau.example", "SOA", server="10.0.0.1").detail
    assert not servers[1].asked


def test_a_transfer_that_never_comes_is_unknown() -> None:
    lying = ask(GOOD, lies={"mau.example": Fault.TRUNCATED_SILENT})[0]

    assert lying.get("mau.example", "AXFR", server=SERVER).state is DnsState.UNKNOWN


def test_what_the_budget_leaves_out_is_unknown() -> None:
    silent: dict[str, Any] = dict.fromkeys(GOOD, Fault.SILENT)

    async def run() -> Book:
        server = DnsServer(silent)
        where = await server.start()
        net = Net(NetworkSettings(resolver=(where,)), ScanSettings(), limits=Limits(zone_s=0.2))
        job = Job("s", "x", Target("www.mau.example"))
        try:
            async with net.visit(job) as visit:
                subject = subject_of(visit, job, "abcd")
                assert subject is not None
                loop = asyncio.get_running_loop()
                return Book(await collect_zone(visit, subject, until=loop.time() + 30))
        finally:
            await server.stop()

    answer = asyncio.run(run()).get("mau.example", "SOA")
    assert (answer.state, answer.detail) == (DnsState.UNKNOWN, "budget")


def test_a_visit_in_order_costs_no_more_than_the_plan_says() -> None:
    from scanner.plan import DNS_QUESTIONS, TRANSFERS

    _, servers, count = ask(GOOD)

    assert count <= DNS_QUESTIONS["zone"]
    assert sum(n for s in servers for (_, kind), n in s.asked.items() if kind == "AXFR/tcp") <= TRANSFERS
