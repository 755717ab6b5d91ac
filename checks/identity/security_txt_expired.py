"""identity.security-txt-expired: the file is out of date, so nobody may rely on it."""

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


@check(
    "identity.security-txt-expired",
    on=SecurityFile,
    severity=Severity.LOW,
    since="0.1",
    title=Text(
        vi="Tệp security.txt hết hạn hoặc không ghi hạn", en="security.txt has expired or names no end"
    ),
    why=Text(
        vi="Tệp quá hạn bị coi là không còn giá trị: người báo lỗ hổng không biết địa chỉ còn dùng hay không.",
        en="An outdated file does not count: nobody knows whether its address is still read.",
    ),
    fix=Text(
        vi="Ghi đúng một dòng Expires theo RFC 3339, ở tương lai và không quá một năm.",
        en="Give exactly one Expires line by RFC 3339, in the future and at most a year ahead.",
    ),
    refs=("RFC 9116 section 2.5.5", "RFC 9116 section 5.3"),
    howto="publish-security-txt",
    needs=("security-txt",),
    notes={
        "absent": Text(vi="Không có tệp security.txt.", en="There is no security.txt."),
        "expired": Text(vi="Đã hết hạn ngày {ended_on}.", en="It expired on {ended_on}."),
        "unreadable": Text(
            vi="Không có đúng một dòng Expires đọc được.",
            en="There is not exactly one readable Expires line.",
        ),
    },
    examples=(
        Example("in order", security_file(), "pass"),
        Example("expired", security_file(f"{CONTACT}Expires: 2026-01-01T00:00:00Z"), "fail"),
        Example(
            "ends this very second", security_file(f"{CONTACT}Expires: 2026-11-22T09:00:00+07:00"), "fail"
        ),
        Example("one second later", security_file(f"{CONTACT}Expires: 2026-11-22T09:00:01+07:00"), "pass"),
        Example("no end", security_file(CONTACT), "fail"),
        Example(
            "two ends",
            security_file(f"{CONTACT}Expires: 2027-01-01T00:00:00Z\nExpires: 2028-01-01T00:00:00Z"),
            "fail",
        ),
        Example("a date in words", security_file(f"{CONTACT}Expires: 1 June 2027"), "fail"),
        Example(
            "signed",
            security_file(
                "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n"
                f"{CONTACT}Expires: 2027-01-01T00:00:00Z\n-----BEGIN PGP SIGNATURE-----\n\nabc\n"
            ),
            "pass",
        ),
        Example("no file", security_file("", status=404), "notapplicable"),
        Example("no answer", no_answer(), "unknown"),
    ),
)
def security_txt_expired(view: SecurityFile, ctx: Context) -> Judgement:
    """Judge the Expires field against the time of the visit."""
    if view.file is None:
        return NotApplicable("absent")
    lines = "\n".join(f"Expires: {value}" for value in view.file.values("expires"))
    until = view.file.expires_at
    if until is None:
        return Fail(lines or f"GET {view.url}: no Expires", where=(view.url,), note="unreadable")
    if until <= ctx.seen_at:
        ended = (("ended_on", until.date().isoformat()),)
        return Fail(lines, where=(view.url,), note="expired", values=ended)
    return Pass(lines, where=(view.url,))
