"""The mailer against real relays, good and bad ones: nothing is lost, nothing is sent twice."""

import base64
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import Envelope

from reports.post import BACK_OFF, PostError, Receipt, deliver, password_for
from scanner.errors import ConfigError
from scanner.model.parcel import Posting
from scanner.model.settings import MailSettings
from tests.lab.smtp_sink import Keeper, Sink, server_context
from tests.mail.conftest import EML, NOW, Box, Rude, Script, hang_up_after_the_dot, parcel, rude_relay


def settings(port: int, security: str = "none", **more: object) -> MailSettings:
    base: dict[str, object] = {"sender": "Rà soát <annm@mau.example>", "host": "127.0.0.1"}
    return MailSettings(**{**base, "port": port, "security": security, **more})  # type: ignore[arg-type]  # real fields


def post(box: Box, given: MailSettings, password: str = "", at: datetime = NOW) -> list[Receipt]:
    return list(deliver(box, given, password=password, now=lambda: at, timeout_s=5))


def against(script: Script, box: Box | None = None) -> tuple[list[Receipt], Box]:
    kept = box or Box(parcel())
    with rude_relay(script) as port:
        return post(kept, settings(port)), kept


# ---- relays that behave


def test_a_message_arrives_byte_for_byte() -> None:
    keeper, box = Keeper(), Box(parcel())

    with Sink(keeper) as sink:
        receipts = post(box, settings(sink.port))

    assert [r.state for r in receipts] == [Posting.SENT]
    assert keeper.envelopes == [("annm@mau.example", ("nguoi1@mau.example",), parcel().eml)]
    assert box.parcels["<1@mau.example>"].state is Posting.SENT


def test_a_sent_message_is_never_sent_again() -> None:
    keeper, box = Keeper(), Box(parcel())

    with Sink(keeper) as sink:
        post(box, settings(sink.port))
        again = post(box, settings(sink.port))

    assert again == []
    assert len(keeper.envelopes) == 1


def test_many_messages_share_one_connection_and_each_gets_its_receipt() -> None:
    keeper, box = Keeper(), Box(*(parcel(n) for n in range(5)))

    with Sink(keeper) as sink:
        receipts = post(box, settings(sink.port))

    assert [r.state for r in receipts] == [Posting.SENT] * 5
    assert len(keeper.envelopes) == 5


def test_starttls_with_an_authority_of_our_own(pki: Path) -> None:
    keeper = Keeper()
    tls = server_context(pki / "cert.pem", pki / "key.pem")

    with Sink(keeper, tls=tls, user=("annm", "bi-mat")) as sink:
        given = settings(sink.port, "starttls", ca_file=pki / "ca.pem", username="annm")
        receipts = post(Box(parcel()), given, "bi-mat")

    assert [r.state for r in receipts] == [Posting.SENT]
    assert len(keeper.envelopes) == 1


@pytest.mark.parametrize(("password", "said"), [("sai", "refuses the user name"), ("mật khẩu", "ASCII")])
def test_a_wrong_password_stops_the_post_and_keeps_it_queued(pki: Path, password: str, said: str) -> None:
    box, tls = Box(parcel()), server_context(pki / "cert.pem", pki / "key.pem")

    with Sink(Keeper(), tls=tls, user=("annm", "bi-mat")) as sink, pytest.raises(PostError, match=said):
        post(box, settings(sink.port, "starttls", ca_file=pki / "ca.pem", username="annm"), password)

    assert box.parcels["<1@mau.example>"].attempts == 0


def test_implicit_tls_with_an_authority_of_our_own(pki: Path) -> None:
    keeper = Keeper()
    tls = server_context(pki / "cert.pem", pki / "key.pem")

    with Sink(keeper, tls=tls, implicit=True) as sink:
        receipts = post(Box(parcel()), settings(sink.port, "implicit", ca_file=pki / "ca.pem"))

    assert [r.state for r in receipts] == [Posting.SENT]


@pytest.mark.parametrize("security", ["starttls", "implicit"])
def test_a_certificate_nobody_vouches_for_stops_the_post_and_keeps_it_queued(
    pki: Path, security: str
) -> None:
    box = Box(parcel())
    tls = server_context(pki / "cert.pem", pki / "key.pem")

    with (
        Sink(Keeper(), tls=tls, implicit=security == "implicit") as sink,
        pytest.raises(PostError, match="ca_file"),
    ):
        post(box, settings(sink.port, security))

    assert box.parcels["<1@mau.example>"].state is Posting.QUEUED
    assert box.parcels["<1@mau.example>"].attempts == 0


def test_a_relay_without_starttls_gets_nothing_in_the_clear() -> None:
    keeper, box = Keeper(), Box(parcel())

    with Sink(keeper) as sink, pytest.raises(PostError, match="no STARTTLS"):
        post(box, settings(sink.port, "starttls"))

    assert keeper.envelopes == []
    assert box.parcels["<1@mau.example>"].state is Posting.QUEUED


