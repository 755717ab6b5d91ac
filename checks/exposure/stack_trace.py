"""exposure.stack-trace: a page shows the inside of a program that failed."""

from scanner.author import Context, Example, HttpEvidence, Judgement, Severity, Text, check
from scanner.identify.revealed import STACK_TRACES, judge_shown
from scanner.samples import chain, fetched, redirect, response, silence

HOME = "https://so.example/"
GOOD = chain("https", (HOME, response()))
PHP = "<br /><b>Warning</b>:  mysqli_connect(): failed in <b>/home/so/public_html/index.php</b> on line <b>12</b>"
JAVA = (
    "<pre>java.lang.NullPointerException\n at org.apache.jsp.index_jsp._jspService(index_jsp.java:57)</pre>"
)


@check(
    "exposure.stack-trace",
    on=HttpEvidence,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Trang để lộ thông báo lỗi nội bộ", en="A page shows internal errors"),
    why=Text(
        vi="Thông báo lỗi nêu đường dẫn, phiên bản, câu lệnh cơ sở dữ liệu: kẻ tấn công biết nên thử ở đâu.",
        en="It names paths, versions and database commands: an attacker learns where to try.",
    ),
    fix=Text(
        vi="Tắt hiển thị lỗi trên máy chủ chính thức, ghi lỗi vào nhật ký, dùng trang báo lỗi chung.",
        en="Switch the display of errors off on production, log them, and use one common error page.",
    ),
    refs=("CWE-209", "OWASP WSTG-ERRH-02"),
    howto="hide-errors",
    needs=("canary",),
    notes={"shown": Text(vi="Lỗi nội bộ hiện tại {url}.", en="Internal errors are shown at {url}.")},
    examples=(
        Example("PHP warning on the home page", fetched(chain("https", (HOME, response(html=PHP)))), "fail"),
        Example(
            "Java on a page that does not exist",
            fetched(GOOD, chain("canary", (f"{HOME}x", response(404, html=JAVA)))),
            "fail",
        ),
        Example(
            "SQL error",
            fetched(chain("https", (HOME, response(500, html="SQLSTATE[42S02]: Base table")))),
            "fail",
        ),
        Example(
            "an article on stack traces",
            fetched(chain("https", (HOME, response(html="<p>Stack trace là gì? Fatal error in PHP</p>")))),
            "pass",
        ),
        Example("ordinary pages", fetched(GOOD, chain("canary", (f"{HOME}x", response(404)))), "pass"),
        Example(
            "a wall",
            fetched(chain("https", (HOME, response(403, html="<title>Request Rejected</title>")))),
            "unknown",
        ),
        Example(
            "only a redirect", fetched(chain("https", (HOME, redirect("https://tinh.example/")))), "unknown"
        ),
        Example("no answer", fetched(chain("https", (HOME, silence()))), "unknown"),
    ),
)
def stack_trace(http: HttpEvidence, _ctx: Context) -> Judgement:
    """Judge the shape a program writes in, never words alone."""
    return judge_shown(http, STACK_TRACES, note="shown")
