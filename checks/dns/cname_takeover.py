"""dns.cname-takeover: a stranger can take the name over at a hosting service."""

from scanner.author import (
    Alias,
    Confidence,
    Context,
    Example,
    Fail,
    Judgement,
    NotApplicable,
    Pass,
    Severity,
    Text,
    Unknown,
    Why,
    check,
)
from scanner.author.domain import unanswered
from scanner.model.evidence import DnsState
from scanner.samples.domain import WEB, alias
from scanner.samples.web import chain, response

PAGES = (WEB, "CNAME", "so-web.pages.example.")
HERE = ("so-web.pages.example", "A", "203.0.113.9")
URL = f"https://{WEB}/"
ABANDONED = (chain("https", (URL, response(404, html="<h1>project not found</h1>"))),)


@check(
    "dns.cname-takeover",
    on=Alias,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Tên miền con có thể bị chiếm quyền", en="A stranger can take the name over"),
    why=Text(
        vi="Tên này trỏ tới một dịch vụ mà ai cũng có thể đăng ký lại tên đã bỏ, rồi đăng nội dung dưới tên của cơ quan.",
        en="It points to a service where anybody may claim the abandoned name and publish under the agency's name.",
    ),
    fix=Text(
        vi="Xóa bản ghi CNAME ngay; chỉ tạo lại sau khi đã đăng ký lại dịch vụ.",
        en="Delete the CNAME record now; create it again only after the service has been claimed again.",
    ),
    refs=("RFC 1034 section 3.6.2", "RFC 8020 section 2"),
    howto="clean-dns-record",
    notes={
        "no-alias": Text(vi="Tên miền không dùng bản ghi CNAME.", en="The name is no alias."),
        "no-service": Text(
            vi="Đích không thuộc dịch vụ nào cho đăng ký lại tên đã bỏ.",
            en="The target belongs to no service known to give abandoned names away.",
        ),
        "service": Text(
            vi="{target} của dịch vụ {service} đã bị bỏ và có thể được người khác đăng ký.",
            en="{target} of {service} is abandoned and can be claimed.",
        ),
        "domain": Text(
            vi="Tên miền {domain} của đích chưa có ai đăng ký.",
            en="The target's domain {domain} is unregistered.",
        ),
    },
    examples=(
        Example("suffix and page", alias(PAGES, HERE, fetches=ABANDONED), "fail"),
        Example(
            "the suffix alone proves nothing",
            alias(PAGES, HERE, fetches=(chain("https", (URL, response())),)),
            "pass",
        ),
        Example("the page was not seen", alias(PAGES, HERE), "unknown"),
        Example("a name that must not exist", alias((WEB, "CNAME", "so.cloud.example.")), "fail"),
        Example(
            "it does",
            alias((WEB, "CNAME", "so.cloud.example."), ("so.cloud.example", "A", "203.0.113.7")),
            "pass",
        ),
        Example(
            "the page of another service",
            alias((WEB, "CNAME", "www.other.example."), fetches=ABANDONED),
            "notapplicable",
        ),
        Example(
            "a name inside the name",
            alias((WEB, "CNAME", "x.notpages.example."), fetches=ABANDONED),
            "notapplicable",
        ),
        Example("nobody knows", alias(PAGES, ("so-web.pages.example", "A", "!timeout")), "unknown"),
        Example("nobody owns the target's domain", alias((WEB, "CNAME", "www.unregistered.vn.")), "fail"),
        Example("no alias", alias(), "notapplicable"),
    ),
)
def cname_takeover(alias: Alias, _ctx: Context) -> Judgement:
    """Ask for all parts of the proof: a suffix of the dated table, and the page or the NXDOMAIN it names."""
    service = alias.service
    if alias.claimable_domain:
        domain = (("domain", alias.claimable_domain),)
        return Fail(
            alias.proof, where=(alias.host,), note="domain", values=domain, confidence=Confidence.MEDIUM
        )
    if service is None:
        return NotApplicable("no-service", saw=alias.proof)
    if alias.end.state is DnsState.UNKNOWN:
        return unanswered(alias.end)
    values = (("target", alias.target), ("service", service.service))
    if not service.fingerprint:
        failed = alias.is_gone
        proof = alias.proof
    elif not alias.pages:
        return Unknown(Why.NOT_ASKED, alias.proof)
    else:
        page = next((url for url, text in alias.pages if service.fingerprint in text), "")
        failed = bool(page)
        proof = f"{alias.proof}\nGET {page}: {service.fingerprint}"
    if failed:
        return Fail(proof, where=(alias.host,), note="service", values=values)
    return Pass(alias.proof, where=(alias.host,))
