"""The mailer: what is due in the outbox goes to one relay, and each message's fate is written down.

    queued -> sending -> sent      the relay took it (250 after the final dot)
                      -> queued    a 4xx answer, a refused sender, or a line lost before the dot: again in
                                   1, 5, 30 min, 6 h
                      -> failed    a 5xx answer, or all tries used up
                      -> unknown   the line broke between the final dot and the answer: nobody can know; it is
                                   held until the officer decides, because sending again could send twice

The password is never in a file of ours, in `argv` or in a log; smtplib's debug output stays off.
"""

import os
import re
import smtplib
import ssl
import stat
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from ipaddress import ip_address
from typing import Protocol

from reports.clean import one_line
from scanner.errors import ConfigError, Problem, RasoatError
from scanner.model.parcel import Parcel, Posting
from scanner.model.settings import MailSettings
from scanner.model.text import Text

PASSWORD_VARIABLE = "RASOAT_MAIL_PASSWORD"  # noqa: S105 - the name of a variable
BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=6))
TIMEOUT_S = 60.0
PASSWORD_LIMIT = 1_024
HIDDEN = "***"


class PostError(RasoatError):
    """The relay cannot be used as it is configured: no STARTTLS, a wrong certificate, a refused password.

    Nothing was sent and no try was counted; the messages stay queued.
    """

    exit_code = 2


class Outbox(Protocol):
    """What the mailer needs of the store; `scanner.store.Store` is one."""

    def due(self, now: datetime) -> tuple[Parcel, ...]:
        """Queued messages that may be tried now."""

    def claim(self, message_id: str) -> bool:
        """Move one message from queued to sending, counting a try; False when another was faster."""

    def mark(
        self, message_id: str, state: Posting, error: str = "", next_try_at: datetime | None = None
    ) -> None:
        """Write down what became of a message."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one message; `said` is the relay's answer, or what went wrong."""

    parcel: Parcel
    state: Posting
    said: str = ""
    next_try_at: datetime | None = None


class _LostAfterDotError(Exception):
    """The line broke when the whole message had been handed over."""


class _RefusedError(Exception):
    """The relay answered with 4xx or 5xx."""

    def __init__(self, code: int, said: bytes) -> None:
        self.code = code
        super().__init__(f"{code} {one_line(said.decode('utf-8', 'replace'), 300)}")


class _SenderRefusedError(Exception):
    """The relay takes no mail from our sender, or none without a password."""


def deliver(
    outbox: Outbox,
    settings: MailSettings,
    *,
    password: str,
    now: Callable[[], datetime],
    timeout_s: float = TIMEOUT_S,
) -> Iterator[Receipt]:
    """Hand over what is due and yield what became of each message, as it happens.

    Raises PostError before the first message when the relay cannot be used as configured.
    """
    due = outbox.due(now())
    if not due:
        return
    relay = _Relay(settings, password, timeout_s)
    try:
        for parcel in due:
            trouble = relay.reach()
            if not outbox.claim(parcel.message_id):
                continue
            receipt = _again(parcel, trouble, now()) if trouble else _hand_over(relay, parcel, now())
            outbox.mark(parcel.message_id, receipt.state, receipt.said, receipt.next_try_at)
            yield receipt
    finally:
        relay.leave()


def password_for(settings: MailSettings, environ: Mapping[str, str]) -> str:
    """The relay's password from the environment or the file that holds nothing else; empty without a user.

    Raises ConfigError when it is missing, or when others may read the file.
    """
    if not settings.username:
        return ""
    if given := environ.get(PASSWORD_VARIABLE, ""):
        return given
    path = settings.password_file
    if path is None:
        raise _config(
            Text(
                "[mail] username có mà không có mật khẩu", "[mail] username is set, but there is no password"
            ),
            Text(f"đặt {PASSWORD_VARIABLE} hoặc password_file", f"set {PASSWORD_VARIABLE} or password_file"),
        )
    try:
        mode, words = path.stat().st_mode, path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        shown = f"[mail] password_file: {error}"
        raise _config(Text(shown, shown)) from error
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise _config(
            Text(f"{path}: người khác đọc được tệp mật khẩu", f"{path}: others may read the password file"),
            Text(f"chạy: chmod 600 {path}", f"run: chmod 600 {path}"),
        )
    return words.strip("\r\n")[:PASSWORD_LIMIT]


