"""exposure.env-file-open: the file of settings .env can be read."""

from scanner.author import Context, Example, Exposed, Judgement, Severity, Text, Why, check
from scanner.author.exposure import SENTENCES, judge_known
from scanner.samples.exposure import asked, known, unasked

PATHS = ("known-env",)


@check(
    "exposure.env-file-open",
    on=Exposed,
    severity=Severity.CRITICAL,
    since="0.1",
    title=Text(vi="Lộ tệp cấu hình .env", en="The settings file .env is open"),
    why=Text(
        vi="Tệp này thường chứa mật khẩu cơ sở dữ liệu, thư điện tử và khóa bí mật; ai tải được là vào được hệ thống.",
        en="It usually holds the passwords of database and mail and secret keys; whoever fetches it is in.",
    ),
    fix=Text(
        vi="Chặn ngay truy cập tệp, chuyển ra ngoài thư mục web, đổi mọi mật khẩu và khóa trong đó, xem nhật ký đã có ai tải.",
        en="Deny access at once, move it out of the web folder, change every password and key in it, and look who fetched it.",
    ),
    refs=(
        "CWE-538",
        "CWE-260",
        "OWASP WSTG-CONF-04",
    ),
    howto="close-exposed-path",
    needs=("canary", *PATHS),
    notes=SENTENCES,
    examples=(
        Example("open", asked(known("known-env", "APP_KEY=<51>\nDB_PASSWORD=<12>")), "fail"),
        Example("not there", asked(), "pass"),
        Example("200 with a page that proves nothing", asked(known("known-env")), "pass"),
        Example("forbidden", asked(known("known-env", status=403)), "pass"),
        Example("no answer", asked(known("known-env", missing=Why.TIMEOUT)), "unknown"),
        Example("not asked", unasked(), "unknown"),
    ),
)
def env_file_open(exposed: Exposed, _ctx: Context) -> Judgement:
    """Judge by content that no other page has; a status alone proves nothing."""
    return judge_known(exposed, *PATHS)
