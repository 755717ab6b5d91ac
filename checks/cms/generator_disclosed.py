"""cms.generator-disclosed: the page names its content management system in a generator tag."""

from scanner.author import (
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
from scanner.samples.cms import declared, implied, product, site, stated


@check(
    "cms.generator-disclosed",
    on=Platform,
    severity=Severity.INFO,
    since="0.1",
    title=Text(vi="Thẻ generator nêu tên hệ quản trị nội dung", en="A generator tag names the CMS"),
    why=Text(
        vi="Đây là thông tin để biết: tên hệ quản trị nội dung còn lộ qua nhiều dấu hiệu khác. Nó giúp lập danh mục phần mềm cần theo dõi bản vá.",
        en="This is for information: the name shows in many other ways too. It helps to list the software whose fixes have to be followed.",
    ),
    fix=Text(
        vi="Đưa hệ quản trị nội dung này vào danh mục phần mềm của đơn vị; nếu muốn, bỏ thẻ generator.",
        en="Put the system on the agency's list of software; remove the generator tag if you like.",
    ),
    refs=("HTML Living Standard section 4.2.5.1 (generator)", "OWASP WSTG-INFO-08"),
    howto="hide-cms-version",
    notes={
        "named": Text(vi="Trang dùng {products}.", en="The site runs {products}."),
        "absent": Text(
            vi="Trang đã đọc không có dấu hiệu của hệ quản trị nội dung nào mà công cụ biết.",
            en="The page that was read shows no sign of a system this tool knows.",
        ),
    },
    examples=(
        Example("generator with a number", site(product("nukeviet", stated("4.4", "NukeViet v4.4"))), "fail"),
        Example(
            "seen by its assets only",
            site(product("joomla", implied("3", saw="/media/jui/js/jquery.min.js"))),
            "pass",
        ),
        Example("seen by its footer only", site(product("joomla", declared("3.4", "Joomla 3.4"))), "pass"),
        Example("nothing recognised", site(), "notapplicable"),
    ),
)
def generator_disclosed(platform: Platform, _ctx: Context) -> Judgement:
    """Judge whether any generator tag names a product the signals know."""
    if not platform.products:
        return NotApplicable("absent")
    named = [(p.name, clue) for p in platform.products for clue in p.clues if clue.kind == "generator"]
    if not named:
        return Pass(", ".join(p.name for p in platform.products), (platform.url,))
    products = ", ".join(dict.fromkeys(name for name, _clue in named))
    saw = " | ".join(dict.fromkeys(clue.saw for _name, clue in named))
    return Fail(saw, (platform.url,), "named", (("products", products),))
