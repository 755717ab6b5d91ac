"""A mail relay on loopback that keeps every message as a file: `python -m tests.lab.smtp_sink FOLDER`.

Plain, with STARTTLS (`--cert`, `--key`), or TLS from the first byte (`--implicit`). `--user NAME:PASSWORD`
makes it ask for a password, which it takes only over TLS. Prints its port when it listens; ends on SIGTERM or
Ctrl-C.
"""

import argparse
import asyncio
import itertools
import re
import signal
import socket
import ssl
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Keeper:
    """Writes each message under the name of its recipient; `envelopes` are (sender, recipients, bytes)."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.envelopes: list[tuple[str, tuple[str, ...], bytes]] = []
        self._numbers = itertools.count(1)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep the message and take it."""
        content = envelope.content or b""
        assert isinstance(content, bytes)
        self.envelopes.append((envelope.mail_from or "", tuple(envelope.rcpt_tos), content))
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
            who = re.sub(r"[^a-z0-9.@-]", "_", envelope.rcpt_tos[0].lower())
            (self.folder / f"{next(self._numbers):03}-{who}.eml").write_bytes(content)
        return "250 2.0.0 kept"


class Sink:
    """A relay in a thread of its own, for the length of a `with` block."""

    def __init__(
        self,
        handler: Any,
        *,
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        implicit: bool = False,
        user: tuple[str, str] | None = None,
    ) -> None:
        options: dict[str, Any] = {"hostname": "127.0.0.1", "port": port, "ident": "rasoat lab sink"}
        if tls is not None and implicit:
            options["ssl_context"] = tls
        elif tls is not None:
            options |= {"tls_context": tls, "require_starttls": True}
        if user is not None:
            options |= {
                "authenticator": _doorman(*user),
                "auth_required": True,
                "auth_require_tls": not implicit,
            }
        self._controller = _FreePort(handler, **options)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()

    @property
    def port(self) -> int:
        """Where it listens."""
        server = self._controller.server
        assert isinstance(server, asyncio.Server)
        return int(server.sockets[0].getsockname()[1])


class _FreePort(Controller):
    """A controller that may listen on port 0; aiosmtpd would call that port to see itself running."""

    def _trigger_server(self) -> None:
        """Knock at the port that was really bound."""
        assert isinstance(self.server, asyncio.Server)
        socket.create_connection(self.server.sockets[0].getsockname()).close()


def server_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """The TLS side of a relay."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def _doorman(user: str, password: str) -> Any:
    def check(_server: Any, _session: Any, _envelope: Any, mechanism: str, data: Any) -> AuthResult:
        right = (
            mechanism in ("LOGIN", "PLAIN")
            and isinstance(data, LoginPassword)
            and (data.login, data.password) == (user.encode(), password.encode())
        )
        return AuthResult(success=right, handled=False)

    return check


def main() -> int:
    """Run until told to stop."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--cert", type=Path)
    options.add_argument("--key", type=Path)
    options.add_argument("--implicit", action="store_true")
    options.add_argument("--user", metavar="NAME:PASSWORD")
    given = options.parse_args()
    tls = server_context(given.cert, given.key) if given.cert else None
    name, _, password = (given.user or "").partition(":")
    user = (name, password) if name else None
    with Sink(Keeper(given.folder), port=given.port, tls=tls, implicit=given.implicit, user=user) as sink:
        print(sink.port, flush=True)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            while True:
                signal.pause()
        except KeyboardInterrupt:
            return 0


if __name__ == "__main__":
    sys.exit(main())
