"""mail.dmarc-reports-refused: DMARC reports go to a stranger who never agreed, so nobody gets them."""

from scanner.author import (
    Context,
    Example,
    Fail,
    Judgement,
    Mail,
    MailDomain,
    NotApplicable,
    Pass,
    Severity,
    Text,
    check,
)
from scanner.author.domain import judge_domains, unanswered
from scanner.identify.dns_book import line_of
from scanner.model.evidence import DnsState
from scanner.samples.domain import DOMAIN, mail

AT = f"_dmarc.{DOMAIN}"
OUTSIDE = (AT, "TXT", '"v=DMARC1; p=reject; rua=mailto:dmarc@other.example"')
CONSENT = f"{DOMAIN}._report._dmarc.other.example"


@check(
    "mail.dmarc-reports-refused",
    on=Mail,
    severity=Severity.LOW,
    since="0.1",
    title=Text(
        vi="Báo cáo DMARC gửi tới nơi chưa đồng ý nhận",
        en="DMARC reports go where nobody agreed to take them",
    ),
    why=Text(
        vi="Máy chủ thư khác sẽ không gửi báo cáo, nên cơ quan không biết ai đang giả mạo mình.",
        en="Other mail servers send no reports, so the agency never learns who forges its mail.",
    ),
    fix=Text(
        vi="Yêu cầu đơn vị nhận báo cáo thêm bản ghi đồng ý, hoặc dùng một địa chỉ trong tên miền của mình.",
        en="Ask the receiver of the reports for its record of consent, or use an address in your own domain.",
    ),
    refs=("RFC 9990 section 4", "RFC 7489 section 7.1"),
    howto="publish-dmarc",
    notes={
        "none": Text(vi="Không có địa chỉ nhận báo cáo ở ngoài.", en="No reports go outside."),
        "refused": Text(
            vi="{address} chưa có bản ghi đồng ý tại {name}.",
            en="{address} has no record of consent at {name}.",
        ),
    },
    examples=(
        Example("consent is given", mail(OUTSIDE, (CONSENT, "TXT", '"v=DMARC1"')), "pass"),
        Example("nobody agreed", mail(OUTSIDE), "fail"),
        Example("some other text is no consent", mail(OUTSIDE, (CONSENT, "TXT", '"yes"')), "fail"),
        Example("inside the organisation", mail(), "notapplicable"),
        Example(
            "below the organisation",
            mail((AT, "TXT", '"v=DMARC1; rua=mailto:a@x.so.example"')),
            "notapplicable",
        ),
        Example("no DMARC", mail((AT, "TXT")), "notapplicable"),
        Example("nobody knows", mail(OUTSIDE, (CONSENT, "TXT", "!timeout")), "unknown"),
        Example("DMARC is not known", mail((AT, "TXT", "!timeout")), "unknown"),
    ),
)
def dmarc_reports_refused(mail: Mail, _ctx: Context) -> Judgement:
    """Judge addresses outside the registrable domain only."""
    return judge_domains(mail, _rule)


def _rule(domain: MailDomain) -> Judgement:
    if domain.dmarc.record is None and domain.dmarc.unknown is not None:
        return unanswered(domain.dmarc.unknown)
    if not domain.consents:
        return NotApplicable("none")
    refused = [c for c in domain.consents if not c.is_given and c.answer.state is not DnsState.UNKNOWN]
    if refused:
        values = (("address", refused[0].address), ("name", refused[0].answer.name))
        saw = "\n".join(
            (f"_dmarc.{domain.dmarc.at} TXT {domain.dmarc.text}", *(line_of(c.answer) for c in refused))
        )
        return Fail(saw, note="refused", values=values)
    if late := next((c.answer for c in domain.consents if not c.is_given), None):
        return unanswered(late)
    return Pass("\n".join(line_of(c.answer) for c in domain.consents))
