"""tls.certificate-lifetime-too-long: valid for longer than public authorities may issue."""

from datetime import UTC, datetime, timedelta

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
from scanner.author.tls import OTHER_NAME, OTHER_NAME_TEXT, for_this_host, judge_chains
from scanner.identify.certificates import PresentedChain
from scanner.identify.trust import TrustState
from scanner.samples.tls import PRIVATELY_TRUSTED, SELF_SIGNED, certificates, chain, leaf, unreadable

LIMITS = (
    (datetime(2029, 3, 15, tzinfo=UTC), 47),
    (datetime(2027, 3, 15, tzinfo=UTC), 100),
    (datetime(2026, 3, 15, tzinfo=UTC), 200),
    (datetime(2020, 9, 1, tzinfo=UTC), 398),
    (datetime(2018, 3, 1, tzinfo=UTC), 825),
)
"""From when, and for how many days at most. The date of issue counts, not today."""

SECOND = timedelta(seconds=1)  # both ends of the validity belong to it


@check(
    "tls.certificate-lifetime-too-long",
    on=Certificates,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Chứng thư có thời hạn quá dài", en="The certificate is valid for too long"),
    why=Text(
        vi="Chứng thư dài hạn quá mức quy định của các trình duyệt bị từ chối, và khóa bị lộ còn dùng được lâu.",
        en="Browsers refuse certificates that are valid for longer than their rules allow, and a stolen key stays useful for long.",
    ),
    fix=Text(
        vi="Xin cấp lại chứng thư với thời hạn đúng quy định và bật gia hạn tự động.",
        en="Get a new certificate with a lifetime inside the limit and switch automatic renewal on.",
    ),
    refs=("CA/Browser Forum SC-081v3", "Baseline Requirements section 6.3.2"),
    howto="renew-certificate",
    notes={
        "long": Text(
            vi="Thời hạn {days} ngày; cấp ngày {issued_on} thì tối đa {limit} ngày.",
            en="It is valid for {days} days; issued on {issued_on}, {limit} days are the most.",
        ),
        "private": Text(
            vi="Quy định này chỉ dành cho chứng thư của tổ chức cấp chứng thư công cộng.",
            en="The limit is for certificates of public authorities only.",
        ),
        OTHER_NAME: OTHER_NAME_TEXT,
    },
    examples=(
        Example("201 days", certificates(chain(leaf(lifetime_days=201, issued_days_ago=30))), "fail"),
        Example(
            "200 days, both ends counted",
            certificates(chain(leaf(lifetime_days=200 - 1 / 86_400, issued_days_ago=30))),
            "pass",
        ),
        Example(
            "one second more than 200 days",
            certificates(chain(leaf(lifetime_days=200, issued_days_ago=30))),
            "fail",
        ),
        Example(
            "398 days, issued before the limit fell",
            certificates(chain(leaf(lifetime_days=397, issued_days_ago=260))),
            "pass",
        ),
        Example("ninety days", certificates(), "pass"),
        Example(
            "private authority",
            certificates(chain(leaf(lifetime_days=900, issued_days_ago=3), trust=PRIVATELY_TRUSTED)),
            "notapplicable",
        ),
        Example(
            "self-signed",
            certificates(chain(leaf(lifetime_days=900, issued_days_ago=3), trust=SELF_SIGNED)),
            "notapplicable",
        ),
        Example("no certificate that can be read", certificates(unreadable()), "unknown"),
    ),
)
def certificate_lifetime_too_long(view: Certificates, _ctx: Context) -> Judgement:
    """Judge by the limit in force on the day of issue."""
    return judge_chains(view, for_this_host(_rule))


def _rule(chain: PresentedChain) -> Judgement:
    assert chain.leaf is not None
    if chain.trust.state is not TrustState.TRUSTED_PUBLIC:
        return NotApplicable("private", saw=chain.trust.state.value)
    issued, lifetime = chain.leaf.not_before, chain.leaf.not_after - chain.leaf.not_before + SECOND
    limit = next((days for since, days in LIMITS if issued >= since), LIMITS[-1][1])
    days = -(-lifetime // timedelta(days=1))
    saw = f"notBefore {issued:%Y-%m-%dT%H:%M:%SZ}, notAfter {chain.leaf.not_after:%Y-%m-%dT%H:%M:%SZ}"
    if lifetime <= timedelta(days=limit):
        return Pass(saw)
    values = (("days", str(days)), ("issued_on", issued.date().isoformat()), ("limit", str(limit)))
    return Fail(saw, note="long", values=values)
