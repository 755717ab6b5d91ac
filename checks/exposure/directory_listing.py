"""exposure.directory-listing: a folder shows all its files to everybody."""

from scanner.author import Context, Example, Exposed, Judgement, Severity, Text, Why, check
from scanner.author.exposure import SENTENCES, judge_known
from scanner.samples.exposure import asked, known, unasked

PATHS = (
    "known-uploads",
    "known-joomla-images",
    "known-wordpress-uploads",
)


@check(
    "exposure.directory-listing",
    on=Exposed,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Thư mục tải lên liệt kê mọi tệp", en="An upload folder lists all its files"),
    why=Text(
        vi="Người lạ đọc được cả những tệp không có đường dẫn trên trang: đơn thư, danh sách, giấy tờ của người dân, bản sao lưu.",
        en="Strangers find files no page links to: petitions, lists, citizens' papers, backups.",
    ),
    fix=Text(
        vi="Tắt liệt kê thư mục; rà lại các tệp đã để trong đó.",
        en="Switch listings off; go through the files that lie there.",
    ),
    refs=(
        "CWE-548",
        "OWASP WSTG-CONF-02",
    ),
    howto="disable-directory-listing",
    needs=("canary", *PATHS),
    notes=SENTENCES,
    examples=(
        Example("open", asked(known("known-uploads", "Index of /uploads: 12 .pdf, 3 .xlsx")), "fail"),
        Example("Joomla", asked(known("known-joomla-images", "Index of /images"), ground="joomla"), "fail"),
        Example(
            "WordPress",
            asked(known("known-wordpress-uploads", "Index of /wp-content/uploads"), ground="wordpress"),
            "fail",
        ),
        Example("not there", asked(), "pass"),
        Example("200 with a page that proves nothing", asked(known("known-uploads")), "pass"),
        Example("forbidden", asked(known("known-uploads", status=403)), "pass"),
        Example("no answer", asked(known("known-uploads", missing=Why.TIMEOUT)), "unknown"),
        Example("not asked", unasked(), "unknown"),
    ),
)
def directory_listing(exposed: Exposed, _ctx: Context) -> Judgement:
    """Judge by content that no other page has; a status alone proves nothing."""
    return judge_known(exposed, *PATHS)
