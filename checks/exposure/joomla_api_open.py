"""exposure.joomla-api-open: this release of Joomla hands its configuration to anybody who asks its API."""

from scanner.author import (
    Confidence,
    Context,
    Example,
    Fail,
    Judgement,
    Pass,
    Platform,
    Severity,
    Text,
    Unknown,
    Why,
    check,
)
from scanner.author.cms import places, proof, readable, shared_notes
from scanner.identify.products import Certainty
from scanner.identify.vulnerable import Grade, holes_of
from scanner.samples.cms import by_files, exact, product, site, stated

HOLE = "CVE-2023-23752"


@check(
    "exposure.joomla-api-open",
    on=Platform,
    severity=Severity.CRITICAL,
    since="0.1",
    title=Text(
        vi="Joomla bản này để lộ mật khẩu cơ sở dữ liệu qua API",
        en="This Joomla hands out its database password",
    ),
    why=Text(
        vi="Joomla 4.0.0 đến 4.2.7 trả cấu hình, kể cả mật khẩu cơ sở dữ liệu, cho ai gọi API mà không cần đăng nhập; lỗ hổng này đang bị khai thác ngoài thực tế.",
        en="Joomla 4.0.0 to 4.2.7 gives its configuration, database password included, to anybody who calls its API; this is exploited in the wild.",
    ),
    fix=Text(
        vi="Nâng cấp Joomla ngay; coi như mật khẩu cơ sở dữ liệu đã lộ và đổi cùng các mật khẩu giống nó; xem nhật ký tìm lệnh gọi /api/index.php.",
        en="Upgrade Joomla at once; take the database password as known, change it and every one like it; search the logs for /api/index.php.",
    ),
    refs=(HOLE, "CWE-284"),
    howto="upgrade-joomla",
    notes={
        **shared_notes("Joomla"),
        "affected": Text(
            vi="Joomla {version} nằm trong khoảng bị ảnh hưởng; máy quét không gọi API để thử.",
            en="Joomla {version} is within the affected range; the scan did not call the API to try.",
        ),
        "perhaps": Text(
            vi="Joomla {version} có thể nằm trong khoảng bị ảnh hưởng; hãy xem bản phát hành trong trang quản trị.",
            en="Joomla {version} may be within the affected range; look up the release in the administration.",
        ),
    },
    examples=(
        Example("the last open release", site(product("joomla", exact("4.2.7", "4.2.7", "literal"))), "fail"),
        Example(
            "the first open release", site(product("joomla", exact("4.0.0", "4.0.0", "literal"))), "fail"
        ),
        Example("mended", site(product("joomla", exact("4.2.8", "4.2.8", "literal"))), "pass"),
        Example("before the API", site(product("joomla", exact("3.10.12", "3.10.12", "literal"))), "pass"),
        Example("files leave 4.2.7 and 4.2.8", site(product("joomla", by_files("4.2.7", "4.2.8"))), "fail"),
        Example("a line alone", site(product("joomla", stated("4", "Joomla 4"))), "unknown"),
        Example("one weak sign", site(product("joomla", certainty=Certainty.POSSIBLE)), "unknown"),
        Example("another system", site(product("wordpress")), "notapplicable"),
    ),
)
def joomla_api_open(platform: Platform, ctx: Context) -> Judgement:
    """Judge by the range of releases; trying the hole would be using it."""
    found = readable(platform, ctx, "joomla")
    if not isinstance(found, tuple):
        return found
    product, reading, _table = found
    records = [r for r in ctx.ref.vulnerabilities.get("joomla", ()) if r.id == HOLE]
    if not reading.candidates or not records:
        return Unknown(Why.NOT_ASKED, proof(product, reading))
    holes = holes_of(reading.candidates, records, or_later=reading.or_later)
    saw = f"{proof(product, reading)} | releases: {', '.join(reading.candidates)}"
    if not holes:
        return Pass(saw, places(reading))
    is_sure = holes[0].grade is Grade.AFFECTED
    values = (("version", ", ".join(reading.candidates[:5])),)
    confidence = reading.confidence if is_sure else Confidence.LOW
    return Fail(
        f"{saw}\n{holes[0].line}", places(reading), "affected" if is_sure else "perhaps", values, confidence
    )
