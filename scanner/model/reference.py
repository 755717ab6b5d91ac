"""Dated tables a judgement may look things up in. Loaded once, by `scanner.reference`; never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from scanner.model.lexicon import Lexicon
from scanner.model.pattern import Pattern


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
    kind: str  # generator asset anywhere link cookie header markup footer
    pattern: Pattern
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
class CtLog:
    """A log of certificate transparency."""

    key: bytes  # public key in DER; its SHA-256 is the id in timestamps
    name: str
    operator: str
    state: str  # usable, readonly, retired ... on the day of the list


@dataclass(frozen=True, slots=True)
class SuffixTable:
    """The public suffixes: names below which others register. Labels are A-labels; `*` rules without the star."""

    rules: frozenset[str] = frozenset()
    wildcards: frozenset[str] = frozenset()
    exceptions: frozenset[str] = frozenset()
    version: str = ""  # as the list says it


@dataclass(frozen=True, slots=True)
class Takeover:
    """A hosting service that gives a name to whoever asks for it next."""

    suffix: str  # of the names it hands out
    service: str
    fingerprint: str = ""  # text of its page for a name nobody holds; empty: such a name does not exist


@dataclass(frozen=True, slots=True)
class VersionFile:
    """A file that prints the version. Written in checks/data/version_files.toml, not in code."""

    product: str
    path: str  # relative to the folder the product is installed in
    pattern: Pattern
    precision: str  # what the number means: exact | line | at-least
    lines: tuple[str, ...] = ()  # first numbers of the lines that have the file; empty: all


@dataclass(frozen=True, slots=True)
class Library:
    """A script library, known by the number in its address or, for files of that name, in their first lines."""

    key: str
    name: str
    patterns: tuple[Pattern, ...] = ()  # addresses that hold the number
    files: tuple[Pattern, ...] = ()  # addresses of the library without a number
    banners: tuple[Pattern, ...] = ()  # text at the head of such a file that holds it
    hint: str = ""  # what every address of the library holds, lower case


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """How a page betrays an extension of a product, and which public file of it prints its version.

    `asset` captures the name. Placeholders in `manifest`: {name}, and {group} where the pattern has one.
    """

    product: str
    kind: str  # plugin theme component module template extension
    asset: Pattern
    manifest: str = ""  # relative to the folder the product is installed in; empty: none is public
    number: Pattern | None = None  # in the manifest
    query: Pattern | None = None  # in the address of an asset of the extension
    core: frozenset[str] = frozenset()  # names that are part of the product itself


@dataclass(frozen=True, slots=True)
class Login:
    """The usual address of a product's administration, and what proves its login form."""

    product: str
    path: str  # relative to the folder the product is installed in
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Packaged:
    """A release line a distribution packages: it repairs holes there without changing the number."""

    product: str
    distribution: str  # as server headers name it, lower case: debian, ubuntu
    line: str
    version: str = ""  # the release its newest package prints, where that is known


HashRange = int | tuple[int, int]


@dataclass(frozen=True, slots=True)
class FileMark:
    """One static file and which releases ship it with which content.

    `hashes`: normalised hash -> indices, or first and last index, into the versions of the family. Layer 0
    prints the version; layers 1 to 3 are independent sets of files that do not.
    """

    path: str
    layer: int
    hashes: Mapping[str, tuple[HashRange, ...]]


@dataclass(frozen=True, slots=True)
class Family:
    """Releases that share a layout, oldest first."""

    name: str
    versions: tuple[str, ...]
    dates: tuple[str, ...]
    files: tuple[FileMark, ...]


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Hashes of static files by release, of one product."""

    product: str
    families: tuple[Family, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VulnerableRange:
    """A stretch of releases as the source gives it: `fixed` is the first good one, `last` the last bad one."""

    introduced: str = ""
    fixed: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """A CVSS score as published."""

    version: str
    score: float
    vector: str = ""


@dataclass(frozen=True, slots=True)
class KnownExploited:
    """The entry of the catalogue of exploited vulnerabilities."""

    added: str
    ransomware: bool = False


@dataclass(frozen=True, slots=True)
class Vulnerability:
    """One published hole of one product."""

    id: str
    product: str
    published: str | None  # ISO date; None where the source gives none
    ranges: tuple[VulnerableRange, ...]
    source: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    cvss: Score | None = None
    kev: KnownExploited | None = None
    advisory: str = ""


@dataclass(frozen=True, slots=True)
class Mergers:
    """Provinces that were merged: pairs of (former name, present name), and the day from which that holds."""

    pairs: tuple[tuple[str, str], ...] = ()
    since: date = date.max


@dataclass(frozen=True, slots=True)
class TableDate:
    """How old one table is, and where it came from."""

    name: str
    day: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """All tables at once, and how old the oldest of them is."""

    data_date: date
    products: Mapping[str, ProductTable] = field(default_factory=dict)
    anchors: Anchors = field(default_factory=Anchors)
    signals: SignalTable = field(default_factory=SignalTable)
    suffixes: SuffixTable = field(default_factory=SuffixTable)
    lexicon: Lexicon = field(default_factory=Lexicon)
    takeovers: tuple[Takeover, ...] = ()
    dnssec_anchors: tuple[tuple[str, str], ...] = ()  # (name, DS record); the root's name is empty
    version_files: tuple[VersionFile, ...] = ()
    libraries: tuple[Library, ...] = ()
    extensions: tuple[ExtensionRule, ...] = ()
    logins: tuple[Login, ...] = ()
    packaged: tuple[Packaged, ...] = ()
    fingerprints: Mapping[str, Fingerprints] = field(default_factory=dict)
    vulnerabilities: Mapping[str, tuple[Vulnerability, ...]] = field(default_factory=dict)  # by product
    vulnerabilities_on: date | None = None  # the day they were gathered
    mergers: Mergers = field(default_factory=Mergers)
    dates: tuple[TableDate, ...] = ()
    authorities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # organisation -> names in CAA
    ct_logs: Mapping[str, CtLog] = field(default_factory=dict)  # by the hash of the key, hex
