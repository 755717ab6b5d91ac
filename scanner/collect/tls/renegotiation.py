"""Whether a client may negotiate anew inside a connection: one whole TLS 1.2 handshake of ours, then one hello in it.

A server that answers it lets anybody make it compute keys over and over on one connection (CVE-2011-1473). One hello is
asked and the connection ended; used by a full listing only.
"""

import asyncio
import os
from collections.abc import Sequence

from scanner.collect.tls import tls12, tls13
from scanner.collect.tls.features import RENEGOTIATION_INFO
from scanner.collect.tls.hello import MASTER_SECRET, TLS12, client_hello, extension, in_record
from scanner.collect.tls.records import (
    CHANGE_CIPHER,
    HANDSHAKE,
    ServerHello,
    WireError,
    read_curve,
    read_server_hello,
)
from scanner.collect.tls.talk import AlertError, Talk
from scanner.collect.tls.wire import CONNECT_S, Connector, Deadline
from scanner.errors import ProbeError
from scanner.model.evidence import Answer, Offer, Why
from scanner.parse.tls_names import NO_ANSWER

FEATURE = "client-renegotiation"
SERVER_HELLO, KEY_EXCHANGE, CERTIFICATE_REQUEST, HELLO_DONE, CLIENT_KEY, FINISHED = 2, 12, 13, 14, 16, 20
GROUPS = (0x001D, 0x0017, 0x0018, 0x0019)  # those we can agree in
ANSWER_S, ANSWER_TURNS = 2.0, 5  # a ServerHello comes at once: so long, or so many times the handshake


async def ask_renegotiation(
    net: Connector,
    host: str,
    address: str,
    port: int,
    suites: Sequence[int],
    *,
    deadline: Deadline,
    patience_s: float,
) -> Offer | None:
    """Accepted when the server answers, rejected when it says no or ends the connection, else unknown.

    `suites` are those it takes, at least one of `tls12.SUITES`. None where a client certificate is asked for.
    """
    try:
        reader, writer = await net.connect(
            address, port, timeout_s=min(CONNECT_S, deadline.left_s), kind="hello", on_wait=deadline.forgive
        )
    except ProbeError as error:
        return Offer(FEATURE, Answer.UNKNOWN, error.detail)
    try:
        async with asyncio.timeout(min(2 * patience_s, deadline.left_s)):
            began = asyncio.get_running_loop().time()
            client = _Client(Talk(reader), writer, host, tuple(s for s in suites if s in tls12.SUITES))
            if not await client.shake_hands():
                return None
            took_s = asyncio.get_running_loop().time() - began
            return await client.renegotiate(wait_s=max(ANSWER_S, ANSWER_TURNS * took_s))
    except TimeoutError:
        return Offer(FEATURE, Answer.UNKNOWN, NO_ANSWER)
    except (WireError, OSError, asyncio.IncompleteReadError) as error:
        return Offer(FEATURE, Answer.UNKNOWN, f"no handshake: {error}"[:100])
    finally:
        writer.close()


class _Client:
    """Our end of one connection."""

    def __init__(self, talk: Talk, writer: asyncio.StreamWriter, host: str, suites: tuple[int, ...]) -> None:
        self.talk = talk
        self.writer = writer
        self.host = host
        self.suites = suites
        self.session: tls12.Session | None = None
        self.proof = b""  # our Finished, which ties a new handshake to this one (RFC 5746 section 3.5)
        self.is_secure = False

    async def shake_hands(self) -> bool:
        """A whole handshake; False where the server wants a certificate of ours."""
        random = os.urandom(32)
        hello = client_hello(TLS12, self.suites, random=random, host=self.host, groups=GROUPS)
        self.talk.transcript += hello
        self.writer.write(in_record(hello, TLS12))
        answer, exchange = await self._first_flight()
        if exchange is None:
            return False
        group, point = read_curve(exchange)
        share = tls13.new_share(group)
        if share is None or answer.suite not in self.suites or answer.version != TLS12:
            raise WireError(Why.MALFORMED, "a choice that was not offered")
        self._send_key(share.public)
        self.session = tls12.session(
            answer.suite,
            share.agree(point),
            (random, answer.raw[6:38]),
            self.talk.transcript,
            is_extended=MASTER_SECRET in answer.extensions,
        )
        self.is_secure = RENEGOTIATION_INFO in answer.extensions
        await self._finish(self.session)
        return True

    async def _first_flight(self) -> tuple[ServerHello, bytes | None]:
        """ServerHello to ServerHelloDone: the choice and the key exchange; no exchange when a certificate is wanted."""
        hello, exchange, wants_certificate = None, b"", False
        while True:
            message = await self.talk.message()
            self.talk.transcript += message
            if message[0] == SERVER_HELLO:
                hello = read_server_hello(message)
            elif message[0] == KEY_EXCHANGE:
                exchange = message[4:]
            elif message[0] == CERTIFICATE_REQUEST:
                wants_certificate = True
            elif message[0] == HELLO_DONE:
                break
        if hello is None:
            raise WireError(Why.MALFORMED, "no ServerHello")
        return hello, None if wants_certificate else exchange

    async def _finish(self, session: tls12.Session) -> None:
        self.proof = session.finished(b"client finished", self.talk.transcript)
        self.writer.write(bytes([CHANGE_CIPHER]) + tls12.VERSION + b"\x00\x01\x01")
        self.writer.write(session.client.seal(HANDSHAKE, _message(FINISHED, self.proof)))
        self.talk.opener, self.talk.waits_for_change = session.server.opener(), True
        while (await self.talk.message())[0] != FINISHED:
            pass

    async def renegotiate(self, *, wait_s: float) -> Offer:
        """One more hello inside the connection, and what comes of it."""
        assert self.session is not None
        known = (
            extension(RENEGOTIATION_INFO, bytes([len(self.proof)]) + self.proof) if self.is_secure else b""
        )
        hello = client_hello(
            TLS12,
            self.suites,
            random=os.urandom(32),
            host=self.host,
            groups=GROUPS,
            extra=known,
            is_anew=True,
        )
        self.writer.write(self.session.client.seal(HANDSHAKE, hello))
        try:
            async with asyncio.timeout(wait_s):
                while (await self.talk.message())[0] != SERVER_HELLO:
                    pass
        except AlertError as alert:
            return Offer(FEATURE, Answer.REJECTED, alert.detail)
        except (OSError, asyncio.IncompleteReadError) as error:
            if isinstance(error, TimeoutError):
                return Offer(FEATURE, Answer.UNKNOWN, NO_ANSWER)
            return Offer(FEATURE, Answer.REJECTED, "closed")
        return Offer(FEATURE, Answer.ACCEPTED, "answered with a ServerHello")

    def _send_key(self, public: bytes) -> None:
        message = _message(CLIENT_KEY, bytes([len(public)]) + public)
        self.talk.transcript += message
        self.writer.write(bytes([HANDSHAKE]) + tls12.VERSION + len(message).to_bytes(2, "big") + message)


def _message(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + len(body).to_bytes(3, "big") + body
