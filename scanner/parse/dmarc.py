"""One DMARC record (RFC 9989 section 4.7; `pct` of RFC 7489 is still read, because receivers of before obey it)."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from scanner.parse.tag_list import read_tags

VERSION = "DMARC1"
FULL = 100


class Policy(StrEnum):
    """What a domain asks receivers to do, weakest first."""

    NONE = "none"
    QUARANTINE = "quarantine"
    REJECT = "reject"

    @property
    def rank(self) -> int:
        """0 for none up to 2 for reject."""
        return tuple(Policy).index(self)


@dataclass(frozen=True, slots=True)
class DmarcRecord:
    """What one record says. A policy that is absent or unreadable counts as none (RFC 9989 section 4.7)."""

    policy: Policy
    subdomains: Policy | None = None  # sp
    missing: Policy | None = None  # np: names that do not exist
    testing: bool = False  # t=y
    percent: int = FULL
    psd: str = "u"
    reports_to: tuple[str, ...] = ()  # rua
    has_policy: bool = True  # False: p was absent or unreadable


@dataclass(frozen=True, slots=True)
class DmarcError:
    """Why a record that begins like DMARC is none."""

    reason: str


def is_dmarc(text: str) -> bool:
    """True when a TXT record begins as a DMARC record must; all others are ignored (RFC 9989 section 4.10)."""
    name, equals, rest = text.partition("=")
    version = rest.partition(";")[0].strip(" \t")
    return bool(equals) and name.strip(" \t") == "v" and version == VERSION


def read_dmarc(text: str) -> DmarcRecord | DmarcError:
    """The record of a text for which `is_dmarc` holds, or why receivers ignore it."""
    tags = read_tags(text)
    if isinstance(tags, str):
        return DmarcError(tags)
    if not tags or tags[0] != ("v", VERSION):
        return DmarcError("v=DMARC1 does not stand first")
    named = {name.lower(): value for name, value in tags}
    reports_to = mail_addresses(named.get("rua", ""))
    policy = _policy(named.get("p"))
    return DmarcRecord(
        policy=policy or Policy.NONE,
        subdomains=_policy(named.get("sp")),
        missing=_policy(named.get("np")),
        testing=named.get("t", "n").lower() == "y",
        percent=_percent(named.get("pct")),
        psd=named.get("psd", "u").lower(),
        reports_to=reports_to,
        has_policy=policy is not None,
    )


def mail_addresses(value: str) -> tuple[str, ...]:
    """The mailto: addresses of a list of URIs, without the size limits of old records."""
    found = []
    for part in value.split(","):
        try:
            uri = urlsplit(part.strip(" \t"))
        except ValueError:
            continue
        address = uri.path.partition("!")[0]
        if uri.scheme.lower() == "mailto" and 0 < address.find("@") < len(address) - 1:
            found.append(address)
    return tuple(found)


def _policy(value: str | None) -> Policy | None:
    try:
        return Policy((value or "").lower())
    except ValueError:
        return None


def _percent(value: str | None) -> int:
    """A number from 0 to 100; anything else counts as 100, as receivers do with what they cannot read."""
    if value is None or not value.isascii() or not value.isdigit() or len(value) > 3:
        return FULL
    return min(int(value), FULL)
