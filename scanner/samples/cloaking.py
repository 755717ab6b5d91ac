"""Hand-made showings of one page for the examples of checks."""

from scanner.identify.cloaking import FourViews, Showing, difference
from scanner.model.evidence import Missing, Why

URL = "https://so.example/"
NEWS = (
    "Sở Mẫu tổ chức hội nghị triển khai nhiệm vụ công tác năm và tập huấn chuyển đổi số cho cán bộ xã. " * 6
)
OTHER = (
    "Đường đua mùa giải mới mở ra với nhiều bất ngờ cho người hâm mộ khắp nơi trong tuần lễ vừa qua ở đây. "
    * 6
)


def showing(
    name: str = "browser", *, title: str = "Sở Mẫu", lang: str = "vi", text: str = NEWS, leads_to: str = ""
) -> Showing:
    """What one kind of visitor got."""
    return Showing(name, URL, 200, title, lang, text, leads_to=leads_to)


def unseen(name: str, why: Why = Why.BLOCKED) -> Showing:
    """A showing that did not come."""
    return Showing(name, URL, missing=Missing(why, "no page"))


def compared(base: Showing, *others: Showing) -> FourViews:
    """The showings with what differs."""
    found = tuple(d for other in others if (d := difference(base, other)) is not None)
    return FourViews((base, *others), found)
