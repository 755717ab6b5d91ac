"""HTTP/1.1 to one site over our own connections. The only module that knows httpx.

httpx shapes requests and answers, httpcore and h11 speak the protocol, and every byte goes through streams of
ours that hold the deadlines, the pace and the caps. Nothing is retried, stored or decoded by the libraries.
"""

import asyncio
import hashlib
import ssl
import time
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import replace
from typing import Any

import httpcore
import httpx

from scanner.collect.failure import NETWORK_ERRORS, missing_from
from scanner.collect.http.body import BodyBuilder, content_codings
from scanner.collect.limits import KIB, Limits
from scanner.collect.net import VisitNet
from scanner.errors import ProbeError
from scanner.model.evidence import Body, DnsEvidence, Headers, Missing, Response, Why

HEAD_SLACK = 128 * KIB  # a read takes up to 64 KiB, so the first bytes of a body may come with the head
BODY_SLACK = 256 * KIB  # chunk sizes and trailers
BREATH_S = 0.02  # the event loop is given back at least this often
RAW = "raw_headers"  # pairs of bytes in wire order, as httpcore gives them
SHOWN = 60  # bytes of an answer that is none
DER = 2  # what `ssl` calls the encoding of its certificates
PIECES = 20_000  # a real page comes in some hundred pieces

Wait = Callable[[float], None]


