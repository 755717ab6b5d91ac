"""One BIMI record (draft-brand-indicators-for-message-identification section 4.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from scanner.parse.tag_list import read_tags

VERSION = "BIMI1"


@dataclass(frozen=True, slots=True)
class Bimi:
    """Where the logo lies, and its certificate. Both empty: the domain declines."""

    logo: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class BimiError:
    """Why mail programs ignore the record."""

    reason: str


def bimi_records(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts that begin as a BIMI record does."""
    return tuple(t for t in texts if t.partition(";")[0].replace(" ", "") == f"v={VERSION}")


def read_bimi(text: str) -> Bimi | BimiError:
    """The record, or why it is none."""
    tags = read_tags(text)
    if isinstance(tags, str):
        return BimiError(tags)
    named = dict(tags)
    if "l" not in named:
        return BimiError("l is missing")
    for tag in ("l", "a"):
        if named.get(tag) and not _is_https(named[tag]):
            return BimiError(f"{tag} is no https address: {named[tag][:60]}")
    return Bimi(named["l"], named.get("a", ""))


def _is_https(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() == "https" and bool(parts.hostname)
