"""http.csp-nonce-weak: the secret that vouches for scripts can be guessed, or never changes."""

from scanner.author import (
    Context,
    Example,
    Fail,
    Judgement,
    Missing,
    NotApplicable,
    Page,
    Pass,
    Severity,
    Text,
    Unknown,
    Why,
    check,
)
from scanner.author.web import csp_proof, policies_in, policies_of
from scanner.parse.csp import nonces
from scanner.samples.web import answered, page

CSP = "content-security-policy"
OLD = (CSP, "script-src 'nonce-MTIzNDU2Nzg5MDEyMzQ1Ng=='")
FRESH = answered("again", (CSP, "script-src 'nonce-OTg3NjU0MzIxMDk4NzY1NA=='"))
SHORTEST = 22  # characters of base64 for 128 bits


@check(
    "http.csp-nonce-weak",
    on=Page,
    severity=Severity.HIGH,
    since="0.1",
    needs=("again",),
    title=Text(
        vi="Nonce của CSP đoán được hoặc không đổi", en="The CSP nonce can be guessed or never changes"
    ),
    why=Text(
        vi="Kẻ chèn mã chỉ cần ghi đúng nonce đã biết là mã chạy như mã của trang.",
        en="Whoever plants a script just writes the nonce they know, and it runs as the site's own.",
    ),
    fix=Text(
        vi="Tạo nonce ngẫu nhiên ít nhất 128 bit cho từng trả lời; trang lưu trong bộ đệm thì dùng mã băm thay nonce.",
        en="Make a random nonce of at least 128 bits for each answer; for cached pages use hashes instead.",
    ),
    refs=("CSP Level 3 section 7.1",),
    howto="content-security-policy",
    reproduce="curl -sSD - {where} {where} | grep -iEo 'nonce-[A-Za-z0-9+/=_-]+' | sort | uniq -c",
    notes={
        "static": Text(
            vi="Hai lần tải nhận cùng một nonce {nonce}.", en="Two answers carry the same nonce {nonce}."
        ),
        "short": Text(vi="Nonce {nonce} ngắn hơn 128 bit.", en="The nonce {nonce} is shorter than 128 bits."),
        "none": Text(vi="Chính sách không dùng nonce.", en="The policy uses no nonce."),
    },
    examples=(
        Example("the same twice", page(OLD, asked=(answered("again", OLD),)), "fail"),
        Example("fresh", page(OLD, asked=(FRESH,)), "pass"),
        Example("short", page((CSP, "script-src 'nonce-abc123'"), asked=(FRESH,)), "fail"),
        Example(
            "padding is no secret",
            page((CSP, "script-src 'nonce-MTIzNDU2Nzg5MDEyMw=='"), asked=(FRESH,)),
            "fail",
        ),
        Example(
            "static in a meta element",
            page(
                html=f'<meta http-equiv={CSP} content="{OLD[1]}">',
                asked=(answered("again", html=f'<meta http-equiv={CSP} content="{OLD[1]}">'),),
            ),
            "fail",
        ),
        Example("no second look", page(OLD), "unknown"),
        Example("the second look meets a wall", page(OLD, asked=(answered("again", status=403),)), "unknown"),
        Example("no nonce", page((CSP, "script-src 'self'"), asked=(FRESH,)), "notapplicable"),
        Example("no policy", page(), "notapplicable"),
    ),
)
def csp_nonce_weak(page: Page, _ctx: Context) -> Judgement:
    """Compare the nonces of two answers that no cache may share."""
    found = nonces(policies_of(page))
    if not found:
        return NotApplicable(because="none")
    proof = csp_proof(page)
    short = next((nonce for nonce in found if len(nonce.rstrip("=")) < SHORTEST), None)
    if short is not None:
        return Fail(saw=proof, where=(page.url,), note="short", values=(("nonce", short),))
    again = page.answer("again")
    if isinstance(again, Missing):
        return Unknown(*again)
    if again.response.status != page.status:
        return Unknown(Why.BLOCKED, again.line)
    later = nonces(policies_in(again))
    same = next((nonce for nonce in found if nonce in later), None)
    second = "\n".join((again.line, *again.lines(CSP)))
    if same is not None:
        return Fail(saw=f"{proof}\n{second}", where=(page.url,), note="static", values=(("nonce", same),))
    return Pass(saw=f"{proof}\n{second}")
