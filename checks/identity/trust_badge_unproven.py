"""identity.trust-badge-unproven: the page shows the Tín nhiệm mạng badge, which leads to no listing of this site."""

import re

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Page, Pass, Severity, Text, check
from scanner.identify.kinship import host_in
from scanner.parse.vietnamese import fold, slug
from scanner.samples import page

REGISTER = "tinnhiemmang.vn"
LISTING = "/danh-ba-tin-nhiem/"
BADGE = re.compile(r"tin[ _-]?nhiem[ _-]?mang")
GENERIC = frozenset({"www", "vn", "gov", "com", "edu", "org", "net"})


@check(
    "identity.trust-badge-unproven",
    on=Page,
    severity=Severity.LOW,
    since="0.1",
    title=Text(
        vi="Nhãn Tín nhiệm mạng không dẫn tới mục của trang",
        en="The trust badge leads to no listing of this site",
    ),
    why=Text(
        vi="Hình nhãn ai cũng chép được; người dân chỉ kiểm tra được khi nhãn dẫn tới mục của chính trang này trong danh bạ.",
        en="Anybody can copy the picture; people can only verify it where it leads to this site's own listing.",
    ),
    fix=Text(
        vi="Gắn nhãn bằng liên kết tới mục của trang trên tinnhiemmang.vn, hoặc gỡ nhãn.",
        en="Link the badge to the site's listing on tinnhiemmang.vn, or take it down.",
    ),
    refs=("tinnhiemmang.vn: danh bạ tín nhiệm",),
    howto="prove-trust-badge",
    notes={
        "no-badge": Text(vi="Trang không gắn nhãn Tín nhiệm mạng.", en="The page shows no such badge."),
        "picture": Text(
            vi="Nhãn chỉ là hình, không dẫn tới danh bạ.",
            en="The badge is a picture that leads to no listing.",
        ),
        "other": Text(
            vi="Nhãn dẫn tới {url}, không phải mục của trang này.",
            en="The badge leads to {url}, which is not this site's listing.",
        ),
    },
    examples=(
        Example(
            "own listing",
            page(
                html='<a href="https://tinnhiemmang.vn/danh-ba-tin-nhiem/so-example-1616"><img alt="Tín nhiệm mạng"></a>'
            ),
            "pass",
        ),
        Example("picture only", page(html='<img src="/anh/Chung%20nhan-tin_nhiem_mang.png">'), "fail"),
        Example("picture by its file name", page(html='<img src="/images/tin-nhiem-mang.png">'), "fail"),
        Example(
            "front page of the register",
            page(html='<a href="https://tinnhiemmang.vn/"><img src="/nhan-tin-nhiem-mang.png"></a>'),
            "fail",
        ),
        Example(
            "listing of somebody else",
            page(
                html='<a href="https://tinnhiemmang.vn/danh-ba-tin-nhiem/truong-hoc-vn-99">Tín nhiệm mạng</a>'
            ),
            "fail",
        ),
        Example(
            "a stranger that looks like the register",
            page(
                html='<a href="https://tinnhiemmang.vn.la.example/danh-ba-tin-nhiem/so-example">Tín nhiệm mạng</a>'
            ),
            "fail",
        ),
        Example(
            "news about the badge",
            page(html='<a href="/tin/7">Sở được cấp nhãn Tín nhiệm mạng</a>'),
            "notapplicable",
        ),
        Example("no badge", page(), "notapplicable"),
    ),
)
def trust_badge_unproven(page: Page, _ctx: Context) -> Judgement:
    """Judge the link; what the listing says cannot be read without asking another site."""
    badges = [link for link in page.html.links if REGISTER in link.url.lower()]
    pictures = [image.url for image in page.html.of_kind("image") if BADGE.search(fold(image.url))]
    if not (badges or pictures):
        return NotApplicable("no-badge")
    listings = [link.url for link in badges if host_in(link.url).removeprefix("www.") == REGISTER]
    own = [url for url in listings if _names(url, page.host)]
    if own:
        return Pass(saw=own[0], where=(page.url,))
    if badges:
        return Fail(badges[0].url, (page.url,), "other", (("url", badges[0].url[:200]),))
    return Fail(pictures[0], (page.url,), "picture")


def _names(url: str, host: str) -> bool:
    """True when a listing's address holds the telling labels of the host, as the register writes them."""
    place = url.partition(LISTING)[2].lower()
    labels = [slug(label) for label in host.split(".") if label not in GENERIC]
    return bool(place) and all(label in place for label in labels)
