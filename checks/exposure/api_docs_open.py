"""exposure.api-docs-open: the description of the programming interface is open to everybody."""

from scanner.author import Context, Example, Exposed, Judgement, Severity, Text, Why, check
from scanner.author.exposure import SENTENCES, judge_known
from scanner.samples.exposure import asked, known, unasked

PATHS = ("known-swagger",)


@check(
    "exposure.api-docs-open",
    on=Exposed,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Trang mô tả API mở cho mọi người", en="The description of the API is open to everybody"),
    why=Text(
        vi="Bản mô tả liệt kê mọi lệnh gọi của hệ thống, giúp kẻ tấn công tìm lệnh thiếu kiểm tra quyền.",
        en="It lists every call of the system and so helps to find those that check no rights.",
    ),
    fix=Text(
        vi="Tắt Swagger UI trên máy chủ chính thức hoặc chỉ cho vào từ mạng nội bộ.",
        en="Switch Swagger UI off on production servers or admit the internal network only.",
    ),
    refs=("CWE-200", "OWASP WSTG-CONF-05"),
    howto="close-exposed-path",
    needs=("canary", *PATHS),
    notes=SENTENCES,
    examples=(
        Example("open", asked(known("known-swagger", "Swagger UI"), ground="aspnet"), "fail"),
        Example("another ground", asked(), "notapplicable"),
        Example("not there", asked(ground="aspnet"), "pass"),
        Example(
            "200 with a page that proves nothing", asked(known("known-swagger"), ground="aspnet"), "pass"
        ),
        Example("forbidden", asked(known("known-swagger", status=403), ground="aspnet"), "pass"),
        Example("no answer", asked(known("known-swagger", missing=Why.TIMEOUT), ground="aspnet"), "unknown"),
        Example("not asked", unasked(ground="aspnet"), "unknown"),
    ),
)
def api_docs_open(exposed: Exposed, _ctx: Context) -> Judgement:
    """Judge by content that no other page has; a status alone proves nothing."""
    return judge_known(exposed, *PATHS)
