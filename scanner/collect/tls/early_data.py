"""Whether a server takes data before the handshake is over: one whole TLS 1.3 handshake, and the ticket after it.

The ticket says it (RFC 8446 section 4.6.1); no early data is ever sent. Used by a full listing only.
"""

import asyncio

from scanner.collect.tls import tls13
from scanner.collect.tls.hello import TLS13
from scanner.collect.tls.question import hello13
from scanner.collect.tls.records import WireError, read_server_hello
from scanner.collect.tls.talk import Talk
from scanner.collect.tls.wire import CONNECT_S, Connector, Deadline
from scanner.errors import ProbeError
from scanner.model.evidence import Answer, Offer, Why
from scanner.parse.tls_names import NO_ANSWER

FEATURE = "early-data"
EARLY_DATA = 42
SERVER_HELLO, TICKET, CERTIFICATE_REQUEST, FINISHED = 2, 4, 13, 20
TICKET_S, TICKET_TURNS = (
    1.0,
    3,
)  # a ticket follows the handshake at once: so long, or so many times its length


async def ask_early_data(
    net: Connector, host: str, address: str, port: int, *, deadline: Deadline, patience_s: float
) -> Offer | None:
    """Accepted when a ticket allows early data, rejected when one does not or none comes, else unknown.

    None where a client certificate is asked for: without one the handshake may not be ended.
    """
    try:
        reader, writer = await net.connect(
            address, port, timeout_s=min(CONNECT_S, deadline.left_s), kind="hello", on_wait=deadline.forgive
        )
    except ProbeError as error:
        return Offer(FEATURE, Answer.UNKNOWN, error.detail)
    try:
        async with asyncio.timeout(min(patience_s, deadline.left_s)):
            return await _handshake(Talk(reader), writer, host)
    except TimeoutError:
        return Offer(FEATURE, Answer.UNKNOWN, NO_ANSWER)
    except (WireError, OSError, asyncio.IncompleteReadError) as error:
        return Offer(FEATURE, Answer.UNKNOWN, f"no handshake: {error}"[:100])
    finally:
        writer.close()


async def _handshake(talk: Talk, writer: asyncio.StreamWriter, host: str) -> Offer | None:
    began = asyncio.get_running_loop().time()
    hello = hello13(host, wants_ticket=True)
    writer.write(hello.wire)
    message = await talk.message()
    if message[0] != SERVER_HELLO:
        raise WireError(Why.MALFORMED, f"message {message[0]} instead of a ServerHello")
    answer = read_server_hello(message)
    if answer.is_retry and tls13.new_share(answer.share[0]):
        hello = hello13(host, answer, hello, wants_ticket=True)
        writer.write(hello.wire)
        message = await talk.message()
        answer = read_server_hello(message)
    before = hello.before + hello.message
    keys = tls13.handshake_keys(answer, hello.shares, before)
    if answer.version != TLS13 or answer.is_retry or keys is None:
        return Offer(FEATURE, Answer.UNKNOWN, "no key of ours was taken")
    talk.opener, talk.transcript = keys.server_opener(), before + message
    while message[0] != FINISHED:
        message = await talk.message()
        talk.transcript += message
        if message[0] == CERTIFICATE_REQUEST:
            return None
    writer.write(keys.finished(talk.transcript))
    talk.opener = keys.application_opener(talk.transcript)
    took_s = asyncio.get_running_loop().time() - began
    return await _ticket(talk, wait_s=max(TICKET_S, TICKET_TURNS * took_s))


async def _ticket(talk: Talk, *, wait_s: float) -> Offer:
    """Read on until a ticket comes. Only an open, quiet connection proves that none does."""
    try:
        async with asyncio.timeout(wait_s):
            message = await talk.message()
            while message[0] != TICKET:
                message = await talk.message()
    except TimeoutError:
        return Offer(FEATURE, Answer.REJECTED, "no ticket")
    allowed = early_data_of(message)
    return Offer(
        FEATURE, Answer.ACCEPTED if allowed else Answer.REJECTED, f"{allowed} bytes" if allowed else ""
    )


def early_data_of(ticket: bytes) -> int:
    """The bytes of early data a NewSessionTicket allows; 0 for none and for a damaged one."""
    try:
        at = 4 + 8
        at += 1 + ticket[at]
        at += 2 + int.from_bytes(ticket[at : at + 2], "big")
        end = at + 2 + int.from_bytes(ticket[at : at + 2], "big")
        at += 2
        while at + 4 <= min(end, len(ticket)):
            kind, size = (
                int.from_bytes(ticket[at : at + 2], "big"),
                int.from_bytes(ticket[at + 2 : at + 4], "big"),
            )
            if kind == EARLY_DATA and size == 4:
                return int.from_bytes(ticket[at + 4 : at + 8], "big")
            at += 4 + size
    except IndexError:
        return 0
    return 0
