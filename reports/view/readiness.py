"""How far the sites of a province have come with what is asked of all of them: HTTPS, IPv6, DNSSEC."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports.dates import percent
from reports.view.counts import is_hole
from reports.words import Say
from scanner.model.finding import Verdict
from scanner.model.ruling import Ruling

MARKS = (
    ("HTTPS", "http.https-missing"),
    ("IPv6", "dns.ipv6-missing"),
    ("DNSSEC", "dns.dnssec-missing"),
)


@dataclass(frozen=True, slots=True)
class Readiness:
    """Sites by what was seen; `share` is that of those with an answer, so that silence is never good news."""

    name: str
    ready: int
    lacking: int
    unknown: int
    share: str


def readiness(rulings: Iterable[Ruling], say: Say) -> tuple[Readiness, ...]:
    """One row for each mark that was looked for."""
    by_check: dict[str, list[Ruling]] = {}
    for ruling in rulings:
        by_check.setdefault(ruling.finding.check_id, []).append(ruling)
    return tuple(_row(name, by_check[check_id], say) for name, check_id in MARKS if check_id in by_check)


def _row(name: str, rulings: list[Ruling], say: Say) -> Readiness:
    verdicts = [ruling.finding.verdict for ruling in rulings]
    ready, lacking = verdicts.count(Verdict.PASS), verdicts.count(Verdict.FAIL)
    share = percent(ready, ready + lacking) if ready + lacking else say("readiness.none")
    return Readiness(name, ready, lacking, sum(map(is_hole, rulings)), share)
