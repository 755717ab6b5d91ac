"""Which releases a set of file hashes leaves, and which file to ask for next.

A hash table says "these files equal those of release X", never "this is release X": a release the table does
not hold may ship the same files. So a set of candidates grows by every release known by date alone that stands
beside a candidate, is open at the top when it reaches the newest release of a line, and grows down to the newest known
release of the line before when it reaches the first of a line: what came out between the two may look like either.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scanner.model.reference import Fingerprints, HashRange
from scanner.parse.version import Version, version_or_none

TEXT_TYPES = frozenset({"js", "css", "xml", "txt", "html", "htm", "md", "ini", "svg", "json", "map", "less"})
MARK_DIGITS = 16
BOM = b"\xef\xbb\xbf"


def mark_of(content: bytes, path: str) -> str:
    """The hash of a file as the tables give it.

    Text is taken without byte order mark, with LF line ends and without blanks at its end: transfer in text mode
    and editors change exactly these.
    """
    if type_of(path) in TEXT_TYPES:
        content = content.removeprefix(BOM).replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip()
    return hashlib.sha256(content).hexdigest()[:MARK_DIGITS]


def type_of(path: str) -> str:
    """The ending of a file name in lower case, "" when it has none."""
    return path.rpartition("/")[2].lower().rpartition(".")[2] if "." in path.rpartition("/")[2] else ""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What files come to: the releases they may belong to, oldest first."""

    versions: tuple[str, ...]
    or_later: bool = False
    is_mixed: bool = False  # files of releases that exclude each other

    @property
    def text(self) -> str:
        """The set in few signs: 3.4.3, 3.4.4-3.4.8 with an en dash, and a plus when it is open."""
        if not self.versions:
            return ""
        first, last = self.versions[0], self.versions[-1]
        return (first if first == last else f"{first}–{last}") + ("+" if self.or_later else "")


class ReleaseIndex:
    """The tables of one product as sets of releases; a set is an integer with one bit for each release."""

    def __init__(self, table: Fingerprints, known: Iterable[str] = ()) -> None:
        self.versions = tuple(v for family in table.families for v in family.versions)
        self.all = (1 << len(self.versions)) - 1
        self.layer: dict[str, int] = {}
        self._hashes: dict[str, dict[str, int]] = {}
        self._lines = _lines(self.versions, known)
        offset = 0
        for family in table.families:
            for file in family.files:
                self.layer.setdefault(file.path, file.layer)
                marks = self._hashes.setdefault(file.path, {})
                for mark, ranges in file.hashes.items():
                    marks[mark] = marks.get(mark, 0) | _bits(ranges) << offset
            offset += len(family.versions)

    @property
    def paths(self) -> Iterable[str]:
        """Every file of the tables, best first within its layer."""
        return self._hashes

    def holds(self, number: str) -> bool:
        """True when the tables have hashes of that release."""
        wanted = version_or_none(number)
        return any(version_or_none(v) == wanted for v in self.versions)

    def releases(self, path: str, mark: str) -> int:
        """The releases that ship a file with that content; none for a content nobody ships."""
        return self._hashes.get(path, {}).get(mark, 0)

    def within(self, lines: Iterable[str]) -> int:
        """The releases of the named lines; all when no line is named or none is known."""
        named = tuple(lines)
        chosen = 0
        for place, text in enumerate(self.versions):
            version = version_or_none(text)
            if version and any(version.belongs_to(line) for line in named):
                chosen |= 1 << place
        return chosen or self.all

    def rest(self, path: str, among: int) -> float:
        """How many releases are expected to be left after asking for a file; absence tells nothing."""
        total = among.bit_count()
        hit = squares = 0
        for releases in self._hashes.get(path, {}).values():
            size = (releases & among).bit_count()
            hit += size
            squares += size * size
        return (squares + (total - min(hit, total)) * total) / total if total else 0.0

    def shipped(self, path: str) -> int:
        """The releases that ship a file at all."""
        found = 0
        for releases in self._hashes.get(path, {}).values():
            found |= releases
        return found

    def candidates(self, hits: Mapping[str, str], *, has_unknown: bool = False) -> Candidates:
        """The releases all hits (path -> hash) agree on; `has_unknown`: a further file has a body nobody ships."""
        left = self.all
        for path, mark in hits.items():
            left &= self.releases(path, mark)
        if not hits:
            return Candidates(())
        if not left:
            return Candidates((), is_mixed=True)
        named = [text for place, text in enumerate(self.versions) if left >> place & 1]
        return self._widened(named, has_unknown=has_unknown)

    def _widened(self, named: list[str], *, has_unknown: bool) -> Candidates:
        """Candidates with their unlisted neighbours."""
        found = {v: text for text in named if (v := version_or_none(text))}
        is_open = has_unknown
        for version in tuple(found):
            key = _line_key(version, self._lines)
            line = self._lines[key]
            place = next(n for n, (v, _text, _is_listed) in enumerate(line) if v == version)
            for step in (-1, 1):
                beside = place + step
                while 0 <= beside < len(line) and not line[beside][2]:
                    found[line[beside][0]] = line[beside][1]
                    beside += step
                is_open |= beside == len(line)
                if beside < 0:
                    found |= self._end_of_line_before(key)
        return Candidates(tuple(found[v] for v in sorted(found)), or_later=is_open)

    def _end_of_line_before(self, key: tuple[int, ...]) -> dict[Version, str]:
        """The newest releases of the line before that may have an unknown successor: up to the last one with hashes.

        Only within one first number: across it, hardly a file stays the same.
        """
        before = max((k for k in self._lines if k[:1] == key[:1] and k < key), default=None)
        found: dict[Version, str] = {}
        for version, text, is_listed in reversed(self._lines[before] if before else ()):
            found[version] = text
            if is_listed:
                break
        return found


Line = list[tuple[Version, str, bool]]  # version, as printed, the tables hold its hashes


def _lines(listed: Iterable[str], known: Iterable[str]) -> dict[tuple[int, ...], Line]:
    """Every release by its line, oldest first; a line is the number without its last place."""
    merged: dict[Version, tuple[str, bool]] = {}
    for texts, is_listed in ((known, False), (listed, True)):
        for text in texts:
            version = version_or_none(text)
            if version is not None and not version.suffix:
                merged.pop(
                    version, None
                )  # 3.2 of a calendar is 3.2.0 of the hashes: the longer one tells its line
                merged[version] = (text, is_listed)
    lines: dict[tuple[int, ...], Line] = {(): []}
    deep = {v.numbers[:2] for v in merged if len(v.numbers) > 2}
    for version in sorted(merged):
        key = version.numbers[:2] if version.numbers[:2] in deep else version.numbers[:1]
        lines.setdefault(key, []).append((version, *merged[version]))
    return lines


def _line_key(version: Version, lines: Mapping[tuple[int, ...], Line]) -> tuple[int, ...]:
    for key in (version.numbers[:2], version.numbers[:1]):
        if any(v == version for v, _text, _listed in lines.get(key, ())):
            return key
    raise KeyError(version)  # every listed release has a line


def _bits(ranges: Iterable[HashRange]) -> int:
    bits = 0
    for one in ranges:
        first, last = (one, one) if isinstance(one, int) else one
        bits |= ((1 << (last - first + 1)) - 1) << first
    return bits
