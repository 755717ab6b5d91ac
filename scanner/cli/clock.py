"""The day by which commands count: laws, permits and waivers go by the calendar of Vietnam."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def today_in_vietnam() -> date:
    """Today's date in Vietnam, wherever the machine stands."""
    return datetime.now(UTC).astimezone(VIETNAM).date()
