"""tls.certificate-not-yet-valid: the first day of the certificate is still to come."""

from scanner.author import Certificates, Context, Example, Fail, Judgement, Pass, Severity, Text, check
from scanner.author.tls import OTHER_NAME, OTHER_NAME_TEXT, for_this_host, judge_chains
from scanner.identify.certificates import PresentedChain
from scanner.samples.tls import OTHER_ADDRESS, certificates, chain, leaf, unreadable


@check(
    "tls.certificate-not-yet-valid",
    on=Certificates,
    severity=Severity.CRITICAL,
    since="0.1",
    title=Text(vi="Chứng thư TLS chưa có hiệu lực", en="The certificate is not valid yet"),
    why=Text(
        vi="Trình duyệt chặn trang như với chứng thư hết hạn. Nguyên nhân thường là cài nhầm tệp hoặc đồng hồ của nơi cấp chạy sai.",
        en="Browsers block the site as they do for an expired certificate. Usually the wrong file was installed, or a clock was wrong where it was issued.",
    ),
    fix=Text(
        vi="Cài lại chứng thư đang còn hiệu lực, kiểm tra đồng hồ máy chủ, chờ đến ngày hiệu lực rồi mới thay chứng thư mới.",
        en="Put a valid certificate back, check the clock of the server, and install the new one only when its time has come.",
    ),
    refs=("RFC 5280 section 4.1.2.5", "RFC 5280 section 6.1.3"),
    howto="renew-certificate",
    notes={
        "early": Text(
            vi="Chứng thư chỉ có hiệu lực từ ngày {valid_from_on}.",
            en="The certificate is valid only from {valid_from_on}.",
        ),
        OTHER_NAME: OTHER_NAME_TEXT,
    },
    examples=(
        Example("starts in thirty days", certificates(chain(leaf(days_left=120, lifetime_days=90))), "fail"),
        Example(
            "starts in one second",
            certificates(chain(leaf(days_left=90 + 1 / 86_400, lifetime_days=90))),
            "fail",
        ),
        Example("starts this very second", certificates(chain(leaf(days_left=90, lifetime_days=90))), "pass"),
        Example("running for a month", certificates(), "pass"),
        Example("expired", certificates(chain(leaf(days_left=-3))), "pass"),
        Example(
            "one address is early",
            certificates(chain(), chain(leaf(days_left=99, lifetime_days=90), address=OTHER_ADDRESS)),
            "fail",
        ),
        Example(
            "early certificate of another host",
            certificates(chain(leaf(days_left=99, lifetime_days=90), is_named=False)),
            "notapplicable",
        ),
        Example("no certificate that can be read", certificates(unreadable()), "unknown"),
    ),
)
def certificate_not_yet_valid(view: Certificates, ctx: Context) -> Judgement:
    """Judge notBefore, whose first second already counts (RFC 5280 section 4.1.2.5)."""

    def rule(chain: PresentedChain) -> Judgement:
        assert chain.leaf is not None
        start = chain.leaf.not_before
        saw = f"notBefore {start:%Y-%m-%dT%H:%M:%SZ}"
        if start <= ctx.seen_at:
            return Pass(saw)
        return Fail(saw, note="early", values=(("valid_from_on", start.date().isoformat()),))

    return judge_chains(view, for_this_host(rule))
