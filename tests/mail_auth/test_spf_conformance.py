"""The conformance suite of RFC 7208, read as our tree reads: is there a record, is it an error, does DNS fail.

The tree is walked for a mail that nothing matches; the one case where a match before the limit decides is named.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from scanner.identify.dns_book import Question
from scanner.model.evidence import DnsAnswer, DnsState
from tests.mail_auth.static_names import Answers, settled

SUITE = json.loads((Path(__file__).parent / "rfc7208-tests.json").read_text(encoding="utf-8"))
CASES = [
    pytest.param(part["zonedata"], case, id=f"{part['description']}: {name}")
    for part in SUITE
    for name, case in part["tests"].items()
]
MATCHES_BEFORE_THE_LIMIT = "include-at-limit"
DECIDED = {"pass", "fail", "softfail", "neutral"}


@pytest.mark.parametrize(("zone", "case"), CASES)
def test_a_record_is_classified_as_the_suite_demands(
    zone: dict[str, Any], case: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    sender = (case.get("mailfrom") or "").rpartition("@")[2] or case["helo"]

    tree = settled(sender.lower().rstrip("."), Names(zone).ask)

    wanted = case["result"] if isinstance(case["result"], list) else [case["result"]]
    if MATCHES_BEFORE_THE_LIMIT in request.node.name:
        assert tree.lookups == 11
    elif tree.faults:
        assert "permerror" in wanted, tree.faults
    elif tree.unknown is not None:
        assert "temperror" in wanted, tree.unknown
    elif not tree.texts:
        assert "none" in wanted
    else:
        assert DECIDED & set(wanted), tree.texts


def test_the_suite_is_whole() -> None:
    assert len(CASES) == 203


class Names:
    """The zones of the suite: SPF stands for TXT where no TXT is given; NONE is no record, TIMEOUT no answer."""

    def __init__(self, zone: dict[str, Any]) -> None:
        self._zone = {name.lower().rstrip("."): entry for name, entry in zone.items()}

    def ask(self, question: Question) -> Answers:
        """The CNAMEs on the way and the answer."""
        name = question.name
        hops: list[DnsAnswer] = []
        while (target := self._alias(name)) is not None and len(hops) < 12:
            hops.append(DnsAnswer(name, "CNAME", DnsState.VALUE, (target,)))
            name = target.lower().rstrip(".")
        records, is_silent = self._records(name, question.rrtype)
        if records:
            return (*hops, DnsAnswer(name, question.rrtype, DnsState.VALUE, tuple(records)))
        if is_silent:
            return (*hops, DnsAnswer(name, question.rrtype, DnsState.UNKNOWN, detail="timeout"))
        detail = "NOERROR" if name in self._zone else "NXDOMAIN"
        return (*hops, DnsAnswer(name, question.rrtype, DnsState.ABSENT, detail=detail))

    def _alias(self, name: str) -> str | None:
        pairs = [entry for entry in self._zone.get(name, []) if isinstance(entry, dict)]
        return next((str(entry["CNAME"]) for entry in pairs if "CNAME" in entry), None)

    def _records(self, name: str, rrtype: str) -> tuple[list[str], bool]:
        entries = self._zone.get(name, [])
        has_text = any(isinstance(e, dict) and "TXT" in e for e in entries)
        found, is_silent = [], "TIMEOUT" in entries
        for kind, value in (pair for e in entries if isinstance(e, dict) for pair in e.items()):
            standing_in = kind == "SPF" and rrtype == "TXT" and not has_text
            if (kind == rrtype or standing_in) and value == "TIMEOUT":
                is_silent = True
            elif (kind == rrtype or standing_in) and value != "NONE":
                found.append(spelt(rrtype, value))
        return found, is_silent


def spelt(rrtype: str, value: Any) -> str:
    """A value of the suite in presentation format."""
    if rrtype == "TXT":
        return " ".join(quoted(part) for part in ([value] if isinstance(value, str) else value))
    return f"{value[0]} {value[1]}." if rrtype == "MX" else str(value)


def quoted(text: str) -> str:
    """A character string with its escapes."""
    return '"' + "".join(c if " " <= c <= "~" and c not in '"\\' else f"\\{ord(c):03d}" for c in text) + '"'
