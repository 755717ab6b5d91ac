"""Header pairs as browsers read them: names without case, lists split at commas outside quotes."""

from collections.abc import Iterable

from scanner.model.evidence import Headers


def values(headers: Headers, name: str) -> tuple[str, ...]:
    """Every value of that name in wire order, outer white space removed."""
    wanted = name.lower()
    return tuple(value.strip(" \t") for key, value in headers if key.lower() == wanted)


def first(headers: Headers, name: str) -> str | None:
    """The first value of that name, or None when there is no such line."""
    return next(iter(values(headers, name)), None)


def lines(headers: Headers, name: str) -> tuple[str, ...]:
    """Every line of that name as it was sent: the proof a finding shows."""
    wanted = name.lower()
    return tuple(f"{key}: {value}" for key, value in headers if key.lower() == wanted)


def members(field_values: Iterable[str]) -> tuple[str, ...]:
    """The members of a list field over all its lines, commas inside quotes kept (RFC 9110 section 5.6.1)."""
    found: list[str] = []
    for value in field_values:
        current: list[str] = []
        quoted = escaped = False
        for sign in value:
            if escaped:
                escaped = False
            elif quoted and sign == "\\":
                escaped = True
            elif sign == '"':
                quoted = not quoted
            elif sign == "," and not quoted:
                found.append("".join(current).strip())
                current = []
                continue
            current.append(sign)
        found.append("".join(current).strip())
    return tuple(member for member in found if member)
