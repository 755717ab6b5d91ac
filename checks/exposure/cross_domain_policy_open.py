"""exposure.cross-domain-policy-open: crossdomain.xml lets every site read answers."""

from scanner.author import Context, Example, Exposed, Judgement, Severity, Text, Why, check
from scanner.author.exposure import SENTENCES, judge_known
from scanner.samples.exposure import asked, known, unasked

PATHS = ("known-crossdomain",)


@check(
    "exposure.cross-domain-policy-open",
    on=Exposed,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="crossdomain.xml cho phép mọi trang", en="crossdomain.xml lets every site in"),
    why=Text(
        vi="Tệp này cho phép ứng dụng Flash, Silverlight và một số ứng dụng cũ của mọi trang đọc dữ liệu của người đang đăng nhập.",
        en="It lets Flash, Silverlight and some older programs of any site read what a logged-in visitor sees.",
    ),
    fix=Text(
        vi="Xóa tệp nếu không còn dùng; nếu còn, chỉ ghi đúng tên miền cần thiết.",
        en="Delete it if it is not needed; if it is, name the very domains.",
    ),
    refs=("CWE-942", "OWASP WSTG-CONF-08"),
    howto="close-exposed-path",
    needs=("canary", *PATHS),
    notes=SENTENCES,
    examples=(
        Example("open to all", asked(known("known-crossdomain", '<allow-access-from domain="*"')), "fail"),
        Example("not there", asked(), "pass"),
        Example("200 with a page that proves nothing", asked(known("known-crossdomain")), "pass"),
        Example("forbidden", asked(known("known-crossdomain", status=403)), "pass"),
        Example("no answer", asked(known("known-crossdomain", missing=Why.TIMEOUT)), "unknown"),
        Example("not asked", unasked(), "unknown"),
    ),
)
def cross_domain_policy_open(exposed: Exposed, _ctx: Context) -> Judgement:
    """Judge by content that no other page has; a status alone proves nothing."""
    return judge_known(exposed, *PATHS)
