"""identity.agency-name-stale: the site still calls itself by a body that no longer exists."""

from scanner.author import Confidence, Context, Example, Fail, Judgement, Names, Pass, Severity, Text, check
from scanner.samples.names import called, certified

SHOWN = 5


@check(
    "identity.agency-name-stale",
    on=Names,
    severity=Severity.LOW,
    since="0.1",
    confidence=Confidence.MEDIUM,
    title=Text(
        vi="Trang còn mang tên đơn vị đã sáp nhập", en="The site carries the name of a body that was merged"
    ),
    why=Text(
        vi="Người dân không biết cơ quan nào chịu trách nhiệm; trang mang tên cũ thường không còn ai quản lý, dễ bị chiếm quyền.",
        en="People cannot tell who is responsible; a site under an old name is often managed by nobody and easily taken over.",
    ),
    fix=Text(
        vi="Cập nhật tên trong tiêu đề, chân trang, chứng thư; nếu trang không còn cần, chuyển hướng sang trang của cơ quan mới và khai báo retired hoặc redirect-only.",
        en="Update the name in title, footer and certificate; if the site is not needed, redirect it to the successor and declare it retired or redirect-only.",
    ),
    refs=("checks/data/provinces.toml: provinces since 01/07/2025",),
    howto="retire-site",
    notes={
        "province": Text(
            vi="{place}: còn ghi {former}, nay thuộc {now}.",
            en="{place}: it says {former}, which is part of {now} now.",
        ),
        "district": Text(
            vi="{place}: còn ghi {former}; cấp huyện đã kết thúc.",
            en="{place}: it says {former}; the level of districts has ended.",
        ),
    },
    examples=(
        Example(
            "province in the footer",
            called(footer="Sở Y tế tỉnh Hải Dương. Điện thoại: 0900 000 000"),
            "fail",
        ),
        Example("without accents, in the title", called(title="Cong thong tin tinh Hai Duong"), "fail"),
        Example("a district", called(footer="Bản quyền: UBND huyện Bình Mẫu"), "fail"),
        Example("organisation in a new certificate", certified("O=UBND tinh Hai Duong,C=VN"), "fail"),
        Example("place in a new certificate", certified("CN=so.example,ST=Hải Dương,C=VN"), "fail"),
        Example("the present name", called(footer="Sở Y tế thành phố Hải Phòng"), "pass"),
        Example("history told", called(footer="Sở Y tế thành phố Hải Phòng, tỉnh Hải Dương (cũ)"), "pass"),
        Example("a certificate from before", certified("O=UBND tinh Hai Duong,C=VN", is_new=False), "pass"),
        Example("a street of that name", called(footer="Số 1 đường Hải Dương, phường Mẫu"), "pass"),
    ),
)
def agency_name_stale(names: Names, _ctx: Context) -> Judgement:
    """Judge what the site calls itself by; news in the text may well tell of old names."""
    if not names.stale:
        return Pass(
            saw=f"GET {names.url}: no name out of date in title, footer or certificate", where=(names.url,)
        )
    first = names.stale[0]
    saw = "\n".join(f"[{stale.place}] {stale.saw}" for stale in names.stale[:SHOWN])
    values = (("place", first.place), ("former", first.former), ("now", first.now))
    return Fail(saw, (names.url,), "province" if first.now else "district", values)