class _Relay:
    """One connection to the relay, opened when first needed and again after it broke."""

    def __init__(self, settings: MailSettings, password: str, timeout_s: float) -> None:
        self._settings = settings
        self._password = password
        self._timeout_s = timeout_s
        self._line: smtplib.SMTP | None = None
        self._trouble = ""
        self.sender = parseaddr(settings.sender)[1]
        _check_security(settings)

    def reach(self) -> str:
        """Connect unless connected; gives what stands in the way for now, empty when nothing does."""
        if self._line is None and not self._trouble:
            try:
                self._line = self._connected()
            except (smtplib.SMTPException, OSError) as error:
                self._trouble = one_line(f"{self._settings.host}: {self._without_password(str(error))}", 300)
        return self._trouble

    def _without_password(self, said: str) -> str:
        """What a relay said, the password taken out in each form it had on the wire (RFC 4616, AUTH LOGIN)."""
        user, secret = self._settings.username, self._password
        if not secret:
            return said
        plain = f"\0{user}\0{secret}"
        forms = (*(b64encode(form.encode()).decode() for form in (plain, secret)), secret)
        for form in forms:
            said = said.replace(form, HIDDEN)
        return said

    def send(self, parcel: Parcel) -> str:
        """Hand one message to one recipient; gives the relay's answer (RFC 5321 section 3.3)."""
        line = self._line
        assert line is not None
        try:
            _expect(line.mail(_sender_of(parcel.eml) or self.sender), 250)
        except _RefusedError as refusal:  # about us, not about this message: nothing is final yet
            raise _SenderRefusedError(refusal) from refusal
        _expect(line.rcpt(parcel.recipient), 250, 251)
        _expect(line.docmd("DATA"), 354)
        line.send(_stuffed(parcel.eml))
        line.send(b".\r\n")  # a line that breaks up to here has carried no final dot
        try:
            return _expect(line.getreply(), 250)
        except (smtplib.SMTPException, OSError) as error:
            raise _LostAfterDotError(str(error)) from error

    def recover(self) -> None:
        """Make ready for the next message after a refusal; a line that is gone is opened again later."""
        assert self._line is not None
        try:
            _expect(self._line.rset(), 250)
        except (smtplib.SMTPException, OSError, _RefusedError):
            self.drop()

    def drop(self) -> None:
        """Forget the connection."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def leave(self) -> None:
        """Say goodbye and close."""
        if self._line is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._line.quit()
        self.drop()

    def _connected(self) -> smtplib.SMTP:
        settings = self._settings
        me = self.sender.rpartition("@")[2] or "localhost"  # no look-up of our own name
        try:
            if settings.security == "implicit":
                line: smtplib.SMTP = smtplib.SMTP_SSL(
                    settings.host, settings.port, me, timeout=self._timeout_s, context=_context(settings)
                )
            else:
                line = smtplib.SMTP(settings.host, settings.port, me, timeout=self._timeout_s)
            try:
                self._greet(line)
            except BaseException:
                line.close()
                raise
        except ssl.SSLCertVerificationError as error:
            raise PostError(f"{settings.host}: {error.verify_message}; see [mail] ca_file") from error
        return line

    def _greet(self, line: smtplib.SMTP) -> None:
        """EHLO, encryption, authentication; none of them is optional once configured."""
        settings = self._settings
        line.ehlo_or_helo_if_needed()
        if settings.security == "starttls":
            if not line.has_extn("starttls"):
                raise PostError(f"{settings.host} offers no STARTTLS; mail is not sent in the clear")
            line.starttls(context=_context(settings))
            line.ehlo()
        if settings.username:
            try:
                line.login(settings.username, self._password)
            except smtplib.SMTPAuthenticationError as error:
                if error.smtp_code >= 500:
                    raise PostError(f"{settings.host} refuses the user name or the password") from error
                raise
            except UnicodeEncodeError as error:
                raise PostError("[mail] user name and password must be ASCII (RFC 4954)") from error
            except smtplib.SMTPNotSupportedError as error:
                raise PostError(f"{settings.host}: {error}") from error


def _hand_over(relay: _Relay, parcel: Parcel, now: datetime) -> Receipt:
    try:
        said = relay.send(parcel)
    except _SenderRefusedError as refusal:
        relay.recover()
        return _again(parcel, str(refusal), now)
    except _RefusedError as refusal:
        relay.recover()
        if refusal.code < 500:
            return _again(parcel, str(refusal), now)
        return Receipt(parcel, Posting.FAILED, str(refusal))
    except _LostAfterDotError as lost:
        relay.drop()
        return Receipt(parcel, Posting.UNKNOWN, one_line(f"no answer after the final dot: {lost}", 300))
    except (smtplib.SMTPException, OSError, ValueError) as error:
        relay.drop()
        return _again(parcel, one_line(f"the line broke: {error}", 300), now)
    return Receipt(parcel, Posting.SENT, said)


def _again(parcel: Parcel, trouble: str, now: datetime) -> Receipt:
    """Queued for another try, or failed when this was the last."""
    tried = parcel.attempts  # tries before this one
    if tried >= len(BACK_OFF):
        return Receipt(parcel, Posting.FAILED, trouble)
    return Receipt(parcel, Posting.QUEUED, trouble, now + BACK_OFF[tried])


def _expect(answer: tuple[int, bytes], *wanted: int) -> str:
    code, said = answer
    if code in wanted:
        return one_line(f"{code} {said.decode('utf-8', 'replace')}", 300)
    if code < 400:  # an answer out of order, or -1 for one that is no SMTP
        raise smtplib.SMTPServerDisconnected(f"unexpected answer {code}")
    raise _RefusedError(code, said)


def _stuffed(eml: bytes) -> bytes:
    """The message with CRLF line ends, ending in one, leading dots doubled (RFC 5321 section 4.5.2)."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", eml)
    whole = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", whole)


