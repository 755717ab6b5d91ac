"""What a home page is like, as far as a later visit compares itself with it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Look:
    """The marks of one page. Hosts are lower case and sorted; `links` are short hashes of addresses, sorted."""

    title: str = ""
    lang: str = ""
    outside: tuple[str, ...] = ()  # strangers that are linked
    loaded: tuple[str, ...] = ()  # hosts outside the family that scripts and frames come from
    links: tuple[str, ...] = ()
    truncated: bool = False  # there was more than is kept: absence proves nothing


@dataclass(frozen=True, slots=True)
class Before:
    """The look of the last earlier visit that may be compared with. It travels with the job into the evidence."""

    scan_id: str
    seen_at: datetime  # aware UTC
    look: Look
