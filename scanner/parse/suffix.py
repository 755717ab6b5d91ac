"""The Public Suffix List: which part of a name somebody can register (publicsuffix.org, "Format" and "Algorithm").

Never "the last two labels": `gov.vn` is a suffix, so `hanoi.gov.vn` is one registrable domain, and `hanoi.vn` is a
suffix itself.
"""

from unicodedata import is_normalized

import idna

from scanner.model.reference import SuffixTable

COMMENT = "//"
VERSION = "// VERSION:"
KINDS = ("*.", "!")
ACE = "xn--"


def read_suffixes(text: str) -> SuffixTable:
    """The table of a list in its published form; rules that are no host names are left out."""
    rules: dict[str, set[str]] = {"": set(), "*.": set(), "!": set()}
    start = text.find(VERSION)
    version = text[start + len(VERSION) :].partition("\n")[0].strip() if start >= 0 else ""
    for line in text.lower().splitlines():
        if not line or line.startswith(COMMENT) or not (words := line.split(maxsplit=1)):
            continue
        rule = words[0]
        kind = next((k for k in KINDS if rule.startswith(k)), "")
        name = rule[len(kind) :]
        if name.isascii():
            rules[kind].add(name)
        elif (spelt := _spelt(name)) is not None:
            rules[kind].add(spelt)
    return SuffixTable(frozenset(rules[""]), frozenset(rules["*."]), frozenset(rules["!"]), version)


def registrable(name: str, table: SuffixTable) -> str | None:
    """The registrable domain a host name lies in; None for a suffix, a single label, an address, an empty table.

    The longest rule wins, an exception beats all, and a name no rule fits lies directly below its last label.
    """
    labels = name.lower().rstrip(".").split(".")
    if not table.rules or not all(labels) or labels[-1].isdigit() or ":" in name:
        return None
    length = _suffix_length(labels, table)
    return ".".join(labels[-length - 1 :]) if len(labels) > length else None


def _suffix_length(labels: list[str], table: SuffixTable) -> int:
    for start in range(len(labels)):  # the longest candidate first
        candidate = ".".join(labels[start:])
        if candidate in table.exceptions:
            return len(labels) - start - 1
        if candidate in table.rules:
            return len(labels) - start
        if ".".join(labels[start + 1 :]) in table.wildcards:
            return len(labels) - start
    return 1


def _spelt(rule: str) -> str | None:
    labels = rule.split(".")
    if all(map(_is_settled, labels)):
        return ".".join(
            ACE + label.encode("punycode").decode("ascii") if not label.isascii() else label
            for label in labels
        )
    try:
        return idna.encode(rule, uts46=True).decode("ascii")
    except idna.IDNAError:
        return None


def _is_settled(label: str) -> bool:
    """True for a label that its mapping (UTS 46) leaves as it is: letters and digits, lower case and normalised."""
    return label.isascii() or (label.isalnum() and is_normalized("NFKC", label) and label == label.casefold())
