"""What the checks of the imprint share: one judgement and its sentences, pure."""

from collections.abc import Mapping
from types import MappingProxyType

from scanner.identify.imprint import ImprintedPage
from scanner.model.check import Fail, Judgement, Pass, Unknown
from scanner.model.evidence import Why
from scanner.model.text import Text

SENTENCES: Mapping[str, Text] = MappingProxyType(
    {
        "absent": Text(
            vi="Không thấy ở đầu trang, chân trang và cuối trang chủ; cần người xem lại.",
            en="Not found at the head, in the footer and at the end of the home page; a person should look again.",
        ),
        "scripts": Text(
            vi="Trang do mã vẽ ra, máy quét không đọc được chữ.",
            en="The page is drawn by scripts, so its words cannot be read.",
        ),
    }
)


def judge_imprint(seen: ImprintedPage, part: str) -> Judgement:
    """Pass on what was found, as it stands; unknown where a page has hardly any text."""
    page, imprint = seen.page, seen.imprint
    found: str = getattr(imprint, part)
    if found:
        return Pass(saw=found, where=(page.url,))
    if imprint.is_silent:
        return Unknown(Why.NOT_ASKED, f"GET {page.url}: {len(page.html.text)} characters of text", "scripts")
    if page.html.text_truncated:
        return Unknown(Why.TOO_LARGE, "the page is too large to be read to its end")
    return Fail(saw=f"GET {page.url}: … {page.html.footer_text[-300:]}", where=(page.url,), note="absent")
