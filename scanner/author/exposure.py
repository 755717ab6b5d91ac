"""What the checks of exposed paths share: one judgement and its sentences, pure."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from scanner.identify.exposed import Exposed, Known
from scanner.model.check import Fail, Judgement, NotApplicable, Pass, Unknown
from scanner.model.evidence import Why
from scanner.model.text import Text

SENTENCES: Mapping[str, Text] = MappingProxyType(
    {
        "answers": Text(vi="{url} mở được với mọi người.", en="{url} is open to everybody."),
        "other-ground": Text(
            vi="Trang không chạy trên nền tảng có đường dẫn này nên không hỏi.",
            en="The site does not run on software with this path, so it was not asked.",
        ),
    }
)


def judge_known(exposed: Exposed, *purposes: str) -> Judgement:
    """Fail on the first path with proof; pass only when every path worth asking was asked and answered."""
    relevant = [p for p in purposes if p not in exposed.irrelevant]
    if not relevant:
        return NotApplicable("other-ground", saw=exposed.ground)
    answers = exposed.of(*relevant)
    proven = [k for k in answers if k.proof]
    if proven:
        saw = "\n".join(f"GET {k.url}: {k.status}\n{k.proof[:600]}" for k in proven)
        return Fail(saw, tuple(k.url for k in proven), "answers", (("url", proven[0].url),))
    return _without_proof(answers, relevant)


def judge_listing(exposed: Exposed, *purposes: str) -> Judgement:
    """What is left to say of folders that show nothing bad: a listing alone is another check's fault."""
    relevant = [p for p in purposes if p not in exposed.irrelevant]
    if not relevant:
        return NotApplicable("other-ground", saw=exposed.ground)
    return _without_proof(exposed.of(*relevant), relevant)


def _without_proof(answers: Sequence[Known], relevant: Sequence[str]) -> Judgement:
    silent = [k.missing for k in answers if k.missing is not None]
    if silent:
        return Unknown(silent[0].why, silent[0].detail)
    if len(answers) < len(relevant):
        return Unknown(Why.NOT_ASKED, "known paths are asked at standard depth")
    return Pass(saw="\n".join(f"GET {k.url}: {k.status}, no proof of it" for k in answers))
