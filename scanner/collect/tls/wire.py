"""One hello, one connection, one reply: where sockets end and facts begin."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from scanner.collect.tls.question import SSL2, Hello
from scanner.collect.tls.records import Flight, ServerHello, WireError, is_ssl2_hello
from scanner.errors import ProbeError
from scanner.model.evidence import Why
from scanner.parse.tls_names import NO_ANSWER, OUT_OF_TIME

READ_SIZE = 16 * 1024
WIRE_LIMIT = 128 * 1024
CONNECT_S = 5.0
SSL2_ENOUGH = 7  # bytes that tell a SERVER-HELLO of SSLv2
TLS_RECORDS = (b"\x15", b"\x16")


class Connector(Protocol):
    """What the prober needs of the net."""

    async def connect(
        self,
        address: str,
        port: int,
        *,
        timeout_s: float,
        kind: str,
        on_wait: Callable[[float], None] | None = None,
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A plain connection, or ProbeError; `on_wait` is told the seconds that politeness took."""
        ...


class Kind(StrEnum):
    """What became of one hello."""

    ANSWERED = "answered"  # a ServerHello came
    ALERT = "alert"
    CLOSED = "closed"  # an orderly close instead of an answer
    RESET = "reset"
    SILENT = "silent"
    MALFORMED = "malformed"
    UNREACHED = "unreached"  # no connection
    BUDGET = "budget"  # the deadline of the host is over


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of one hello, and what was read."""

    kind: Kind
    flight: Flight = Flight()  # noqa: RUF009 - frozen and empty
    why: Why = Why.TLS
    detail: str = ""
    took_s: float = 0.0


class Deadline:
    """The time one host may take, all its addresses together; waiting out of politeness does not count."""

    def __init__(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds

    @property
    def left_s(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self._ends_at - time.monotonic())

    def forgive(self, seconds: float) -> None:
        """Give waited seconds back."""
        self._ends_at += seconds


async def ask(
    net: Connector, address: str, port: int, hello: Hello, *, deadline: Deadline, patience_s: float
) -> Reply:
    """Send one hello on a connection of its own and read the answer for at most `patience_s`."""
    if not deadline.left_s:
        return Reply(Kind.BUDGET, why=Why.BUDGET, detail=OUT_OF_TIME)
    try:
        reader, writer = await net.connect(
            address, port, timeout_s=min(CONNECT_S, deadline.left_s), kind="hello", on_wait=deadline.forgive
        )
    except ProbeError as error:
        return Reply(Kind.UNREACHED, why=error.why, detail=error.detail)
    began = time.monotonic()
    try:
        writer.write(hello.wire)
        reply, rest = await _read(reader, hello, min(patience_s, deadline.left_s))
        retry = reply.flight.hello
        if retry and retry.is_retry and (second := hello.after(retry)):
            writer.write(second.wire)
            again, _ = await _read(reader, second, min(patience_s, deadline.left_s), rest)
            answered = again.flight.hello
            reply = again if answered and not answered.is_retry else reply
    finally:
        writer.close()
    return Reply(reply.kind, reply.flight, reply.why, reply.detail, time.monotonic() - began)


async def _read(
    reader: asyncio.StreamReader, hello: Hello, patience_s: float, already: bytes = b""
) -> tuple[Reply, bytes]:
    """The answer as far as it came, and what came after it. `already` was read before.

    A ServerHello counts even when the rest is missing or broken.
    """
    answer = _Answer(hello)
    try:
        answer.feed(already)
        async with asyncio.timeout(patience_s):
            while not answer.is_complete and (data := await reader.read(READ_SIZE)):
                answer.feed(data)
        trouble = Reply(Kind.CLOSED, why=Why.RESET, detail="closed without an answer")
    except TimeoutError:
        told = "the answer never ended" if answer.size else NO_ANSWER
        trouble = Reply(Kind.SILENT, why=Why.TIMEOUT, detail=told)
    except WireError as error:
        trouble = Reply(Kind.MALFORMED, why=error.why, detail=error.detail)
    except OSError:
        trouble = Reply(Kind.RESET, why=Why.RESET, detail="reset instead of an answer")
    return _summed_up(answer, trouble), answer.rest


def _summed_up(answer: "_Answer", trouble: Reply) -> Reply:
    flight = answer.flight
    if flight.hello is not None:
        return Reply(Kind.ANSWERED, flight, detail="" if answer.is_complete else trouble.detail)
    if flight.alert:
        return Reply(Kind.ALERT, flight)
    return trouble if flight.alert is None else Reply(Kind.CLOSED, why=Why.RESET, detail="close_notify")


class _Answer:
    """What came in so far, read as TLS, or as SSLv2 where that was asked and no TLS record comes."""

    def __init__(self, hello: Hello) -> None:
        self.size = 0
        self._reader = hello.reader()
        self._may_be_ssl2 = hello.version == SSL2
        self._start = b""
        self._ssl2: Flight | None = None

    @property
    def flight(self) -> Flight:
        return self._ssl2 or self._reader.flight

    @property
    def is_complete(self) -> bool:
        return self._ssl2 is not None or self._reader.is_complete

    @property
    def rest(self) -> bytes:
        return self._reader.rest

    def feed(self, data: bytes) -> None:
        self.size += len(data)
        if self.size > WIRE_LIMIT:
            raise WireError(Why.TOO_LARGE, f"more than {WIRE_LIMIT} bytes")
        if self._may_be_ssl2:
            data = self._start = self._start + data
            if len(data) < SSL2_ENOUGH and data[:1] not in TLS_RECORDS:
                return
            self._may_be_ssl2 = False
            if is_ssl2_hello(data):
                self._ssl2 = Flight(hello=ServerHello(SSL2, 0, b""))
                return
        self._reader.feed(data)
