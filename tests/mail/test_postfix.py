"""The mailer and a real Postfix: what is handed over is what the mailbox holds, byte for byte."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from reports.mail import compose
from reports.post import PostError, deliver
from reports.smime import Signer, signed
from scanner.model.agency import Contact, Role
from scanner.model.parcel import Parcel, Posting
from scanner.model.settings import MailSettings
from tests.lab.postfix import Relay, postfix
from tests.lab.system import program
from tests.mail.conftest import EML, NOW, Box, parcel
from tests.mail.test_seal import certificate as self_signed
from tests.reports_html.dossiers import small

DOMAIN = "mau.example"
SENDER = "annm@mau.example"
SIZE_LIMIT = 400_000
TRACE = re.compile(rb"\A(?:(?:Return-Path|X-Original-To|Delivered-To|Received): [^\n]*\n(?:[ \t][^\n]*\n)*)+")
COMPLETE = (
    b"From: annm@mau.example\r\nTo: nguoi1@mau.example\r\nDate: Sun, 22 Nov 2026 08:00:00 +0700\r\n"
    b"Message-ID: <1@mau.example>\r\nSubject: x\r\n\r\nxin chao\r\n.mot dong co dau cham\r\n..\r\n.\r\nhet\r\n"
)
"""With all that a relay would otherwise add, and lines SMTP could take for the end."""
pytestmark = pytest.mark.xdist_group("postfix")


@pytest.fixture(scope="module")
def relay(pki: Path) -> Iterator[Relay]:
    boxes = ("nguoi1", "nguoi2", "lanhdao", "dakyso")
    with postfix(
        pki / "cert.pem", pki / "key.pem", domain=DOMAIN, mailboxes=boxes, size_limit=SIZE_LIMIT
    ) as running:
        yield running


def settings(relay: Relay, pki: Path, **more: object) -> MailSettings:
    base = MailSettings(
        sender="Rà soát <annm@mau.example>", host="localhost", port=relay.port, ca_file=pki / "ca.pem"
    )
    return replace(base, **more)  # type: ignore[arg-type]  # real fields


def post(box: Box, given: MailSettings) -> list[tuple[str, Posting, str]]:
    sent = deliver(box, given, password="", now=lambda: NOW, timeout_s=20)
    return [(r.parcel.recipient, r.state, r.said) for r in sent]


def as_sent(kept: bytes) -> bytes:
    """A delivered message without the trace Postfix puts before it (RFC 5321 section 4.4), lines ended by CRLF."""
    whole = TRACE.sub(b"", kept, count=1)
    assert whole != kept
    return whole.replace(b"\n", b"\r\n")


def test_a_message_reaches_the_mailbox_byte_for_byte(relay: Relay, pki: Path) -> None:
    box = Box(parcel(1, eml=COMPLETE))

    assert [state for _, state, _ in post(box, settings(relay, pki))] == [Posting.SENT]

    (kept,) = relay.delivered("nguoi1")
    assert as_sent(kept) == COMPLETE


def test_a_whole_report_in_vietnamese_survives_the_journey(relay: Relay, pki: Path) -> None:
    dossier = small()
    agency = dossier.agencies()[0]
    head = Contact(name="Nguyễn Văn Ánh", email=f"lanhdao@{DOMAIN}", role=Role.HEAD)
    agencies = tuple(
        replace(a, contacts=(head,)) if a.id == agency.id else a for a in dossier.inventory.agencies
    )
    dossier = replace(dossier, inventory=replace(dossier.inventory, agencies=agencies))
    (letter,) = compose(dossier, settings(relay, pki), now=NOW, only=(agency.id,)).parcels

    assert [state for _, state, _ in post(Box(letter), settings(relay, pki))] == [Posting.SENT]

    (kept,) = relay.delivered("lanhdao")
    assert as_sent(kept) == letter.eml
    message = message_from_bytes(kept, policy=policy.default)
    assert message["Return-Path"] == "<annm@mau.example>"
    assert message["Subject"].startswith("[rasoat] Sở Khoa học và Công nghệ tỉnh Mẫu: ")
    assert len([*message.iter_attachments()]) == 1


def test_a_signature_survives_the_journey(relay: Relay, pki: Path, tmp_path: Path) -> None:
    key = rsa.generate_private_key(65537, 2048)
    signer = Signer(
        x509.load_pem_x509_certificate(self_signed(tmp_path, "annm", SENDER, key).read_bytes()), key
    )
    sealed = parcel(9, recipient=f"dakyso@{DOMAIN}", eml=signed(COMPLETE, signer))

    assert [state for _, state, _ in post(Box(sealed), settings(relay, pki))] == [Posting.SENT]

    (kept,) = relay.delivered("dakyso")
    check: list[str | Path] = [program("openssl"), "smime", "-verify", "-CAfile", tmp_path / "annm.pem"]
    done = subprocess.run(check, input=kept, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert b"mot dong co dau cham" in done.stdout


def test_an_unknown_mailbox_fails_and_the_next_message_still_goes(relay: Relay, pki: Path) -> None:
    box = Box(parcel(7, recipient=f"khongco@{DOMAIN}"), parcel(2))

    told = post(box, settings(relay, pki))

    assert [state for _, state, _ in told] == [Posting.FAILED, Posting.SENT]
    assert "550" in told[0][2]
    assert len(relay.delivered("nguoi2")) == 1


def test_another_domain_is_refused_and_told(relay: Relay, pki: Path) -> None:
    ((_, state, said),) = post(Box(parcel(8, recipient="ai@noikhac.example")), settings(relay, pki))

    assert state is Posting.FAILED
    assert "Relay access denied" in said


def test_a_message_over_the_size_limit_fails_with_the_relays_words(relay: Relay, pki: Path) -> None:
    line = b"x" * 76 + b"\r\n"
    big = Parcel(
        "<to@mau.example>", "scan", "so-y-te", f"nguoi1@{DOMAIN}", EML + line * (SIZE_LIMIT // len(line) + 9)
    )

    ((_, state, said),) = post(Box(big), settings(relay, pki))

    assert state is Posting.FAILED
    assert "552" in said


def test_nothing_is_said_in_the_clear_and_a_stranger_gets_no_mail(relay: Relay, pki: Path) -> None:
    clear = settings(relay, pki, security="none", host="127.0.0.1")
    box = Box(parcel(3))

    ((_, state, said),) = post(box, clear)

    assert state is Posting.QUEUED
    assert "Must issue a STARTTLS command first" in said
    with pytest.raises(PostError, match="ca_file"):
        post(Box(parcel(4)), settings(relay, pki, ca_file=None))
