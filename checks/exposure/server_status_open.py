"""exposure.server-status-open: the status page of the web server can be read."""

from scanner.author import Context, Example, Exposed, Judgement, Severity, Text, Why, check
from scanner.author.exposure import SENTENCES, judge_known
from scanner.samples.exposure import asked, known, unasked

PATHS = ("known-server-status",)


@check(
    "exposure.server-status-open",
    on=Exposed,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Lộ trang trạng thái máy chủ", en="The server status page is open"),
    why=Text(
        vi="Trang này cho mọi người thấy địa chỉ IP của người dân và đường dẫn họ đang mở, kể cả mã phiên.",
        en="It shows everybody the visitors' addresses and what they open, session codes included.",
    ),
    fix=Text(
        vi="Chỉ cho phép xem từ máy quản trị.",
        en="Allow it from the administrators' machines only.",
    ),
    refs=(
        "CWE-497",
        "Apache HTTP Server 2.4: mod_status",
    ),
    howto="close-exposed-path",
    needs=("canary", *PATHS),
    notes=SENTENCES,
    examples=(
        Example("open", asked(known("known-server-status", "Apache Status")), "fail"),
        Example("not there", asked(), "pass"),
        Example("200 with a page that proves nothing", asked(known("known-server-status")), "pass"),
        Example("forbidden", asked(known("known-server-status", status=403)), "pass"),
        Example("no answer", asked(known("known-server-status", missing=Why.TIMEOUT)), "unknown"),
        Example("not asked", unasked(), "unknown"),
    ),
)
def server_status_open(exposed: Exposed, _ctx: Context) -> Judgement:
    """Judge by content that no other page has; a status alone proves nothing."""
    return judge_known(exposed, *PATHS)
