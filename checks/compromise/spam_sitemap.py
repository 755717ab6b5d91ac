"""compromise.spam-sitemap: the files for search engines name pages of gambling or other spam on the site."""

from scanner.author import (
    Confidence,
    Context,
    Crawled,
    Example,
    Fail,
    Judgement,
    Pass,
    Severity,
    Text,
    Unknown,
    check,
)
from scanner.samples.crawled import listed, named

ENOUGH = 3  # pages; one odd address may be an article
NEEDS = ("robots", "sitemap")
SHOWN = 10


@check(
    "compromise.spam-sitemap",
    on=Crawled,
    severity=Severity.CRITICAL,
    since="0.1",
    confidence=Confidence.MEDIUM,
    title=Text(
        vi="Nghi sơ đồ trang chứa địa chỉ cờ bạc, quảng cáo trái phép",
        en="The sitemap seems to name pages of gambling or other spam",
    ),
    why=Text(
        vi="Trang lạ được khai trong sitemap hoặc robots.txt để máy tìm kiếm đưa lên kết quả dưới tên cơ quan; người quản trị mở trang chủ không thấy gì.",
        en="Pages named there are found by search engines under the agency's name, while the home page looks as ever.",
    ),
    fix=Text(
        vi="Giữ nhật ký và bản sao, mở thử vài địa chỉ từ máy cách ly, tìm nơi sinh ra chúng (tệp, cơ sở dữ liệu, phần mở rộng) và đường vào rồi mới xóa.",
        en="Keep logs and a copy, open some of them from an isolated machine, find what makes them (file, database, extension) and the way in, then remove them.",
    ),
    refs=("CWE-506", "Google Search Essentials: Spam policies, hacked content", "sitemaps.org protocol 0.9"),
    howto="incident-first-steps",
    needs=NEEDS,
    notes={
        "named": Text(
            vi="Nghi ngờ, cần người xác minh: {count} địa chỉ có từ ngữ quảng cáo ({words}), ví dụ {url}.",
            en="Suspected, a person must verify: {count} addresses hold telling words ({words}), such as {url}.",
        ),
    },
    examples=(
        Example(
            "three pages",
            listed(*(named(f"/tin/{n}-tai-xiu-online", "tai xiu online") for n in range(3))),
            "fail",
        ),
        Example("one odd address", listed(named("/tin/tai-xiu-online", "tai xiu online")), "pass"),
        Example(
            "one address named thrice", listed(*[named("/x/tai-xiu-online", "tai xiu online")] * 3), "pass"
        ),
        Example("ordinary pages", listed(named("/tin/hoi-nghi")), "pass"),
        Example("no such files", listed(), "pass"),
        Example("a file did not come", listed(silent=True), "unknown"),
    ),
)
def spam_sitemap(crawled: Crawled, _ctx: Context) -> Judgement:
    """Judge addresses of several pages; words of police and press beside a word take its weight away."""
    pages = {one.url: one for one in crawled.spam}
    if len(pages) < ENOUGH:
        if crawled.missing is not None:
            return Unknown(*crawled.missing)
        return Pass(saw="\n".join((*crawled.files, f"{crawled.count} addresses, none telling enough")))
    words = dict.fromkeys(word for one in pages.values() for word in one.words)
    shown = [f"[{one.source}] {one.url[:200]}" for one in pages.values()][:SHOWN]
    values = (
        ("count", str(len(pages))),
        ("words", ", ".join([*words][:5])),
        ("url", next(iter(pages))[:200]),
    )
    return Fail("\n".join((*crawled.files, *shown)), tuple(pages)[:SHOWN], "named", values)
