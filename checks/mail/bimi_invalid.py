"""mail.bimi-invalid: the agency publishes a logo for its mail, and no mail program will show it."""

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
from scanner.parse.bimi import Bimi, bimi_records, read_bimi
from scanner.parse.dmarc import Policy
from scanner.samples.domain import DOMAIN, mail

AT = f"default._bimi.{DOMAIN}"
LOGO = '"v=BIMI1; l=https://so.example/logo.svg"'
DMARC = f"_dmarc.{DOMAIN}"


@check(
    "mail.bimi-invalid",
    on=Mail,
    severity=Severity.INFO,
    since="0.1",
    title=Text(vi="Biểu trưng thư (BIMI) không hiển thị được", en="The logo for mail (BIMI) cannot be shown"),
    why=Text(
        vi="BIMI là tùy chọn; bản ghi sai chỉ làm biểu trưng không hiện trong hộp thư của người nhận.",
        en="BIMI is optional; a wrong record only keeps the logo from being shown.",
    ),
    fix=Text(
        vi="Sửa bản ghi default._bimi và đặt DMARC ở quarantine hoặc reject; hoặc xóa bản ghi.",
        en="Correct default._bimi and set DMARC to quarantine or reject; or delete the record.",
    ),
    refs=("draft-brand-indicators-for-message-identification section 4.2",),
    howto="publish-dmarc",
    notes={
        "none": Text(vi="Tên miền không dùng BIMI.", en="The domain does not use BIMI."),
        "record": Text(vi="Bản ghi sai: {reason}.", en="The record is wrong: {reason}."),
        "dmarc": Text(vi="DMARC chưa có hiệu lực ngăn thư giả.", en="DMARC is not enforced."),
    },
    examples=(
        Example("in order", mail((AT, "TXT", LOGO)), "pass"),
        Example("declined", mail((AT, "TXT", '"v=BIMI1; l=; a="')), "pass"),
        Example("http", mail((AT, "TXT", LOGO.replace("https", "http"))), "fail"),
        Example("no address", mail((AT, "TXT", '"v=BIMI1"')), "fail"),
        Example("two records", mail((AT, "TXT", LOGO, LOGO.replace("logo", "logo2"))), "fail"),
        Example("DMARC only watches", mail((AT, "TXT", LOGO), (DMARC, "TXT", '"v=DMARC1; p=none"')), "fail"),
        Example(
            "open below", mail((AT, "TXT", LOGO), (DMARC, "TXT", '"v=DMARC1; p=reject; sp=none"')), "fail"
        ),
        Example("DMARC is not known", mail((AT, "TXT", LOGO), (DMARC, "TXT", "!timeout")), "unknown"),
        Example("none", mail(), "notapplicable"),
        Example("some other text", mail((AT, "TXT", '"hello"')), "notapplicable"),
        Example("nobody knows", mail((AT, "TXT", "!timeout")), "unknown"),
    ),
)
def bimi_invalid(mail: Mail, _ctx: Context) -> Judgement:
    """Judge the record and the DMARC policy it depends on; a domain without one misses nothing."""
    return judge_domains(mail, _rule)


def _rule(domain: MailDomain) -> Judgement:
    if domain.bimi_answer.state is DnsState.UNKNOWN:
        return unanswered(domain.bimi_answer)
    records = bimi_records(domain.bimi)
    if not records:
        return NotApplicable("none", saw=line_of(domain.bimi_answer))
    saw = line_of(domain.bimi_answer)
    read = read_bimi(records[0])
    if len(records) > 1 or not isinstance(read, Bimi):
        reason = f"{len(records)} TXT" if isinstance(read, Bimi) else read.reason
        return Fail(saw, note="record", values=(("reason", reason),))
    found = domain.dmarc
    if found.record is None and found.unknown is not None:
        return unanswered(found.unknown)
    is_open_below = found.record is not None and found.record.subdomains is Policy.NONE
    if read.logo and (not found.is_enforced or is_open_below):
        return Fail(f"{saw}\n_dmarc.{found.at or domain.domain} TXT {found.text or '-'}", note="dmarc")
    return Pass(saw)
