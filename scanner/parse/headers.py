"""Header pairs as browsers read them: names without case, lists split at commas outside quotes."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

from scanner.model.evidence import Headers

BLANK = " \t"  # what the RFCs call OWS; other white space is part of the value


def values(headers: Headers, name: str) -> tuple[str, ...]:
    """Every value of that name in wire order, outer white space removed."""
    return tuple(value.strip(BLANK) for _, value in _by_name(headers).get(name.lower(), ()))


def first(headers: Headers, name: str) -> str | None:
    """The first value of that name, or None when there is no such line."""
    return next(iter(values(headers, name)), None)


def lines(headers: Headers, name: str) -> tuple[str, ...]:
    """Every line of that name as it was sent: the proof a finding shows."""
    return tuple(f"{key}: {value}" for key, value in _by_name(headers).get(name.lower(), ()))


@lru_cache(maxsize=32)
def _by_name(headers: Headers) -> Mapping[str, Headers]:
    """The pairs of each name in lower case; some hundred checks ask for names of the same few answers."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, value in headers:
        found.setdefault(name.lower(), []).append((name, value))
    return {name: tuple(pairs) for name, pairs in found.items()}


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


def retry_after_s(headers: Headers, now: datetime) -> float:
    """The seconds a server asks us to wait: a number, or a date that counts from its own clock; 0 without a wish."""
    for value in values(headers, "retry-after"):
        if value.isascii() and value.isdigit() and len(value) < 10:
            return int(value)
        if until := http_date(value):
            told = http_date(first(headers, "date") or "")
            return max(0.0, (until - (told or now)).total_seconds())
    return 0.0


def http_date(value: str) -> datetime | None:
    """The moment of an HTTP date, aware UTC; None when it is none (RFC 9110 section 5.6.7)."""
    try:
        moment = parsedate_to_datetime(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
