"""exposure.source-file-served: a copy an editor left shows the source of a page."""

from scanner.author import Context, Example, Exposed, Judgement, Severity, Text, Why, check
from scanner.author.exposure import SENTENCES, judge_known
from scanner.samples.exposure import asked, known, unasked

PATHS = ("known-index-copy",)


@check(
    "exposure.source-file-served",
    on=Exposed,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(
        vi="Lộ mã nguồn qua bản sao của trình soạn thảo", en="A copy an editor left shows source code"
    ),
    why=Text(
        vi="Tệp có đuôi ~ không được chạy như mã mà hiện nguyên văn; tệp cấu hình cạnh đó thường cũng vậy.",
        en="A file that ends in ~ is shown instead of run; the configuration beside it often is too.",
    ),
    fix=Text(
        vi="Xóa các tệp đuôi ~, .bak, .swp, .old khỏi máy chủ web và chặn các đuôi này.",
        en="Delete files that end in ~, .bak, .swp, .old from the web server and deny these endings.",
    ),
    refs=("CWE-530", "OWASP WSTG-CONF-04"),
    howto="close-exposed-path",
    needs=("canary", *PATHS),
    notes=SENTENCES,
    examples=(
        Example("open", asked(known("known-index-copy", "source code of a PHP page")), "fail"),
        Example("asked on other grounds only", asked(ground="joomla"), "notapplicable"),
        Example("not there", asked(), "pass"),
        Example("200 with a page that proves nothing", asked(known("known-index-copy")), "pass"),
        Example("forbidden", asked(known("known-index-copy", status=403)), "pass"),
        Example("no answer", asked(known("known-index-copy", missing=Why.TIMEOUT)), "unknown"),
        Example("not asked", unasked(), "unknown"),
    ),
)
def source_file_served(exposed: Exposed, _ctx: Context) -> Judgement:
    """Judge by content that no other page has; a status alone proves nothing."""
    return judge_known(exposed, *PATHS)
