"""The agencies of Tỉnh Mẫu, the invented province."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class DemoAgency:
    """An invented agency."""

    id: str
    name: str
    name_en: str
    merged_into: str | None = None
    contacts: tuple[tuple[str, str, str], ...] = field(default_factory=tuple)  # (role, name, email)


def people(host: str, head: str) -> tuple[tuple[str, str, str], ...]:
    """Who gets the mail of an agency."""
    return (("head", head, f"lanhdao@{host}"), ("webmaster", "Bộ phận quản trị trang", f"quantri@{host}"))


AGENCIES = (
    DemoAgency(
        "van-phong-ubnd",
        "Văn phòng Ủy ban nhân dân tỉnh Mẫu",
        "Office of the People's Committee of Mẫu Province",
        contacts=people("mau.example", "Chánh Văn phòng"),
    ),
    DemoAgency(
        "so-khoa-hoc-cong-nghe",
        "Sở Khoa học và Công nghệ tỉnh Mẫu",
        "Department of Science and Technology",
        contacts=people("sokhcn.mau.example", "Giám đốc Sở"),
    ),
    DemoAgency(
        "so-y-te",
        "Sở Y tế tỉnh Mẫu",
        "Department of Health",
        contacts=people("soyte.mau.example", "Giám đốc Sở"),
    ),
    DemoAgency(
        "so-giao-duc-dao-tao",
        "Sở Giáo dục và Đào tạo tỉnh Mẫu",
        "Department of Education and Training",
        contacts=people("sogddt.mau.example", "Giám đốc Sở"),
    ),
    DemoAgency(
        "so-nong-nghiep-moi-truong",
        "Sở Nông nghiệp và Môi trường tỉnh Mẫu",
        "Department of Agriculture and Environment",
        contacts=people("sonnmt.mau.example", "Giám đốc Sở"),
    ),
    DemoAgency(
        "ban-quan-ly-khu-cong-nghiep",
        "Ban Quản lý các khu công nghiệp tỉnh Mẫu",
        "Industrial Zones Authority",
        contacts=people("bqlkcn.mau.example", "Trưởng ban"),
    ),
    DemoAgency(
        "ubnd-xa-an-mau",
        "Ủy ban nhân dân xã An Mẫu",
        "People's Committee of An Mẫu Commune",
        contacts=people("anmau.mau.example", "Chủ tịch xã"),
    ),
    DemoAgency(
        "ubnd-xa-binh-mau",
        "Ủy ban nhân dân xã Bình Mẫu",
        "People's Committee of Bình Mẫu Commune",
        contacts=people("binhmau.mau.example", "Chủ tịch xã"),
    ),
    DemoAgency(
        "so-thong-tin-truyen-thong",
        "Sở Thông tin và Truyền thông tỉnh Mẫu (đã hợp nhất)",
        "Department of Information and Communications (merged)",
        merged_into="so-khoa-hoc-cong-nghe",
        contacts=people("sokhcn.mau.example", "Giám đốc Sở"),
    ),
)
