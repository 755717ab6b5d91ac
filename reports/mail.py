"""From a dossier to finished messages: one per agency and contact, byte for byte as they will travel.

Recipients come from the inventory snapshot and from nowhere else. Headers are built from the configuration,
our own words and names of the inventory folded to one line; no text of a scanned site reaches a header. The
bytes are 7 bit, so that no relay has to rewrite them and break a signature.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from jinja2 import Environment

from reports import agency_html
from reports.addressees import is_address, recipients, superiors, together
from reports.clean import file_name, one_line
from reports.dates import local_date
from reports.letter import Letter, letter
from reports.mail_headers import WIRE
from reports.page import environment
from reports.pdf import locked, to_pdf
from reports.rhythm import Rhythm, occasion
from reports.seal import UNSEALED, Seals, Way
from reports.view.counts import days_overdue
from reports.words import Say
from scanner.errors import ConfigError, Problem
from scanner.howto import Howto, load_howto
from scanner.model.agency import Agency, Contact, Role
from scanner.model.dossier import Dossier
from scanner.model.finding import Severity
from scanner.model.parcel import Parcel
from scanner.model.settings import MailSettings
from scanner.model.text import Language, Text

KIND = "report"
THREAD = "thread"
SUMMARY_LIMIT = 30_000  # bytes of HTML; some mail programs cut what is longer


@dataclass(frozen=True, slots=True)
class Post:
    """What a dossier comes to: messages, agencies nobody can be written to about, and those with nothing new."""

    parcels: tuple[Parcel, ...]
    unreachable: tuple[tuple[Agency, Text], ...]
    silent: tuple[Agency, ...] = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes, and where answers go; checked addresses."""

    sender: Address
    reply_to: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A message about one agency, finished but for its recipient.

    `report` is the attached page, empty when none is; `pdf` the one that asks for a password, empty when nobody
    gets it.
    """

    dossier: Dossier
    agency: Agency
    envelope: Envelope
    words: Letter
    report: str
    pdf: bytes
    say: Say
    at: datetime
    pages: Environment
    seals: Seals

    def to(self, contact: Contact, way: Way) -> Parcel:
        """The message to one contact, sealed as it will travel."""
        address, scan_id = contact.email.strip(), self.dossier.scan.id
        identity = message_id(scan_id, self.agency.id, address, self.envelope.sender.domain)
        message = EmailMessage(policy=WIRE)
        message["To"] = Address(one_line(contact.name, 120), addr_spec=address)
        message["Message-ID"] = identity
        self._head(message, self.words.subject if way is Way.OPEN else self.words.sealed_subject)
        if way is Way.LOCKED:
            self._fill_locked(message, contact)
        else:
            self._fill(message, contact)
        eml = self.seals.close(message.as_bytes(policy=WIRE), contact, way)
        return Parcel(identity, scan_id, self.agency.id, address, eml)

    def _head(self, message: EmailMessage, subject: str) -> None:
        """The headers all copies share; RFC 3834 section 5 keeps robots from answering."""
        message["From"] = self.envelope.sender
        message["Reply-To"] = Address(addr_spec=self.envelope.reply_to)
        message["Subject"] = subject
        message["References"] = thread_id(self.agency.id, self.envelope.sender.domain)
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

    def _fill_locked(self, message: EmailMessage, contact: Contact) -> None:
        """A cover note that tells nothing of the findings, and the PDF that only its password opens."""
        name = attachment_name(self.dossier, self.agency.id, "pdf")
        slots = {"m": self.words, "say": self.say, "dear": _dear(contact, self.words), "file": name}
        text = self.pages.get_template("mail_locked.txt.j2").render(slots).strip() + "\n"
        message.set_content(text, cte="quoted-printable")
        message.add_attachment(self.pdf, "application", "pdf", cte="base64", filename=name)
        message["Content-Language"] = self.words.language


def compose(
    dossier: Dossier,
    settings: MailSettings,
    *,
    now: datetime,
    only: Sequence[str] = (),
    language: Language | None = None,
    howtos: Mapping[str, Howto] | None = None,
    last: Mapping[str, datetime] | None = None,
    seals: Seals = UNSEALED,
) -> Post:
    """The messages of a scan in inventory order. Raises ConfigError when there is no usable sender.

    `last` tells by agency which scan was last written about; agencies with nothing to tell since are left out.
    None writes to all. `seals` signs and protects.
    """
    envelope = envelope_of(dossier, settings)
    say = Say(language or ("en" if settings.language == "en" else "vi"))
    remedies = load_howto() if howtos is None else howtos
    pages = environment()
    parcels: list[Parcel] = []
    unreachable: list[tuple[Agency, Text]] = []
    silent: list[Agency] = []
    rhythm = Rhythm(settings.minor_days, settings.digest_days)
    for agency in dossier.agencies():
        if only and agency.id not in only:
            continue
        contacts, excuse = recipients(agency, settings.roles, dossier.inventory)
        if not contacts:
            unreachable.append((agency, excuse))
            continue
        if last is not None and not occasion(dossier, agency.id, last.get(agency.id), rhythm):
            silent.append(agency)
            continue
        if drags_on(dossier, agency.id, settings.escalate_after_days):
            contacts = together(contacts, superiors(agency, dossier.inventory))
        ways = {contact: seals.way(agency.id, contact) for contact in contacts}
        if shut_out := [contact for contact, way in ways.items() if way is None]:
            unreachable.append((agency, _no_way(shut_out)))
        open_to = {contact: way for contact, way in ways.items() if way is not None}
        if not open_to:
            continue
        is_locked = Way.LOCKED in open_to.values()
        has_page = settings.attach or is_locked
        html = agency_html.render(dossier, agency.id, say.language, howtos=remedies) if has_page else ""
        draft = Draft(
            dossier,
            agency,
            envelope,
            letter(dossier, agency.id, say, remedies),
            html if settings.attach else "",
            locked(to_pdf(html), seals.passwords[agency.id]) if is_locked else b"",
            say,
            now,
            pages,
            seals,
        )
        parcels += [draft.to(contact, way) for contact, way in open_to.items()]
    return Post(tuple(parcels), tuple(unreachable), tuple(silent))


def drags_on(dossier: Dossier, agency_id: str, days: int) -> bool:
    """True when a grave finding is overdue by that many days; never for 0, which switches escalation off."""
    rulings = (r for site in dossier.sites_of(agency_id) for r in dossier.rulings[site.id].rulings)
    return days > 0 and any(
        r.severity.rank <= Severity.HIGH.rank and days_overdue(r, dossier.issued_on) >= days for r in rulings
    )


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


def thread_id(agency_id: str, domain: str) -> str:
    """What all messages about an agency refer to, so that mail programs keep them in one thread.

    The message of that name was never sent; RFC 5322 section 3.6.4 lets a reference lead nowhere.
    """
    return message_id("", agency_id, "", domain, THREAD)


def attachment_name(dossier: Dossier, agency_id: str, kind: str = "html") -> str:
    """An ASCII name with the day of the scan, so that every mail program shows it right."""
    return f"{file_name(agency_id)}-{local_date(dossier.scan.started_at).isoformat()}.{kind}"


def _no_way(contacts: Sequence[Contact]) -> Text:
    """Why some contacts get nothing: the report must be protected, and cannot be for them."""
    who = ", ".join(one_line(contact.email, 120) for contact in contacts)
    return Text(
        f"chưa có chứng thư hay mật khẩu để gửi kín cho {who}; chạy: rasoat mail passwords",
        f"neither certificate nor password to protect the report for {who}; run: rasoat mail passwords",
    )


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
