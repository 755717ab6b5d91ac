"""From claims to one reading of the version, and from a reading to the support its line has on a day.

Rules: a file that prints the version beats the page, the page beats hashes of files, all beat what a person
typed. Of two exact numbers the newer of the best kind counts for support and both are shown; a line alone is
enough to know whether support has ended; nothing is guessed beyond the data.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from scanner.identify.products import Certainty, Claim, Precision, Product
from scanner.model.finding import Confidence
from scanner.model.reference import Cycle, ProductTable
from scanner.parse.version import Version, line_of, lines_within, parse_version, version_or_none

PLAIN = re.compile(r"\d{1,6}(?:\.\d{1,6}){0,4}", re.ASCII)  # without what a packager appends
ABANDONED_AFTER = timedelta(days=730)  # an undated line that newer ones have replaced, and no release since
LITERAL = "literal"  # method of a claim that a version file makes
LAST_FIX_GAP = timedelta(days=365)  # where old lines get fixes: none, while the newest line got some


@dataclass(frozen=True, slots=True)
class Reading:
    """What all claims together come to. `lines` are the release lines of the data it may be."""

    text: str  # for people: the most exact number that stands
    method: str  # generator, asset, header, markup, or "declared"
    lines: tuple[str, ...]
    confidence: Confidence
    exact: Version | None = None
    claims: tuple[Claim, ...] = ()  # those the reading rests on
    conflict: tuple[str, ...] = ()  # exact numbers that contradict each other
    is_lower_bound: bool = False
    candidates: tuple[str, ...] = ()  # releases it may be, oldest first; empty when only lines are known
    or_later: bool = False  # or one newer than the last candidate


class State(StrEnum):
    """What is known about the support of a line."""

    SUPPORTED = "supported"
    ENDED = "ended"  # on a known day, or said to be over
    ENDED_BEFORE = "ended-before"  # older than a line whose support has ended
    ABANDONED = "abandoned"  # no calendar, but newer lines and no release for years
    NEWER = "newer"  # newer than the data
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Support:
    """The support of one line on one day. Dates that are not known are None."""

    state: State
    line: str
    ended_on: date | None = None
    last_release_on: date | None = None

    @property
    def is_over(self) -> bool:
        """True when nobody publishes repairs for the line any more."""
        return self.state in (State.ENDED, State.ENDED_BEFORE, State.ABANDONED)


# ---- claims -> reading -------------------------------------------------------------------------------


def reading_of(product: Product, table: ProductTable | None) -> Reading | None:
    """The version all claims come to, or None when none says anything."""
    lines = tuple(cycle.line for cycle in table.cycles) if table else ()
    exact = _exact(product, lines) or _by_files(product, lines)
    if exact is not None:
        return exact
    spoken = _spoken(product, lines)
    declared = [c for c in product.claims if c.precision is Precision.DECLARED and version_or_none(c.text)]
    if not declared:
        return spoken
    return _with_declared(product, spoken, declared, lines)


def _exact(product: Product, lines: tuple[str, ...]) -> Reading | None:
    claims = [c for c in product.claims if c.precision is Precision.EXACT and version_or_none(c.text)]
    if not claims:
        return None
    best = max(claims, key=lambda c: (c.method == LITERAL, parse_version(c.text)))
    numbers = _numbers(product, claims)
    conflict = numbers if len(numbers) > 1 else ()
    return Reading(
        text=best.text,
        method=best.method,
        lines=lines_within(best.text, lines),
        confidence=Confidence.MEDIUM if conflict else Confidence.HIGH,
        exact=parse_version(best.text),
        claims=(best, *(c for c in claims if c is not best)),
        conflict=conflict,
        candidates=numbers,
    )


def _numbers(product: Product, exact: list[Claim]) -> tuple[str, ...]:
    """Every release the site may run by what its parts say, oldest first; more than one when they disagree."""
    numbers = {parse_version(c.text): c.text for c in exact}
    for claim in _files(product):
        if not any(parse_version(n) in numbers for n in claim.candidates) and not _goes_on(claim, exact):
            numbers |= {parse_version(n): n for n in claim.candidates}
    return tuple(numbers[v] for v in sorted(numbers))


def _goes_on(claim: Claim, exact: list[Claim]) -> bool:
    """True for "X or later" when every printed number is later than X."""
    newest_by_files = parse_version(claim.candidates[-1])
    return claim.or_later and all(parse_version(c.text) > newest_by_files for c in exact)


def _files(product: Product) -> list[Claim]:
    return [c for c in product.claims if c.precision is Precision.FILES and c.candidates]


def _by_files(product: Product, lines: tuple[str, ...]) -> Reading | None:
    """What hashes of files leave: one release, some, or "that one or later"."""
    found = _files(product)
    if not found:
        return None
    claim = found[0]
    own = {line for number in claim.candidates for line in lines_within(number, lines)}
    is_one = len(claim.candidates) == 1 and not claim.or_later
    return Reading(
        text=claim.text,
        method=claim.method,
        lines=tuple(line for line in lines if line in own),
        confidence=Confidence.HIGH if is_one and ";" in claim.saw else Confidence.MEDIUM,
        exact=parse_version(claim.candidates[0]) if is_one else None,
        claims=(claim,),
        candidates=claim.candidates,
        or_later=claim.or_later,
    )


def _spoken(product: Product, lines: tuple[str, ...]) -> Reading | None:
    """What the software itself lets follow: the lines that agree with every claim."""
    claims = [c for c in product.claims if c.precision is not Precision.DECLARED and _lines_of(c, lines)]
    stated = [c for c in claims if c.precision is Precision.LINE]
    beyond = _beyond(product, lines)
    if not claims:
        return beyond
    agreed = [line for line in lines if all(line in _lines_of(c, lines) for c in claims)]
    if not agreed:
        return None  # signs of different ages: an upgrade half done, or a copied theme; nothing follows
    numbered = next(
        (c for c in (*stated, *claims) if c.precision in (Precision.LINE, Precision.PRINTED)), None
    )
    bound = all(c.precision is Precision.AT_LEAST for c in claims)
    lead = numbered or claims[0]
    return Reading(
        text=lead.text if numbered else _span(agreed, is_lower_bound=bound),
        method=lead.method,
        lines=tuple(agreed),
        confidence=Confidence.HIGH if stated else Confidence.MEDIUM,
        claims=tuple(claims),
        is_lower_bound=bound,
    )


def _beyond(product: Product, lines: tuple[str, ...]) -> Reading | None:
    """A stated number the data has no line for: too old, too new, or a product without a calendar."""
    stated = [c for c in product.claims if c.precision is Precision.LINE and version_or_none(c.text)]
    if not stated:
        return None
    return Reading(
        stated[0].text,
        stated[0].method,
        lines_within(stated[0].text, lines),
        Confidence.HIGH,
        None,
        (stated[0],),
    )


def _with_declared(
    product: Product, spoken: Reading | None, declared: list[Claim], lines: tuple[str, ...]
) -> Reading | None:
    """A typed number refines what the software says; it never contradicts it."""
    claim = declared[0]
    typed = lines_within(claim.text, lines)
    if len({c.text for c in declared}) > 1:
        return spoken  # a footer that names two releases declares nothing
    if spoken is None:
        sure = product.certainty is Certainty.CERTAIN
        confidence = Confidence.MEDIUM if sure else Confidence.LOW
        return Reading(claim.text, "declared", typed, confidence, None, (claim,))
    agreed = tuple(line for line in spoken.lines if line in typed)
    if not agreed or any(c.precision is Precision.LINE for c in spoken.claims):
        return spoken
    return Reading(claim.text, "declared", agreed, Confidence.MEDIUM, None, (claim, *spoken.claims))


def _lines_of(claim: Claim, lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines of the data one claim allows."""
    if claim.precision in (Precision.PRINTED, Precision.IMPLIED):
        return tuple(line for line in lines if line in claim.lines)
    if claim.precision is not Precision.AT_LEAST:
        return lines_within(claim.text, lines)
    least = version_or_none(claim.text)
    return tuple(
        line
        for line in lines
        if least and (v := version_or_none(line)) and (v >= least or least.belongs_to(line))
    )


