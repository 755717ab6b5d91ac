"""The ground of all readings of TLS: what one address takes, put together once, and what a reading is.

A reading compares the same facts with one published guideline. It is a hint with a name and a version, never the
verdict of a check. Where the suites were not listed to the end, a reading is unknown unless it is lost already.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from scanner.identify.certificates import PresentedChain
from scanner.model.evidence import Answer, ExchangeSeen, TlsEndpoint

UNKNOWN = "unknown"
NOT_LISTED = "the suites were not listed to the end"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one guideline says of one address."""

    name: str
    version: str  # of the guideline
    result: str
    because: tuple[str, ...] = ()  # what stands against a better result


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one address was seen to take."""

    versions: frozenset[str]
    has_doubt: bool  # a version was left open
    suites: tuple[tuple[str, str], ...]  # (version, suite)
    is_listed: bool  # every accepted version to the end
    groups: tuple[str, ...] = ()
    features: dict[str, Answer] = field(default_factory=dict)
    exchanges: tuple[ExchangeSeen, ...] = ()
    chains: tuple[PresentedChain, ...] = ()

    def has(self, feature: str) -> bool:
        """True when the feature was surely there."""
        return self.features.get(feature) is Answer.ACCEPTED

    def lacks(self, feature: str) -> bool:
        """True when the feature was surely not there."""
        return self.features.get(feature) is Answer.REJECTED


def spoken_of(endpoint: TlsEndpoint, chains: Sequence[PresentedChain]) -> Spoken:
    """What an address takes, by its answers."""
    offers = endpoint.versions or ()
    versions = frozenset(o.name for o in offers if o.answer is Answer.ACCEPTED)
    return Spoken(
        versions=versions,
        has_doubt=any(o.answer is Answer.UNKNOWN for o in offers),
        suites=tuple(
            (version, o.name)
            for version, asked in endpoint.suites
            for o in asked
            if o.answer is Answer.ACCEPTED
        ),
        is_listed=endpoint.listing == "full" and versions - {"SSLv2"} <= set(endpoint.listed),
        groups=tuple(g.name for g in endpoint.groups if g.answer is Answer.ACCEPTED),
        features={f.name: f.answer for f in endpoint.features},
        exchanges=endpoint.exchanges,
        chains=tuple(chains),
    )


def settled(
    name: str, version: str, spoken: Spoken, *, faults: Sequence[str], met: str, lost: str
) -> Reading:
    """A reading with two results: lost by any fault, met when everything was asked, else unknown."""
    if faults:
        return Reading(name, version, lost, tuple(dict.fromkeys(faults)))
    if not spoken.is_listed or spoken.has_doubt or not spoken.chains:
        return Reading(name, version, UNKNOWN, (NOT_LISTED,))
    return Reading(name, version, met)
