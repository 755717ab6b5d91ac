"""identity.security-txt-missing: whoever finds a weakness does not learn whom to tell."""

from scanner.author import Context, Example, Fail, Judgement, Pass, SecurityFile, Severity, Text, check
from scanner.samples.identity import no_answer, not_asked, security_file


@check(
    "identity.security-txt-missing",
    on=SecurityFile,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Chưa công bố kênh nhận thông báo lỗ hổng", en="No channel for reports of weaknesses"),
    why=Text(
        vi="Người phát hiện lỗ hổng không biết báo cho ai, nên lỗ hổng bị bỏ mặc hoặc bị đưa lên mạng.",
        en="Whoever finds a weakness does not know whom to tell, so it is left alone or published.",
    ),
    fix=Text(
        vi="Đặt tệp /.well-known/security.txt có Contact và Expires.",
        en="Publish /.well-known/security.txt with Contact and Expires.",
    ),
    refs=("RFC 9116 section 3", "RFC 9116 section 2.5.3"),
    howto="publish-security-txt",
    needs=("security-txt",),
    notes={
        "absent": Text(vi="Không có tệp security.txt.", en="There is no security.txt."),
        "no-contact": Text(vi="Tệp không có dòng Contact.", en="The file has no Contact line."),
    },
    examples=(
        Example("in order", security_file(), "pass"),
        Example("not there", security_file("", status=404), "fail"),
        Example(
            "a page of the site in its place",
            security_file("<!DOCTYPE html><title>404</title>", media_type="text/html"),
            "fail",
        ),
        Example("a page named text", security_file("  <html>Contact: x</html>"), "fail"),
        Example("no contact", security_file("Expires: 2027-06-01T00:00:00Z"), "fail"),
        Example("field names ignore case", security_file("CONTACT: mailto:a@so.example"), "pass"),
        Example("a firewall answers", security_file("no", status=403), "unknown"),
        Example("no answer", no_answer(), "unknown"),
        Example("not asked as a visitor", not_asked(), "unknown"),
    ),
)
def security_txt_missing(view: SecurityFile, _ctx: Context) -> Judgement:
    """Judge presence and a contact; the other rules are another check."""
    saw = f"GET {view.url}: {view.status} {view.media_type}"
    if view.file is None:
        return Fail(saw, where=(view.url,), note="absent")
    contacts = view.file.values("contact")
    if not contacts:
        return Fail(saw, where=(view.url,), note="no-contact")
    return Pass("\n".join(f"Contact: {contact}" for contact in contacts), where=(view.url,))
