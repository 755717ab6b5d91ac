"""The stub resolver against a real server on loopback."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from scanner.collect.dns.resolve import Lookup, Resolver
from scanner.collect.limits import Limits
from scanner.model.evidence import DnsAnswer, DnsState
from scanner.model.settings import NetworkSettings
from tests.lab.dns_server import DnsServer, Fault, Zone

QUICK = Limits(dns_try_s=0.15, dns_name_s=0.4)


@asynccontextmanager
async def resolver(zone: Zone, **network: Any) -> AsyncIterator[tuple[Resolver, DnsServer]]:
    server = DnsServer(zone)
    where = await server.start()
    try:
        yield Resolver(NetworkSettings(resolver=(where,), **network), QUICK), server
    finally:
        await server.stop()


def look_up(zone: Zone, host: str = "a.example", **network: Any) -> tuple[Lookup, DnsServer, int]:
    count = 0

    def counted() -> None:
        nonlocal count
        count += 1

    async def run() -> tuple[Lookup, DnsServer]:
        async with resolver(zone, **network) as (asker, server):
            return await asker.addresses(host, count=counted), server

    lookup, server = asyncio.run(run())
    return lookup, server, count


def answer(lookup: Lookup, rrtype: str) -> DnsAnswer:
    return next(a for a in lookup.answers if a.rrtype == rrtype)


def test_both_families_are_asked_and_ipv4_comes_first() -> None:
    lookup, _, count = look_up(
        {"a.example": (("AAAA", "2001:db8::1"), ("A", "192.0.2.1"), ("A", "192.0.2.2"))}
    )

    assert lookup.addresses == ("192.0.2.1", "192.0.2.2", "2001:db8::1")
    assert sorted(answer(lookup, "A").records) == ["192.0.2.1", "192.0.2.2"]
    assert answer(lookup, "A").ttl_s == 300
    assert count == 2


def test_without_ipv6_only_a_is_asked() -> None:
    lookup, server, _ = look_up({"a.example": (("A", "192.0.2.1"), ("AAAA", "2001:db8::1"))}, ipv6=False)

    assert lookup.addresses == ("192.0.2.1",)
    assert set(server.asked) == {("a.example", "A")}


def test_a_name_that_does_not_exist_is_proven_absent() -> None:
    lookup, _, _ = look_up({})

    assert [(a.state, a.detail) for a in lookup.answers] == [(DnsState.ABSENT, "NXDOMAIN")] * 2


def test_a_type_that_does_not_exist_is_proven_absent() -> None:
    lookup, _, _ = look_up({"a.example": (("A", "192.0.2.1"),)})

    assert answer(lookup, "AAAA").state is DnsState.ABSENT


@pytest.mark.parametrize(
    ("fault", "detail"),
    [
        (Fault.SERVFAIL, "SERVFAIL"),
        (Fault.REFUSED, "REFUSED"),
        (Fault.SILENT, "timeout"),
        (Fault.GARBAGE, "timeout"),
        (Fault.TRUNCATED_SILENT, "timeout"),
        (Fault.TRUNCATED_DRIPPING, "timeout"),
    ],
)
def test_a_resolver_that_fails_says_nothing_about_the_name(fault: Fault, detail: str) -> None:
    lookup, _, count = look_up({"a.example": fault})

    assert {a.state for a in lookup.answers} == {DnsState.UNKNOWN}
    assert {a.detail for a in lookup.answers} == {detail}
    assert lookup.addresses == ()
    assert count == 4  # two types, asked twice


def test_a_truncated_answer_is_fetched_over_tcp() -> None:
    lookup, server, _ = look_up({"a.example": (Fault.TRUNCATED, (("A", "192.0.2.1"),))})

    assert lookup.addresses == ("192.0.2.1",)
    assert server.asked["a.example", "A/tcp"] == 1


def test_a_forged_reply_is_not_believed() -> None:
    lookup, _, _ = look_up({"a.example": (Fault.FORGED, (("A", "192.0.2.1"),))})

    assert lookup.addresses == ("192.0.2.1",)


def test_every_hop_of_a_cname_chain_is_kept() -> None:
    zone: Zone = {"a.example": (("CNAME", "b.example."),), "b.example": (("CNAME", "c.example."),)}
    zone = {**zone, "c.example": (("A", "192.0.2.7"),)}

    lookup, _, _ = look_up(zone)

    hops = [(a.name, a.records) for a in lookup.answers if a.rrtype == "CNAME"]
    assert hops == [("a.example", ("b.example",)), ("b.example", ("c.example",))]
    assert lookup.addresses == ("192.0.2.7",)


def test_a_cname_out_of_the_zone_of_a_server_is_followed_by_asking_again() -> None:
    lookup, server, _ = look_up({"a.example": (("CNAME", "gone.example."),)}, ipv6=False)

    assert server.asked["gone.example", "A"] == 1
    assert answer(lookup, "A").name == "gone.example"
    assert answer(lookup, "A").state is DnsState.ABSENT


@pytest.mark.parametrize(
    "zone",
    [
        {"a.example": (("CNAME", "b.example."),), "b.example": (("CNAME", "a.example."),)},
        {"a.example": (("CNAME", "n1.example."),)}
        | {f"n{i}.example": (("CNAME", f"n{i + 1}.example."),) for i in range(1, 40)},
    ],
    ids=["circle", "endless"],
)
def test_a_cname_chain_ends_at_the_cap(zone: Zone) -> None:
    lookup, _, _ = look_up(zone, ipv6=False)

    assert answer(lookup, "A").state is DnsState.UNKNOWN
    assert "CNAME" in answer(lookup, "A").detail
    assert len([a for a in lookup.answers if a.rrtype == "CNAME"]) <= 9


def test_a_configured_name_is_not_asked_for() -> None:
    lookup, server, count = look_up({}, host="A.Example.", hosts={"a.example": ("192.0.2.9", "2001:db8::9")})

    assert lookup.addresses == ("192.0.2.9", "2001:db8::9")
    assert {a.detail for a in lookup.answers} == {"configured"}
    assert count == 0
    assert not server.asked


@pytest.mark.parametrize(
    ("host", "addresses"),
    [("192.0.2.4", ("192.0.2.4",)), ("2001:DB8::4", ("2001:db8::4",)), ("localhost", ("127.0.0.1", "::1"))],
)
def test_literals_and_localhost_need_no_question(host: str, addresses: tuple[str, ...]) -> None:
    lookup, _, count = look_up({}, host=host)

    assert lookup.addresses == addresses
    assert count == 0


@pytest.mark.parametrize("host", ["a..example", "x" * 70 + ".example", ".".join(["abcdefgh"] * 40)])
def test_what_is_no_name_is_unknown_without_a_packet(host: str) -> None:
    lookup, _, count = look_up({}, host=host)

    assert {a.detail for a in lookup.answers} == {"not a DNS name"}
    assert count == 0


def test_an_answer_is_asked_for_once_even_by_two_at_a_time() -> None:
    async def run() -> int:
        async with resolver({"a.example": (("A", "192.0.2.1"),)}) as (asker, server):
            await asyncio.gather(*(asker.addresses("a.example", count=_nothing) for _ in range(5)))
            await asker.addresses("a.example", count=_nothing)
            return server.asked["a.example", "A"]

    assert asyncio.run(run()) == 1


def test_a_failure_is_not_remembered() -> None:
    zone: dict[str, Any] = {"a.example": Fault.SERVFAIL}

    async def run() -> Lookup:
        async with resolver(zone) as (asker, _):
            await asker.addresses("a.example", count=_nothing)
            zone["a.example"] = (("A", "192.0.2.1"),)
            return await asker.addresses("a.example", count=_nothing)

    assert asyncio.run(run()).addresses == ("192.0.2.1",)


def test_a_second_resolver_is_asked_when_the_first_fails() -> None:
    async def run() -> Lookup:
        good = DnsServer({"a.example": (("A", "192.0.2.1"),)})
        bad = DnsServer({"a.example": Fault.SERVFAIL})
        where = (await bad.start(), await good.start())
        try:
            return await Resolver(NetworkSettings(resolver=where), QUICK).addresses(
                "a.example", count=_nothing
            )
        finally:
            await bad.stop()
            await good.stop()

    assert asyncio.run(run()).addresses == ("192.0.2.1",)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("192.0.2.53", "192.0.2.53:53"),
        ("192.0.2.53:5353", "192.0.2.53:5353"),
        ("2001:db8::53", "[2001:db8::53]:53"),
        ("[2001:db8::53]", "[2001:db8::53]:53"),
        ("[2001:db8::53]:5353", "[2001:db8::53]:5353"),
    ],
)
def test_a_resolver_is_written_as_address_and_port(text: str, name: str) -> None:
    assert Resolver(NetworkSettings(resolver=(text,)), QUICK).names == (name,)


@pytest.mark.parametrize("text", ["dns.example", "192.0.2.53:port", ""])
def test_a_resolver_that_is_no_address_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Resolver(NetworkSettings(resolver=(text,)), QUICK)


def test_the_system_resolver_is_used_when_none_is_configured() -> None:
    names = Resolver(NetworkSettings(), QUICK).names

    assert all(name.rpartition(":")[2].isdigit() for name in names)


_nothing: Callable[[], None] = lambda: None  # noqa: E731 - a counter that counts nothing
