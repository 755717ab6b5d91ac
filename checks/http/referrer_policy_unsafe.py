"""http.referrer-policy-unsafe: the site tells browsers to hand addresses of pages to strangers."""

from scanner.author import Context, Example, Fail, Judgement, Page, Pass, Severity, Text, check
from scanner.parse.headers import members
from scanner.samples.web import page

HEADER = "referrer-policy"
UNSAFE = frozenset({"unsafe-url", "no-referrer-when-downgrade", "origin", "origin-when-cross-origin"})
SAFE = frozenset({"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"})


@check(
    "http.referrer-policy-unsafe",
    on=Page,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Địa chỉ trang bị gửi cho trang khác", en="Page addresses are handed to other sites"),
    why=Text(
        vi="Địa chỉ trang có thể chứa mã hồ sơ hoặc từ khóa tra cứu của người dân và bị lộ cho trang được liên kết tới.",
        en="Page addresses may hold file numbers or search words of citizens, and leak to the sites linked to.",
    ),
    fix=Text(
        vi="Gửi Referrer-Policy: strict-origin-when-cross-origin, hoặc bỏ tiêu đề để dùng mặc định của trình duyệt.",
        en="Send Referrer-Policy: strict-origin-when-cross-origin, or drop the header and rely on the browsers' default.",
    ),
    refs=("Referrer Policy section 3", "Referrer Policy section 8.1"),
    howto="set-response-header",
    notes={"unsafe": Text(vi="Chính sách có hiệu lực là {policy}.", en="The policy in effect is {policy}.")},
    examples=(
        Example("unsafe-url", page((HEADER, "unsafe-url")), "fail"),
        Example("old default", page((HEADER, "no-referrer-when-downgrade")), "fail"),
        Example("strict", page((HEADER, "strict-origin-when-cross-origin")), "pass"),
        Example("absent: browsers' default is strict", page(), "pass"),
        Example("last known token counts", page((HEADER, "unsafe-url, strict-origin, tuong-lai")), "pass"),
        Example("unsafe one last", page((HEADER, "strict-origin"), (HEADER, "origin")), "fail"),
        Example("only unknown words: default", page((HEADER, "abc")), "pass"),
        Example(
            "meta overrides",
            page((HEADER, "same-origin"), html='<meta name="referrer" content="unsafe-url">'),
            "fail",
        ),
        Example("old word of meta", page(html='<meta name="referrer" content="always">'), "fail"),
        Example("empty", page((HEADER, "")), "pass"),
    ),
)
def referrer_policy_unsafe(page: Page, _ctx: Context) -> Judgement:
    """The last known token of header lines and meta elements counts (Referrer Policy section 8.1)."""
    tokens = [token.lower() for token in members(page.values(HEADER))]
    tokens += [OLD_WORDS.get(word.lower(), word.lower()) for word in page.html.meta("referrer")]
    known = [token for token in tokens if token in UNSAFE | SAFE]
    meta = [f'<meta name="referrer" content="{word}">' for word in page.html.meta("referrer")]
    proof = "\n".join([*page.lines(HEADER), *meta])
    if known and known[-1] in UNSAFE:
        return Fail(saw=proof, where=(page.url,), note="unsafe", values=(("policy", known[-1]),))
    return Pass(saw=proof or f"GET {page.url}: no {HEADER}")


# HTML standard, meta referrer: words of an earlier draft that browsers still honour
OLD_WORDS = {
    "always": "unsafe-url",
    "never": "no-referrer",
    "default": "strict-origin-when-cross-origin",
    "origin-when-crossorigin": "origin-when-cross-origin",
}
