"""One SPF record by the grammar of RFC 7208 section 12. A syntax error anywhere is a permanent error (section 4.6)."""

import ipaddress
import re
from dataclasses import dataclass

VERSION = "v=spf1"
MACRO = re.compile(r"%(?:\{([A-Za-z])(\d*)(r?)([.\-+,/_=]*)\}|[%_-])", re.IGNORECASE)
DOMAIN_LETTERS = frozenset("slodiphv")  # c, r and t may stand in explanations only (section 7.2)
LITERAL = re.compile(r"[\x21-\x24\x26-\x7e]*")
TOP_LABEL = re.compile(r"\.(?:[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*|[A-Za-z0-9]+-[A-Za-z0-9-]*[A-Za-z0-9])\.?$")
MODIFIER = re.compile(r"^([A-Za-z][A-Za-z0-9_.-]*)=(.*)$", re.DOTALL)
CIDR = re.compile(r"^(.*?)(?:/(0|[1-9]\d?))?(?://(0|[1-9]\d{0,2}))?$", re.DOTALL)
V4_BITS, V6_BITS = 32, 128
LOOKUP_KINDS = frozenset({"include", "a", "mx", "ptr", "exists", "redirect"})
"""Terms that cost a look-up (section 4.6.4)."""

WITH_DOMAIN = frozenset({"include", "exists"})
MAYBE_DOMAIN = frozenset({"a", "mx", "ptr"})


@dataclass(frozen=True, slots=True)
class SpfTerm:
    """One mechanism. `domain` is empty when it is the domain of the record itself."""

    kind: str  # all include a mx ptr ip4 ip6 exists
    qualifier: str  # + - ~ ?
    domain: str = ""
    network: str = ""  # of ip4 and ip6, as written
    raw: str = ""

    @property
    def has_macro(self) -> bool:
        """True when the target depends on the mail, so that nobody can follow it beforehand."""
        return "%" in self.domain


@dataclass(frozen=True, slots=True)
class SpfRecord:
    """A record that receivers can use."""

    terms: tuple[SpfTerm, ...]
    redirect: str = ""
    explanation: str = ""

    @property
    def effective(self) -> tuple[SpfTerm, ...]:
        """The terms up to the first `all`; what stands behind it is never tested (section 5.1)."""
        kinds = [term.kind for term in self.terms]
        return self.terms[: kinds.index("all") + 1] if "all" in kinds else self.terms

    @property
    def all_qualifier(self) -> str:
        """The qualifier of `all`, or empty when there is none."""
        return next((term.qualifier for term in self.terms if term.kind == "all"), "")


@dataclass(frozen=True, slots=True)
class SpfError:
    """The first term outside the grammar, and why."""

    term: str
    reason: str


def is_spf(text: str) -> bool:
    """True when a TXT record is meant as SPF: the version, then a space or the end (section 4.5)."""
    return text[: len(VERSION)].lower() == VERSION and text[len(VERSION) : len(VERSION) + 1] in ("", " ")


def read_spf(text: str) -> SpfRecord | SpfError:
    """The record of a text for which `is_spf` holds, or the first error in it."""
    terms: list[SpfTerm] = []
    modifiers: dict[str, str] = {}
    for word in text[len(VERSION) :].split(" "):
        if not word:
            continue
        match = MODIFIER.match(word)
        if match is None:
            term = _mechanism(word)
            if isinstance(term, SpfError):
                return term
            terms.append(term)
        elif (trouble := _modifier(match[1].lower(), match[2], modifiers)) is not None:
            return SpfError(word, trouble)
    return SpfRecord(tuple(terms), modifiers.get("redirect", ""), modifiers.get("exp", ""))


def _modifier(name: str, value: str, known: dict[str, str]) -> str | None:
    """Why a modifier is wrong, or None; `redirect` and `exp` may stand once (section 6)."""
    if name not in ("redirect", "exp"):
        return None if _is_macro_string(value, letters=None) else "not a macro string"
    if name in known:
        return f"{name} stands twice"
    if not is_domain_spec(value):
        return "no domain"
    known[name] = value
    return None


def _mechanism(word: str) -> SpfTerm | SpfError:
    qualifier = word[0] if word[0] in "+-~?" else "+"
    body = word[1:] if word[0] in "+-~?" else word
    match = re.match(r"[A-Za-z0-9_.-]*", body)
    kind = match[0].lower() if match else ""
    rest = body[len(kind) :]
    if kind == "all":
        return SpfTerm("all", qualifier, raw=word) if not rest else SpfError(word, "all takes no argument")
    if kind in ("ip4", "ip6"):
        return _network(word, kind, qualifier, rest)
    if kind in WITH_DOMAIN:
        if rest.startswith(":") and is_domain_spec(rest[1:]):
            return SpfTerm(kind, qualifier, rest[1:], raw=word)
        return SpfError(word, "no domain")
    if kind in MAYBE_DOMAIN:
        return _host(word, kind, qualifier, rest)
    return SpfError(word, "unknown mechanism")


def _network(word: str, kind: str, qualifier: str, rest: str) -> SpfTerm | SpfError:
    text, slash, length = rest[1:].partition("/")
    bits = V4_BITS if kind == "ip4" else V6_BITS
    try:
        address = ipaddress.ip_address(text) if "%" not in text else None
    except ValueError:
        address = None
    if not rest.startswith(":") or address is None or address.max_prefixlen != bits:
        return SpfError(word, "no address")
    if slash and not _is_length(length, bits):
        return SpfError(word, "no prefix length")
    return SpfTerm(kind, qualifier, network=rest[1:], raw=word)


def _host(word: str, kind: str, qualifier: str, rest: str) -> SpfTerm | SpfError:
    match = CIDR.match(rest)
    if match is None or (kind == "ptr" and (match[2] or match[3])):
        return SpfError(word, "unknown argument")
    if (match[2] and not _is_length(match[2], V4_BITS)) or (match[3] and not _is_length(match[3], V6_BITS)):
        return SpfError(word, "no prefix length")
    if not match[1]:
        return SpfTerm(kind, qualifier, raw=word)
    if match[1].startswith(":") and is_domain_spec(match[1][1:]):
        return SpfTerm(kind, qualifier, match[1][1:], raw=word)
    return SpfError(word, "no domain")


def _is_length(text: str, bits: int) -> bool:
    return bool(re.fullmatch(r"0|[1-9]\d{0,2}", text)) and int(text) <= bits


def is_domain_spec(text: str) -> bool:
    """True for a target: a macro string that ends in a top label or in a macro (section 7.1)."""
    if not _is_macro_string(text, letters=DOMAIN_LETTERS):
        return False
    return text.endswith("}") or TOP_LABEL.search(text) is not None


def _is_macro_string(text: str, *, letters: frozenset[str] | None) -> bool:
    at = 0
    while at < len(text):
        if text[at] != "%":
            end = LITERAL.match(text, at)
            if end is None or end.end() == at:
                return False
            at = end.end()
            continue
        macro = MACRO.match(text, at)
        if macro is None or not _may_stand(macro, letters):
            return False
        at = macro.end()
    return True


def _may_stand(macro: re.Match[str], letters: frozenset[str] | None) -> bool:
    if macro[1] is None:
        return True
    known = DOMAIN_LETTERS | frozenset("crt") if letters is None else letters
    return macro[1].lower() in known and (not macro[2] or int(macro[2][:6]) > 0)