class Client:
    """Fetches addresses of one site, one at a time, over one connection at a time.

    One client serves the whole visit: a site that behaves is connected to once on port 80 and once on port 443.
    """

    def __init__(self, visit: VisitNet) -> None:
        self.visit = visit
        self._limits = visit.net.limits
        self._cap_bytes: int | None = None
        self._backend = _Backend(visit)
        self._client = httpx.AsyncClient(
            transport=_Transport(visit.net.lenient_tls, self._backend),
            headers=_request_headers(visit.net.user_agent),
            trust_env=False,
            follow_redirects=False,
            timeout=None,  # noqa: S113 - every step has a deadline of its own in `_Stream`
        )

    @property
    def address(self) -> str:
        """The server address used last."""
        return self._backend.address

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The certificates of the connection used last, in DER, leaf first; empty over plain http."""
        return _presented(self._backend.session)

    def on_wait(self, tell: Wait | None) -> None:
        """Have the seconds that politeness takes told to somebody who keeps a deadline; None: to nobody."""
        self._backend.on_wait = tell or _ignore

    async def get(
        self, url: str, *, method: str = "GET", headers: Headers = (), cap_bytes: int | None = None
    ) -> Response:
        """The answer to one GET, or to another method without content; raises one of NETWORK_ERRORS.

        A connection kept from an earlier request may have died since; only then is the request sent again. Of a
        successful answer at most `cap_bytes` are read.
        """
        dialled = self._backend.dialled
        self._cap_bytes = cap_bytes
        try:
            return await self._send(url, method, headers)
        except NETWORK_ERRORS as error:
            if self._backend.dialled > dialled or missing_from(error).why is not Why.RESET:
                raise
        return await self._send(url, method, headers)

    async def aclose(self) -> None:
        """Close the connection that is still open."""
        await self._client.aclose()

    async def _send(self, url: str, method: str, headers: Headers) -> Response:
        try:
            request = self._client.build_request(method, url, headers=headers)
        except httpx.InvalidURL as error:
            raise ProbeError(Why.MALFORMED, f"address: {error}") from error
        answer = await self._client.send(request, stream=True)
        try:
            return await self._read(answer)
        finally:
            await answer.aclose()

    async def _read(self, answer: httpx.Response) -> Response:
        stream = self._backend.current
        elapsed_ms = round((time.monotonic() - stream.sent_at) * 1000)
        headers = _headers(answer.extensions[RAW], self._limits)
        stream.expect_body(self._limits)
        return Response(
            status=answer.status_code,
            headers=headers,
            body=await _body(answer.stream, headers, self._limits_of(answer.status_code)),
            reason=answer.extensions.get("reason_phrase", b"").decode("latin-1"),
            http_version=answer.http_version,
            elapsed_ms=elapsed_ms,
            peer_sha256=stream.peer_sha256(),
        )

    def _limits_of(self, status: int) -> Limits:
        """How much of an answer is read: an error page is read on, so that the connection can be used again."""
        cap = self._cap_bytes
        if cap is None or not 200 <= status < 300:
            return self._limits
        return replace(self._limits, wire_bytes=cap, decoded_bytes=cap, kept_bytes=cap)


def unresolved(dns: DnsEvidence) -> Missing:
    """Why a host has no address we may visit."""
    if dns.refused:
        return Missing(Why.OUT_OF_SCOPE, f"address policy: {'; '.join(dns.refused)}")
    said = (f"{a.rrtype}: {a.detail or a.state}" for a in dns.answers if a.rrtype != "CNAME")
    return Missing(Why.DNS, ", ".join(said))


def _request_headers(user_agent: str) -> dict[str, str]:
    return {
        "User-Agent": user_agent,
        "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
        "Accept-Language": "vi,en;q=0.5",
        "Accept-Encoding": "gzip, identity",
        "Connection": "keep-alive",
    }


def _headers(raw: Iterable[tuple[bytes, bytes]], limits: Limits) -> Headers:
    pairs = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in raw)
    total = sum(len(name) + len(value) + 4 for name, value in pairs)
    longest = max((len(value) for _, value in pairs), default=0)
    if len(pairs) > limits.header_count:
        raise ProbeError(Why.TOO_LARGE, f"headers: {len(pairs)} of them")
    if total > limits.header_bytes or longest > limits.header_value_bytes:
        raise ProbeError(Why.TOO_LARGE, f"headers: {total} bytes, the longest value {longest}")
    return pairs


async def _body(pieces: Any, headers: Headers, limits: Limits) -> Body | Missing:
    """The body within all bounds; what had come when the wire failed is kept."""
    builder = BodyBuilder(content_codings(headers), limits)
    try:
        await _fill(builder, aiter(pieces), limits)
    except NETWORK_ERRORS as error:
        if builder.wire_bytes == 0:
            return missing_from(error)
        builder.cut()
    return builder.body()


async def _fill(builder: BodyBuilder, pieces: AsyncIterator[bytes], limits: Limits) -> None:
    began = breathed = time.monotonic()
    count = 0
    async for piece in pieces:
        count += 1
        now = time.monotonic()
        is_slow = now - began > limits.slow_after_s and builder.wire_bytes < limits.slow_bytes_s * (
            now - began
        )
        if count > PIECES or is_slow or now - began > limits.body_s:
            builder.cut()
            return
        if not builder.feed(piece):
            return
        if now - breathed > BREATH_S:
            await asyncio.sleep(0)
            breathed = time.monotonic()


class _Transport(httpx.AsyncBaseTransport):
    """The seam between httpx and a pool of ours. Exceptions of httpcore pass unchanged.

    httpx is not shown the headers of an answer: it would store cookies, choose a decoder, and read Location even
    where it is told not to follow (and fail on a hostile one).
    """

    def __init__(self, context: ssl.SSLContext, backend: "_Backend") -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            network_backend=backend,
            max_connections=1,  # an idle one is closed first: a visit never waits for a place it holds itself
            max_keepalive_connections=1,
            keepalive_expiry=None,
            http1=True,
            http2=False,
            retries=0,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry one request over and the head of its answer back."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = await self._pool.handle_async_request(
            httpcore.Request(request.method, url, headers=request.headers.raw, extensions=request.extensions)
        )
        return httpx.Response(
            answer.status, stream=_Pieces(answer), extensions={**answer.extensions, RAW: answer.headers}
        )

    async def aclose(self) -> None:
        """Close the pool."""
        await self._pool.aclose()


class _Pieces(httpx.AsyncByteStream):
    """The raw content of an answer."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Pieces as they come, without transfer coding, with content coding."""
        return self._answer.aiter_stream()

    async def aclose(self) -> None:
        """Give the connection back, or end it when the answer was not read to its end."""
        await self._answer.aclose()


class _Backend(httpcore.AsyncNetworkBackend):
    """Opens connections to the pinned addresses of a host, in order, the one that worked before first."""

    def __init__(self, visit: VisitNet) -> None:
        self._visit = visit
        self._good: dict[str, str] = {}
        self.address = ""
        self.dialled = 0
        self.session: Any = None  # the TLS session of the last connection
        self.on_wait: Wait = _ignore
        self.current: _Stream

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109, ARG002 - httpcore's signature
        local_address: str | None = None,  # noqa: ARG002 - likewise
        socket_options: Any = None,  # noqa: ARG002 - likewise
    ) -> httpcore.AsyncNetworkStream:
        """A stream to the first address that lets us in."""
        dns = await self._visit.resolve(host)
        trouble = ProbeError(*unresolved(dns))
        for address in sorted(dns.addresses, key=lambda a: a != self._good.get(host)):
            self.address = address
            try:
                return await self._connect(host, address, port)
            except ProbeError as error:
                trouble = error
        raise trouble

    async def _connect(self, host: str, address: str, port: int) -> "_Stream":
        limits = self._visit.net.limits
        self.dialled += 1
        reader, writer = await self._visit.connect(
            address, port, timeout_s=limits.connect_s, kind="http", on_wait=self.on_wait
        )
        self._good[host] = address
        return _Stream(self, self._visit, address, reader, writer)


