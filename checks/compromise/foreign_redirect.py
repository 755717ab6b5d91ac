"""compromise.foreign-redirect: visitors are sent on to a stranger's site without a click."""

from scanner.author import (
    Compromise,
    Confidence,
    Context,
    Example,
    Fail,
    Judgement,
    Pass,
    Severity,
    Text,
    Unknown,
    check,
)
from scanner.samples.compromise import departure, looked


@check(
    "compromise.foreign-redirect",
    on=Compromise,
    severity=Severity.HIGH,
    since="0.1",
    confidence=Confidence.MEDIUM,
    title=Text(vi="Trang tự chuyển người xem sang trang lạ", en="Visitors are sent on to a stranger's site"),
    why=Text(
        vi="Người dân gõ địa chỉ cơ quan nhưng bị đưa tới nơi cơ quan không kiểm soát; đây là dấu hiệu thường gặp khi trang bị chiếm hoặc tên miền bị bỏ quên.",
        en="People type the agency's address and land where it has no say; typical of a site taken over or a forgotten name.",
    ),
    fix=Text(
        vi="Nếu không phải cơ quan chủ động chuyển, xử lý như sự cố: giữ nhật ký, tìm chỗ chèn lệnh chuyển, rồi mới gỡ.",
        en="Unless the agency itself redirects, treat it as an incident: keep the logs, find where it was put in, then remove it.",
    ),
    refs=("HTML standard section 4.2.5.3 (refresh)", "CWE-601"),
    howto="incident-first-steps",
    notes={"sent": Text(vi="Trang tự chuyển sang {host}.", en="The page sends visitors on to {host}.")},
    examples=(
        Example("meta refresh to a stranger", looked(departure("https://la.example/")), "fail"),
        Example("redirect by script", looked(departure("https://la.example/", "script")), "fail"),
        Example("stays at home", looked(), "pass"),
        Example("too large to be sure", looked(truncated=True), "unknown"),
    ),
)
def foreign_redirect(page: Compromise, _ctx: Context) -> Judgement:
    """Judge what happens without a click; own, official and well-known hosts are no strangers."""
    if page.departures:
        hosts = tuple(dict.fromkeys(leave.host for leave in page.departures))
        saw = "\n".join(f"[{leave.way}] {leave.saw}" for leave in page.departures[:5])
        return Fail(saw, hosts, "sent", (("host", ", ".join(hosts[:3])),))
    if page.unread is not None:
        return Unknown(*page.unread)
    return Pass(saw=f"GET {page.url}: no redirect to a stranger")
