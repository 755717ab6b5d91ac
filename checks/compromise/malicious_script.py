"""compromise.malicious-script: a script on the page hides what it does, mines coins or picks out visitors to send away."""

from scanner.author import (
    Compromise,
    Confidence,
    Context,
    Example,
    Fail,
    Judgement,
    Pass,
    Severity,
    Text,
    Unknown,
    check,
)
from scanner.samples.compromise import looked, script

KINDS = {
    "miner": "miner",
    "disguised": "disguised",
    "conditional-redirect": "conditional",
    "spam-host": "spam-host",
}
SHOWN = 5


@check(
    "compromise.malicious-script",
    on=Compromise,
    severity=Severity.CRITICAL,
    since="0.1",
    confidence=Confidence.MEDIUM,
    title=Text(vi="Nghi có mã độc trong trang", en="A script on the page looks malicious"),
    why=Text(
        vi="Đoạn mã này chạy trên máy của mọi người truy cập: có thể chuyển họ tới trang cờ bạc, lừa đảo, đào tiền ảo hoặc lấy mật khẩu.",
        en="The script runs on every visitor's machine: it can send them to gambling or fraud, mine coins or take passwords.",
    ),
    fix=Text(
        vi="Cách ly trang, giữ bản sao đoạn mã và nhật ký, tìm tệp và đường vào rồi mới gỡ; đổi mọi mật khẩu quản trị.",
        en="Isolate the site, keep a copy of the code and the logs, find the file and the way in before removing it; change every administrator's password.",
    ),
    refs=("CWE-506", "OWASP WSTG-CLNT-01"),
    howto="incident-first-steps",
    notes={
        "miner": Text(vi="Mã đào tiền ảo.", en="Code that mines coins."),
        "disguised": Text(
            vi="Đoạn mã bị ngụy trang; khi giải ra, nó tải mã hoặc chuyển người xem tới {host}.",
            en="Code in disguise; undone, it loads code from or sends visitors to {host}.",
        ),
        "conditional": Text(
            vi="Đoạn mã xét người xem đến từ đâu rồi mới chuyển họ tới {host}.",
            en="The code looks where visitors come from, and sends some of them to {host}.",
        ),
        "spam-host": Text(
            vi="Trang tải mã hoặc khung từ máy chủ mang tên cờ bạc, quảng cáo: {host}.",
            en="The page loads code or a frame from a host named after gambling or spam: {host}.",
        ),
    },
    examples=(
        Example("miner", looked(script("miner", "https://coinhive.example/lib.js")), "fail"),
        Example(
            "disguised",
            looked(script("disguised", "document.write('<script src=//la.example/x.js>')")),
            "fail",
        ),
        Example(
            "visitors from a search", looked(script("conditional-redirect", "document.referrer")), "fail"
        ),
        Example(
            "frame of a casino",
            looked(script("spam-host", "https://kubet.example/", "kubet.example")),
            "fail",
        ),
        Example(
            "a hidden frame is another check's", looked(script("hidden-frame", "https://la.example/")), "pass"
        ),
        Example("nothing of the kind", looked(), "pass"),
        Example("too large to be sure", looked(truncated=True), "unknown"),
    ),
)
def malicious_script(page: Compromise, _ctx: Context) -> Judgement:
    """Judge what the code says it does; being packed or minified is no fault."""
    found = [sign for sign in page.scripts if sign.kind in KINDS]
    if not found:
        if page.unread is not None:
            return Unknown(*page.unread)
        return Pass(saw=f"GET {page.url}: scripts read, none looks malicious")
    first = found[0]
    return Fail(
        saw="\n".join(f"[{sign.kind}] {sign.saw}" for sign in found[:SHOWN]),
        where=tuple(dict.fromkeys(sign.host or page.url for sign in found)),
        note=KINDS[first.kind],
        values=(("host", first.host or "?"),),
    )
