"""exposure.debug-page: a debugging aid of the software is switched on."""

from scanner.author import Context, Example, HttpEvidence, Judgement, Severity, Text, check
from scanner.identify.revealed import DEBUG_AIDS, judge_shown
from scanner.samples import chain, fetched, redirect, response, silence

HOME = "https://so.example/"
GOOD = chain("https", (HOME, response()))
YELLOW = "<html><title>Runtime Error</title><b> Source Error: </b><pre>Line 12: var p = ...</pre></html>"


@check(
    "exposure.debug-page",
    on=HttpEvidence,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Trang đang bật chế độ gỡ lỗi", en="Debug mode is switched on"),
    why=Text(
        vi="Chế độ gỡ lỗi cho xem mã nguồn, biến môi trường, mật khẩu; một số công cụ còn cho chạy lệnh từ trình duyệt.",
        en="Debug mode shows source, variables and passwords; some tools even run commands from the browser.",
    ),
    fix=Text(
        vi="Tắt chế độ gỡ lỗi trên máy chủ chính thức.",
        en="Switch debug mode off on production servers.",
    ),
    refs=("CWE-489", "CWE-215", "OWASP WSTG-ERRH-02"),
    howto="hide-errors",
    needs=("canary",),
    notes={"on": Text(vi="Công cụ gỡ lỗi hiện tại {url}.", en="A debugging aid is shown at {url}.")},
    examples=(
        Example(
            "ASP.NET source on an error page",
            fetched(GOOD, chain("canary", (f"{HOME}x", response(500, html=YELLOW)))),
            "fail",
        ),
        Example(
            "debug bar",
            fetched(chain("https", (HOME, response(html='<link href="/_debugbar/assets/stylesheets">')))),
            "fail",
        ),
        Example(
            "an article on debugging",
            fetched(chain("https", (HOME, response(html="<p>Debug = True nghĩa là gì</p>")))),
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
def debug_page(http: HttpEvidence, _ctx: Context) -> Judgement:
    """Judge the shape a program writes in, never words alone."""
    return judge_shown(http, DEBUG_AIDS, note="on")
