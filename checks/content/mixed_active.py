"""content.mixed-active: an https page loads script, style or frames over http."""

from scanner.author import (
    Context,
    Example,
    Fail,
    Judgement,
    Page,
    Pass,
    Severity,
    Text,
    Unknown,
    Why,
    check,
)
from scanner.author.web import NO_HTTPS, policies_of, without_https
from scanner.parse.csp import upgrades_insecure
from scanner.samples.web import page, plain_page, silence

ACTIVE = frozenset({"script", "style", "frame", "object"})


@check(
    "content.mixed-active",
    on=Page,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Trang https tải mã qua http", en="The https page loads active content over http"),
    why=Text(
        vi="Trình duyệt chặn phần này nên trang hỏng; trình duyệt cũ thì chạy, và ai chen được vào đường truyền sẽ điều khiển được trang.",
        en="Browsers block it, so the page breaks; old ones run it, and whoever sits on the line controls the page.",
    ),
    fix=Text(
        vi="Đổi địa chỉ các tệp này sang https hoặc đưa về máy chủ của trang.",
        en="Load these files over https, or from the site itself.",
    ),
    refs=("Mixed Content section 4", "Mixed Content section 5.3"),
    howto="fix-mixed-content",
    notes={
        "no-https": NO_HTTPS,
        "loads": Text(vi="{count} tệp được tải qua http.", en="{count} files are loaded over http."),
    },
    examples=(
        Example("script", page(html='<script src="http://thongke.example/a.js"></script>'), "fail"),
        Example(
            "style sheet", page(html='<link rel="stylesheet" href="http://giaodien.example/a.css">'), "fail"
        ),
        Example("frame", page(html='<iframe src="http://ban-do.example/"></iframe>'), "fail"),
        Example(
            "protocol-relative is https here", page(html='<script src="//cdn.example/a.js"></script>'), "pass"
        ),
        Example("link to http is no content", page(html='<a href="http://tinh.example/">tỉnh</a>'), "pass"),
        Example(
            "canonical is no content", page(html='<link rel="canonical" href="http://so.example/">'), "pass"
        ),
        Example("picture is passive", page(html='<img src="http://anh.example/a.png">'), "pass"),
        Example(
            "in noscript browsers load nothing",
            page(html='<noscript><iframe src="http://a.example/"></iframe></noscript>'),
            "pass",
        ),
        Example(
            "hidden by a line break", page(html='<script src="ht\ntp://a.example/a.js"></script>'), "fail"
        ),
        Example("in a comment", page(html='<!-- <script src="http://a.example/a.js"></script> -->'), "pass"),
        Example(
            "base over http",
            page(html='<base href="http://so.example/"><script src="a.js"></script>'),
            "fail",
        ),
        Example(
            "browsers are told to upgrade",
            page(
                ("Content-Security-Policy", "upgrade-insecure-requests"),
                html='<script src="http://a.example/a.js"></script>',
            ),
            "pass",
        ),
        Example("too large to be sure", page(html="<a href=x>" * 5_001), "unknown"),
        Example(
            "plain http", plain_page(html='<script src="http://a.example/a.js"></script>'), "notapplicable"
        ),
        Example("plain http, https silent", plain_page(https_unseen=silence()), "unknown"),
    ),
)
def mixed_active(page: Page, _ctx: Context) -> Judgement:
    """Judge what the final page loads, resolved against its base."""
    absent = without_https(page)
    if absent is not None:
        return absent
    loaded = [
        a for a in page.html.assets if a.kind in ACTIVE and not a.is_inert and a.url.startswith("http:")
    ]
    if loaded and upgrades_insecure(policies_of(page)):
        return Pass(saw="upgrade-insecure-requests")
    if loaded:
        urls = tuple(dict.fromkeys(asset.url for asset in loaded))
        proof = "\n".join(
            f"{a.kind}: {a.written} ({a.url})" if a.written != a.url else f"{a.kind}: {a.url}" for a in loaded
        )
        return Fail(saw=proof, where=urls, note="loads", values=(("count", str(len(urls))),))
    if page.html.truncated:
        return Unknown(Why.TOO_LARGE, "the page is too large to be read to its end")
    return Pass(saw=f"GET {page.url}: {len(page.html.assets)} files, none of them active over http")
