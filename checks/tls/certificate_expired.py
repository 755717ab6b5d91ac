"""tls.certificate-expired: the last day of the certificate is over."""

from datetime import timedelta

from scanner.author import Certificates, Context, Example, Fail, Judgement, Pass, Severity, Text, check
from scanner.author.tls import OTHER_NAME, OTHER_NAME_TEXT, days_between, for_this_host, judge_chains
from scanner.identify.certificates import PresentedChain
from scanner.samples.tls import (
    OTHER_ADDRESS,
    SEEN_AT,
    SELF_SIGNED,
    certificates,
    chain,
    leaf,
    unreadable,
)


@check(
    "tls.certificate-expired",
    on=Certificates,
    severity=Severity.CRITICAL,
    since="0.1",
    title=Text(vi="Chứng thư TLS đã hết hạn", en="The certificate has expired"),
    why=Text(
        vi="Trình duyệt chặn trang bằng cảnh báo toàn màn hình. Người dân quen bấm bỏ qua cảnh báo sẽ không nhận ra khi bị chuyển sang trang giả mạo.",
        en="Browsers block the site with a full-page warning. People who get used to clicking it away will not notice a fake site either.",
    ),
    fix=Text(
        vi="Cấp lại chứng thư, cài lên mọi máy chủ của trang, khởi động lại dịch vụ web và bật gia hạn tự động.",
        en="Get a new certificate, install it on every server of the site, reload the web server and switch on automatic renewal.",
    ),
    refs=("RFC 5280 section 4.1.2.5", "RFC 5280 section 6.1.3"),
    howto="renew-certificate",
    notes={
        "expired": Text(
            vi="Chứng thư đã hết hạn từ ngày {ended_on}, quá {days} ngày.",
            en="The certificate ended on {ended_on}, {days} days ago.",
        ),
        OTHER_NAME: OTHER_NAME_TEXT,
    },
    examples=(
        Example("thirty days ago", certificates(chain(leaf(days_left=-30))), "fail"),
        Example("one second ago", certificates(chain(leaf(days_left=-1 / 86_400))), "fail"),
        Example("valid through this very second", certificates(chain(leaf(days_left=0))), "pass"),
        Example("sixty days left", certificates(), "pass"),
        Example(
            "one address still has the old one",
            certificates(chain(), chain(leaf(days_left=-3), address=OTHER_ADDRESS)),
            "fail",
        ),
        Example("self-signed but in date", certificates(chain(trust=SELF_SIGNED)), "pass"),
        Example(
            "expired certificate of another host",
            certificates(chain(leaf(days_left=-3), is_named=False)),
            "notapplicable",
        ),
        Example("no certificate that can be read", certificates(unreadable()), "unknown"),
        Example("a second address is silent", certificates(silent=(OTHER_ADDRESS,)), "unknown"),
        Example("not yet valid", certificates(chain(leaf(days_left=120, lifetime_days=90))), "pass"),
        Example("seen a year later", certificates(), "fail", seen_at=SEEN_AT + timedelta(days=365)),
    ),
)
def certificate_expired(view: Certificates, ctx: Context) -> Judgement:
    """Judge notAfter, whose last second still counts (RFC 5280 section 4.1.2.5)."""

    def rule(chain: PresentedChain) -> Judgement:
        assert chain.leaf is not None
        until = chain.leaf.not_after
        saw = f"notAfter {until:%Y-%m-%dT%H:%M:%SZ}"
        if ctx.seen_at <= until:
            return Pass(saw)
        days = str(days_between(until, ctx.seen_at))
        return Fail(saw, note="expired", values=(("ended_on", until.date().isoformat()), ("days", days)))

    return judge_chains(view, for_this_host(rule))
