"""security.txt (RFC 9116): its fields, and everything that breaks the rules of sections 2.3 to 2.5."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

FIELD = re.compile(r"^([!-9;-~]+):[ \t]*(.*?)[ \t]*$")
MOMENT = re.compile(r"^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$")
SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
SIGNATURE = "-----BEGIN PGP SIGNATURE-----"
DASHED = "- "
LINKS = frozenset({"acknowledgments", "canonical", "contact", "encryption", "hiring", "policy", "csaf"})
ONCE = ("expires", "preferred-languages")


@dataclass(frozen=True, slots=True)
class SecurityTxt:
    """The fields in order, the time it expires, and what is wrong with the file, in English."""

    fields: tuple[tuple[str, str], ...]  # (name in lower case, value)
    expires_at: datetime | None  # aware UTC; None when absent, repeated or unreadable
    is_signed: bool
    faults: tuple[str, ...]

    def values(self, name: str) -> tuple[str, ...]:
        """All values of a field, in order."""
        return tuple(value for field, value in self.fields if field == name)


def read_security_txt(text: str) -> SecurityTxt:
    """The file as far as it can be read. Unknown fields are legal (section 2.4)."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    signed = lines[0].rstrip() == SIGNED
    fields: list[tuple[str, str]] = []
    faults: list[str] = []
    for line in _cleartext(lines) if signed else lines:
        if not line.strip() or line.startswith("#"):
            continue
        match = FIELD.match(line)
        if match is None:
            faults.append(f"no field: {line.strip()[:60]}")
        else:
            fields.append((match[1].lower(), match[2]))
    moments = [value for name, value in fields if name == "expires"]
    expires = moment_of(moments[0]) if len(moments) == 1 else None
    faults += _rules(fields, readable=expires is not None)
    return SecurityTxt(tuple(fields), expires, signed, tuple(faults))


def moment_of(text: str) -> datetime | None:
    """An RFC 3339 date and time as aware UTC, or None."""
    match = MOMENT.match(text)
    if match is None:
        return None
    zone = "+00:00" if match[4] in "Zz" else match[4]
    try:
        return datetime.fromisoformat(f"{match[1]}T{match[2]}{zone}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _cleartext(lines: list[str]) -> list[str]:
    """The lines a signature covers, without the headers before and the signature behind (RFC 9580 section 7)."""
    start = next((n + 1 for n, line in enumerate(lines) if not line.strip()), len(lines))
    end = next((n for n, line in enumerate(lines) if line.rstrip() == SIGNATURE), len(lines))
    return [line.removeprefix(DASHED) for line in lines[start:end]]


def _rules(fields: list[tuple[str, str]], *, readable: bool) -> list[str]:
    names = [name for name, _ in fields]
    faults = [] if "contact" in names else ["no Contact field"]
    if "expires" not in names:
        faults.append("no Expires field")
    faults += [f"{name.title()} stands more than once" for name in ONCE if names.count(name) > 1]
    if names.count("expires") == 1 and not readable:
        faults.append("Expires is no date and time of RFC 3339")
    faults += [f"{name.title()} is no URI: {value[:60]}" for name, value in fields if _is_bad(name, value)]
    return faults


def _is_bad(name: str, value: str) -> bool:
    """A link that is no URI, or that is http: where https: is a must (section 2.5)."""
    if name not in LINKS:
        return False
    try:
        scheme = urlsplit(value).scheme
    except ValueError:
        return True
    return not scheme or scheme.lower() == "http"
