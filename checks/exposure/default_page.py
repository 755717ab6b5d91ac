"""exposure.default-page: the address shows the start page of a web server instead of a site."""

from scanner.author import Context, Example, HttpEvidence, Judgement, Severity, Text, check
from scanner.identify.revealed import START_PAGES, judge_shown
from scanner.samples import chain, fetched, redirect, response, silence

HOME = "https://so.example/"
GOOD = chain("https", (HOME, response()))


@check(
    "exposure.default-page",
    on=HttpEvidence,
    severity=Severity.LOW,
    since="0.1",
    title=Text(
        vi="Địa chỉ đang hiện trang mặc định của máy chủ", en="The address shows a server's start page"
    ),
    why=Text(
        vi="Máy chủ chưa ai dùng thường cũng chưa ai cập nhật; người dân thì tưởng trang cơ quan đã hỏng.",
        en="A server nobody uses is one nobody updates; and people think the agency's site is broken.",
    ),
    fix=Text(
        vi="Đưa trang lên, hoặc tắt máy chủ và gỡ bản ghi DNS.",
        en="Put the site there, or shut the server down and remove the DNS record.",
    ),
    refs=("CWE-1188", "OWASP WSTG-CONF-02"),
    howto="retire-site",
    notes={
        "start": Text(
            vi="Tại {url} là trang mặc định của phần mềm máy chủ.",
            en="{url} shows the start page of the server software.",
        )
    },
    examples=(
        Example(
            "nginx",
            fetched(chain("https", (HOME, response(html="<title>Welcome to nginx!</title>")))),
            "fail",
        ),
        Example(
            "Apache on Debian",
            fetched(
                chain("http", (HOME, response(html="<title>Apache2 Debian Default Page: It works</title>")))
            ),
            "fail",
        ),
        Example(
            "IIS", fetched(chain("https", (HOME, response(html="<title>IIS Windows Server</title>")))), "fail"
        ),
        Example(
            "news on nginx",
            fetched(chain("https", (HOME, response(html="<title>Tập huấn: Welcome to nginx</title>")))),
            "pass",
        ),
        Example("ordinary page", fetched(GOOD), "pass"),
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
def default_page(http: HttpEvidence, _ctx: Context) -> Judgement:
    """Judge the shape a program writes in, never words alone."""
    return judge_shown(http, START_PAGES, note="start", purposes=("https", "http"))