def _span(lines: list[str], *, is_lower_bound: bool) -> str:
    numbered = [line for line in lines if version_or_none(line)]
    ordered = sorted(numbered, key=parse_version) or lines  # a line may have a name: "subscription"
    if is_lower_bound:
        return f"≥ {ordered[0]}"
    return ordered[0] if len(ordered) == 1 else f"{ordered[0]}–{ordered[-1]}"


# ---- reading -> support ------------------------------------------------------------------------------


def support_of(
    reading: Reading, table: ProductTable, day: date, *, old_lines_get_fixes: bool = False
) -> tuple[Support, ...]:
    """The support of every line the reading allows; of its place among the lines when the data has none."""
    if not reading.lines:
        return (_place(reading.text, table, day, old_lines_get_fixes=old_lines_get_fixes),)
    cycles = [cycle for cycle in table.cycles if cycle.line in reading.lines]
    return tuple(line_support(cycle, table, day, old_lines_get_fixes=old_lines_get_fixes) for cycle in cycles)


def place_of(number: str, table: ProductTable | None, day: date) -> Support:
    """The support of a plain version number, as a server component states it."""
    plain = PLAIN.match(number)
    if table is None or plain is None:
        return Support(State.UNKNOWN, number)
    line = line_of(parse_version(plain[0]), (cycle.line for cycle in table.cycles))
    cycle = next((c for c in table.cycles if c.line == line), None)
    if cycle is not None:
        return line_support(cycle, table, day)
    return _place(plain[0], table, day, old_lines_get_fixes=False)


