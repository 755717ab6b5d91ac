"""How old each table is, and what that means: past 30 days a warning, past 90 an error."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scanner.model.reference import Reference, SuffixTable, TableDate

OLD_DAYS = 30
TOO_OLD_DAYS = 90


class Age(StrEnum):
    """The closed list."""

    FRESH = "fresh"
    OLD = "old"
    TOO_OLD = "too-old"


@dataclass(frozen=True, slots=True)
class Aged:
    """One table and its age on a day."""

    table: TableDate
    days: int

    @property
    def age(self) -> Age:
        """What its days mean."""
        return age_of(self.days)


def age_of(days: int) -> Age:
    """What so many days mean."""
    if days > TOO_OLD_DAYS:
        return Age.TOO_OLD
    return Age.OLD if days > OLD_DAYS else Age.FRESH


def oldest_day(ref: Reference) -> date:
    """The day of the oldest table: nothing that is judged by is older."""
    return min((table.day for table in ref.dates), default=ref.data_date)


def ages(ref: Reference, today: date) -> tuple[Aged, ...]:
    """Every dated table, the Public Suffix List among them, oldest first."""
    tables = (*ref.dates, *_suffix_list(ref.suffixes))
    return tuple(
        sorted((Aged(t, (today - t.day).days) for t in tables), key=lambda a: (-a.days, a.table.name))
    )


def _suffix_list(suffixes: SuffixTable) -> tuple[TableDate, ...]:
    """The day the list says it was published (`2026-10-22_08-36-41_UTC`); none when it says nothing."""
    try:
        published = date.fromisoformat(suffixes.version[:10])
    except ValueError:
        return ()
    return (TableDate("public_suffix_list.dat", published, "publicsuffix.org"),)
