"""A document that answers a demand no scanner can see."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Paper:
    """What an officer has filed for one demand. It is quoted, never judged."""

    requirement: str  # GOV-14
    document: str
    signed_on: date
    agency_id: str = ""  # and everything below it; empty: every agency
    until: date | None = None  # the last day it holds
    note: str = ""
