"""Records in presentation format (RFC 1035 section 5.1) taken apart: character strings, names, preferences."""

import re

STRING = re.compile(r'"((?:[^"\\]|\\.)*)"|([^\s"]+)', re.DOTALL)
ESCAPE = re.compile(r"\\(\d{3}|.)", re.DOTALL)
OCTET = 255


def strings_of(record: str) -> tuple[str, ...]:
    """The character strings of a record, each latin-1 decoded; quoted ones may hold escapes."""
    return tuple(_plain(m[1] if m[1] is not None else m[2]) for m in STRING.finditer(record))


def text_of(record: str) -> str:
    """The strings of a TXT record as policies read them: joined without a space (RFC 7208 section 3.3)."""
    return "".join(strings_of(record))


def _plain(escaped: str) -> str:
    return ESCAPE.sub(_unescaped, escaped)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) == 1:
        return code
    return chr(int(code)) if int(code) <= OCTET else match[0]


def spelt_name(name: str) -> str:
    """A name as answers are keyed: lower case, without the final dot; the root is empty."""
    return name.lower().removesuffix(".")


def mail_server(record: str) -> tuple[int, str] | None:
    """Preference and host of an MX record; the host of a null MX is empty (RFC 7505). None when it is none."""
    preference, _, host = record.strip().partition(" ")
    if not preference.isascii() or not preference.isdigit() or not host.strip():
        return None
    return int(preference), spelt_name(host.strip())
