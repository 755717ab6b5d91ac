"""exposure.installer-open: the installer of the CMS was left on the server."""

from scanner.author import Context, Example, Exposed, Judgement, Severity, Text, Why, check
from scanner.author.exposure import SENTENCES, judge_known
from scanner.samples.exposure import asked, known, unasked

PATHS = (
    "known-joomla-installer",
    "known-wordpress-installer",
)


@check(
    "exposure.installer-open",
    on=Exposed,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Còn trang cài đặt hệ quản trị nội dung", en="The CMS installer was left open"),
    why=Text(
        vi="Ai mở trang cài đặt cũng có thể cài lại trang với cơ sở dữ liệu của mình và chiếm máy chủ.",
        en="Whoever opens it can set the site up anew with a database of his own and take the server.",
    ),
    fix=Text(
        vi="Xóa thư mục cài đặt hoặc hoàn tất việc cài đặt.",
        en="Delete the installation folder, or finish the installation.",
    ),
    refs=(
        "CWE-1188",
        "OWASP WSTG-CONF-02",
    ),
    howto="close-exposed-path",
    needs=("canary", *PATHS),
    notes=SENTENCES,
    examples=(
        Example(
            "open", asked(known("known-joomla-installer", "Joomla! Web Installer"), ground="joomla"), "fail"
        ),
        Example(
            "WordPress",
            asked(known("known-wordpress-installer", "WordPress: installation form"), ground="wordpress"),
            "fail",
        ),
        Example("not there", asked(ground="joomla"), "pass"),
        Example(
            "200 with a page that proves nothing",
            asked(known("known-joomla-installer"), ground="joomla"),
            "pass",
        ),
        Example("forbidden", asked(known("known-joomla-installer", status=403), ground="joomla"), "pass"),
        Example(
            "no answer",
            asked(known("known-joomla-installer", missing=Why.TIMEOUT), ground="joomla"),
            "unknown",
        ),
        Example("not asked", unasked(ground="joomla"), "unknown"),
    ),
)
def installer_open(exposed: Exposed, _ctx: Context) -> Judgement:
    """Judge by content that no other page has; a status alone proves nothing."""
    return judge_known(exposed, *PATHS)
