"""tls.certificate-expiring: the certificate ends soon, and nobody has renewed it."""

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
from scanner.samples.tls import SELF_SIGNED, certificates, chain, leaf, unreadable

SOON = timedelta(days=15)
WEEK = timedelta(days=7)
WEEK_SHARE = 6
SHARE = 3  # a certificate of a few days is renewed when a third of its life is left


@check(
    "tls.certificate-expiring",
    on=Certificates,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Chứng thư TLS sắp hết hạn", en="The certificate is about to expire"),
    why=Text(
        vi="Khi chứng thư hết hạn, trình duyệt sẽ chặn trang. Đến lúc này mà chưa gia hạn thì việc gia hạn tự động thường không hoạt động.",
        en="Once it has expired, browsers block the site. A certificate not renewed by now usually means that automatic renewal does not work.",
    ),
    fix=Text(
        vi="Gia hạn ngay, rồi kiểm tra vì sao việc gia hạn tự động không chạy.",
        en="Renew it now, then find out why automatic renewal did not run.",
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
        "week": Text(
            vi="Chứng thư hết hạn trong vòng một tuần; xem mục tương ứng, nặng hơn.",
            en="The certificate ends within a week; see that check, which is graver.",
        ),
        OTHER_NAME: OTHER_NAME_TEXT,
    },
    examples=(
        Example("fourteen days left", certificates(chain(leaf(days_left=14))), "fail"),
        Example(
            "one second less than fifteen days", certificates(chain(leaf(days_left=15 - 1 / 86_400))), "fail"
        ),
        Example("fifteen days left", certificates(chain(leaf(days_left=15))), "pass"),
        Example("seven days left", certificates(chain(leaf(days_left=7))), "fail"),
        Example("six days left is graver", certificates(chain(leaf(days_left=6))), "notapplicable"),
        Example("last second is graver", certificates(chain(leaf(days_left=0))), "notapplicable"),
        Example(
            "six-day certificate, three days left",
            certificates(chain(leaf(days_left=3, lifetime_days=6))),
            "pass",
        ),
        Example(
            "six-day certificate, one day left",
            certificates(chain(leaf(days_left=1, lifetime_days=6))),
            "fail",
        ),
        Example(
            "47-day certificate, fourteen days left",
            certificates(chain(leaf(days_left=14, lifetime_days=47))),
            "fail",
        ),
        Example("self-signed and ending", certificates(chain(leaf(days_left=9), trust=SELF_SIGNED)), "fail"),
        Example("already expired", certificates(chain(leaf(days_left=-1))), "notapplicable"),
        Example("not yet valid", certificates(chain(leaf(days_left=14, lifetime_days=10))), "notapplicable"),
        Example("another host's", certificates(chain(leaf(days_left=5), is_named=False)), "notapplicable"),
        Example("no certificate that can be read", certificates(unreadable()), "unknown"),
    ),
)
def certificate_expiring(view: Certificates, ctx: Context) -> Judgement:
    """Judge what is left: 15 days, or a third of the life of a short-lived certificate."""

    def rule(chain: PresentedChain) -> Judgement:
        assert chain.leaf is not None
        start, until = chain.leaf.not_before, chain.leaf.not_after
        saw = f"notAfter {until:%Y-%m-%dT%H:%M:%SZ}"
        if not start <= ctx.seen_at <= until:
            return NotApplicable("over", saw=saw)
        if until - ctx.seen_at >= min(SOON, (until - start) / SHARE):
            return Pass(saw)
        if until - ctx.seen_at < min(WEEK, (until - start) / WEEK_SHARE):
            return NotApplicable("week", saw=saw)
        days = str(days_between(ctx.seen_at, until))
        return Fail(saw, note="soon", values=(("ends_on", until.date().isoformat()), ("days", days)))

    return judge_chains(view, for_this_host(rule))
