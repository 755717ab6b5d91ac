"""What the checks that compare with an earlier visit share: their sentences, and when a list was too long to tell."""

from collections.abc import Mapping
from types import MappingProxyType

from scanner.identify.change import FIRST_LOOK, Change
from scanner.model.check import Fail, Judgement, Pass, Unknown
from scanner.model.evidence import Why
from scanner.model.text import Text

SENTENCES: Mapping[str, Text] = MappingProxyType(
    {
        FIRST_LOOK: Text(
            vi="Chưa có lần quét trước nào dùng làm mốc để so sánh.",
            en="No earlier scan can serve as the measure yet.",
        )
    }
)
SHOWN = 20


def judge_new(change: Change, hosts: tuple[str, ...], now: tuple[str, ...], *, note: str) -> Judgement:
    """Fail on hosts the earlier visit did not see; unknown when its list was cut."""
    day = change.before.seen_at.date().isoformat()
    if not hosts:
        return Pass(saw=f"GET {change.url}: {len(now)} hosts, none new since {day}")
    if not change.is_whole:
        return Unknown(Why.TOO_LARGE, f"the list of {day} was cut, so new hosts cannot be told")
    shown = hosts[:SHOWN]
    return Fail(
        saw="\n".join((f"GET {change.url}, compared with {day} ({change.before.scan_id}):", *shown)),
        where=hosts,
        note=note,
        values=(
            ("count", str(len(hosts))),
            ("hosts", ", ".join(hosts[:3])),
            ("since_on", day),
        ),
    )
