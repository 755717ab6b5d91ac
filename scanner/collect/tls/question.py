"""What is asked of a server: one question per version, each as the hellos it takes, and what an answer means."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from scanner.collect.tls import tls13
from scanner.collect.tls.hello import (
    GROUPS,
    SCHEMES,
    SSL3,
    TLS10,
    TLS11,
    TLS12,
    TLS13,
    client_hello,
    in_record,
    ssl2_hello,
)
from scanner.collect.tls.records import FlightReader, Opener, ServerHello, Unlock
from scanner.collect.tls.suites import TLS13 as SUITES13
from scanner.collect.tls.suites import legacy_suites, tls12_portions
from scanner.parse.tls_names import version_name

SSL2 = 0x0002
NEWEST_FIRST = (TLS13, TLS12, TLS11, TLS10, SSL3, SSL2)

FIRST_SHARES = (0x001D, 0x0017)  # X25519 and P-256: hardly a server asks for another


@dataclass(frozen=True, slots=True)
class Hello:
    """One hello ready to be sent, and what opens the answer to it."""

    version: int
    wire: bytes
    message: bytes = b""
    before: bytes = b""  # transcript ahead of the message, after a retry request
    shares: tuple[tls13.Share, ...] = ()
    host: str = ""
    ends_at_retry: bool = False  # a retry request is all that is wanted

    def after(self, retry: ServerHello) -> "Hello | None":
        """The second hello on the same connection, if the retry request asks for a group we have."""
        if self.ends_at_retry:
            return None
        return hello13(self.host, retry, self) if tls13.new_share(retry.share[0]) else None

    def reader(self) -> FlightReader:
        """A reader for the answer."""
        return FlightReader(self._unlock())

    def _unlock(self) -> Unlock:
        def unlock(answer: ServerHello) -> Opener | None:
            return tls13.unlock(answer, self.shares, self.before + self.message)

        return unlock


Maker = Callable[[], Hello]
"""Makes the same hello with fresh random values."""


def portions(version: int, host: str) -> tuple[Maker, ...]:
    """The hellos one version takes: more than one where not all suites fit into one."""
    if version == SSL2:
        return (lambda: Hello(SSL2, ssl2_hello(os.urandom(16))),)
    if version == TLS13:
        return (lambda: hello13(host),)
    suites = tls12_portions() if version == TLS12 else (legacy_suites(),)
    return tuple(partial(_hello, version, portion, host) for portion in suites)


def hello13(
    host: str, retry: ServerHello | None = None, first: Hello | None = None, *, wants_ticket: bool = False
) -> Hello:
    """A TLS 1.3 hello; after a retry request the second one, with the group and the cookie asked for."""
    group = retry.share[0] if retry else 0
    shares = tuple(s for s in map(tls13.new_share, (group,) if retry else FIRST_SHARES) if s)
    cookie = retry.extensions.get(44, b"")[2:] if retry else b""
    message = client_hello(
        TLS13,
        SUITES13,
        random=os.urandom(32),
        host=host,
        shares=[(s.group, s.public) for s in shares],
        cookie=cookie,
        wants_ticket=wants_ticket,
    )
    before = tls13.retried_transcript(first.message, retry) if retry and first else b""
    return Hello(TLS13, in_record(message, TLS13), message, before, shares, host)


def choice13(host: str, suites: Sequence[int], groups: Sequence[int]) -> Hello:
    """A TLS 1.3 hello without a key: a server that agrees says with which suite and group (RFC 8446 section 4.1.4)."""
    message = client_hello(TLS13, suites, random=os.urandom(32), host=host, groups=groups)
    return Hello(TLS13, in_record(message, TLS13), message, host=host, ends_at_retry=True)


def choice(
    version: int,
    host: str,
    suites: Sequence[int],
    *,
    groups: Sequence[int] = GROUPS,
    schemes: Sequence[int] = SCHEMES,
    is_fallback: bool = False,
) -> Hello:
    """A hello of an older version that offers just these suites and groups."""
    message = client_hello(
        version,
        suites,
        random=os.urandom(32),
        host=host,
        groups=groups,
        schemes=schemes,
        is_fallback=is_fallback,
    )
    return Hello(version, in_record(message, version), message)


def choice12_or_13(
    host: str,
    suites: Sequence[int],
    *,
    groups: Sequence[int] = GROUPS,
    grease: Sequence[int] = (),
    extra: bytes = b"",
) -> Hello:
    """A hello for TLS 1.3, without a key, and TLS 1.2 at once, perhaps with values that mean nothing."""
    message = client_hello(
        TLS13,
        suites,
        random=os.urandom(32),
        host=host,
        groups=groups,
        also_12=True,
        grease=grease,
        extra=extra,
    )
    return Hello(TLS13, in_record(message, TLS13), message, host=host, ends_at_retry=True)


def _hello(version: int, suites: tuple[int, ...], host: str) -> Hello:
    message = client_hello(version, suites, random=os.urandom(32), host=host)
    return Hello(version, in_record(message, version), message)


def name(version: int) -> str:
    """The version as evidence names it."""
    return version_name(version)
