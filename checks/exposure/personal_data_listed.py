"""exposure.personal-data-listed: an open folder lists files named like personal papers."""

from scanner.author import (
    Confidence,
    Context,
    Example,
    Exposed,
    Fail,
    Judgement,
    Severity,
    Text,
    Why,
    check,
)
from scanner.author.exposure import SENTENCES, judge_listing
from scanner.identify.exposed import read_listing
from scanner.samples.exposure import asked, known, unasked

PATHS = ("known-uploads", "known-joomla-images", "known-wordpress-uploads")
LISTING = "Index of /uploads: 40 .pdf; personal papers by their names: 3"


@check(
    "exposure.personal-data-listed",
    on=Exposed,
    severity=Severity.HIGH,
    since="0.1",
    confidence=Confidence.MEDIUM,
    title=Text(
        vi="Thư mục mở có giấy tờ cá nhân của người dân", en="An open folder lists citizens' personal papers"
    ),
    why=Text(
        vi="Bản chụp căn cước, khai sinh, đơn thư nằm trong thư mục ai cũng xem được là lộ dữ liệu cá nhân; luật yêu cầu thông báo vi phạm trong 72 giờ.",
        en="Scans of identity cards, birth records or petitions that anybody can list are a leak of personal data; the law asks for notice within 72 hours.",
    ),
    fix=Text(
        vi="Tắt liệt kê, chuyển các tệp vào nơi phải đăng nhập, xem nhật ký đã có ai tải; báo bộ phận bảo vệ dữ liệu cá nhân.",
        en="Switch listings off, move the files behind a log-in, look who fetched them; tell those in charge of personal data.",
    ),
    refs=("CWE-548", "CWE-359"),
    howto="disable-directory-listing",
    needs=("canary", *PATHS),
    notes={
        **SENTENCES,
        "papers": Text(
            vi="{count} tệp có tên như giấy tờ cá nhân tại {url}; tên tệp không được lưu lại.",
            en="{count} files are named like personal papers at {url}; their names were not kept.",
        ),
    },
    examples=(
        Example("scans of identity cards", asked(known("known-uploads", LISTING)), "fail"),
        Example(
            "a listing without them", asked(known("known-uploads", "Index of /uploads: 40 .pdf")), "pass"
        ),
        Example("no listing", asked(), "pass"),
        Example("no answer", asked(known("known-uploads", missing=Why.TIMEOUT)), "unknown"),
        Example("not asked", unasked(), "unknown"),
    ),
)
def personal_data_listed(exposed: Exposed, _ctx: Context) -> Judgement:
    """Judge names only, counted where they were read; what is in the files nobody looked at."""
    for seen in exposed.of(*PATHS):
        papers = read_listing(seen.proof).papers
        if papers:
            values = (("count", str(papers)), ("url", seen.url))
            return Fail(f"GET {seen.url}: {seen.status}\n{seen.proof[:300]}", (seen.url,), "papers", values)
    return judge_listing(exposed, *PATHS)
