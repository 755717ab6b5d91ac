"""Strict-Transport-Security (RFC 6797 section 6.1): one header value -> what a browser takes from it."""

import re
from dataclasses import dataclass

TOKEN = re.compile(r"^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$")
DIGITS = re.compile(r"^[0-9]{1,19}$")


@dataclass(frozen=True, slots=True)
class Hsts:
    """A valid policy."""

    max_age_s: int
    include_subdomains: bool = False
    preload: bool = False


@dataclass(frozen=True, slots=True)
class HstsError:
    """Why a browser ignores the value."""

    reason: str


def parse_hsts(value: str) -> Hsts | HstsError:
    """The policy of one value, or why it is void. Unknown directives are ignored (RFC 6797 section 6.1)."""
    seen: dict[str, str] = {}
    for part in _directives(value):
        name, equals, argument = part.partition("=")
        name = name.strip().lower()
        if not name and not equals:
            continue
        if not TOKEN.match(name):
            return HstsError(f"{name[:40]!r} is no directive name")
        if name in seen:
            return HstsError(f"directive {name} is repeated")
        seen[name] = _unquoted(argument.strip())
    if "max-age" not in seen:
        return HstsError("max-age is missing")
    if not DIGITS.match(seen["max-age"]):
        return HstsError(f"max-age {seen['max-age'][:40]!r} is no number of seconds")
    return Hsts(int(seen["max-age"]), "includesubdomains" in seen, "preload" in seen)


def _directives(value: str) -> list[str]:
    """The value split at semicolons outside quotes."""
    parts, current, quoted = [], "", False
    for sign in value:
        if sign == '"':
            quoted = not quoted
        if sign == ";" and not quoted:
            parts.append(current.strip())
            current = ""
        else:
            current += sign
    return [*parts, current.strip()]


def _unquoted(argument: str) -> str:
    if len(argument) >= 2 and argument[0] == argument[-1] == '"':
        return argument[1:-1]
    return argument
