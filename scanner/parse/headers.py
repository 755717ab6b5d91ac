"""Header pairs as browsers read them: names without case, lists split at commas outside quotes."""

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scanner.model.evidence import Headers

BLANK = " \t"  # what the RFCs call OWS; other white space is part of the value


def values(headers: Headers, name: str) -> tuple[str, ...]:
    """Every value of that name in wire order, outer white space removed."""
    wanted = name.lower()
    return tuple(value.strip(BLANK) for key, value in headers if key.lower() == wanted)


def first(headers: Headers, name: str) -> str | None:
    """The first value of that name, or None when there is no such line."""
    return next(iter(values(headers, name)), None)


def lines(headers: Headers, name: str) -> tuple[str, ...]:
    """Every line of that name as it was sent: the proof a finding shows."""
    wanted = name.lower()
    return tuple(f"{key}: {value}" for key, value in headers if key.lower() == wanted)


def members(field_values: Iterable[str]) -> tuple[str, ...]:
    """The members of a list field over all its lines, empty ones left out (RFC 9110 section 5.6.1)."""
    return tuple(member for member in split(field_values) if member)


def split(field_values: Iterable[str]) -> tuple[str, ...]:
    """The same with empty members kept, as browsers get, decode and split (Fetch standard section 2.2.2)."""
    found: list[str] = []
    for value in field_values:
        start = 0
        quoted = escaped = False
        for at, sign in enumerate(value):
            if escaped:
                escaped = False
            elif quoted and sign == "\\":
                escaped = True
            elif sign == '"':
                quoted = not quoted
            elif sign == "," and not quoted:
                found.append(value[start:at].strip(BLANK))
                start = at + 1
        found.append(value[start:].strip(BLANK))
    return tuple(found)


def http_date(value: str) -> datetime | None:
    """The moment of an HTTP date, aware UTC; None when it is none (RFC 9110 section 5.6.7)."""
    try:
        moment = parsedate_to_datetime(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
