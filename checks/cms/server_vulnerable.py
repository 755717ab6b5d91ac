"""cms.server-vulnerable: a server component names a release with published holes."""

from scanner.author import (
    Confidence,
    Context,
    Example,
    Fail,
    Judgement,
    NotApplicable,
    Pass,
    Platform,
    Severity,
    Text,
    check,
)
from scanner.identify.support import PLAIN
from scanner.identify.vulnerable import LETTERED, holes_of
from scanner.samples.cms import site


@check(
    "cms.server-vulnerable",
    on=Platform,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(
        vi="Phần mềm máy chủ có thể có lỗ hổng đã công bố", en="Server software may have published holes"
    ),
    why=Text(
        vi="Phiên bản máy chủ tự nêu nằm trong khoảng có lỗ hổng. Bản do hệ điều hành đóng gói có thể đã được vá mà không đổi số, nên cần đối chiếu trên máy chủ.",
        en="The release the server names lies in a range with holes. A package of an operating system may be repaired behind the old number, so confirm it on the server.",
    ),
    fix=Text(
        vi="Xem phiên bản gói thật trên máy chủ, cài mọi bản vá bảo mật của hệ điều hành; nếu phần mềm cài thủ công thì nâng lên bản mới nhất.",
        en="Look up the real package on the server and install all security updates of the operating system; upgrade software that was installed by hand.",
    ),
    refs=("RFC 9110 section 10.2.4", "CWE-1395"),
    howto="upgrade-server-software",
    confidence=Confidence.LOW,
    notes={
        "perhaps": Text(
            vi="{components}: có thể bị ảnh hưởng bởi {holes} lỗ hổng đã công bố, ví dụ {example} (theo dữ liệu ngày {holes_on}).",
            en="{components}: may be affected by {holes} published holes, such as {example} (data of {holes_on}).",
        ),
        "none": Text(
            vi="Máy chủ không nêu phiên bản của thành phần nào có trong bảng lỗ hổng.",
            en="The server names no release of a component the table of holes covers.",
        ),
    },
    examples=(
        Example("Apache 2.4.49", site(headers=(("Server", "Apache/2.4.49 (Unix)"),)), "fail"),
        Example(
            "behind a distribution's old number",
            site(headers=(("Server", "Apache/2.4.38 (Debian)"),)),
            "fail",
        ),
        Example("after the last record", site(headers=(("Server", "Apache/2.4.99"),)), "pass"),
        Example("OpenSSL 1.0.1e", site(headers=(("Server", "Apache/2.4.99 OpenSSL/1.0.1e"),)), "fail"),
        Example("OpenSSL 1.0.1g", site(headers=(("Server", "Apache/2.4.99 OpenSSL/1.0.1g"),)), "pass"),
        Example("a name without a number", site(headers=(("Server", "Apache"),)), "notapplicable"),
        Example("not in the table", site(headers=(("Server", "Caddy/2.4.0"),)), "notapplicable"),
    ),
)
def server_vulnerable(platform: Platform, ctx: Context) -> Judgement:
    """Judge components that state a release the table covers; never more than possibly."""
    table = ctx.ref.vulnerabilities
    covered = [(c, n) for c in platform.components if c.key in table and (n := _release(c.version))]
    if not covered:
        return NotApplicable("none")
    judged = [(c, holes_of((number,), table[c.key], at_most_possible=True)) for c, number in covered]
    faulty = [(c, holes) for c, holes in judged if holes]
    saw = " | ".join(dict.fromkeys(f"{c.header}: {c.saw}" for c, _holes in (faulty or judged)))
    if not faulty:
        return Pass(saw)
    found = [hole for _c, holes in faulty for hole in holes]
    values = (
        ("components", ", ".join(f"{c.name} {c.version}" for c, _holes in faulty)),
        ("holes", str(len(found))),
        ("example", found[0].record.id),
        ("holes_on", (ctx.ref.vulnerabilities_on or ctx.ref.data_date).isoformat()),
    )
    return Fail(saw, tuple(hole.line for hole in found), "perhaps", values)


def _release(printed: str) -> str:
    """The number without what a packager appends; OpenSSL's letters are part of it."""
    if LETTERED.fullmatch(printed):
        return printed
    plain = PLAIN.match(printed)
    return plain[0] if plain else ""
