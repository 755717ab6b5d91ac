"""exposure.phpinfo-open: a page with the settings of PHP can be read."""

from scanner.author import Context, Example, Exposed, Judgement, Severity, Text, Why, check
from scanner.author.exposure import SENTENCES, judge_known
from scanner.samples.exposure import asked, known, unasked

PATHS = ("known-phpinfo", "known-info")


@check(
    "exposure.phpinfo-open",
    on=Exposed,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Lộ trang phpinfo", en="A phpinfo page is open"),
    why=Text(
        vi="Trang này cho biết phiên bản, đường dẫn, biến môi trường, đôi khi cả mật khẩu.",
        en="It shows versions, paths, variables of the environment, sometimes passwords.",
    ),
    fix=Text(
        vi="Xóa tệp khỏi máy chủ.",
        en="Delete the file from the server.",
    ),
    refs=(
        "CWE-497",
        "OWASP WSTG-CONF-02",
    ),
    howto="close-exposed-path",
    needs=("canary", *PATHS),
    notes=SENTENCES,
    examples=(
        Example("open", asked(known("known-phpinfo", "PHP 7.4.3 - phpinfo()")), "fail"),
        Example("no PHP here", asked(ground="aspnet"), "notapplicable"),
        Example("not there", asked(), "pass"),
        Example("200 with a page that proves nothing", asked(known("known-phpinfo")), "pass"),
        Example("forbidden", asked(known("known-phpinfo", status=403)), "pass"),
        Example("no answer", asked(known("known-phpinfo", missing=Why.TIMEOUT)), "unknown"),
        Example("not asked", unasked(), "unknown"),
    ),
)
def phpinfo_open(exposed: Exposed, _ctx: Context) -> Judgement:
    """Judge by content that no other page has; a status alone proves nothing."""
    return judge_known(exposed, *PATHS)
