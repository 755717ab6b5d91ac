"""tls.certificate-expiring-within-week: the certificate ends in a few days."""

from datetime import timedelta

from scanner.author import (
    Certificates,
    Context,
    Example,
    Fail,
    Judgement,
    NotApplicable,
    Pass,
    Severity,
    Text,
    check,
)
from scanner.author.tls import OTHER_NAME, OTHER_NAME_TEXT, days_between, for_this_host, judge_chains
from scanner.identify.certificates import PresentedChain
from scanner.samples.tls import certificates, chain, leaf, unreadable

SOON = timedelta(days=7)
SHARE = 6  # a certificate of a few days is late when a sixth of its life is left


@check(
    "tls.certificate-expiring-within-week",
    on=Certificates,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Chứng thư TLS hết hạn trong vòng một tuần", en="The certificate expires within a week"),
    why=Text(
        vi="Chỉ còn vài ngày nữa trình duyệt sẽ chặn trang; việc gia hạn tự động đã không chạy.",
        en="In a few days browsers will block the site; automatic renewal did not run.",
    ),
    fix=Text(
        vi="Gia hạn trong hôm nay, rồi kiểm tra vì sao việc gia hạn tự động không chạy.",
        en="Renew it today, then find out why automatic renewal did not run.",
    ),
    refs=("RFC 5280 section 4.1.2.5", "RFC 8555 section 7.4"),
    howto="renew-certificate",
    notes={
        "soon": Text(
            vi="Chứng thư hết hạn ngày {ends_on}, còn {days} ngày.",
            en="The certificate ends on {ends_on}, in {days} days.",
        ),
        "over": Text(
            vi="Chứng thư đã hết hạn hoặc chưa có hiệu lực; xem các mục tương ứng.",
            en="The certificate has expired or is not valid yet; see those checks.",
        ),
        OTHER_NAME: OTHER_NAME_TEXT,
    },
    examples=(
        Example("six days left", certificates(chain(leaf(days_left=6))), "fail"),
        Example("seven days left", certificates(chain(leaf(days_left=7))), "pass"),
        Example("last second", certificates(chain(leaf(days_left=0))), "fail"),
        Example(
            "six-day certificate, a day and an hour left",
            certificates(chain(leaf(days_left=25 / 24, lifetime_days=6))),
            "pass",
        ),
        Example(
            "six-day certificate, half a day left",
            certificates(chain(leaf(days_left=0.5, lifetime_days=6))),
            "fail",
        ),
        Example("already expired", certificates(chain(leaf(days_left=-1))), "notapplicable"),
        Example("another host's", certificates(chain(leaf(days_left=5), is_named=False)), "notapplicable"),
        Example("no certificate that can be read", certificates(unreadable()), "unknown"),
    ),
)
def certificate_expiring_within_week(view: Certificates, ctx: Context) -> Judgement:
    """Judge what is left: 7 days, or a sixth of the life of a short-lived certificate."""

    def rule(chain: PresentedChain) -> Judgement:
        assert chain.leaf is not None
        start, until = chain.leaf.not_before, chain.leaf.not_after
        saw = f"notAfter {until:%Y-%m-%dT%H:%M:%SZ}"
        if not start <= ctx.seen_at <= until:
            return NotApplicable("over", saw=saw)
        if until - ctx.seen_at >= min(SOON, (until - start) / SHARE):
            return Pass(saw)
        days = str(days_between(ctx.seen_at, until))
        return Fail(saw, note="soon", values=(("ends_on", until.date().isoformat()), ("days", days)))

    return judge_chains(view, for_this_host(rule))
