"""content.form-over-http: what people type into a form travels unencrypted."""

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
from scanner.parse.html import Form
from scanner.samples.web import page, plain_page

FIELD = '<input type="password" name="p">'


@check(
    "content.form-over-http",
    on=Page,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Biểu mẫu gửi dữ liệu qua http", en="A form sends data over http"),
    why=Text(
        vi="Mật khẩu và thông tin người dân nhập vào có thể bị xem trộm trên đường truyền.",
        en="Passwords and personal data that people enter can be read on the way.",
    ),
    fix=Text(
        vi="Đưa trang có biểu mẫu và địa chỉ nhận (action) sang https.",
        en="Serve the page with the form, and the address it posts to, over https.",
    ),
    refs=("Mixed Content section 4.3", "HTML standard section 4.10.21"),
    howto="protect-forms",
    notes={
        "posts": Text(
            vi="Biểu mẫu trên trang https gửi tới {action}.", en="A form on an https page sends to {action}."
        ),
        "password": Text(vi="Ô mật khẩu nằm trên trang http.", en="A password field stands on an http page."),
        "none": Text(vi="Trang không có biểu mẫu nào cần xét.", en="The page has no form to judge."),
    },
    examples=(
        Example(
            "posts to http",
            page(html='<form method="post" action="http://so.example/gui"><input name="hoten"></form>'),
            "fail",
        ),
        Example(
            "posts to http by its base",
            page(html='<base href="http://so.example/"><form method="post" action="gui"></form>'),
            "fail",
        ),
        Example(
            "password field over http",
            plain_page(html=f'<form method="post" action="/">{FIELD}</form>'),
            "fail",
        ),
        Example(
            "password field over http that posts to https",
            plain_page(html=f'<form method="post" action="https://so.example/">{FIELD}</form>'),
            "fail",
        ),
        Example("password field without a form", plain_page(html=FIELD), "fail"),
        Example("posts to https", page(html=f'<form method="post" action="/gui">{FIELD}</form>'), "pass"),
        Example(
            "search over http that leaves an https page",
            page(html='<form action="http://tim.example/"><input name="q"></form>'),
            "fail",
        ),
        Example(
            "search on a plain page",
            plain_page(html='<form action="/tim"><input name="q"></form>'),
            "notapplicable",
        ),
        Example("no form", page(), "notapplicable"),
        Example("too large to be sure", page(html="<a href=x>" * 5_001), "unknown"),
    ),
)
def form_over_http(page: Page, _ctx: Context) -> Judgement:
    """Judge every form of the final page, its action resolved against the base."""
    forms = page.html.forms
    if page.is_secure:
        bad = [form for form in forms if form.url.startswith("http:")]
        note = "posts"
    else:
        bad = [form for form in forms if form.has_password]
        note = "password"
    if bad:
        values = (("action", bad[0].url),)
        return Fail(saw="\n".join(map(_line, bad)), where=(page.url,), note=note, values=values)
    if page.html.truncated:
        return Unknown(Why.TOO_LARGE, "the page is too large to be read to its end")
    if not forms or not page.is_secure:
        return NotApplicable(because="none")
    return Pass(saw="\n".join(map(_line, forms)))


def _line(form: Form) -> str:
    password = ", password" if form.has_password else ""
    return f'<form method="{form.method}" action="{form.action}"> ({form.url}{password})'
