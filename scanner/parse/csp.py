"""Content-Security-Policy (CSP Level 3): values -> policies with positions, and what all of them allow together.

Every policy must be kept, so the effect is the intersection: something is allowed only if each policy allows it
(CSP3 section 4.2). A comma separates policies; inside one policy only the first directive of a name counts (2.2.1).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

BLANK = "\t\n\f\r "  # ASCII white space; a no-break space is part of a name (CSP3 section 2.2.1)
SPACE = re.compile(r"[\t\n\f\r ]+")
META_VOID = frozenset({"frame-ancestors", "report-uri", "sandbox"})  # ignored in <meta> (HTML 4.2.5.3)
FETCH_SCRIPT = ("script-src-elem", "script-src", "default-src")


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive; `at` is its character position in the value it came from."""

    name: str  # lower case
    sources: tuple[str, ...]
    at: int = 0


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy. `repeated` names directives that came again and are ignored."""

    directives: tuple[Directive, ...]
    is_meta: bool = False
    repeated: tuple[str, ...] = ()

    def get(self, name: str) -> Directive | None:
        """The directive of that name, as it counts here."""
        if self.is_meta and name in META_VOID:
            return None
        return next((d for d in self.directives if d.name == name), None)

    def governing(self, names: Iterable[str]) -> Directive | None:
        """The first of these directives that is there: a fetch directive with its fall-backs."""
        return next((d for d in (self.get(name) for name in names) if d is not None), None)


def parse_policies(values: Iterable[str], *, is_meta: bool = False) -> tuple[Policy, ...]:
    """The policies of all lines; empty ones are left out. Any text gives some policies."""
    return tuple(
        policy
        for value in values
        for start, text in _pieces(value, ",")
        if (policy := _policy(text, start, is_meta=is_meta)).directives
    )


def _policy(text: str, start: int, *, is_meta: bool) -> Policy:
    kept: dict[str, Directive] = {}
    repeated: list[str] = []
    for at, piece in _pieces(text, ";"):
        name, *sources = SPACE.split(piece)
        name = name.lower()
        if name in kept:
            repeated.append(name)
            continue
        kept[name] = Directive(name, tuple(sources), start + at)
    return Policy(tuple(kept.values()), is_meta=is_meta, repeated=tuple(repeated))


def _pieces(text: str, sign: str) -> list[tuple[int, str]]:
    """Non-empty pieces with their position."""
    found, at = [], 0
    for piece in text.split(sign):
        stripped = piece.strip(BLANK)
        if stripped:
            found.append((at + len(piece) - len(piece.lstrip(BLANK)), stripped))
        at += len(piece) + 1
    return found


def governs_scripts(policies: Iterable[Policy]) -> bool:
    """True when at least one policy says anything about scripts."""
    return any(policy.governing(FETCH_SCRIPT) is not None for policy in policies)


def allowed_by_all(
    policies: Iterable[Policy], names: Iterable[str], allows: Callable[[Directive], bool]
) -> bool:
    """True when every policy allows it: those without a governing directive allow everything."""
    wanted = tuple(names)
    governing = (policy.governing(wanted) for policy in policies)
    return all(directive is None or allows(directive) for directive in governing)


def upgrades_insecure(policies: Iterable[Policy]) -> bool:
    """True when a policy makes browsers fetch http content over https (Upgrade Insecure Requests 3)."""
    return any(policy.get("upgrade-insecure-requests") is not None for policy in policies)
