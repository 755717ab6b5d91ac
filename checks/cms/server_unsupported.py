"""cms.server-unsupported: a server component names a release line without support."""

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
    Unknown,
    Why,
    check,
)
from scanner.identify.components import Component
from scanner.identify.support import State, Support, place_of
from scanner.samples.cms import site

TIED_TO_WINDOWS = frozenset({"iis"})  # no distribution repairs it behind an old number
JUDGED = frozenset({"php", "apache-httpd", "nginx", "iis", "tomcat", "openssl"})


@check(
    "cms.server-unsupported",
    on=Platform,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Phần mềm máy chủ đã hết hỗ trợ", en="Server software is out of support"),
    why=Text(
        vi="Phần mềm máy chủ hết hỗ trợ không còn bản vá từ nhà phát triển. Riêng bản do hệ điều hành đóng gói có thể vẫn được vá dù số phiên bản cũ, nên cần đối chiếu trên máy chủ.",
        en="Server software out of support gets no fixes from its makers. Packages of an operating system may be repaired behind an old number, so confirm it on the server.",
    ),
    fix=Text(
        vi="Kiểm tra phiên bản thật trên máy chủ; nâng cấp lên dòng còn được hỗ trợ của nhà phát triển hoặc của hệ điều hành còn hỗ trợ.",
        en="Look up the real version on the server; move to a line that its makers, or a supported operating system, still repair.",
    ),
    refs=("RFC 9110 section 10.2.4", "CWE-1104"),
    howto="upgrade-server-software",
    confidence=Confidence.LOW,
    notes={
        "ended": Text(
            vi="{component}: dòng {line} hết hỗ trợ từ {ended_on} (theo dữ liệu ngày {data_on}).",
            en="{component}: line {line} has been out of support since {ended_on} (data of {data_on}).",
        ),
        "over": Text(
            vi="{component}: dòng {line} không còn được hỗ trợ (theo dữ liệu ngày {data_on}).",
            en="{component}: line {line} is no longer supported (data of {data_on}).",
        ),
        "no-version": Text(
            vi="Máy chủ không nêu phiên bản của thành phần nào mà công cụ theo dõi.",
            en="The server states no version of a component this tool follows.",
        ),
        "no-line": Text(
            vi="Bảng dữ liệu không cho biết {component} còn được hỗ trợ hay không (dữ liệu ngày {data_on}).",
            en="The data does not tell whether {component} is still supported (data of {data_on}).",
        ),
    },
    examples=(
        Example("PHP 5.6", site(headers=(("X-Powered-By", "PHP/5.6.40"),)), "fail"),
        Example("IIS 7.5 is Windows 2008 R2", site(headers=(("Server", "Microsoft-IIS/7.5"),)), "fail"),
        Example("old nginx of a distribution", site(headers=(("Server", "nginx/1.18.0 (Ubuntu)"),)), "fail"),
        Example(
            "one old part among new ones",
            site(headers=(("Server", "Apache/2.4.68 (Unix) PHP/7.4.33"),)),
            "fail",
        ),
        Example(
            "OpenSSL 1.0.2", site(headers=(("Server", "Apache/2.4.68 (Unix) OpenSSL/1.0.2k-fips"),)), "fail"
        ),
        Example("supported PHP", site(headers=(("X-Powered-By", "PHP/8.4.24"),)), "pass"),
        Example(
            "IIS 10.0 covers four Windows releases and proves nothing",
            site(headers=(("Server", "Microsoft-IIS/10.0"),)),
            "unknown",
        ),
        Example("newer than the data", site(headers=(("Server", "nginx/9.9.9"),)), "unknown"),
        Example(
            "names without numbers",
            site(headers=(("Server", "nginx"), ("X-Powered-By", "PHP"))),
            "notapplicable",
        ),
        Example("number that is none", site(headers=(("Server", "Apache/abc"),)), "notapplicable"),
        Example("no headers", site(), "notapplicable"),
    ),
)
def server_unsupported(platform: Platform, ctx: Context) -> Judgement:
    """Judge every component that states a version; the surest failure speaks."""
    stated = [c for c in platform.components if c.version and c.key in JUDGED]
    if not stated:
        return NotApplicable("no-version")
    data = (("data_on", ctx.ref.data_date.isoformat()),)
    judged = [(c, place_of(c.version, ctx.ref.products.get(c.key), ctx.seen_at.date())) for c in stated]
    over = sorted(
        (pair for pair in judged if pair[1].is_over), key=lambda pair: pair[0].key not in TIED_TO_WINDOWS
    )
    if over:
        return _fail(over, data)
    open_questions = [c for c, support in judged if support.state is not State.SUPPORTED]
    if open_questions:
        asked = (("component", ", ".join(_name(c) for c in open_questions)), *data)
        return Unknown(Why.NOT_ASKED, _saw(open_questions), "no-line", asked)
    return Pass(_saw([c for c, _support in judged]), (platform.url,))


def _fail(over: list[tuple[Component, Support]], data: tuple[tuple[str, str], ...]) -> Fail:
    component, support = over[0]
    values = (("component", _name(component)), ("line", support.line), *data)
    confidence = Confidence.HIGH if component.key in TIED_TO_WINDOWS else Confidence.LOW
    saw, where = _saw([c for c, _support in over]), tuple(_name(c) for c, _support in over)
    if support.ended_on is None:
        return Fail(saw, where, "over", values, confidence)
    return Fail(saw, where, "ended", (*values, ("ended_on", support.ended_on.isoformat())), confidence)


def _name(component: Component) -> str:
    return f"{component.name} {component.version}"


def _saw(components: list[Component]) -> str:
    return " | ".join(dict.fromkeys(f"{c.header}: {c.saw}" for c in components))
