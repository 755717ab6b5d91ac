"""One CAA record in presentation format (RFC 8659 section 4)."""

from dataclasses import dataclass

from scanner.parse.dns_text import strings_of

CRITICAL = 128
KNOWN = frozenset({"issue", "issuewild", "iodef", "contactemail", "contactphone", "issuemail", "issuevmc"})
PARTS = 3
OCTET = 255


@dataclass(frozen=True, slots=True)
class CaaRecord:
    """Flags, property and value. An authority that does not know a critical property must not issue."""

    flags: int
    tag: str  # lower case: matching ignores case
    value: str

    @property
    def is_critical(self) -> bool:
        """True when an authority has to understand the property (RFC 8659 section 4.1)."""
        return bool(self.flags & CRITICAL)

    @property
    def is_known(self) -> bool:
        """True for a property of the IANA registry."""
        return self.tag in KNOWN


def read_caa(record: str) -> CaaRecord | None:
    """The record, or None when it has no such form."""
    parts = strings_of(record)
    if len(parts) != PARTS or not parts[0].isascii() or not parts[0].isdigit() or int(parts[0][:4]) > OCTET:
        return None
    if not parts[1].isascii() or not parts[1].isalnum():
        return None
    return CaaRecord(int(parts[0]), parts[1].lower(), parts[2])
