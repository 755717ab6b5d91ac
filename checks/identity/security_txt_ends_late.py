"""identity.security-txt-ends-late: the file promises to be valid for more than a year, so nobody looks after it."""

from datetime import timedelta

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
from scanner.samples.identity import no_answer, security_file

CONTACT = "Contact: mailto:annm@so.example\n"
LONGEST = timedelta(days=366)  # "less than a year", and a leap day


@check(
    "identity.security-txt-ends-late",
    on=SecurityFile,
    severity=Severity.INFO,
    since="0.1",
    title=Text(vi="Hạn của security.txt quá xa", en="security.txt ends too late"),
    why=Text(
        vi="Hạn quá một năm thì địa chỉ liên hệ dễ bị quên và không còn ai đọc.",
        en="With more than a year to go, the contact is easily forgotten and no longer read.",
    ),
    fix=Text(
        vi="Ghi Expires không quá một năm và xem lại địa chỉ liên hệ mỗi lần gia hạn.",
        en="Let Expires be at most a year ahead, and look at the contact at each renewal.",
    ),
    refs=("RFC 9116 section 2.5.5",),
    howto="publish-security-txt",
    needs=("security-txt",),
    notes={
        "absent": Text(vi="Không có tệp security.txt.", en="There is no security.txt."),
        "unreadable": Text(vi="Tệp không ghi hạn đọc được.", en="The file names no readable end."),
        "ends": Text(vi="Hạn: {ends_on}.", en="It ends on {ends_on}."),
    },
    examples=(
        Example("within a year", security_file(), "pass"),
        Example("two years", security_file(f"{CONTACT}Expires: 2028-12-01T00:00:00Z"), "fail"),
        Example("a year to the day", security_file(f"{CONTACT}Expires: 2027-11-22T02:00:00Z"), "pass"),
        Example("no end is told elsewhere", security_file(CONTACT), "notapplicable"),
        Example("no file", security_file("", status=404), "notapplicable"),
        Example("no answer", no_answer(), "unknown"),
    ),
)
def security_txt_ends_late(view: SecurityFile, ctx: Context) -> Judgement:
    """Judge how far the end lies ahead of the visit."""
    if view.file is None:
        return NotApplicable("absent")
    until = view.file.expires_at
    if until is None:
        return NotApplicable("unreadable")
    saw = "\n".join(f"Expires: {value}" for value in view.file.values("expires"))
    if until - ctx.seen_at > LONGEST:
        return Fail(saw, where=(view.url,), note="ends", values=(("ends_on", until.date().isoformat()),))
    return Pass(saw, where=(view.url,))
