"""exposure.error-log-open: the error log or trace of ASP.NET can be read."""

from scanner.author import Context, Example, Exposed, Judgement, Severity, Text, Why, check
from scanner.author.exposure import SENTENCES, judge_known
from scanner.samples.exposure import asked, known, unasked

PATHS = (
    "known-elmah",
    "known-trace",
)


@check(
    "exposure.error-log-open",
    on=Exposed,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Lộ nhật ký lỗi ASP.NET", en="The ASP.NET error log or trace is open"),
    why=Text(
        vi="elmah.axd và trace.axd ghi cả cookie phiên và dữ liệu biểu mẫu; có thể dùng để đăng nhập thay người khác.",
        en="elmah.axd and trace.axd hold session cookies and form data, enough to log in as somebody else.",
    ),
    fix=Text(
        vi="Chặn truy cập từ xa hoặc tắt hẳn trong web.config.",
        en="Deny remote access, or switch them off in web.config.",
    ),
    refs=(
        "CWE-215",
        "OWASP WSTG-ERRH-01",
    ),
    howto="close-exposed-path",
    needs=("canary", *PATHS),
    notes=SENTENCES,
    examples=(
        Example(
            "open", asked(known("known-elmah", "Error log for / on WEB01 (Page #1)"), ground="aspnet"), "fail"
        ),
        Example("trace", asked(known("known-trace", "Application Trace"), ground="aspnet"), "fail"),
        Example("no ASP.NET here", asked(), "notapplicable"),
        Example("not there", asked(ground="aspnet"), "pass"),
        Example("200 with a page that proves nothing", asked(known("known-elmah"), ground="aspnet"), "pass"),
        Example("forbidden", asked(known("known-elmah", status=403), ground="aspnet"), "pass"),
        Example("no answer", asked(known("known-elmah", missing=Why.TIMEOUT), ground="aspnet"), "unknown"),
        Example("not asked", unasked(ground="aspnet"), "unknown"),
    ),
)
def error_log_open(exposed: Exposed, _ctx: Context) -> Judgement:
    """Judge by content that no other page has; a status alone proves nothing."""
    return judge_known(exposed, *PATHS)
