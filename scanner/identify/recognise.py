"""Signs to products: every sight of a page against every signal, then how sure the signs make.

Certainty: two independent kinds of evidence make `certain`, one strong sign makes `firm`, anything less
is `possible`. A footer is typed by a person: it counts as half a kind - it lifts one weak sign to `firm`,
never more.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from scanner.identify.footer import declared_products
from scanner.identify.products import Certainty, Claim, Clue, Precision, Product
from scanner.model.pattern import any_of
from scanner.model.reference import Signal, SignalTable

SAW_LIMIT = 300
CLUE_LIMIT = 30  # per product
FOOTER = "footer"


class Sight(NamedTuple):
    """One piece of a page a signal may speak about."""

    kind: str  # generator, asset, anywhere, link, cookie, header, markup, footer
    text: str
    where: str  # address, header or place


def recognise(sights: Iterable[Sight], table: SignalTable) -> tuple[Product, ...]:
    """Products by signs, surest first and then in the order of the table."""
    signs = _Signs({}, {})
    by_kind = _by_kind(table.signals)
    gates = {kind: any_of(signal.pattern for signal in signals) for kind, signals in by_kind.items()}
    for sight in sights:
        if sight.kind == FOOTER:
            _read_footer(sight, table, signs)
        gate = gates.get(sight.kind)
        if gate is not None and gate.search(sight.text):  # most addresses of a page are no sign of anything
            for signal in by_kind[sight.kind]:
                _try(signal, sight, signs)
    names = tuple(table.names)
    products = (
        _product(key, clues, signs.claims.get(key, []), table.names) for key, clues in signs.clues.items()
    )
    return tuple(sorted(products, key=lambda p: (tuple(Certainty).index(p.certainty), names.index(p.key))))


class _Signs(NamedTuple):
    """What was found so far, by product."""

    clues: dict[str, list[Clue]]
    claims: dict[str, list[Claim]]

    def add(self, product: str, clue: Clue, claim: Claim | None) -> None:
        clues = self.clues.setdefault(product, [])
        if len(clues) < CLUE_LIMIT and clue not in clues:
            clues.append(clue)
        claims = self.claims.setdefault(product, [])
        if claim is not None and len(claims) < CLUE_LIMIT and not any(_same(claim, old) for old in claims):
            claims.append(claim)


def _same(one: Claim, other: Claim) -> bool:
    """True when two claims say the same by the same method; the first place is proof enough."""
    return (one.text, one.precision, one.method, one.lines) == (
        other.text,
        other.precision,
        other.method,
        other.lines,
    )


def _read_footer(sight: Sight, table: SignalTable, signs: _Signs) -> None:
    for key, saw, number in declared_products(sight.text, table):
        claim = Claim(number, Precision.DECLARED, FOOTER, sight.where, saw) if number else None
        signs.add(key, Clue(FOOTER, sight.where, saw), claim)


def _try(signal: Signal, sight: Sight, signs: _Signs) -> None:
    hit = signal.pattern.search(sight.text)
    if hit is None:
        return
    saw = _around(sight.text, hit.start(), hit.end())
    claim = _claim(signal, hit.groupdict().get("version") or "", sight, saw)
    signs.add(signal.product, Clue(signal.kind, sight.where, saw, is_strong=signal.is_strong), claim)


def _claim(signal: Signal, number: str, sight: Sight, saw: str) -> Claim | None:
    if number and number in signal.printed:
        return Claim(number, Precision.PRINTED, signal.kind, sight.where, saw, signal.printed[number])
    if number:
        return Claim(number, Precision(signal.precision), signal.kind, sight.where, saw)
    if signal.lines:
        return Claim("", Precision.IMPLIED, signal.kind, sight.where, saw, signal.lines, is_printed=False)
    if signal.at_least:
        return Claim(signal.at_least, Precision.AT_LEAST, signal.kind, sight.where, saw, is_printed=False)
    return None


def _product(key: str, clues: list[Clue], claims: list[Claim], names: Mapping[str, str]) -> Product:
    return Product(key, names.get(key, key), certainty_of(clues), tuple(clues), tuple(claims))


def certainty_of(clues: Iterable[Clue]) -> Certainty:
    """How sure a set of clues makes; see the top of this file."""
    seen = tuple(clues)
    kinds = {clue.kind for clue in seen}
    software = kinds - {FOOTER}
    if len(software) >= 2:
        return Certainty.CERTAIN
    if any(clue.is_strong for clue in seen) or (software and FOOTER in kinds):
        return Certainty.FIRM
    return Certainty.POSSIBLE


def _by_kind(signals: Iterable[Signal]) -> dict[str, tuple[Signal, ...]]:
    """Signals by kind; those of the footer have a reader of their own."""
    kinds: dict[str, tuple[Signal, ...]] = {}
    for signal in signals:
        if signal.kind != FOOTER:
            kinds[signal.kind] = (*kinds.get(signal.kind, ()), signal)
    return kinds


def _around(text: str, start: int, end: int) -> str:
    """The whole text when it is short, else the place of the hit with some words around it."""
    if len(text) <= SAW_LIMIT:
        return text
    first = max(0, start - 60)
    return text[first : min(max(end + 60, first), first + SAW_LIMIT)]
