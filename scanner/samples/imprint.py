"""Hand-made footers for the examples of the checks of the imprint."""

from scanner.identify.imprint import ImprintedPage, imprint_of
from scanner.identify.page import Page
from scanner.samples.web import page

TEXT = "Hội nghị triển khai nhiệm vụ công tác năm và tập huấn chuyển đổi số cho cán bộ xã. " * 4
FULL = (
    "Cơ quan chủ quản: Sở Mẫu. Chịu trách nhiệm nội dung: bà Trần Thị B. Điện thoại: 0220 3123456. "
    "Tiếp nhận báo cáo sự cố an ninh mạng: ungcuu@so.example"
)
BARE = "Thiết kế 2026"


def told(footer: str, *, text: str = TEXT, title: str = "Trang chủ") -> ImprintedPage:
    """A page of news with this footer."""
    return _read(page(html=f"<title>{title}</title><body><p>{text}</p><footer>{footer}</footer>"))


def drawn() -> ImprintedPage:
    """A page that scripts draw."""
    return _read(page())


def _read(seen: Page) -> ImprintedPage:
    return ImprintedPage(seen, imprint_of(seen.html))
