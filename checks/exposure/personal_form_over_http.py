"""exposure.personal-form-over-http: a form for personal data stands on a page that comes unencrypted."""

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
from scanner.parse.html import Form
from scanner.parse.vietnamese import fold
from scanner.samples.web import page, plain_page

PERSONAL = re.compile(
    r"ho[ _-]?(?:va[ _-]?)?ten\b|full[ _-]?name|cccd|cmnd|can[ _-]?cuoc|so[ _-]?dien[ _-]?thoai|dien[ _-]?thoai|\bsdt\b|"
    r"\bphone|\btel\b|mobile|e-?mail|dia[ _-]?chi|\baddress|ngay[ _-]?sinh|birth|ma[ _-]?so[ _-]?thue|\bmst\b"
)
FIELDS = '<input name="hoten"><input placeholder="Số điện thoại">'


@check(
    "exposure.personal-form-over-http",
    on=Page,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(
        vi="Biểu mẫu nhập thông tin cá nhân trên trang http",
        en="A form for personal data stands on an http page",
    ),
    why=Text(
        vi="Họ tên, số điện thoại, căn cước người dân nhập vào có thể bị xem trộm, và biểu mẫu có thể bị sửa trên đường truyền.",
        en="Names, telephone numbers and identity numbers people enter can be read, and the form altered, on the way.",
    ),
    fix=Text(
        vi="Bật HTTPS cho toàn trang và chuyển hướng http sang https.",
        en="Serve the whole site over HTTPS and redirect http there.",
    ),
    refs=("CWE-319", "OWASP WSTG-CRYP-03"),
    howto="protect-forms",
    notes={
        "asks": Text(vi="Biểu mẫu hỏi: {fields}.", en="The form asks for: {fields}."),
        "secure": Text(
            vi="Trang đến qua https; nơi nhận của biểu mẫu do content.form-over-http xét.",
            en="The page comes over https; where its forms send to is judged by content.form-over-http.",
        ),
        "password": Text(
            vi="Biểu mẫu có ô mật khẩu do content.form-over-http xét.",
            en="A form with a password is judged by content.form-over-http.",
        ),
    },
    examples=(
        Example("a letter to the agency", plain_page(html=f"<form method=post>{FIELDS}</form>"), "fail"),
        Example(
            "text area and select count too",
            plain_page(html="<form><select name=dia_chi></select></form>"),
            "fail",
        ),
        Example("a search", plain_page(html='<form><input name="tukhoa"></form>'), "pass"),
        Example(
            "hidden and buttons do not",
            plain_page(html='<form><input type=hidden name="email"></form>'),
            "pass",
        ),
        Example("no form", plain_page(), "pass"),
        Example("over https", page(html=f"<form method=post>{FIELDS}</form>"), "notapplicable"),
        Example(
            "with a password",
            plain_page(html=f"<form>{FIELDS}<input type=password name=p></form>"),
            "notapplicable",
        ),
        Example("too large to be sure", plain_page(html="<a href=x>" * 5_001), "unknown"),
    ),
)
def personal_form_over_http(page: Page, _ctx: Context) -> Judgement:
    """Judge names and labels of fields; nothing is filled in or sent."""
    if page.is_secure:
        return NotApplicable("secure", saw=page.url)
    if any(form.has_password for form in page.html.forms):
        return NotApplicable("password", saw=page.url)
    asked = [named for form in page.html.forms for named in _personal(form)]
    if asked:
        values = (("fields", ", ".join(dict.fromkeys(asked[:6]))),)
        return Fail(f"GET {page.url}: {'; '.join(asked[:20])}", (page.url,), "asks", values)
    if page.html.truncated:
        return Unknown(Why.TOO_LARGE, "the page is too large to be read to its end")
    return Pass(saw=f"GET {page.url}: {len(page.html.forms)} forms, none for personal data")


def _personal(form: Form) -> list[str]:
    return [told for told in form.fields if PERSONAL.search(fold(told))]
