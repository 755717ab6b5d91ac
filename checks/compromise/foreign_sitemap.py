"""compromise.foreign-sitemap: the files for search engines name strangers, or a sitemap lies among uploads."""

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

NEEDS = ("robots", "sitemap")
FOREIGN_PAGES = 10
FOREIGN_SHARE = 0.2
SHOWN = 10


@check(
    "compromise.foreign-sitemap",
    on=Crawled,
    severity=Severity.MEDIUM,
    since="0.1",
    confidence=Confidence.LOW,
    title=Text(vi="Sơ đồ trang có địa chỉ lạ", en="The sitemap holds addresses that do not belong there"),
    why=Text(
        vi="Sơ đồ trang trỏ sang tên miền khác, nằm trong thư mục tải lên hoặc đầy trang tiếng nước ngoài thường do kẻ xâm nhập đặt; cũng có khi là cấu hình cũ của nhà thầu.",
        en="A sitemap that names other domains, lies among uploads or is full of foreign pages is often an intruder's; sometimes a contractor's old setting.",
    ),
    fix=Text(
        vi="Tìm xem tệp này do phần mềm nào sinh ra; nếu không ai nhận, giữ bản sao và xử lý như sự cố; nếu là cấu hình cũ, sửa lại địa chỉ.",
        en="Find what program writes the file; if nobody owns it, keep a copy and treat it as an incident; if it is an old setting, correct it.",
    ),
    refs=("sitemaps.org protocol 0.9", "RFC 9309"),
    howto="incident-first-steps",
    needs=NEEDS,
    notes={
        "strange": Text(
            vi="{count} địa chỉ lạ, ví dụ {url}.", en="{count} strange addresses, such as {url}."
        ),
        "language": Text(
            vi="{count} địa chỉ viết bằng chữ nước ngoài, ví dụ {url}.",
            en="{count} addresses are written in foreign letters, such as {url}.",
        ),
    },
    examples=(
        Example(
            "a stranger's sitemap", listed(strange=(named("https://la.example.net/sitemap.xml"),)), "fail"
        ),
        Example("among uploads", listed(strange=(named("/images/s1.xml"),)), "fail"),
        Example("Japanese pages", listed(foreign=tuple(named(f"/コピー{n}") for n in range(12))), "fail"),
        Example(
            "a few pages for guests", listed(foreign=tuple(named(f"/简介{n}") for n in range(3))), "pass"
        ),
        Example("ordinary pages", listed(named("/tin/hoi-nghi")), "pass"),
        Example("a file did not come", listed(silent=True), "unknown"),
    ),
)
def foreign_sitemap(crawled: Crawled, _ctx: Context) -> Judgement:
    """Judge hosts, folders and writing; what the addresses say is another check's."""
    many = len(crawled.foreign) >= FOREIGN_PAGES and len(crawled.foreign) >= FOREIGN_SHARE * crawled.count
    found, note = (crawled.strange, "strange") if crawled.strange else (crawled.foreign, "language")
    if crawled.strange or many:
        shown = [f"[{one.source}] {one.url[:200]}" for one in found][:SHOWN]
        values = (("count", str(len(found))), ("url", found[0].url[:200]))
        return Fail("\n".join((*crawled.files, *shown)), tuple(o.url for o in found[:SHOWN]), note, values)
    if crawled.missing is not None:
        return Unknown(*crawled.missing)
    return Pass(saw="\n".join((*crawled.files, f"{crawled.count} addresses, none strange")))
