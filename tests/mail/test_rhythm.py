"""When an agency is written to."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from reports.mail import compose
from reports.rhythm import Occasion, Rhythm, last_written, occasion
from scanner.model.dossier import Dossier
from scanner.model.finding import Severity, Trend
from scanner.model.parcel import Parcel, Posting
from scanner.model.ruling import Change
from scanner.model.settings import MailSettings
from tests.mail.conftest import NOW
from tests.reports_machine.dossiers import small

AGENCY = "so-y-te"
RHYTHM = Rhythm(minor_days=7, digest_days=28)


def moved(trend: Trend, severity: Severity) -> Dossier:
    """The small dossier with every finding of that fate and weight, and no past."""
    dossier = small()
    ruled = {
        site_id: replace(
            one,
            rulings=tuple(replace(r, severity=severity, change=Change(trend, NOW, NOW)) for r in one.rulings),
        )
        for site_id, one in dossier.rulings.items()
    }
    return replace(dossier, rulings=ruled, past={})


def last(dossier: Dossier, days: float) -> datetime:
    return dossier.scan.started_at - timedelta(days=days)


@pytest.mark.parametrize(
    ("trend", "severity", "days", "told"),
    [
        (Trend.NEW, Severity.HIGH, 1, Occasion.URGENT),
        (Trend.REOPENED, Severity.CRITICAL, 1, Occasion.URGENT),
        (Trend.NEW, Severity.MEDIUM, 1, None),
        (Trend.NEW, Severity.MEDIUM, 7, Occasion.CHANGED),
        (Trend.FIXED, Severity.HIGH, 1, None),
        (Trend.FIXED, Severity.HIGH, 8, Occasion.CHANGED),
        (Trend.SAME, Severity.CRITICAL, 27, None),
        (Trend.SAME, Severity.CRITICAL, 28, Occasion.DIGEST),
        (Trend.LOST_SIGHT, Severity.HIGH, 10, None),
    ],
)
def test_what_moved_and_how_long_ago_decide(
    trend: Trend, severity: Severity, days: int, told: Occasion | None
) -> None:
    dossier = moved(trend, severity)

    assert occasion(dossier, AGENCY, last(dossier, days), RHYTHM) is told


def test_an_agency_never_written_to_is_written_to() -> None:
    assert occasion(moved(Trend.SAME, Severity.LOW), AGENCY, None, RHYTHM) is Occasion.FIRST


def test_what_moved_in_a_scan_nobody_wrote_about_is_told_later() -> None:
    dossier = moved(Trend.SAME, Severity.MEDIUM)
    past = tuple(replace(p, at=last(dossier, 3), new=1) for p in small().past[AGENCY][:1])
    dossier = replace(dossier, past={AGENCY: past})

    assert occasion(dossier, AGENCY, last(dossier, 9), RHYTHM) is Occasion.CHANGED
    assert occasion(dossier, AGENCY, last(dossier, 2), Rhythm(0, 28)) is None


def test_the_last_message_is_found_by_its_scan_and_this_scan_does_not_count() -> None:
    this = small().scan
    earlier = replace(this, id="earlier", started_at=this.started_at - timedelta(days=9))
    older = replace(this, id="older", started_at=this.started_at - timedelta(days=20))

    def parcel(scan_id: str, agency_id: str) -> Parcel:
        return Parcel(f"<{scan_id}{agency_id}@x>", scan_id, agency_id, "a@b.example", b"")

    posted = [parcel("earlier", "a"), parcel("older", "a"), parcel(this.id, "b"), parcel("gone", "c")]
    posted.append(replace(parcel("earlier", "d"), state=Posting.FAILED))

    assert last_written(posted, (older, earlier, this), this) == {"a": earlier.started_at}


def test_compose_leaves_out_agencies_with_nothing_new_and_names_them() -> None:
    dossier = moved(Trend.SAME, Severity.HIGH)
    settings = MailSettings(sender="annm@mau.example")

    post = compose(dossier, settings, now=NOW, howtos={}, last={AGENCY: last(dossier, 2)})

    assert {p.agency_id for p in post.parcels} == {"so-xay-dung"}
    assert [a.id for a in post.silent] == [AGENCY]
