"""From a dossier to finished messages: one per agency and contact, byte for byte as they will travel.

Recipients come from the inventory snapshot and from nowhere else. Headers are built from the configuration,
our own words and names of the inventory folded to one line; no text of a scanned site reaches a header. The
bytes are 7 bit, so that no relay has to rewrite them and break a signature.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from jinja2 import Environment

from reports import agency_html
from reports.clean import file_name, one_line
from reports.dates import local_date
from reports.letter import Letter, letter
from reports.mail_headers import WIRE
from reports.page import environment
from reports.words import Say
from scanner.errors import ConfigError, Problem
from scanner.howto import Howto, load_howto
from scanner.model.agency import Agency, Contact, Role
from scanner.model.dossier import Dossier
from scanner.model.parcel import Parcel
from scanner.model.settings import MailSettings
from scanner.model.text import Language, Text

KIND = "report"
SUMMARY_LIMIT = 30_000  # bytes of HTML; some mail programs cut what is longer
_LOCAL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
_ADDRESS = re.compile(_LOCAL + r"@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")


@dataclass(frozen=True, slots=True)
class Post:
    """What a dossier comes to: messages, and agencies nobody can be written to about, with the reason."""

    parcels: tuple[Parcel, ...]
    unreachable: tuple[tuple[Agency, Text], ...]


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes, and where answers go; checked addresses."""

    sender: Address
    reply_to: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A message about one agency, finished but for its recipient. `report` is empty when none is attached."""

    dossier: Dossier
    agency: Agency
    envelope: Envelope
    words: Letter
    report: str
    say: Say
    at: datetime
    pages: Environment

    def to(self, contact: Contact) -> Parcel:
        """The message to one contact."""
        address, scan_id = contact.email.strip(), self.dossier.scan.id
        identity = message_id(scan_id, self.agency.id, address, self.envelope.sender.domain)
        message = EmailMessage(policy=WIRE)
        message["To"] = Address(one_line(contact.name, 120), addr_spec=address)
        message["Message-ID"] = identity
        self._head(message)
        self._fill(message, contact)
        return Parcel(identity, scan_id, self.agency.id, address, message.as_bytes(policy=WIRE))

    def _head(self, message: EmailMessage) -> None:
        """The headers all copies share; RFC 3834 section 5 keeps robots from answering."""
        message["From"] = self.envelope.sender
        message["Reply-To"] = Address(addr_spec=self.envelope.reply_to)
        message["Subject"] = self.words.subject
        message["Date"] = format_datetime(self.at)
        message["Auto-Submitted"] = "auto-generated"
        message["Precedence"] = "bulk"
        message["X-Auto-Response-Suppress"] = "All"

    def _fill(self, message: EmailMessage, contact: Contact) -> None:
        """Text and HTML as alternatives, the report attached (RFC 2046 section 5.1)."""
        name = attachment_name(self.dossier, self.agency.id)
        dear = _dear(contact, self.words)
        slots = {"m": self.words, "say": self.say, "dear": dear, "file": name if self.report else ""}
        text = self.pages.get_template("mail.txt.j2").render(slots).strip() + "\n"
        message.set_content(text, cte="quoted-printable")
        html = self.pages.get_template("mail.html.j2").render(slots).lstrip()
        message.add_alternative(html, subtype="html", cte="quoted-printable")
        if self.report:
            message.add_attachment(self.report, subtype="html", cte="base64", filename=name)
        message["Content-Language"] = self.words.language  # last: each new part takes Content- headers away


def compose(
    dossier: Dossier,
    settings: MailSettings,
    *,
    now: datetime,
    only: Sequence[str] = (),
    language: Language | None = None,
    howtos: Mapping[str, Howto] | None = None,
) -> Post:
    """All messages of a scan in inventory order. Raises ConfigError when there is no usable sender."""
    envelope = envelope_of(dossier, settings)
    say = Say(language or ("en" if settings.language == "en" else "vi"))
    remedies = load_howto() if howtos is None else howtos
    pages = environment()
    parcels: list[Parcel] = []
    unreachable: list[tuple[Agency, Text]] = []
    for agency in dossier.agencies():
        if only and agency.id not in only:
            continue
        contacts, excuse = recipients(agency, settings.roles)
        if not contacts:
            unreachable.append((agency, excuse))
            continue
        words = letter(dossier, agency.id, say, remedies)
        report = (
            agency_html.render(dossier, agency.id, say.language, howtos=remedies) if settings.attach else ""
        )
        draft = Draft(dossier, agency, envelope, words, report, say, now, pages)
        parcels += [draft.to(contact) for contact in contacts]
    return Post(tuple(parcels), tuple(unreachable))


def recipients(agency: Agency, roles: Sequence[str]) -> tuple[tuple[Contact, ...], Text]:
    """The contacts that have one of the roles, each address once; without any, the reason in words."""
    wanted = [c for c in agency.contacts if c.role in roles]
    if not wanted:
        return (), Text(
            f"không có đầu mối nào giữ vai trò {', '.join(roles)}",
            f"no contact has the role {', '.join(roles)}",
        )
    by_address = {c.email.strip().lower(): c for c in reversed(wanted) if is_address(c.email.strip())}
    usable = tuple(c for c in wanted if by_address.get(c.email.strip().lower()) is c)
    return usable, Text("không có địa chỉ thư nào dùng được", "no contact has a usable address")


def is_address(text: str) -> bool:
    """True for an ASCII mailbox `local@domain` (RFC 5321 section 4.1.2 without quoted forms)."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None and ".." not in text


def envelope_of(dossier: Dossier, settings: MailSettings) -> Envelope:
    """Sender and reply address of the configuration; the province's officer stands in for what is missing."""
    officer = dossier.inventory.province.officer
    fallback = officer.email if officer else ""
    name, address = parseaddr(one_line(settings.sender or fallback, 400))
    if not is_address(address):
        raise ConfigError([_no_sender(settings.sender)])
    shown = one_line(name or dossier.inventory.province.unit or "rasoat", 120)
    _, answer = parseaddr(one_line(settings.reply_to or fallback or address, 400))
    return Envelope(Address(shown, addr_spec=address), answer if is_address(answer) else address)


def message_id(scan_id: str, agency_id: str, recipient: str, domain: str, kind: str = KIND) -> str:
    """The identity of a message for ever: the same scan, agency, kind and recipient give the same id."""
    facts = f"{scan_id}\0{agency_id}\0{kind}\0{recipient.lower()}"
    digest = hashlib.sha256(facts.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return f"<{digest}@{domain}>"


def attachment_name(dossier: Dossier, agency_id: str) -> str:
    """An ASCII name with the day of the scan, so that every mail program shows it right."""
    return f"{file_name(agency_id)}-{local_date(dossier.scan.started_at).isoformat()}.html"


def _dear(contact: Contact, words: Letter) -> str:
    heads = contact.role in (Role.HEAD, Role.WEBMASTER, Role.OFFICER)
    return one_line(contact.name, 120) if contact.name and heads else words.report.agency


def _no_sender(given: str) -> Problem:
    shown = one_line(given, 80) or "''"
    return Problem(
        "rasoat.toml",
        None,
        Text(
            f"[mail] sender: {shown} không phải là địa chỉ thư", f"[mail] sender: {shown} is no mail address"
        ),
        Text(
            'ghi chẳng hạn sender = "Rà soát <annm@tinh.gov.vn>"',
            'write for example sender = "Ra soat <annm@tinh.gov.vn>"',
        ),
    )