class _Stream(httpcore.AsyncNetworkStream):
    """One connection as httpcore sees it. Holds the deadline and the byte allowance of the present step."""

    def __init__(
        self,
        backend: _Backend,
        visit: VisitNet,
        address: str,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._backend = backend
        self._visit = visit
        self._address = address
        self._reader = reader
        self._writer = writer
        self._until = 0.0
        self._allowance = 0
        self._is_head = False
        self._head_start = b""
        self._peer_sha256 = ""
        self.sent_at = 0.0

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109, ARG002 - httpcore's
        """Bytes within the deadline and the allowance of this step."""
        async with asyncio.timeout(max(0.0, self._until - time.monotonic())):
            data = await self._reader.read(max_bytes)
        if not data and self._head_start:
            raise ProbeError(Why.MALFORMED, f"closed inside the head: {self._head_start!r}")
        if self._is_head and len(self._head_start) < SHOWN:
            self._head_start += data[:SHOWN]
        self._allowance -= len(data)
        if self._allowance < 0:
            raise ProbeError(Why.TOO_LARGE, "headers")
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109, ARG002 - httpcore's
        """Send a request head, at the pace of the server. A GET has nothing else to send."""
        if not buffer:
            return
        asked_at = time.monotonic()
        await self._visit.turn(self._address)
        self.sent_at = time.monotonic()
        self._backend.on_wait(self.sent_at - asked_at)
        self._backend.current = self
        self._backend.address = self._address
        limits = self._visit.net.limits
        self._until = self.sent_at + limits.headers_s
        self._allowance = limits.header_bytes + HEAD_SLACK
        self._is_head = True
        self._writer.write(buffer)
        async with asyncio.timeout(limits.headers_s):
            await self._writer.drain()

    def expect_body(self, limits: Limits) -> None:
        """The head is in: give the body its own time and bytes."""
        self._until = time.monotonic() + limits.body_s
        self._allowance = limits.wire_bytes + BODY_SLACK
        self._is_head = False
        self._head_start = b""

    async def aclose(self) -> None:
        """End the connection at once."""
        self._visit.drop(self._reader)

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109, ARG002 - httpcore's signature
    ) -> "_Stream":
        """The same stream, encrypted."""
        loop = asyncio.get_running_loop()
        limit_s = self._visit.net.limits.handshake_s
        try:
            async with asyncio.timeout(limit_s):
                transport = await loop.start_tls(
                    self._writer.transport,
                    self._writer.transport.get_protocol(),
                    ssl_context,
                    server_hostname=server_hostname,
                    ssl_handshake_timeout=limit_s + 1,  # ours above ends first, with an honest name
                )
        except BaseException:
            self._visit.drop(self._reader)
            raise
        assert transport is not None
        self._plain_writer = self._writer  # a writer nobody holds closes its transport
        self._writer = asyncio.StreamWriter(transport, transport.get_protocol(), self._reader, loop)
        self._backend.session = transport.get_extra_info("ssl_object")
        return self

    def get_extra_info(self, info: str) -> Any:
        """Whether the other side has spoken out of turn or hung up; nothing else is asked for."""
        return self._reader.at_eof() if info == "is_readable" else None

    def peer_sha256(self) -> str:
        """The digest of the server's certificate in DER, hex; empty over plain http."""
        if not self._peer_sha256:
            session = self._writer.get_extra_info("ssl_object")
            der = session.getpeercert(binary_form=True) if session else None
            self._peer_sha256 = hashlib.sha256(der).hexdigest() if der else ""
        return self._peer_sha256


def _presented(session: Any) -> tuple[bytes, ...]:
    """The certificates a server sent. Public since Python 3.13; before, the same call of the object below."""
    if session is None:
        return ()
    if hasattr(session, "get_unverified_chain"):
        return tuple(session.get_unverified_chain())
    chain = session._sslobj.get_unverified_chain() or ()  # noqa: SLF001 - see above
    return tuple(certificate.public_bytes(DER) for certificate in chain)


def _ignore(_seconds: float) -> None:
    """Nobody keeps a deadline."""
