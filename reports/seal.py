"""How a message is kept from eyes it is not meant for: nothing, S/MIME, or a PDF that asks for a password.

With `protect = "smime"` a recipient whose certificate is on file gets encrypted mail, everybody else the PDF. Whoever
can get neither gets nothing, and is named: a protected report never leaves unprotected.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from reports import smime
from reports.passwords import read_passwords
from scanner.model.agency import Contact
from scanner.model.settings import MailSettings

SIGN_PASSWORD_VARIABLE = "RASOAT_SIGN_PASSWORD"  # noqa: S105 - the name of a variable


class Way(StrEnum):
    """How the content travels to one recipient."""

    OPEN = "open"
    ENCRYPTED = "encrypted"
    LOCKED = "locked"  # a PDF with the agency's password


@dataclass(frozen=True, slots=True)
class Seals:
    """What signing and protecting is done with. Certificates by address in lower case, passwords by agency."""

    protect: str = "none"
    signer: smime.Signer | None = None
    certificates: Mapping[str, x509.Certificate] = field(default_factory=dict)
    passwords: Mapping[str, str] = field(default_factory=dict)

    def way(self, agency_id: str, contact: Contact) -> Way | None:
        """How this contact may get the agency's report; None when there is no way."""
        if self.protect == "none":
            return Way.OPEN
        if self.protect == "smime" and contact.email.strip().lower() in self.certificates:
            return Way.ENCRYPTED
        return Way.LOCKED if agency_id in self.passwords else None

    def close(self, eml: bytes, contact: Contact, way: Way) -> bytes:
        """The finished message, signed if we sign, then encrypted if it is to be; our own copy stays readable."""
        if self.signer is not None:
            eml = smime.signed(eml, self.signer)
        if way is not Way.ENCRYPTED:
            return eml
        readers = [self.certificates[contact.email.strip().lower()]]
        if self.signer is not None and isinstance(self.signer.certificate.public_key(), rsa.RSAPublicKey):
            readers.append(self.signer.certificate)
        return smime.encrypted(eml, readers)


UNSEALED = Seals()


def seals_of(settings: MailSettings, environ: Mapping[str, str], addresses: Iterable[str]) -> Seals:
    """Keys, certificates of these addresses and passwords from the files the configuration names. ConfigError."""
    signer = None
    if settings.sign_certificate and settings.sign_key:
        password = environ.get(SIGN_PASSWORD_VARIABLE, "")
        signer = smime.load_signer(settings.sign_certificate, settings.sign_key, password)
    if settings.protect == "none":
        return Seals(signer=signer)
    return Seals(
        settings.protect,
        signer,
        _certificates(settings.certificates, addresses) if settings.protect == "smime" else {},
        read_passwords(settings.passwords) if settings.passwords else {},
    )


def _certificates(folder: Path | None, addresses: Iterable[str]) -> dict[str, x509.Certificate]:
    """Those on file. The names come from the inventory: a file must lie in the folder itself."""
    if folder is None:
        return {}
    wanted = {address.strip().lower() for address in addresses}
    on_file = {path.stem.lower(): path for path in folder.glob("*.pem")} if folder.is_dir() else {}
    return {address: smime.load_reader(path) for address, path in on_file.items() if address in wanted}
