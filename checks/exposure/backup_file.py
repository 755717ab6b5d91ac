"""exposure.backup-file: a backup copy of the CMS configuration can be read."""

from scanner.author import Context, Example, Exposed, Judgement, Severity, Text, Why, check
from scanner.author.exposure import SENTENCES, judge_known
from scanner.samples.exposure import asked, known, unasked

PATHS = (
    "known-joomla-backup",
    "known-joomla-copy",
    "known-joomla-swap",
    "known-wordpress-backup",
    "known-wordpress-copy",
    "known-wordpress-swap",
    "known-webconfig-copy",
)


@check(
    "exposure.backup-file",
    on=Exposed,
    severity=Severity.CRITICAL,
    since="0.1",
    title=Text(vi="Lộ bản sao tệp cấu hình", en="A backup of the configuration is open"),
    why=Text(
        vi="Tệp cấu hình đổi đuôi .bak không còn được chạy như mã mà hiện nguyên mật khẩu cơ sở dữ liệu.",
        en="Renamed to .bak the configuration is no longer run as code: it shows the database password as it is.",
    ),
    fix=Text(
        vi="Xóa bản sao khỏi thư mục web, đổi mật khẩu cơ sở dữ liệu và khóa bí mật.",
        en="Delete the copy from the web folder; change the database password and the secret keys.",
    ),
    refs=(
        "CWE-530",
        "OWASP WSTG-CONF-04",
    ),
    howto="close-exposed-path",
    needs=("canary", *PATHS),
    notes=SENTENCES,
    examples=(
        Example(
            "open", asked(known("known-joomla-backup", "user=<8>\npassword=<14>"), ground="joomla"), "fail"
        ),
        Example(
            "WordPress",
            asked(known("known-wordpress-backup", "DB_PASSWORD=<12>"), ground="wordpress"),
            "fail",
        ),
        Example(
            "swap file of an editor",
            asked(known("known-joomla-swap", "swap file of an editor"), ground="joomla"),
            "fail",
        ),
        Example("IIS", asked(known("known-webconfig-copy", "Main=<80>"), ground="aspnet"), "fail"),
        Example("none of them runs here", asked(), "notapplicable"),
        Example("not there", asked(ground="joomla"), "pass"),
        Example(
            "200 with a page that proves nothing",
            asked(known("known-joomla-backup"), ground="joomla"),
            "pass",
        ),
        Example("forbidden", asked(known("known-joomla-backup", status=403), ground="joomla"), "pass"),
        Example(
            "no answer", asked(known("known-joomla-backup", missing=Why.TIMEOUT), ground="joomla"), "unknown"
        ),
        Example("not asked", unasked(ground="joomla"), "unknown"),
    ),
)
def backup_file(exposed: Exposed, _ctx: Context) -> Judgement:
    """Judge by content that no other page has; a status alone proves nothing."""
    return judge_known(exposed, *PATHS)
