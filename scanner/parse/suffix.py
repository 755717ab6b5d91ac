"""The Public Suffix List: which part of a name somebody can register (publicsuffix.org, "Format" and "Algorithm").

Never "the last two labels": `gov.vn` is a suffix, so `hanoi.gov.vn` is one registrable domain, and `hanoi.vn` is a
suffix itself.
"""

import idna

from scanner.model.reference import SuffixTable

COMMENT = "//"
VERSION = "// VERSION:"


def read_suffixes(text: str) -> SuffixTable:
    """The table of a list in its published form; rules that are no host names are left out."""
    rules: dict[str, set[str]] = {"": set(), "*.": set(), "!": set()}
    version = ""
    for line in text.splitlines():
        if line.startswith(VERSION) and not version:
            version = line.removeprefix(VERSION).strip()
        rule = line.split(maxsplit=1)[0].lower() if line.strip() else ""
        if not rule or rule.startswith(COMMENT):
            continue
        kind = next((k for k in ("*.", "!") if rule.startswith(k)), "")
        if (name := _spelt(rule.removeprefix(kind))) is not None:
            rules[kind].add(name)
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
    if rule.isascii():
        return rule
    try:
        return idna.encode(rule, uts46=True).decode("ascii")
    except idna.IDNAError:
        return None
