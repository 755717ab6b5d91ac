"""Dates, times and numbers as a reader of one language sees them. Stored values are UTC."""

from datetime import date, datetime, timedelta, timezone

from reports.sentence import vietnamese_date
from scanner.model.text import Language

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""The zone of the whole country: UTC+7 without daylight saving since 1975, so no zone table is needed."""


def local_date(value: date | datetime) -> date:
    """The calendar day in Vietnam; a plain date stays as it is."""
    return value.astimezone(VIETNAM).date() if isinstance(value, datetime) else value


def day(value: date | datetime) -> str:
    """The day as dd/mm/yyyy, in Vietnam time."""
    return vietnamese_date(local_date(value))


def short_day(value: date | datetime) -> str:
    """The day as dd/mm, for the axis of a chart."""
    return day(value)[:5]


def clock(value: datetime) -> str:
    """The time of day as HH:MM, in Vietnam time."""
    return value.astimezone(VIETNAM).strftime("%H:%M")


def moment(value: datetime) -> str:
    """Time and day, "08:12 22/11/2026", in Vietnam time."""
    return f"{clock(value)} {day(value)}"


def number(value: int, language: Language) -> str:
    """A whole number with the thousands mark of the language and a real minus sign."""
    digits = f"{abs(value):,}"
    if language == "vi":
        digits = digits.replace(",", ".")
    return f"\N{MINUS SIGN}{digits}" if value < 0 else digits


def signed(value: int, language: Language) -> str:
    """A change: "+3", "0" or a real minus sign and the number."""
    return f"+{number(value, language)}" if value > 0 else number(value, language)


def percent(part: int, whole: int) -> str:
    """The share in whole percent, rounded down so that 100% means all of it; a dash when there is nothing."""
    return f"{part * 100 // whole}%" if whole else "\N{EN DASH}"