def test_a_password_for_a_relay_that_takes_none_is_a_fault_of_the_configuration() -> None:
    with Sink(Keeper()) as sink, pytest.raises(PostError):
        post(Box(parcel()), settings(sink.port, username="annm"), "x")


# ---- relays that do not


def greylisting(line: Rude) -> None:
    line.say("220 rude")
    for answer in ("250 rude", "250 ok", "450 4.2.0 greylisted, come back later", "250 reset", "221 bye"):
        line.hear()
        line.say(answer)


def test_a_4xx_is_tried_again_later() -> None:
    receipts, box = against(greylisting)

    assert (receipts[0].state, receipts[0].next_try_at) == (Posting.QUEUED, NOW + timedelta(minutes=1))
    assert "greylisted" in box.parcels["<1@mau.example>"].last_error
    assert post(box, settings(1), at=NOW) == []


@pytest.mark.parametrize(("tries", "wait"), [*enumerate(BACK_OFF)])
def test_each_try_waits_longer(tries: int, wait: timedelta) -> None:
    receipts, _ = against(greylisting, Box(parcel(attempts=tries)))

    assert receipts[0].next_try_at == NOW + wait


def test_after_the_last_try_it_has_failed() -> None:
    receipts, _ = against(greylisting, Box(parcel(attempts=len(BACK_OFF))))

    assert receipts[0].state is Posting.FAILED


def test_a_5xx_is_final_and_the_next_message_still_goes() -> None:
    class NotHere(Keeper):
        async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
            self, _server: object, _session: object, envelope: Envelope, address: str, _options: object
        ) -> str:
            if address.startswith("nguoi1@"):
                return "550 5.1.1 no such user"
            envelope.rcpt_tos.append(address)
            return "250 ok"

    keeper, box = NotHere(), Box(parcel(1), parcel(2))
    with Sink(keeper) as sink:
        receipts = post(box, settings(sink.port))

    assert [r.state for r in receipts] == [Posting.FAILED, Posting.SENT]
    assert "no such user" in receipts[0].said
    assert [to for _, to, _ in keeper.envelopes] == [("nguoi2@mau.example",)]


def busy(line: Rude) -> None:
    line.say("421 4.3.2 too busy")


def test_a_421_greeting_keeps_everything_queued() -> None:
    receipts, _ = against(busy, Box(parcel(1), parcel(2)))

    assert [r.state for r in receipts] == [Posting.QUEUED] * 2
    assert "421" in receipts[0].said


def test_a_relay_that_is_away_keeps_everything_queued() -> None:
    with rude_relay(busy) as port:
        pass  # closed again: nobody listens there now

    box = Box(parcel(1), parcel(2))

    assert [r.state for r in post(box, settings(port))] == [Posting.QUEUED] * 2


def hang_up_before_data(line: Rude) -> None:
    line.say("220 rude")
    line.hear()
    line.say("250 rude")
    line.hear()


def test_a_line_lost_before_the_message_is_tried_again() -> None:
    receipts, _ = against(hang_up_before_data)

    assert receipts[0].state is Posting.QUEUED


def hang_up_within_the_message(line: Rude) -> None:
    line.up_to_data()
    line.rfile.readline()


def test_a_line_lost_within_the_message_is_tried_again() -> None:
    large = EML + b"x" * 70 * 200_000  # more than the buffers between two programs hold

    receipts, _ = against(hang_up_within_the_message, Box(parcel(eml=large)))

    assert (receipts[0].state, receipts[0].next_try_at) == (Posting.QUEUED, NOW + BACK_OFF[0])


def say_nothing(line: Rude) -> None:
    line.rfile.read()  # until the mailer gives up


def test_a_relay_that_never_speaks_is_tried_again() -> None:
    with rude_relay(say_nothing) as port:
        given = deliver(box := Box(parcel()), settings(port), password="", now=lambda: NOW, timeout_s=0.3)
        assert [r.state for r in given] == [Posting.QUEUED]

    assert "timed out" in box.parcels["<1@mau.example>"].last_error


def echo_the_password(line: Rude) -> None:
    line.say("220 rude")
    line.hear()
    line.say("250-rude")
    line.say("250 AUTH PLAIN LOGIN")
    while said := line.hear():
        line.say(f"454 4.7.0 cannot check {said} (bi-mat-1234) now")


def test_a_relay_that_echoes_the_password_does_not_bring_it_into_the_outbox() -> None:
    box = Box(parcel())
    with rude_relay(echo_the_password) as port:
        receipts = post(box, settings(port, username="annm"), "bi-mat-1234")

    told = receipts[0].said + box.parcels["<1@mau.example>"].last_error
    assert "454" in told
    assert "bi-mat-1234" not in told
    assert base64.b64encode(b"\0annm\0bi-mat-1234").decode() not in told


def test_a_line_lost_after_the_dot_is_unknown_and_held() -> None:
    receipts, box = against(hang_up_after_the_dot)

    assert receipts[0].state is Posting.UNKNOWN
    assert post(box, settings(1), at=NOW + timedelta(days=9)) == []


