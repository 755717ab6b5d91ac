"""content.sri-missing: script or style of another domain is run without a check of its content."""

import re

from scanner.author import (
    Context,
    Example,
    Fail,
    Judgement,
    NotApplicable,
    Page,
    Pass,
    Severity,
    Text,
    Unknown,
    Why,
    check,
)
from scanner.parse.html import Asset
from scanner.parse.suffix import registrable
from scanner.parse.url import host_of
from scanner.samples.web import page

CDN = "https://cdnjs.cloudflare.com/ajax/libs/jquery/3.7.1/jquery.min.js"
HASH = 'integrity="sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC"'
VERSION = re.compile(r"[@/v\-._]\d+(?:\.\d+)+|[0-9a-f]{16,}", re.IGNORECASE)


@check(
    "content.sri-missing",
    on=Page,
    severity=Severity.LOW,
    since="0.1",
    title=Text(
        vi="Mã của trang khác không kèm mã băm kiểm tra", en="Script of other sites without integrity check"
    ),
    why=Text(
        vi="Máy chủ của bên thứ ba bị chiếm thì mã độc chạy ngay trên trang này.",
        en="When the third party's server is taken over, bad script runs on this site at once.",
    ),
    fix=Text(
        vi="Đưa tệp về máy chủ của trang, hoặc thêm integrity và crossorigin cho đúng phiên bản đang dùng.",
        en="Serve the file yourself, or add integrity and crossorigin for the very version in use.",
    ),
    refs=("Subresource Integrity section 3",),
    howto="subresource-integrity",
    notes={
        "lacking": Text(vi="{count} tệp, ví dụ {url}.", en="{count} files, for example {url}."),
        "none": Text(
            vi="Trang không tải mã có phiên bản cố định nào từ tên miền khác.",
            en="The page loads no file of a fixed version from another domain.",
        ),
    },
    examples=(
        Example("library of a CDN", page(html=f'<script src="{CDN}"></script>'), "fail"),
        Example(
            "style sheet of a CDN",
            page(
                html='<link rel="stylesheet" href="//cdn.example.net/bootstrap/5.3.2/css/bootstrap.min.css">'
            ),
            "fail",
        ),
        Example(
            "with integrity",
            page(html=f'<script src="{CDN}" {HASH} crossorigin="anonymous"></script>'),
            "pass",
        ),
        Example(
            "integrity without a known hash is void",
            page(html=f'<script src="{CDN}" integrity="md5-abc"></script>'),
            "fail",
        ),
        Example(
            "one good, one bad",
            page(
                html=f'<script src="{CDN}" {HASH}></script><script src="https://unpkg.com/vue@3.4.1/vue.js"></script>'
            ),
            "fail",
        ),
        Example(
            "a tag manager changes by design",
            page(html='<script src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>'),
            "notapplicable",
        ),
        Example("own file", page(html='<script src="/js/jquery-3.7.1.min.js"></script>'), "notapplicable"),
        Example(
            "another name of the same domain",
            page(
                url="https://a.tinh.gov.vn/",
                html='<script src="https://b.tinh.gov.vn/jquery-3.7.1.js"></script>',
            ),
            "notapplicable",
        ),
        Example(
            "a neighbour below gov.vn is another domain",
            page(
                url="https://tinh-a.gov.vn/",
                html='<script src="https://tinh-b.gov.vn/jquery-3.7.1.js"></script>',
            ),
            "fail",
        ),
        Example("in a comment", page(html=f'<!-- <script src="{CDN}"></script> -->'), "notapplicable"),
        Example("too large to be sure", page(html="<a href=x>" * 5_001), "unknown"),
    ),
)
def sri_missing(page: Page, ctx: Context) -> Judgement:
    """Judge files with a version or digest in their address; what has none changes by design."""
    here = registrable(page.host, ctx.ref.suffixes) or page.host

    def is_foreign(asset: Asset) -> bool:
        host = host_of(asset.url)
        return bool(host) and (registrable(host, ctx.ref.suffixes) or host) != here

    fixed = [
        a
        for a in (*page.html.scripts, *page.html.stylesheets)
        if not a.is_inert and is_foreign(a) and VERSION.search(a.url.partition("?")[0])
    ]
    bad = [a for a in fixed if not re.search(r"(?:^|\s)sha(?:256|384|512)-", a.integrity)]
    if bad:
        urls = tuple(dict.fromkeys(a.url for a in bad))
        values = (("count", str(len(urls))), ("url", urls[0]))
        return Fail(
            saw="\n".join(f"{a.kind}: {a.written}" for a in bad), where=urls, note="lacking", values=values
        )
    if page.html.truncated:
        return Unknown(Why.TOO_LARGE, "the page is too large to be read to its end")
    if not fixed:
        return NotApplicable(because="none")
    return Pass(saw="\n".join(f"{a.kind}: {a.written} {a.integrity}" for a in fixed))
