"""compromise.program-in-uploads: a folder for uploads holds programs or pages of spam."""

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
from scanner.identify.lexicon import find, is_warned
from scanner.samples.exposure import asked, known, unasked

PATHS = ("known-uploads", "known-joomla-images", "known-wordpress-uploads")
PROGRAMS = frozenset(
    {"php", "php3", "php5", "php7", "phtml", "phar", "asp", "aspx", "ashx", "jsp", "jspx", "cgi", "pl"}
)
TELLING = 3


@check(
    "compromise.program-in-uploads",
    on=Exposed,
    severity=Severity.HIGH,
    since="0.1",
    confidence=Confidence.MEDIUM,
    title=Text(
        vi="Nghi có cửa hậu hoặc trang quảng cáo trong thư mục tải lên",
        en="A folder for uploads seems to hold a back door or pages of spam",
    ),
    why=Text(
        vi="Thư mục tải lên chỉ nên có ảnh và tài liệu. Tệp .php, .aspx ở đó thường là cửa hậu (web shell); trang .html lạ là trang cờ bạc, lừa đảo.",
        en="Uploads are pictures and documents. A .php or .aspx file there is often a back door (web shell), an odd .html page is gambling or fraud.",
    ),
    fix=Text(
        vi="Không mở các tệp này. Giữ bản sao và nhật ký, tắt chạy mã trong thư mục tải lên, tìm đường vào; xử lý như sự cố.",
        en="Do not open these files. Keep a copy and the logs, stop code from running among uploads, find the way in; treat it as an incident.",
    ),
    refs=("CWE-434", "MITRE ATT&CK T1505.003"),
    howto="incident-first-steps",
    needs=("canary", *PATHS),
    notes={
        **SENTENCES,
        "programs": Text(
            vi="{count} tệp chương trình ({kinds}) tại {url}; cần người xác minh.",
            en="{count} program files ({kinds}) at {url}; a person must verify.",
        ),
        "pages": Text(
            vi="Trang có tên quảng cáo tại {url}: {pages}; cần người xác minh.",
            en="Pages with telling names at {url}: {pages}; a person must verify.",
        ),
    },
    examples=(
        Example("a program", asked(known("known-uploads", "Index of /uploads: 12 .jpg, 1 .php")), "fail"),
        Example(
            "a page of gamblers",
            asked(known("known-uploads", "Index of /uploads: 12 .jpg; pages: tai-xiu-online.html")),
            "fail",
        ),
        Example(
            "pictures",
            asked(known("known-uploads", "Index of /uploads: 12 .jpg; pages: mau-don.html")),
            "pass",
        ),
        Example("no listing", asked(), "pass"),
        Example("no answer", asked(known("known-uploads", missing=Why.TIMEOUT)), "unknown"),
        Example("not asked", unasked(), "unknown"),
    ),
)
def program_in_uploads(exposed: Exposed, ctx: Context) -> Judgement:
    """Judge what an open listing shows; nothing in the folder was opened."""
    for seen in exposed.of(*PATHS):
        listed = read_listing(seen.proof)
        programs = [(kind, count) for kind, count in listed.kinds if kind in PROGRAMS]
        saw = f"GET {seen.url}: {seen.status}\n{seen.proof[:600]}"
        if programs:
            kinds = ", ".join(f".{kind}" for kind, _count in programs)
            values = (("count", str(sum(n for _kind, n in programs))), ("kinds", kinds), ("url", seen.url))
            return Fail(saw, (seen.url,), "programs", values)
        odd = [name for name in listed.pages if _is_telling(name, ctx)]
        if odd:
            return Fail(saw, (seen.url,), "pages", (("pages", ", ".join(odd[:3])), ("url", seen.url)))
    return judge_listing(exposed, *PATHS)


def _is_telling(name: str, ctx: Context) -> bool:
    heaviest = max((hit.term.weight for hit in find(name, ctx.ref.lexicon)), default=0)
    return heaviest >= TELLING and not is_warned(name, ctx.ref.lexicon)
