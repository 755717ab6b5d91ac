"""exposure.archive-open: an archive of the whole site can be fetched."""

from scanner.author import Context, Example, Exposed, Judgement, Severity, Text, Why, check
from scanner.author.exposure import SENTENCES, judge_known
from scanner.samples.exposure import asked, known, unasked

PATHS = ("known-archive", "known-archive-host", "known-archive-web")


@check(
    "exposure.archive-open",
    on=Exposed,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Lộ tệp nén sao lưu của trang", en="An archive of the site can be fetched"),
    why=Text(
        vi="Tệp nén thường chứa mã nguồn, mật khẩu cơ sở dữ liệu và tài liệu chưa công bố.",
        en="Such archives usually hold the source, the database password and unpublished papers.",
    ),
    fix=Text(
        vi="Chuyển tệp ra ngoài thư mục web, xem nhật ký đã có ai tải, đổi các mật khẩu nằm trong đó.",
        en="Move it out of the web folder, look who fetched it, change the passwords in it.",
    ),
    refs=("CWE-530", "OWASP WSTG-CONF-04"),
    howto="close-exposed-path",
    needs=("canary", *PATHS),
    notes=SENTENCES,
    examples=(
        Example("open", asked(known("known-archive", "zip archive")), "fail"),
        Example("named after the host", asked(known("known-archive-host", "zip archive")), "fail"),
        Example("not there", asked(), "pass"),
        Example("200 with a page that proves nothing", asked(known("known-archive")), "pass"),
        Example("forbidden", asked(known("known-archive", status=403)), "pass"),
        Example("no answer", asked(known("known-archive", missing=Why.TIMEOUT)), "unknown"),
        Example("not asked", unasked(), "unknown"),
    ),
)
def archive_open(exposed: Exposed, _ctx: Context) -> Judgement:
    """Judge by content that no other page has; a status alone proves nothing."""
    return judge_known(exposed, *PATHS)
