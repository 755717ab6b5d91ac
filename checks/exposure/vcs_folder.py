"""exposure.vcs-folder: the version control folder of the site can be read."""

from scanner.author import Context, Example, Exposed, Judgement, Severity, Text, Why, check
from scanner.author.exposure import SENTENCES, judge_known
from scanner.samples.exposure import asked, known, unasked

PATHS = (
    "known-git",
    "known-svn",
)


@check(
    "exposure.vcs-folder",
    on=Exposed,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Lộ thư mục quản lý mã nguồn", en="The version control folder is open"),
    why=Text(
        vi="Từ thư mục .git hoặc .svn có thể tải về toàn bộ mã nguồn, kể cả mật khẩu từng ghi trong đó.",
        en="From .git or .svn the whole source can be fetched, with every password it ever held.",
    ),
    fix=Text(
        vi="Xóa thư mục này khỏi máy chủ web hoặc chặn truy cập; đổi các mật khẩu từng nằm trong mã nguồn.",
        en="Remove the folder from the web server or deny access; change every password the source ever held.",
    ),
    refs=(
        "CWE-527",
        "OWASP WSTG-CONF-04",
    ),
    howto="close-exposed-path",
    needs=("canary", *PATHS),
    notes=SENTENCES,
    examples=(
        Example("open", asked(known("known-git", "ref: refs/heads/main")), "fail"),
        Example("Subversion", asked(known("known-svn", "entries of a Subversion working copy")), "fail"),
        Example("not there", asked(), "pass"),
        Example("200 with a page that proves nothing", asked(known("known-git")), "pass"),
        Example("forbidden", asked(known("known-git", status=403)), "pass"),
        Example("no answer", asked(known("known-git", missing=Why.TIMEOUT)), "unknown"),
        Example("not asked", unasked(), "unknown"),
    ),
)
def vcs_folder(exposed: Exposed, _ctx: Context) -> Judgement:
    """Judge by content that no other page has; a status alone proves nothing."""
    return judge_known(exposed, *PATHS)
