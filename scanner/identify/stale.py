"""Names of bodies that no longer exist, where a site still calls itself by one: title, footer, certificate.

Since the day of the mergers some provinces are part of another and the level of districts has ended. A name
followed by "(cũ)" or led by "trước đây" tells history and is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from scanner.identify.certificates import Certificates, certificates_of
from scanner.identify.footer import folded
from scanner.identify.page import Page, page_of
from scanner.model.check import NotApplicable
from scanner.model.evidence import Evidence, Missing
from scanner.model.reference import Mergers, Reference
from scanner.parse.vietnamese import fold

TAIL = 6_000
EXCERPT = 80
DISTRICT = re.compile(r"\b(?:ubnd|uy ban nhan dan)\s{1,3}(?:huyen|quan|thi xa)\s{1,3}[a-z]{2,}")
PAST = re.compile(r"\(cu\)|\bcu\b|truoc day|truoc sap nhap|nay la|nay thuoc")
REACH = 30


@dataclass(frozen=True, slots=True)
class StaleName:
    """One name that is out of date: where it stands, as written, and what came after it."""

    place: str  # title footer certificate
    saw: str
    former: str
    now: str = ""  # empty for a district


@dataclass(frozen=True, slots=True)
class Names:
    """What was read, and the stale names in it."""

    url: str
    stale: tuple[StaleName, ...] = ()


def names_of(evidence: Evidence, ref: Reference) -> Names | Missing | NotApplicable:
    """The names a site calls itself by, or why its page was not seen."""
    page = page_of(evidence, ref)
    if not isinstance(page, Page):
        return page
    if not _is_in_force(evidence.seen_at, ref.mergers):
        return Names(page.url)
    places = [("title", page.html.title), ("footer", page.html.footer_text[-TAIL:])]
    found = [stale for place, text in places for stale in stale_names(text, place, ref.mergers)]
    found += _in_certificates(evidence, ref)
    return Names(page.url, tuple(dict.fromkeys(found)))


def stale_names(text: str, place: str, mergers: Mergers) -> Iterator[StaleName]:
    """The stale names in one text."""
    plain = folded(text)
    for former, now in mergers.pairs:
        for hit in re.finditer(rf"\btinh\s{{1,3}}{re.escape(fold(former))}\b", plain):
            if not _is_history(plain, hit):
                yield StaleName(place, _around(text, hit), former, now)
                break
    for hit in DISTRICT.finditer(plain):
        if not _is_history(plain, hit):
            yield StaleName(place, _around(text, hit), _around(text, hit)[:EXCERPT])
            return


def _in_certificates(evidence: Evidence, ref: Reference) -> Iterator[StaleName]:
    """Names of former provinces in the subject of a certificate issued after they ended."""
    read = certificates_of(evidence, ref)
    if not isinstance(read, Certificates):
        return
    for leaf in {chain.leaf for chain in read.chains if chain.leaf is not None}:
        if not _is_in_force(leaf.not_before, ref.mergers):
            continue
        plain = fold(leaf.subject)
        for former, now in ref.mergers.pairs:
            name = re.escape(fold(former))
            if re.search(rf"\btinh {name}\b|\b(?:st|l)=(?:tinh )?{name}(?:,|\Z)", plain):
                yield StaleName("certificate", leaf.subject[:200], former, now)


def _is_in_force(moment: datetime, mergers: Mergers) -> bool:
    return moment.date() >= mergers.since


def _is_history(plain: str, hit: re.Match[str]) -> bool:
    return PAST.search(plain[hit.end() : hit.end() + REACH]) is not None or (
        "truoc day" in plain[max(0, hit.start() - REACH) : hit.start()]
    )


def _around(text: str, hit: re.Match[str]) -> str:
    start = max(0, hit.start() - EXCERPT // 2)
    return " ".join(text[start : hit.end() + EXCERPT // 2].split())
