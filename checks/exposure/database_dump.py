"""exposure.database-dump: a dump of the database can be fetched."""

from scanner.author import Context, Example, Exposed, Judgement, Severity, Text, Why, check
from scanner.author.exposure import SENTENCES, judge_known
from scanner.samples.exposure import asked, known, unasked

PATHS = ("known-dump", "known-dump-database")


@check(
    "exposure.database-dump",
    on=Exposed,
    severity=Severity.CRITICAL,
    since="0.1",
    title=Text(vi="Lộ bản sao cơ sở dữ liệu", en="A dump of the database can be fetched"),
    why=Text(
        vi="Bản sao chứa toàn bộ dữ liệu: tài khoản, mật khẩu băm, thông tin người dân; ai biết địa chỉ cũng tải được.",
        en="It holds everything: accounts, hashed passwords, citizens' data; whoever knows the address can fetch it.",
    ),
    fix=Text(
        vi="Chuyển tệp ra ngoài thư mục web ngay, xem nhật ký đã có ai tải; nếu có, xử lý như sự cố lộ dữ liệu cá nhân và đổi mật khẩu.",
        en="Move it out of the web folder at once and look who fetched it; if anybody did, treat it as a data breach and change the passwords.",
    ),
    refs=("CWE-530", "OWASP WSTG-CONF-04"),
    howto="close-exposed-path",
    needs=("canary", *PATHS),
    notes=SENTENCES,
    examples=(
        Example("open", asked(known("known-dump", "MySQL dump")), "fail"),
        Example("packed under another name", asked(known("known-dump-database", "gzip archive")), "fail"),
        Example("not there", asked(), "pass"),
        Example("200 with a page that proves nothing", asked(known("known-dump")), "pass"),
        Example("forbidden", asked(known("known-dump", status=403)), "pass"),
        Example("no answer", asked(known("known-dump", missing=Why.TIMEOUT)), "unknown"),
        Example("not asked", unasked(), "unknown"),
    ),
)
def database_dump(exposed: Exposed, _ctx: Context) -> Judgement:
    """Judge by content that no other page has; a status alone proves nothing."""
    return judge_known(exposed, *PATHS)
