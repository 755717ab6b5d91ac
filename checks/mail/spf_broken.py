"""mail.spf-broken: receivers cannot evaluate the SPF record and treat it as an error."""

from scanner.author import (
    Confidence,
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
from scanner.identify.spf_tree import LOOKUPS_MOST, SpfFault
from scanner.model.evidence import DnsState
from scanner.samples.domain import DOMAIN, Change, mail


def spf(text: str, *more: Change) -> Mail:
    """A domain with this SPF record."""
    return mail((DOMAIN, "TXT", f'"{text}"'), *more)


def included(count: int) -> tuple[Change, ...]:
    """So many records that can be included."""
    return tuple((f"s{n}.so.example", "TXT", '"v=spf1 ip4:203.0.113.1 -all"') for n in range(count))


def includes(count: int) -> str:
    """A record that includes so many."""
    return "v=spf1 " + " ".join(f"include:s{n}.so.example" for n in range(count)) + " -all"


LOST = " ".join(f"a:old{n}.so.example" for n in range(3))


@check(
    "mail.spf-broken",
    on=Mail,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Bản ghi SPF bị lỗi", en="The SPF record is broken"),
    why=Text(
        vi="Nơi nhận coi như không có SPF: thư giả lọt vào, còn thư thật có thể bị từ chối.",
        en="Receivers treat it as no SPF: forged mail passes, and genuine mail may be refused.",
    ),
    fix=Text(
        vi="Giữ đúng một bản ghi v=spf1, sửa lỗi cú pháp, bỏ các include không còn dùng để tổng số lần tra cứu không quá 10.",
        en="Keep exactly one v=spf1 record, correct its syntax, drop unused includes so that at most 10 look-ups remain.",
    ),
    refs=("RFC 7208 section 4.5", "RFC 7208 section 4.6", "RFC 7208 section 5.2"),
    howto="publish-spf",
    notes={
        "none": Text(vi="Tên miền chưa có bản ghi SPF.", en="The domain has no SPF record."),
        "multiple": Text(vi="{domain} có nhiều bản ghi SPF.", en="{domain} has more than one SPF record."),
        "syntax": Text(vi="Sai cú pháp tại: {proof}.", en="Syntax error at: {proof}."),
        "too-many-lookups": Text(
            vi="Cần {proof} lần tra cứu DNS, tối đa cho phép là 10.",
            en="It takes {proof} DNS look-ups; 10 are allowed.",
        ),
        "too-many-voids": Text(
            vi="Quá 2 tên trong bản ghi không tồn tại: {proof}.",
            en="More than 2 names in it do not exist: {proof}.",
        ),
        "no-record-included": Text(
            vi="Tên miền được include không có SPF: {proof}.", en="An included domain has no SPF: {proof}."
        ),
        "loop": Text(
            vi="Các bản ghi include lẫn nhau: {proof}.", en="The records include each other: {proof}."
        ),
        "too-many-mx": Text(vi="Quá nhiều máy chủ thư: {proof}.", en="Too many mail servers: {proof}."),
    },
    examples=(
        Example("in order", mail(), "pass"),
        Example("two records", mail((DOMAIN, "TXT", '"v=spf1 -all"', '"v=spf1 mx -all"')), "fail"),
        Example(
            "other TXT records do not count", mail((DOMAIN, "TXT", '"v=spf1 -all"', '"v=spf2.0/pra"')), "pass"
        ),
        Example("unknown mechanism", spf("v=spf1 ipv4:203.0.113.1 -all"), "fail"),
        Example("comma instead of a blank", spf("v=spf1 ip4:203.0.113.1, -all"), "fail"),
        Example("an error behind all", spf("v=spf1 -all ip4:"), "fail"),
        Example("ten look-ups", spf(includes(10), *included(10)), "pass"),
        Example("eleven", spf(includes(11), *included(11)), "fail"),
        Example("behind all nothing counts", spf("v=spf1 -all " + includes(11)[7:-5], *included(11)), "pass"),
        Example("addresses cost nothing", spf("v=spf1 " + "ip4:203.0.113.1 " * 12 + "-all"), "pass"),
        Example("include without a record", spf("v=spf1 include:old.so.example -all"), "fail"),
        Example("a loop", spf("v=spf1 include:so.example -all"), "fail"),
        Example("three names that do not exist", spf(f"v=spf1 {LOST} -all"), "fail"),
        Example("two are allowed", spf("v=spf1 a:x.so.example a:y.so.example -all"), "pass"),
        Example("a macro cannot be followed", spf("v=spf1 exists:%{i}._spf.so.example -all"), "pass"),
        Example(
            "an include nobody could get",
            spf("v=spf1 include:s.example -all", ("s.example", "TXT", "!timeout")),
            "unknown",
        ),
        Example("no answer", mail((DOMAIN, "TXT", "!SERVFAIL")), "unknown"),
        Example("no record", mail((DOMAIN, "TXT")), "notapplicable"),
    ),
)
def spf_broken(mail: Mail, _ctx: Context) -> Judgement:
    """Judge the whole tree, for a mail that no mechanism matches."""
    return judge_domains(mail, _rule)


def _rule(domain: MailDomain) -> Judgement:
    tree = domain.spf
    if domain.spf_answer.state is DnsState.UNKNOWN:
        return unanswered(domain.spf_answer)
    if not tree.texts:
        return NotApplicable("none")
    lines = [f"{domain.domain} TXT {text}" for text in tree.texts]
    if tree.faults:
        fault, proof = tree.faults[0]
        confidence = Confidence.MEDIUM if fault is SpfFault.VOIDS else None  # a limit receivers may choose
        saw = "\n".join((*lines, *(f"{code}: {text}" for code, text in tree.faults)))
        values = (("domain", domain.domain), ("proof", proof))
        return Fail(saw, note=fault.value, values=values, confidence=confidence)
    if tree.unknown is not None:
        return unanswered(tree.unknown)
    if tree.open:
        return unanswered(domain.spf_answer)
    return Pass("\n".join((*lines, f"look-ups: {tree.lookups} of {LOOKUPS_MOST}")))
