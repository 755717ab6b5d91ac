"""identity.security-txt-invalid: the file breaks its standard, so programs cannot read it."""

from scanner.author import (
    Context,
    Example,
    Fail,
    Judgement,
    NotApplicable,
    Pass,
    SecurityFile,
    Severity,
    Text,
    check,
)
from scanner.samples.identity import IN_ORDER, no_answer, security_file

TOLD_ELSEWHERE = ("no Contact", "no Expires", "Expires ")
TEXT_TYPE = "text/plain"


@check(
    "identity.security-txt-invalid",
    on=SecurityFile,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Tệp security.txt sai quy cách", en="security.txt breaks its standard"),
    why=Text(
        vi="Công cụ và người báo lỗ hổng không đọc được kênh liên hệ.",
        en="Tools and people who report weaknesses cannot read whom to contact.",
    ),
    fix=Text(
        vi="Sửa các dòng sai; đường dẫn dùng https, kiểu tệp là text/plain.",
        en="Correct the wrong lines; links use https, the type is text/plain.",
    ),
    refs=("RFC 9116 section 2.3", "RFC 9116 section 2.5.2", "RFC 9116 section 2.5", "RFC 9116 section 3"),
    howto="publish-security-txt",
    needs=("security-txt",),
    notes={
        "absent": Text(vi="Không có tệp security.txt.", en="There is no security.txt."),
        "faults": Text(vi="Lỗi: {faults}.", en="Faults: {faults}."),
    },
    examples=(
        Example("in order", security_file(), "pass"),
        Example("an unknown field is legal", security_file(f"{IN_ORDER}Bounty: no\n"), "pass"),
        Example("comments and blank lines", security_file(f"# hello\n\n{IN_ORDER}"), "pass"),
        Example("a line that is no field", security_file(f"{IN_ORDER}call us\n"), "fail"),
        Example(
            "a bare address", security_file("Contact: annm@so.example\nExpires: 2027-06-01T00:00:00Z"), "fail"
        ),
        Example("http", security_file(f"{IN_ORDER}Policy: http://so.example/policy\n"), "fail"),
        Example(
            "two lists of languages",
            security_file(f"{IN_ORDER}Preferred-Languages: vi\nPreferred-Languages: en"),
            "fail",
        ),
        Example(
            "it names its own address",
            security_file(f"{IN_ORDER}Canonical: https://so.example/.well-known/security.txt\n"),
            "pass",
        ),
        Example(
            "it belongs to another host",
            security_file(f"{IN_ORDER}Canonical: https://other.example/.well-known/security.txt\n"),
            "fail",
        ),
        Example("another charset", security_file(media_type="text/plain; charset=windows-1258"), "fail"),
        Example("the charset of the standard", security_file(media_type="text/plain; Charset=UTF-8"), "pass"),
        Example("the wrong type", security_file(media_type="application/octet-stream"), "fail"),
        Example(
            "an end nobody can read is told elsewhere",
            security_file("Contact: tel:+84-1\nExpires: soon"),
            "pass",
        ),
        Example("no file", security_file("", status=404), "notapplicable"),
        Example("no answer", no_answer(), "unknown"),
    ),
)
def security_txt_invalid(view: SecurityFile, _ctx: Context) -> Judgement:
    """Judge form and type; presence, contact and end are other checks."""
    if view.file is None:
        return NotApplicable("absent")
    faults = [fault for fault in view.file.faults if not fault.startswith(TOLD_ELSEWHERE)]
    if view.media_type != TEXT_TYPE:
        faults.insert(0, f"Content-Type {view.media_type or '-'}")
    if view.charset not in ("", "utf-8"):
        faults.append(f"charset={view.charset}")
    if not view.url.startswith("https:"):
        faults.append("not over https")
    if view.strays:
        faults.append("Canonical does not name this address")
    if faults:
        said = "; ".join(faults)
        return Fail(f"GET {view.url}\n{said}", where=(view.url,), note="faults", values=(("faults", said),))
    return Pass(f"GET {view.url}: {len(view.file.fields)} fields", where=(view.url,))
