"""A private authority, an outbox in memory, and a relay that misbehaves on purpose."""

import datetime as dt
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scanner.model.parcel import Parcel, Posting

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
EML = b"From: annm@mau.example\r\nSubject: x\r\n\r\nxin chao\r\n.mot dong co dau cham\r\n"


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ca.pem, and cert.pem and key.pem for 127.0.0.1 and localhost."""
    folder = tmp_path_factory.mktemp("pki")
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "CA noi bo tinh Mau")])
    begin = datetime.now(UTC) - dt.timedelta(days=1)
    end = begin + dt.timedelta(days=30)

    def build(subject: x509.Name, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(ca_name).public_key(public)
        builder = builder.serial_number(x509.random_serial_number())
        return builder.not_valid_before(begin).not_valid_after(end)

    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    identifier = x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key())
    ca = (
        build(ca_name, ca_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(identifier, critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    authority = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)
    leaf = (
        build(x509.Name([]), key.public_key())
        .add_extension(x509.SubjectAlternativeName(names), critical=True)
        .add_extension(authority, critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "ca.pem").write_bytes(ca.public_bytes(pem))
    (folder / "cert.pem").write_bytes(leaf.public_bytes(pem))
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return folder


class Box:
    """An outbox in memory with the rules of the real one."""

    def __init__(self, *parcels: Parcel) -> None:
        self.parcels = {p.message_id: p for p in parcels}

    def due(self, now: datetime) -> tuple[Parcel, ...]:
        return tuple(
            p
            for p in self.parcels.values()
            if p.state is Posting.QUEUED and (p.next_try_at is None or p.next_try_at <= now)
        )

    def claim(self, message_id: str) -> bool:
        parcel = self.parcels[message_id]
        if parcel.state is not Posting.QUEUED:
            return False
        self.parcels[message_id] = replace(parcel, state=Posting.SENDING, attempts=parcel.attempts + 1)
        return True

    def mark(
        self, message_id: str, state: Posting, error: str = "", next_try_at: datetime | None = None
    ) -> None:
        parcel = self.parcels[message_id]
        self.parcels[message_id] = replace(parcel, state=state, last_error=error, next_try_at=next_try_at)


def parcel(number: int = 1, **more: object) -> Parcel:
    """A small message."""
    base = Parcel(f"<{number}@mau.example>", "scan", "so-y-te", f"nguoi{number}@mau.example", EML)
    return replace(base, **more)  # type: ignore[arg-type]  # the tests name real fields


Script = Callable[["Rude"], None]


class Rude(socketserver.StreamRequestHandler):
    """One connection to a relay that follows a script instead of RFC 5321."""

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def hear(self) -> str:
        return self.rfile.readline().decode("ascii", "replace").strip()

    def until_dot(self) -> bool:
        """Read a message; False when the line ended before its final dot."""
        return any(text.strip() == b"." for text in iter(self.rfile.readline, b""))

    def up_to_data(self) -> None:
        """Behave until the message may come."""
        self.say("220 rude")
        self.hear()
        self.say("250 rude")
        for answer in ("250 sender ok", "250 recipient ok", "354 go on"):
            self.hear()
            self.say(answer)

    def handle(self) -> None:
        self.server.script(self)  # type: ignore[attr-defined]  # set where the server is made


@contextmanager
def rude_relay(script: Script) -> Iterator[int]:
    """The port of a relay that follows the script on every connection."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Rude) as server:
        server.daemon_threads = True
        server.script = script  # type: ignore[attr-defined]  # read by the handler
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()
            thread.join()


def hang_up_after_the_dot(line: Rude) -> None:
    """Take the whole message, and say nothing about it."""
    line.up_to_data()
    line.until_dot()
