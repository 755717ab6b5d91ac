"""mail.mta-sts-broken: encryption of mail is announced, and senders cannot use the policy."""

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
    Unknown,
    check,
)
from scanner.author.domain import NO_MAIL_TEXT, judge_domains, only_with_mail, unanswered
from scanner.identify.dns_book import line_of
from scanner.identify.sts import Sts, StsFault
from scanner.model.evidence import DnsState, Missing, Why
from scanner.samples.domain import DOMAIN, STS_POLICY, mail, sts_policy

AT = f"_mta-sts.{DOMAIN}"


@check(
    "mail.mta-sts-broken",
    on=Mail,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Chính sách MTA-STS không dùng được", en="The MTA-STS policy cannot be used"),
    why=Text(
        vi="Nơi gửi bỏ qua chính sách hỏng và lại gửi không mã hóa; nếu máy chủ thư không có trong chính sách, thư bị giữ lại.",
        en="Senders ignore a broken policy and fall back to plain text; mail to a server it does not name is held back.",
    ),
    fix=Text(
        vi="Sửa bản ghi _mta-sts và tệp chính sách; máy chủ mta-sts cần chứng thư hợp lệ và trả tệp text/plain, không chuyển hướng.",
        en="Correct the _mta-sts record and the file; its host needs a valid certificate and serves text/plain without redirect.",
    ),
    refs=("RFC 8461 section 3.1", "RFC 8461 section 3.2", "RFC 8461 section 3.3", "RFC 8461 section 4.1"),
    howto="publish-mta-sts",
    notes={
        "no-mail": NO_MAIL_TEXT,
        "none": Text(vi="Tên miền chưa công bố MTA-STS.", en="The domain announces no MTA-STS."),
        StsFault.RECORD: Text(
            vi="Cần đúng một bản ghi v=STSv1 có id gồm chữ và số, tối đa 32 ký tự.",
            en="Exactly one v=STSv1 record with an id of at most 32 letters and digits is needed.",
        ),
        StsFault.HOST: Text(vi="Tên mta-sts.{domain} không tồn tại.", en="mta-sts.{domain} does not exist."),
        StsFault.CONNECTION: Text(
            vi="Không mở được https://mta-sts.{domain}.", en="https://mta-sts.{domain} cannot be opened."
        ),
        StsFault.CERTIFICATE: Text(
            vi="Chứng thư của mta-sts.{domain} không hợp lệ.",
            en="The certificate of mta-sts.{domain} is not valid.",
        ),
        StsFault.REDIRECT: Text(
            vi="Tệp chính sách bị chuyển hướng; nơi gửi không đi theo.",
            en="The file redirects, and senders do not follow.",
        ),
        StsFault.ABSENT: Text(vi="Không có tệp chính sách.", en="There is no policy file."),
        StsFault.TYPE: Text(
            vi="Tệp chính sách không có kiểu text/plain.", en="The file is not of the type text/plain."
        ),
        StsFault.POLICY: Text(vi="Tệp chính sách sai quy cách.", en="The file breaks its standard."),
        StsFault.MX: Text(
            vi="Có máy chủ thư không nằm trong chính sách.", en="A mail server is not in the policy."
        ),
    },
    examples=(
        Example("in order", mail(), "pass"),
        Example("no id", mail((AT, "TXT", '"v=STSv1;"')), "fail"),
        Example("an id with a hyphen", mail((AT, "TXT", '"v=STSv1; id=2026-11-22"')), "fail"),
        Example("two records are none", mail((AT, "TXT", '"v=STSv1; id=1"', '"v=STSv1; id=2"')), "fail"),
        Example("no file", mail(policy=sts_policy(status=404)), "fail"),
        Example("a redirect", mail(policy=sts_policy(status=301)), "fail"),
        Example("a page in its place", mail(policy=sts_policy("<html>", media_type="text/html")), "fail"),
        Example("mode is missing", mail(policy=sts_policy("version: STSv1\nmax_age: 1\nmx: a.vn")), "fail"),
        Example(
            "max_age too long", mail(policy=sts_policy(STS_POLICY.replace("604800", "31557601"))), "fail"
        ),
        Example("a server it does not name", mail(policy=sts_policy(servers="mx.other.example")), "fail"),
        Example("a wildcard stands for one label", mail(policy=sts_policy(servers="a.b.so.example")), "fail"),
        Example("in test mode", mail(policy=sts_policy(STS_POLICY.replace("enforce", "testing"))), "pass"),
        Example(
            "unknown keys, CRLF", mail(policy=sts_policy(f"x: 1\n{STS_POLICY}".replace("\n", "\r\n"))), "pass"
        ),
        Example("withdrawn", mail(policy=sts_policy("version: STSv1\nmode: none\nmax_age: 1")), "pass"),
        Example(
            "the certificate is for another host",
            mail(
                policy=Sts(fault=StsFault.CERTIFICATE, proof="mta-sts.so.example certificate: for x.example")
            ),
            "fail",
        ),
        Example("a firewall answers", mail(policy=sts_policy(status=403)), "unknown"),
        Example("silence", mail(policy=Sts(unknown=Missing(Why.TIMEOUT, "GET"))), "unknown"),
        Example("not announced", mail((AT, "TXT")), "notapplicable"),
        Example("nobody knows", mail((AT, "TXT", "!timeout")), "unknown"),
        Example("a domain without mail", mail((DOMAIN, "MX", "0 .")), "notapplicable"),
    ),
)
def mta_sts_broken(mail: Mail, _ctx: Context) -> Judgement:
    """Judge record, certificate, file and mail servers as a sender does."""
    return judge_domains(mail, only_with_mail(_rule))


def _rule(domain: MailDomain) -> Judgement:
    if domain.sts_answer.state is DnsState.UNKNOWN:
        return unanswered(domain.sts_answer)
    record = line_of(domain.sts_answer)
    if not domain.sts_records:
        return NotApplicable("none", saw=record)
    values = (("domain", domain.domain),)
    if not domain.sts_id:
        return Fail(record, note=StsFault.RECORD, values=values)
    sts = domain.sts
    if sts.unknown is not None:
        return Unknown(sts.unknown.why, sts.unknown.detail)
    saw = f"{record}\n{sts.proof}"
    return Fail(saw, note=sts.fault, values=values) if sts.fault else Pass(saw)
