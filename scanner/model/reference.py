"""Dated tables a judgement may look things up in. Loaded once, by `scanner.reference`; never changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Cycle:
    """One release line of a product. A date that is None is not known: never guess it."""

    line: str  # "3", "4.4", "8.2"
    released_on: date | None = None
    support_ends_on: date | None = None  # security support of the public edition
    ended: bool | None = None  # said to be over (True) or alive (False) where no date is known
    extended_ends_on: date | None = None  # paid support, if any
    latest: str = ""
    latest_on: date | None = None


@dataclass(frozen=True, slots=True)
class ProductTable:
    """Release lines and release dates of one product, with where they come from."""

    product: str
    cycles: tuple[Cycle, ...]
    releases: Mapping[str, date]
    source: str
    policy_url: str = ""


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign by which a page betrays its product. Written in checks/data/signals.toml, not in code."""

    product: str
    kind: str  # generator asset link cookie header markup footer
    pattern: re.Pattern[str]
    is_strong: bool = False  # enough alone to say "firm"; a weak one alone only says "possible"
    lines: tuple[str, ...] = ()  # release lines it implies by itself, e.g. ("3",)
    at_least: str = ""  # or the oldest line it can come from
    printed: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # number printed -> lines it may mean
    precision: str = "line"  # what a number in it means: exact | line | at-least


@dataclass(frozen=True, slots=True)
class SignalTable:
    """All signals, the products' names, and how a footer says what a site runs on (folded words)."""

    signals: tuple[Signal, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    footer_verbs: tuple[str, ...] = ()
    footer_nouns: tuple[str, ...] = ()
    footer_credits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchors:
    """Certificates a path may end at, in DER."""

    public: tuple[bytes, ...] = ()
    public_source: str = ""  # name and version of the bundle
    private: tuple[tuple[str, bytes], ...] = ()  # (label, DER): anchors this officer's configuration adds


@dataclass(frozen=True, slots=True)
class SuffixTable:
    """The public suffixes: names below which others register. Labels are A-labels; `*` rules without the star."""

    rules: frozenset[str] = frozenset()
    wildcards: frozenset[str] = frozenset()
    exceptions: frozenset[str] = frozenset()
    version: str = ""  # as the list says it


@dataclass(frozen=True, slots=True)
class Reference:
    """All tables at once, and how old the oldest of them is."""

    data_date: date
    products: Mapping[str, ProductTable] = field(default_factory=dict)
    anchors: Anchors = field(default_factory=Anchors)
    signals: SignalTable = field(default_factory=SignalTable)
    suffixes: SuffixTable = field(default_factory=SuffixTable)
