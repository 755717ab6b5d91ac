"""exposure.admin-panel-open: the log-in of a tool that rules server or database stands open to the Internet."""

from scanner.author import Context, Example, Exposed, Judgement, Severity, Text, Why, check
from scanner.author.exposure import SENTENCES, judge_known
from scanner.samples.exposure import asked, known, unasked

PATHS = ("known-phpmyadmin", "known-adminer", "known-cpanel", "known-tomcat")


@check(
    "exposure.admin-panel-open",
    on=Exposed,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(
        vi="Trang quản trị máy chủ, cơ sở dữ liệu mở ra Internet",
        en="A server or database administration page is open to the Internet",
    ),
    why=Text(
        vi="phpMyAdmin, Adminer, cPanel, Tomcat Manager mở cho mọi nơi là chỗ dò mật khẩu và khai thác lỗ hổng; chiếm được là chiếm cả máy chủ.",
        en="phpMyAdmin, Adminer, cPanel or Tomcat Manager open to everybody invite guessing of passwords and attacks; who gets in has the server.",
    ),
    fix=Text(
        vi="Chỉ cho vào từ mạng nội bộ hoặc VPN, bật xác thực đa yếu tố; gỡ công cụ không còn dùng.",
        en="Admit the internal network or a VPN only, with a second factor; remove tools nobody uses.",
    ),
    refs=("CWE-284", "OWASP WSTG-CONF-05"),
    howto="close-exposed-path",
    needs=("canary", *PATHS),
    notes=SENTENCES,
    examples=(
        Example("phpMyAdmin", asked(known("known-phpmyadmin", "phpMyAdmin")), "fail"),
        Example("Adminer", asked(known("known-adminer", "Login - Adminer")), "fail"),
        Example(
            "Tomcat",
            asked(known("known-tomcat", 'www-authenticate: Basic realm="Tomcat Manager"', 401)),
            "fail",
        ),
        Example("cPanel", asked(known("known-cpanel", "location: https://so.example:2083/", 301)), "fail"),
        Example("another ground", asked(ground="aspnet"), "notapplicable"),
        Example("not there", asked(), "pass"),
        Example("200 with a page that proves nothing", asked(known("known-phpmyadmin")), "pass"),
        Example("forbidden", asked(known("known-phpmyadmin", status=403)), "pass"),
        Example("no answer", asked(known("known-phpmyadmin", missing=Why.TIMEOUT)), "unknown"),
        Example("not asked", unasked(), "unknown"),
    ),
)
def admin_panel_open(exposed: Exposed, _ctx: Context) -> Judgement:
    """Judge by content that no other page has; a status alone proves nothing."""
    return judge_known(exposed, *PATHS)
