"""Strict-Transport-Security (RFC 6797 section 6.1): one header value -> what a browser takes from it."""

import re
from dataclasses import dataclass

TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
DIGITS = re.compile(r"[0-9]+")
FOREVER_S = 10**18  # a longer number means this: browsers stop counting too
LONGEST_DIGITS = 18
BLANK = " \t"


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
        name = name.strip(BLANK).lower()
        if not name and not equals:
            continue
        if not TOKEN.fullmatch(name):
            return HstsError(f"{name[:40]!r} is no directive name")
        if name in seen:
            return HstsError(f"directive {name} is repeated")
        seen[name] = _unquoted(argument.strip(BLANK))
    if "max-age" not in seen:
        return HstsError("max-age is missing")
    if not DIGITS.fullmatch(seen["max-age"]):
        return HstsError(f"max-age {seen['max-age'][:40]!r} is no number of seconds")
    return Hsts(_seconds(seen["max-age"]), "includesubdomains" in seen, "preload" in seen)


def _seconds(digits: str) -> int:
    bare = digits.lstrip("0")
    return int(bare or "0") if len(bare) <= LONGEST_DIGITS else FOREVER_S


def _directives(value: str) -> list[str]:
    """The value split at semicolons outside quotes."""
    parts, current, quoted = [], "", False
    for sign in value:
        if sign == '"':
            quoted = not quoted
        if sign == ";" and not quoted:
            parts.append(current.strip(BLANK))
            current = ""
        else:
            current += sign
    return [*parts, current.strip(BLANK)]


def _unquoted(argument: str) -> str:
    if len(argument) >= 2 and argument[0] == argument[-1] == '"':
        return argument[1:-1]
    return argument