def line_support(
    cycle: Cycle, table: ProductTable, day: date, *, old_lines_get_fixes: bool = False
) -> Support:
    """The support of one line of the data on a day.

    `old_lines_get_fixes`: the table's end dates mean "no longer the newest line", as for WordPress; then
    a line is over when it got no release for a year in which the newest line got some.
    """
    last = cycle.latest_on
    if old_lines_get_fixes:
        return _by_last_fix(cycle, table)
    ends = cycle.support_ends_on
    if ends is not None:
        return Support(State.ENDED if ends <= day else State.SUPPORTED, cycle.line, ends, last)
    if cycle.ended is not None:
        return Support(State.ENDED if cycle.ended else State.SUPPORTED, cycle.line, None, last)
    if cycle is newest(table) or last is None or day - last < ABANDONED_AFTER:
        return Support(State.UNKNOWN, cycle.line, None, last)
    return Support(State.ABANDONED, cycle.line, None, last)


def newest(table: ProductTable) -> Cycle | None:
    """The newest line of the data by number."""
    dated = [cycle for cycle in table.cycles if version_or_none(cycle.line)]
    return max(dated, key=lambda cycle: parse_version(cycle.line), default=None)


def newest_supported(table: ProductTable, day: date) -> Cycle | None:
    """The newest line that has support on a day."""
    alive = [
        c
        for c in table.cycles
        if line_support(c, table, day).state is State.SUPPORTED and version_or_none(c.line)
    ]
    return max(alive, key=lambda cycle: parse_version(cycle.line), default=None)


def newest_release(line: str, table: ProductTable, day: date) -> str:
    """The newest release of a line that was out on a day, as printed; "" when the data knows none."""
    return max(releases_of(line, table, day), key=parse_version, default="")


def releases_of(line: str, table: ProductTable, day: date) -> tuple[str, ...]:
    """Every final release of a line that was out on a day, by the data; the line's latest counts too."""
    known = dict(table.releases)
    cycle = next((c for c in table.cycles if c.line == line), None)
    if cycle and cycle.latest and cycle.latest_on:
        known.setdefault(cycle.latest, cycle.latest_on)
    finer = [c.line for c in table.cycles if c.line != line and _is_within(c.line, line)]
    found = [
        number
        for number, out_on in known.items()
        if out_on <= day and _is_final(number, line) and not any(_is_within(number, other) for other in finer)
    ]
    return tuple(sorted(found, key=parse_version))


def _is_final(number: str, line: str) -> bool:
    version = version_or_none(number)
    return version is not None and not version.suffix and version.belongs_to(line)


def _is_within(number: str, line: str) -> bool:
    version = version_or_none(number)
    return version is not None and version_or_none(line) is not None and version.belongs_to(line)


def _by_last_fix(cycle: Cycle, table: ProductTable) -> Support:
    top = newest(table)
    last = cycle.latest_on
    if cycle is top:
        return Support(State.SUPPORTED, cycle.line, None, last)
    if top is None or top.latest_on is None or last is None:
        return Support(State.UNKNOWN, cycle.line, None, last)
    over = top.latest_on - last > LAST_FIX_GAP
    return Support(State.ABANDONED if over else State.SUPPORTED, cycle.line, None, last)


def _place(text: str, table: ProductTable, day: date, *, old_lines_get_fixes: bool) -> Support:
    """A number without a line in the data: over when the next line above is over; above all lines, newer."""
    version = version_or_none(text)
    if version is None:
        return Support(State.UNKNOWN, text)
    above = [c for c in table.cycles if (line := version_or_none(c.line)) and line > version]
    if not above:
        return Support(State.NEWER if table.cycles else State.UNKNOWN, text)
    next_line = min(above, key=lambda c: parse_version(c.line))
    support = line_support(next_line, table, day, old_lines_get_fixes=old_lines_get_fixes)
    if not support.is_over:
        return Support(State.UNKNOWN, text)
    return Support(State.ENDED_BEFORE, text, support.ended_on, support.last_release_on)
