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


# ---- what a source list means -----------------------------------------------------------------------------------

SCRIPT = ("script-src", "default-src")  # eval, and workers of old browsers
SCRIPT_ELEMENT = FETCH_SCRIPT
SCRIPT_ATTRIBUTE = ("script-src-attr", "script-src", "default-src")
STYLE_ELEMENT = ("style-src-elem", "style-src", "default-src")
STYLE_ATTRIBUTE = ("style-src-attr", "style-src", "default-src")
OBJECT = ("object-src", "default-src")
FETCH_DIRECTIVES = frozenset(
    {
        "child-src",
        "connect-src",
        "default-src",
        "fenced-frame-src",
        "font-src",
        "frame-src",
        "img-src",
        "manifest-src",
        "media-src",
        "object-src",
        "prefetch-src",
        "script-src",
        "script-src-attr",
        "script-src-elem",
        "style-src",
        "style-src-attr",
        "style-src-elem",
        "worker-src",
    }
)
OTHER_DIRECTIVES = frozenset(
    {
        "base-uri",
        "block-all-mixed-content",
        "form-action",
        "frame-ancestors",
        "navigate-to",
        "plugin-types",
        "referrer",
        "reflected-xss",
        "report-to",
        "report-uri",
        "require-sri-for",
        "require-trusted-types-for",
        "sandbox",
        "trusted-types",
        "upgrade-insecure-requests",
        "webrtc",
    }
)
ANYWHERE = frozenset({"*", "http:", "https:", "http://*", "https://*", "http://*.*", "https://*.*"})
NONCE = re.compile(r"'nonce-([A-Za-z0-9+/_-]+={0,2})'", re.IGNORECASE)
HASH = re.compile(r"'sha(?:256|384|512)-[A-Za-z0-9+/_-]+={0,2}'", re.IGNORECASE)


def nonces(policies: Iterable[Policy]) -> tuple[str, ...]:
    """Every nonce that lets a script or style run, each once."""
    found = (
        match[1]
        for policy in policies
        for directive in policy.directives
        if directive.name in FETCH_DIRECTIVES
        for source in directive.sources
        if (match := NONCE.fullmatch(source))
    )
    return tuple(dict.fromkeys(found))


def has_keyword(directive: Directive, *keywords: str) -> bool:
    """True when one of these keywords is there; they are compared without case (CSP3 section 2.3.1)."""
    return any(source.lower() in keywords for source in directive.sources)


def vouches(directive: Directive) -> bool:
    """True when single scripts are vouched for by nonce or hash."""
    return any(NONCE.fullmatch(source) or HASH.fullmatch(source) for source in directive.sources)


def allows_inline(directive: Directive) -> bool:
    """True when every inline script or style may run (CSP3 section 6.7.3.2): nonces and hashes switch it off."""
    if vouches(directive) or has_keyword(directive, "'strict-dynamic'"):
        return False
    return has_keyword(directive, "'unsafe-inline'")


def allows_anywhere(directive: Directive) -> bool:
    """True when files of any host may be loaded; 'strict-dynamic' voids host and scheme sources (6.7.2.4)."""
    if directive.name != "object-src" and has_keyword(directive, "'strict-dynamic'"):
        return False
    return any(source.lower() in ANYWHERE for source in directive.sources)


def allows_scheme(scheme: str) -> Callable[[Directive], bool]:
    """A test for sources such as `data:`, which let content made up on the spot run."""

    def allows(directive: Directive) -> bool:
        return has_keyword(directive, scheme) and not has_keyword(directive, "'strict-dynamic'")

    return allows


def is_governed(policies: Iterable[Policy], names: Iterable[str]) -> bool:
    """True when at least one policy has one of these directives."""
    wanted = tuple(names)
    return any(policy.governing(wanted) is not None for policy in policies)


def is_allowed(policies: Iterable[Policy], names: Iterable[str], allows: Callable[[Directive], bool]) -> bool:
    """True when some policy speaks of it, and all that do allow it."""
    kept, wanted = tuple(policies), tuple(names)
    return is_governed(kept, wanted) and allowed_by_all(kept, wanted, allows)