def _sender_of(eml: bytes) -> str:
    """The address of the From header, for the envelope; our own messages always have one."""
    head = eml.partition(b"\r\n\r\n")[0].decode("ascii", "replace")
    found = re.search(r"(?im)^From:((?:.|\n[ \t])*)$", head.replace("\r\n", "\n"))
    return parseaddr(" ".join(found.group(1).split()))[1] if found else ""


def _context(settings: MailSettings) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=settings.ca_file)
    except (OSError, ssl.SSLError) as error:
        shown = f"[mail] ca_file: {error}"
        raise _config(Text(shown, shown)) from error


def _check_security(settings: MailSettings) -> None:
    """Refuse a relay that is not named, and an open line to any host but this one."""
    if not settings.host:
        raise _config(
            Text("[mail] host: chưa có máy chủ thư", "[mail] host: no relay is named"),
            Text('ghi chẳng hạn host = "smtp.tinh.gov.vn"', 'write for example host = "smtp.tinh.gov.vn"'),
        )
    if settings.security == "none" and not _is_loopback(settings.host):
        raise _config(
            Text(
                "[mail] security: chỉ được gửi không mã hóa tới chính máy này",
                "[mail] security: an open line is allowed to this machine only",
            ),
            Text('dùng "starttls" hoặc "implicit"', 'use "starttls" or "implicit"'),
        )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _config(message: Text, hint: Text | None = None) -> ConfigError:
    return ConfigError([Problem("rasoat.toml", None, message, hint)])
