"""Which column of a list holds what, by the headings officers really write."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from scanner.inventory.sheet import Row
from scanner.parse.vietnamese import fold

HEADING_ROWS = 30  # a title and a letterhead may stand above the headings
IN_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]")
NO_LETTER = re.compile(r"[^a-z0-9]+")

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "agency_id": ("mã cơ quan", "mã đơn vị", "mã định danh", "agency id"),
    "agency": (
        "tên cơ quan",
        "cơ quan",
        "tên đơn vị",
        "đơn vị",
        "tên tổ chức",
        "cơ quan đơn vị",
        "tên cơ quan đơn vị",
        "đơn vị quản lý",
        "cơ quan quản lý",
        "chủ quản hệ thống thông tin",
        "agency",
        "organisation",
        "organization",
    ),
    "parent": (
        "cơ quan cấp trên",
        "đơn vị cấp trên",
        "trực thuộc",
        "đơn vị trực thuộc",
        "cơ quan chủ quản",
        "đơn vị chủ quản",
        "parent",
    ),
    "url": (
        "địa chỉ website",
        "địa chỉ trang web",
        "địa chỉ web",
        "địa chỉ trang thông tin điện tử",
        "địa chỉ cổng thông tin điện tử",
        "địa chỉ truy cập",
        "đường dẫn",
        "trang thông tin điện tử",
        "cổng thông tin điện tử",
        "trang ttđt",
        "cổng ttđt",
        "tên miền",
        "trang web",
        "website",
        "url",
        "link",
        "domain",
    ),
    "name": (
        "tên trang",
        "tên website",
        "tên trang web",
        "tên cổng",
        "tên hệ thống",
        "tên trang thông tin điện tử",
    ),
    "level": ("cấp độ", "cấp độ an toàn", "cấp độ attt", "cấp độ httt", "level"),
    "lifecycle": ("trạng thái", "tình trạng", "tình trạng hoạt động", "lifecycle", "status"),
    "vendor": (
        "đơn vị vận hành",
        "tên đơn vị vận hành",
        "đơn vị cung cấp",
        "đơn vị xây dựng",
        "đơn vị phát triển",
        "nhà cung cấp",
        "nhà thầu",
        "vendor",
    ),
    "hosting": (
        "đơn vị lưu trữ",
        "nơi lưu trữ",
        "nơi đặt máy chủ",
        "máy chủ",
        "đơn vị cho thuê máy chủ",
        "hosting",
        "hạ tầng",
    ),
    "email_head": ("email lãnh đạo", "email thủ trưởng", "thư điện tử lãnh đạo", "email người đứng đầu"),
    "email": (
        "email",
        "e-mail",
        "thư điện tử",
        "địa chỉ thư điện tử",
        "hộp thư",
        "email đầu mối",
        "email liên hệ",
    ),
    "contact": (
        "đầu mối",
        "đầu mối liên hệ",
        "đầu mối tiếp nhận",
        "người phụ trách",
        "cán bộ phụ trách",
        "người liên hệ",
        "họ tên",
        "họ và tên",
        "contact",
    ),
    "phone": ("điện thoại", "số điện thoại", "sđt", "đt", "phone"),
}

Columns = Mapping[str, int]
"""Field -> index of its column."""


def heading_row(rows: Sequence[Row]) -> tuple[int, Columns] | None:
    """Where the row of headings stands and what its columns hold; None if no early row names an address."""
    for position, row in enumerate(rows[:HEADING_ROWS]):
        columns: dict[str, int] = {}
        for index, cell in enumerate(row.cells):
            field = field_of(cell)
            if field is not None:
                columns.setdefault(field, index)
        if "url" in columns and len(columns) > 1:
            return position, columns
    return None


def field_of(heading: str) -> str | None:
    """The field a heading means: the longest known heading it is, or begins with."""
    words = NO_LETTER.sub(" ", fold(IN_BRACKETS.sub(" ", heading))).strip()
    best: tuple[int, str] | None = None
    for known, field in _known().items():
        if (words == known or words.startswith(f"{known} ")) and (best is None or len(known) > best[0]):
            best = (len(known), field)
    return best[1] if best else None


@cache
def _known() -> dict[str, str]:
    return {
        NO_LETTER.sub(" ", fold(name)).strip(): field for field, names in HEADINGS.items() for name in names
    }
