"""The overview counts who has HTTPS, IPv6 and DNSSEC, and never takes silence for either."""

from reports.view.readiness import readiness
from reports.words import Say
from scanner.model.finding import Finding, Severity, Verdict
from scanner.model.ruling import Ruling


def seen(check_id: str, *verdicts: Verdict) -> list[Ruling]:
    return [
        Ruling(Finding(f"s{n}", check_id, verdict, Severity.LOW), Severity.LOW)
        for n, verdict in enumerate(verdicts)
    ]


def test_sites_are_counted_by_what_was_seen() -> None:
    has, lacks, silent, crashed = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.ERROR
    rulings = [
        *seen("dns.ipv6-missing", has, has, has, lacks, silent, crashed, Verdict.NOTAPPLICABLE),
        *seen("dns.dnssec-missing", silent, silent),
        *seen("http.csp-missing", has),
    ]

    rows = readiness(rulings, Say("en"))

    assert [(r.name, r.ready, r.lacking, r.unknown, r.share) for r in rows] == [
        ("IPv6", 3, 1, 2, "75%"),
        ("DNSSEC", 0, 0, 2, "no result yet"),
    ]


def test_what_nobody_looked_for_is_no_row() -> None:
    assert readiness([], Say("vi")) == ()
