"""What announces and rules mail transport: MTA-STS records and policies (RFC 8461 section 3), TLS-RPT (RFC 8460)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from scanner.parse.tag_list import read_tags

ID_LONGEST = 32
POLICY_BYTES = 64 * 1024  # section 3.3 suggests this cap
MAX_AGE_MOST = 31_557_600
VERSION = "STSv1"
LINE = re.compile(r"^([A-Za-z0-9][A-Za-z0-9_.-]{0,31})[ \t]*:[ \t]*(.*?)[ \t]*$")
MX = re.compile(r"^(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")


class StsMode(StrEnum):
    """What a sender does when a mail server cannot prove itself."""

    ENFORCE = "enforce"
    TESTING = "testing"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class StsPolicy:
    """One policy file. `mx` holds names and `*.name` patterns, lower case."""

    mode: StsMode
    max_age_s: int
    mx: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StsError:
    """Why senders ignore a policy file."""

    reason: str


def read_sts_policy(text: str) -> StsPolicy | StsError:
    """The policy of a file (section 3.2). Unknown keys are legal; of a key that may stand once, the first counts."""
    named: dict[str, str] = {}
    servers: list[str] = []
    for line in text.replace("\r\n", "\n").rstrip("\n").split("\n"):
        match = LINE.match(line)
        if match is None:
            return StsError(f"no key and value: {line[:60]!r}")
        key, value = match[1], match[2]
        if key == "mx":
            servers.append(value.lower().rstrip("."))
        else:
            named.setdefault(key, value)
    if reason := _policy_fault(named, servers):
        return StsError(reason)
    return StsPolicy(StsMode(named["mode"]), int(named["max_age"]), tuple(dict.fromkeys(servers)))


def is_permitted(server: str, patterns: Iterable[str]) -> bool:
    """True when a mail server is one of a policy's; a wildcard stands for exactly one label (section 4.1)."""
    _, _, parent = server.partition(".")
    return any(p == server or (p.startswith("*.") and p[2:] == parent) for p in patterns)


def _policy_fault(named: dict[str, str], servers: list[str]) -> str:
    if named.get("version") != VERSION:
        return f"version: {named.get('version', '-')[:40]}"
    if named.get("mode") not in set(StsMode):
        return f"mode: {named.get('mode', '-')[:40]}"
    age = named.get("max_age", "")
    if not age.isascii() or not age.isdigit() or len(age) > 10 or int(age) > MAX_AGE_MOST:
        return f"max_age: {age[:40] or '-'}"
    if not servers and named["mode"] != StsMode.NONE:
        return "no mx"
    bad = next((s for s in servers if MX.match(s) is None), None)
    return "" if bad is None else f"mx: {bad[:80]}"


def sts_records(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts that begin as an MTA-STS record does; senders ignore all others."""
    return tuple(text for text in texts if _begins(text, VERSION))


def sts_id(texts: Iterable[str]) -> str | None:
    """The id of the one valid MTA-STS record among the texts; None when there is none or more than one."""
    found = sts_records(texts)
    if len(found) != 1:
        return None
    tags = read_tags(found[0])
    if isinstance(tags, str):
        return None
    given = dict(tags).get("id", "")
    return given if given.isascii() and given.isalnum() and len(given) <= ID_LONGEST else None


def tls_report_addresses(texts: Iterable[str]) -> tuple[str, ...]:
    """Where reports on mail transport go; empty when no single valid TLS-RPT record is there."""
    found = [text for text in texts if _begins(text, "TLSRPTv1")]
    if len(found) != 1:
        return ()
    tags = read_tags(found[0])
    if isinstance(tags, str):
        return ()
    uris = (part.strip() for part in dict(tags).get("rua", "").split(","))
    return tuple(uri for uri in uris if uri.lower().startswith(("mailto:", "https:")))


def _begins(text: str, version: str) -> bool:
    head, _, _ = text.partition(";")
    name, _, value = head.partition("=")
    return name.strip() == "v" and value.strip() == version
