"""How the HTTP Observatory reads policies, which differs from browsers: for its grade only, never for our verdicts.

It merges all policies into one list of sources per directive. A source of a later policy stays when its neighbour in
alphabetical order, coming from another policy, is the same; a directive repeated in one policy voids everything.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote_to_bytes

SHORTEST = 6
MAY_REPEAT = frozenset({"report-uri", "report-to"})
NOT_IN_META = frozenset({"frame-ancestors", "report-uri", "sandbox"})
NONE = "'none'"
BROAD = frozenset({"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"})
BROAD_OR_INLINE = BROAD | {"'unsafe-inline'", "data:"}
PASSIVE = ("img-src", "media-src")
PLAIN = ("http:", "ftp:")
VOUCHERS = ("'sha256-", "'sha384-", "'sha512-", "'nonce-")
# the order of signs in the collation it sorts by (Unicode collation, English)
ORDER = {
    sign: n
    for n, sign in enumerate("\t _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz")
}

Merged = Mapping[str, frozenset[str]]


class InvalidPolicyError(ValueError):
    """The Observatory calls the header invalid."""


@dataclass(slots=True)
class _Source:
    text: str
    policy: int
    keep: bool


@dataclass(frozen=True, slots=True)
class MergedPolicies:
    """One list of sources per directive, and whether a harmless directive came twice."""

    sources: Merged
    has_repeats: bool = False


def merge(policies: Iterable[str], *, is_meta: bool = False) -> MergedPolicies:
    """All policies as one; raises InvalidPolicyError where the Observatory gives up."""
    texts = [re.sub(r"[\r\n]", "", policy).strip() for policy in policies]
    if any(len(text) < SHORTEST for text in texts):
        raise InvalidPolicyError
    merged: dict[str, list[_Source]] = {}
    has_repeats = False
    for number, text in enumerate(texts):
        seen: set[str] = set()
        for name, values in _directives(text):
            if name in seen and name not in MAY_REPEAT:
                raise InvalidPolicyError
            has_repeats = has_repeats or name in seen
            seen.add(name)
            merged[name] = _merged(merged.get(name, []) if number else [], name, values, number)
            if number == 0 and len(texts) > 1:
                for source in merged[name]:
                    source.keep = False
    dropped = NOT_IN_META if is_meta else frozenset()
    sources = {
        name: frozenset(source.text for source in found) or frozenset({NONE})
        for name, found in merged.items()
        if name not in dropped
    }
    return MergedPolicies(sources, has_repeats)


def _directives(text: str) -> Iterable[tuple[str, list[str]]]:
    for piece in text.split(";"):
        words = piece.split()
        if words:
            yield words[0].lower(), [word.lower() for word in words[1:]]


def _merged(before: list[_Source], name: str, values: list[str], number: int) -> list[_Source]:
    if not values and name.endswith("-src"):
        values = [NONE]
    sources = [*before, *(_Source(value, number, number == 0) for value in values)]
    sources.sort(key=lambda source: [ORDER.get(sign, 100 + ord(sign)) for sign in source.text])
    for earlier, source in pairwise(sources):
        if source.policy == earlier.policy and source.text.startswith(earlier.text):
            source.keep = False
        if source.policy != earlier.policy and _matches(earlier.text, source.text):
            source.keep = True
    return [source for source in sources if source.keep]


def _matches(pattern: str, text: str) -> bool:
    """Whether the earlier source covers the later one, compared piece by piece between slashes."""
    if not pattern:
        return True
    wanted, given = pattern.split("/"), text.split("/")
    is_folder = pattern.endswith("/")
    if len(wanted) > len(given) or (not is_folder and len(wanted) != len(given)):
        return False
    if is_folder:
        wanted.pop()
    return all(_decoded(a) == _decoded(b) for a, b in zip(wanted, given, strict=False))


def _decoded(piece: str) -> str:
    if re.search(r"%(?![0-9a-f]{2})", piece):
        raise InvalidPolicyError
    try:
        return unquote_to_bytes(piece).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidPolicyError from error


def judge(merged: Merged, *, is_secure: bool) -> str:
    """The result of the merged policies; the first match wins."""
    sources = {name: set(found) for name, found in merged.items()}
    default = sources.get("default-src")
    # one set may stand for several directives: what is dropped below is dropped from all of them, as there
    script, style, objects = (_governing(sources, name) for name in ("script-src", "style-src", "object-src"))
    for listed in (script, style):
        if _vouches(listed):
            listed.discard("'unsafe-inline'")
    if "'strict-dynamic'" in script:
        if not _vouches(script):
            return "csp-header-invalid"
        voided = {s for s in script if s.startswith(tuple(BROAD)) or s in ("'self'", "'unsafe-inline'")}
        script -= voided
    if script & BROAD_OR_INLINE or objects & BROAD:
        return "csp-implemented-with-unsafe-inline"
    if is_secure and _has_plain_active(sources, script):
        return "csp-implemented-with-insecure-scheme"
    if "'unsafe-eval'" in script | style:
        return "csp-implemented-with-unsafe-eval"
    passive = {s for name in PASSIVE for s in sources.get(name, default or ())}
    if is_secure and any(s.startswith(PLAIN) for s in passive):
        return "csp-implemented-with-insecure-scheme-in-passive-content-only"
    if style & BROAD_OR_INLINE:
        return "csp-implemented-with-unsafe-inline-in-style-src-only"
    return f"csp-implemented-with-no-unsafe{'-default-src-none' if default == {NONE} else ''}"


def _governing(sources: dict[str, set[str]], name: str) -> set[str]:
    return sources.get(name, sources.get("default-src", {"*"}))


def _has_plain_active(sources: dict[str, set[str]], script: set[str]) -> bool:
    others = (found for name, found in sources.items() if name not in (*PASSIVE, "script-src"))
    return any(s.startswith(PLAIN) for found in (*others, script) for s in found)


def _vouches(sources: set[str]) -> bool:
    return any(source.startswith(VOUCHERS) for source in sources)
