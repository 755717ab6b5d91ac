"""Hand-made names a site calls itself by, for the examples of checks."""

from datetime import UTC, date, datetime

from scanner.identify.stale import Names, StaleName, stale_names
from scanner.model.evidence import Evidence, Target
from scanner.model.reference import Mergers

URL = "https://so.example/"
MERGERS = Mergers((("Hải Dương", "Hải Phòng"),), date(2025, 7, 1))


def called(*, title: str = "", footer: str = "") -> Names:
    """A page with this title and footer."""
    found = (*stale_names(title, "title", MERGERS), *stale_names(footer, "footer", MERGERS))
    return Names(URL, found)


def certified(subject: str, *, is_new: bool = True) -> Names:
    """A site whose certificate names a former province; one issued before the mergers is left out."""
    return Names(URL, (StaleName("certificate", subject, "Hải Dương", "Hải Phòng"),) if is_new else ())


def at_host(host: str) -> Evidence:
    """A visit to a host of that name; what it answered does not matter."""
    return Evidence("so", Target(host), datetime(2026, 11, 22, 2, 0, tzinfo=UTC))