def refuse_the_content(line: Rude) -> None:
    line.up_to_data()
    line.until_dot()
    line.say("554 5.7.1 looks like spam")
    line.hear()
    line.say("250 reset")


def test_a_message_refused_for_its_content_has_failed() -> None:
    receipts, _ = against(refuse_the_content)

    assert receipts[0].state is Posting.FAILED
    assert "spam" in receipts[0].said


def speak_nonsense_after_the_dot(line: Rude) -> None:
    line.up_to_data()
    line.until_dot()
    line.say("hello there")


def test_nonsense_after_the_dot_is_not_taken_for_a_yes() -> None:
    receipts, _ = against(speak_nonsense_after_the_dot)

    assert receipts[0].state is Posting.UNKNOWN


def shout_controls(line: Rude) -> None:
    line.say("220 rude")
    for answer in ("250 rude", "550 \x1b[31m\u202eno"):
        line.hear()
        line.say(answer)


def test_what_the_relay_says_is_cleaned_before_it_is_kept() -> None:
    receipts, _ = against(shout_controls)

    assert "\x1b" not in receipts[0].said
    assert "\u202e" not in receipts[0].said


def test_a_message_another_mailer_took_is_left_alone() -> None:
    class Taken(Box):
        def claim(self, message_id: str) -> bool:
            return False

    keeper = Keeper()
    with Sink(keeper) as sink:
        assert post(Taken(parcel()), settings(sink.port)) == []

    assert keeper.envelopes == []


def forget_passwords(line: Rude) -> None:
    line.say("220 rude")
    line.hear()
    line.say("250-rude")
    line.say("250 AUTH PLAIN")
    line.hear()
    line.say("454 4.7.0 temporary authentication failure")


def test_an_authentication_that_fails_for_now_is_tried_again() -> None:
    box = Box(parcel())
    with rude_relay(forget_passwords) as port:
        receipts = post(box, settings(port, username="annm"), "bi-mat")

    assert (receipts[0].state, receipts[0].next_try_at) == (Posting.QUEUED, NOW + BACK_OFF[0])


def refuse_the_recipient_and_hang_up(line: Rude) -> None:
    line.say("220 rude")
    for answer in ("250 rude", "250 sender ok", "550 5.1.1 no such user"):
        line.hear()
        line.say(answer)


def test_a_relay_that_hangs_up_after_a_refusal_is_called_again_for_the_next_message() -> None:
    receipts, _ = against(refuse_the_recipient_and_hang_up, Box(parcel(1), parcel(2)))

    assert [r.state for r in receipts] == [Posting.FAILED] * 2


def want_a_password(line: Rude) -> None:
    line.say("220 rude")
    for answer in ("250 rude", "530 5.7.0 authentication required", "250 reset"):
        line.hear()
        line.say(answer)


def test_a_refused_sender_is_our_trouble_and_fails_no_message() -> None:
    receipts, _ = against(want_a_password)

    assert receipts[0].state is Posting.QUEUED
    assert "authentication required" in receipts[0].said


# ---- configuration


def test_an_open_line_is_for_this_machine_only() -> None:
    with pytest.raises(ConfigError, match="open line"):
        post(Box(parcel()), settings(25, host="smtp.mau.example"))


def test_a_relay_must_be_named() -> None:
    with pytest.raises(ConfigError, match="no relay"):
        post(Box(parcel()), settings(25, host=""))


def test_an_authority_file_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")

    with Sink(Keeper()) as sink, pytest.raises(ConfigError, match="ca_file"):
        post(Box(parcel()), settings(sink.port, "implicit", ca_file=tmp_path / "ca.pem"))


def test_nothing_due_touches_no_relay() -> None:
    assert post(Box(), settings(1, host="")) == []


def test_the_password_of_the_environment_comes_first(tmp_path: Path) -> None:
    given = settings(1, username="annm", password_file=tmp_path / "none")

    assert password_for(given, {"RASOAT_MAIL_PASSWORD": "abc"}) == "abc"


def test_no_user_needs_no_password() -> None:
    assert password_for(settings(1), {}) == ""


def test_a_user_without_a_password_is_told_where_to_put_it() -> None:
    with pytest.raises(ConfigError, match="RASOAT_MAIL_PASSWORD"):
        password_for(settings(1, username="annm"), {})


def test_a_password_file_is_read_without_its_line_end(tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_text(" bí mật \n", encoding="utf-8")
    path.chmod(0o600)

    assert password_for(settings(1, username="annm", password_file=path), {}) == " bí mật "


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_a_password_file_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_text("abc")
    path.chmod(0o640)

    with pytest.raises(ConfigError, match="chmod 600"):
        password_for(settings(1, username="annm", password_file=path), {})


def test_a_password_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="password_file"):
        password_for(settings(1, username="annm", password_file=tmp_path / "none"), {})
