"""One check as a page: the same Markdown is the answer of `rasoat explain` and the page in docs/checks."""

from collections.abc import Mapping

from scanner.howto import Howto
from scanner.model.check import Check
from scanner.model.text import Language, Text

SEVERITY = {
    "critical": Text("Nghiêm trọng", "Critical"),
    "high": Text("Cao", "High"),
    "medium": Text("Trung bình", "Medium"),
    "low": Text("Thấp", "Low"),
    "info": Text("Thông tin", "Info"),
}
LABELS = {
    "severity": Text("Mức độ", "Severity"),
    "confidence": Text("Độ tin cậy", "Confidence"),
    "on": Text("Xét trên", "Judges"),
    "since": Text("Có từ bản", "Since"),
    "why": Text("Vì sao quan trọng", "Why it matters"),
    "fix": Text("Cần làm gì", "What to do"),
    "says": Text("Kết luận có thể gặp", "What it can say"),
    "refs": Text("Căn cứ kỹ thuật", "Sources"),
    "examples": Text("Ví dụ (cũng là phép thử)", "Examples (they are the tests)"),
    "formerly": Text("Tên cũ", "Formerly"),
}
VERDICT = {
    "pass": Text("Đạt", "Pass"),
    "fail": Text("Chưa đạt", "Fail"),
    "notapplicable": Text("Không áp dụng", "Not applicable"),
    "unknown": Text("Chưa kiểm tra được", "Could not be checked"),
    "error": Text("Lỗi khi kiểm tra", "Error"),
}
CONFIDENCE = {"high": Text("cao", "high"), "medium": Text("trung bình", "medium"), "low": Text("thấp", "low")}


def page_of(check: Check, howtos: Mapping[str, Howto], language: Language) -> str:
    """The Markdown page of one check in one language."""

    def label(key: str) -> str:
        return LABELS[key].into(language)

    lines = [f"# {check.title.into(language)}", "", f"`{check.id}`", ""]
    lines += [
        f"- {label('severity')}: {SEVERITY[check.severity.value].into(language)}",
        f"- {label('confidence')}: {CONFIDENCE[check.confidence.value].into(language)}",
        f"- {label('on')}: `{check.on.__name__}`",
        f"- {label('since')}: {check.since}",
    ]
    if check.formerly:
        lines.append(f"- {label('formerly')}: {', '.join(f'`{name}`' for name in check.formerly)}")
    lines += ["", f"## {label('why')}", "", check.why.into(language)]
    lines += ["", f"## {label('fix')}", "", check.fix.into(language)]
    lines += _howto(howtos.get(check.howto), language)
    if check.notes:
        lines += ["", f"## {label('says')}", ""]
        lines += [f"- `{key}`: {note.into(language)}" for key, note in check.notes.items()]
    lines += ["", f"## {label('refs')}", "", *(f"- {ref}" for ref in check.refs)]
    lines += ["", f"## {label('examples')}", ""]
    lines += [f"- {e.name}: {VERDICT[str(e.expect)].into(language)}" for e in check.examples]
    return "\n".join(lines) + "\n"


def _howto(howto: Howto | None, language: Language) -> list[str]:
    """The steps per platform, numbered."""
    if howto is None:
        return []
    lines = []
    for platform in howto.platforms:
        lines += ["", f"### {platform.id}", ""]
        for number, step in enumerate(platform.steps, start=1):
            lines.append(f"{number}. {step.text.into(language)}")
            if step.code:
                lines += ["", "   ```", *(f"   {line}" for line in step.code.splitlines()), "   ```", ""]
    return lines
