"""content.mixed-passive: an https page shows pictures, sound or video that come over http."""

from scanner.author import Context, Example, Fail, Judgement, Page, Pass, Severity, Text, Unknown, Why, check
from scanner.author.web import NO_HTTPS, policies_of, without_https
from scanner.parse.csp import upgrades_insecure
from scanner.samples.web import page, plain_page, silence

PASSIVE = frozenset({"image", "media"})


@check(
    "content.mixed-passive",
    on=Page,
    severity=Severity.LOW,
    since="0.1",
    title=Text(
        vi="Trang https hiện ảnh, phim qua http", en="The https page shows pictures or video over http"
    ),
    why=Text(
        vi="Ảnh qua http có thể bị xem trộm hoặc thay thế; trình duyệt mới tự thử https, không được thì bỏ trống.",
        en="Pictures over http can be watched or replaced; newer browsers try https and leave a gap when it fails.",
    ),
    fix=Text(vi="Đổi địa chỉ ảnh và phim sang https.", en="Load pictures and video over https."),
    refs=("Mixed Content section 4",),
    howto="fix-mixed-content",
    notes={
        "no-https": NO_HTTPS,
        "shows": Text(vi="{count} tệp được tải qua http.", en="{count} files are loaded over http."),
    },
    examples=(
        Example("picture", page(html='<img src="http://anh.example/a.png">'), "fail"),
        Example("video", page(html='<video src="http://phim.example/a.mp4"></video>'), "fail"),
        Example("base over http", page(html='<base href="http://so.example/"><img src="a.png">'), "fail"),
        Example("https", page(html='<img src="https://anh.example/a.png">'), "pass"),
        Example("protocol-relative", page(html='<img src="//anh.example/a.png">'), "pass"),
        Example("script is active", page(html='<script src="http://a.example/a.js"></script>'), "pass"),
        Example("link to a picture", page(html='<a href="http://anh.example/a.png">ảnh</a>'), "pass"),
        Example("in noscript", page(html='<noscript><img src="http://a.example/p.gif"></noscript>'), "pass"),
        Example(
            "browsers are told to upgrade",
            page(
                ("Content-Security-Policy", "upgrade-insecure-requests"),
                html='<img src="http://a.example/a.png">',
            ),
            "pass",
        ),
        Example("too large to be sure", page(html="<a href=x>" * 5_001), "unknown"),
        Example("plain http", plain_page(), "notapplicable"),
        Example("plain http, https silent", plain_page(https_unseen=silence()), "unknown"),
    ),
)
def mixed_passive(page: Page, _ctx: Context) -> Judgement:
    """Judge what the final page shows, resolved against its base."""
    absent = without_https(page)
    if absent is not None:
        return absent
    shown = [
        a for a in page.html.assets if a.kind in PASSIVE and not a.is_inert and a.url.startswith("http:")
    ]
    if shown and upgrades_insecure(policies_of(page)):
        return Pass(saw="upgrade-insecure-requests")
    if shown:
        urls = tuple(dict.fromkeys(asset.url for asset in shown))
        proof = "\n".join(f"{a.kind}: {a.written}" for a in shown)
        return Fail(saw=proof, where=urls, note="shows", values=(("count", str(len(urls))),))
    if page.html.truncated:
        return Unknown(Why.TOO_LARGE, "the page is too large to be read to its end")
    return Pass(saw=f"GET {page.url}: {len(page.html.assets)} files, none of them passive over http")
