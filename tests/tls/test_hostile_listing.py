"""A listing against servers that lie, tire or never refuse: unknown, and never a pass."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from scanner.collect.tls.probe import FULL_LIMIT, probe_tls
from scanner.judge import judge
from scanner.model.agency import Depth
from scanner.model.evidence import Answer, Evidence, Target, TlsEndpoint, TlsEvidence
from scanner.model.finding import Verdict
from scanner.model.reference import Reference
from scanner.registry import load_checks
from tests.collect_tls.servers import HOST, QUICK, Connector, Handler, raw_server
from tests.collect_tls.test_hostile_servers import closing, dripping, resetting, saying, silent
from tests.lab.pki import Authority, now
from tests.lab.tls_first_flight import FirstFlight, alert, answer

ISSUING = Authority.root("Root").intermediate("Issuing")
SOUND = FirstFlight(suites=(0xC02F,))
CHECKS = tuple(c for c in load_checks() if c.topic == "tls")
Reply = Callable[[bytes, int], bytes | None]
"""(hello, number of the connection) -> the answer; None resets the connection."""


def asked_suites(message: bytes) -> list[int]:
    """The suites of a ClientHello."""
    at = 39 + message[38]
    size = int.from_bytes(message[at : at + 2], "big")
    return [int.from_bytes(message[at + 2 + i : at + 4 + i], "big") for i in range(0, size, 2)]


def look(reply: Reply, listing: str) -> TlsEndpoint:
    """What the prober says of a server that answers so."""
    served = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal served
        served += 1
        number = served
        head = await reader.readexactly(5)
        if head[0] != 22:
            writer.write(alert(40))
            return
        body = await reader.readexactly(int.from_bytes(head[3:5], "big"))
        told = reply(body, number)
        if told is None:
            writer.transport.abort()
            return
        writer.write(told)
        await writer.drain()

    async def run() -> TlsEndpoint:
        async with raw_server(serve) as port:
            seen = await probe_tls(
                Connector(),
                HOST,
                port,
                ("127.0.0.1",),
                depth=Depth.PASSIVE,
                deadline_s=8,
                listing=listing,
                patience=QUICK,
            )
            return seen.endpoints[0]

    return asyncio.run(run())


def verdicts(endpoint: TlsEndpoint) -> dict[str, Verdict]:
    seen = Evidence("x", Target(HOST), now(), tls=TlsEvidence(HOST, 443, (endpoint,)))
    return {f.check_id.removeprefix("tls."): f.verdict for f in judge(seen, CHECKS, Reference(now().date()))}


def sound(message: bytes, _number: int) -> bytes:
    return answer(SOUND, message, [ISSUING.certificate.public_bytes(Encoding.DER)])


def stubborn(message: bytes, number: int) -> bytes:
    """Always the same suite, whatever is offered; TLS 1.2 only."""
    if int.from_bytes(message[4:6], "big") < 0x0303 or b"\x00\x2b\x00\x03\x02\x03\x04" in message:
        return alert(70)
    told = sound(message, number)
    return (
        told
        if told[0] == 22
        else answer(FirstFlight(suites=asked_suites(message)), message, []).replace(
            asked_suites(message)[0].to_bytes(2, "big") + b"\x00", b"\xc0\x2f\x00", 1
        )
    )


def greedy(message: bytes, _number: int) -> bytes:
    """Takes the first suite of any offer."""
    return answer(FirstFlight(suites=asked_suites(message), versions=("TLSv1.2", "TLSv1.1")), message, [])


def tiring(after: int) -> Reply:
    """Sound at first, then resets everything."""

    def reply(message: bytes, number: int) -> bytes | None:
        return sound(message, number) if number <= after else None

    return reply


@pytest.mark.parametrize("listing", ["verdict", "full"])
def test_a_suite_that_was_not_offered_is_no_answer(listing: str) -> None:
    said = verdicts(look(stubborn, listing))

    for check in (
        "null-ciphers-offered",
        "weak-ciphers-offered",
        "triple-des-offered",
        "static-rsa-accepted",
    ):
        assert said[check] is Verdict.UNKNOWN, check


def test_a_server_that_takes_everything_is_not_asked_for_ever() -> None:
    endpoint = look(greedy, "full")
    said = verdicts(endpoint)

    assert endpoint.connections <= FULL_LIMIT + 20
    assert said["null-ciphers-offered"] is Verdict.FAIL
    assert said["weak-ciphers-offered"] is Verdict.FAIL
    assert endpoint.listed == ()


@pytest.mark.parametrize("listing", ["verdict", "full"])
def test_a_server_that_has_had_enough_leaves_questions_open(listing: str) -> None:
    endpoint = look(tiring(1), listing)
    said = verdicts(endpoint)

    assert said["null-ciphers-offered"] is Verdict.UNKNOWN
    assert said["static-rsa-accepted"] is Verdict.UNKNOWN
    assert all(
        f.answer is not Answer.REJECTED
        for f in endpoint.features
        if f.name.startswith("suites-no-protection")
    )


HARMFUL = {
    "null-ciphers-offered",
    "weak-ciphers-offered",
    "triple-des-offered",
    "static-rsa-accepted",
    "ssl-offered",
    "old-versions-offered",
}
ALL_BAD = FirstFlight(
    suites=(0xC02F, 0x0003, 0x000A, 0x002F, 0x0004), versions=("SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2")
)


@pytest.mark.parametrize("listing", ["verdict", "full"])
@pytest.mark.parametrize("closes", [True, False])
@pytest.mark.parametrize("alive", [1, 2, 3, 5])
def test_a_dead_machine_behind_a_balancer_hides_no_fault(alive: int, listing: str, closes: bool) -> None:
    """Every second, third ... connection ends at a machine that resets it."""
    config = replace(ALL_BAD, closes=closes)
    der = ISSUING.certificate.public_bytes(Encoding.DER)

    def reply(message: bytes, number: int) -> bytes | None:
        return answer(config, message, [der]) if number % (alive + 1) else None

    said = verdicts(look(reply, listing))

    assert {check for check in HARMFUL if said[check] is Verdict.PASS} == set()


def turning(behaviour: Handler, *, after: int) -> Handler:
    """A server with every fault that answers some hellos, and then behaves so."""
    served = 0
    der = ISSUING.certificate.public_bytes(Encoding.DER)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal served
        served += 1
        if served > after:
            await behaviour(reader, writer)
            return
        head = await reader.readexactly(5)
        if head[0] == 22:
            body = await reader.readexactly(int.from_bytes(head[3:5], "big"))
            writer.write(answer(ALL_BAD, body, [der]))
            await writer.drain()

    return serve


async def truncating(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """The first bytes of a record that never comes whole."""
    await reader.read(4096)
    writer.write(b"\x16\x03\x03\x20\x00\x02\x00\x00\x50\x03\x03" + bytes(20))
    await writer.drain()


BEHAVIOURS = {
    "silent": silent,
    "resetting": resetting,
    "closing": closing,
    "dripping": dripping,
    "truncating": truncating,
    "garbage": saying(b"\xde\xad\xbe\xef" * 40),
    "oversized": saying(b"\x16\x03\x03\xff\xff" + bytes(70_000)),
    "plain HTTP": saying(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
    "alerts without end": saying(b"\x15\x03\x03\x00\x02\x01\x5a" * 40),
}
DEADLINE_S = 2.0


@pytest.mark.parametrize("listing", ["verdict", "full"])
@pytest.mark.parametrize("name", BEHAVIOURS)
def test_a_server_that_turns_hostile_ends_in_time_and_hides_no_fault(name: str, listing: str) -> None:
    async def run() -> TlsEndpoint:
        async with raw_server(turning(BEHAVIOURS[name], after=2)) as port, asyncio.timeout(2 * DEADLINE_S):
            seen = await probe_tls(
                Connector(),
                HOST,
                port,
                ("127.0.0.1",),
                depth=Depth.PASSIVE,
                deadline_s=DEADLINE_S,
                listing=listing,
                patience=QUICK,
            )
            return seen.endpoints[0]

    endpoint = asyncio.run(run())

    said = verdicts(endpoint)
    assert {check for check in HARMFUL if said[check] is Verdict.PASS} == set()
    assert endpoint.connections <= 2 * 30


@pytest.mark.parametrize("closes", [True, False])
def test_a_fault_of_an_old_version_alone_is_no_pass_on_a_daily_visit(closes: bool) -> None:
    """RC4 in TLS 1.0, and nothing bad in TLS 1.2."""
    good = FirstFlight(suites=(0xC02F,), closes=closes)
    old = FirstFlight(suites=(0xC013, 0x0005), versions=("TLSv1.0",), closes=closes)
    der = ISSUING.certificate.public_bytes(Encoding.DER)

    def reply(message: bytes, _number: int) -> bytes:
        is_old = int.from_bytes(message[4:6], "big") == 0x0301
        return answer(old if is_old else good, message, [der])

    said = verdicts(look(reply, "verdict"))

    assert said["old-versions-offered"] is Verdict.FAIL
    assert said["weak-ciphers-offered"] is Verdict.FAIL
