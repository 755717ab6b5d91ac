"""The view `ImprintedPage`: what a page says about who is behind it.

The body, who answers for the content, how to reach it, where incidents go.

Looked for at the head of a page, in its footer and at its end, without accents and without letter case. A page with
hardly any text is drawn by scripts and says nothing either way.
"""

import re
from dataclasses import dataclass

from scanner.identify.footer import folded
from scanner.identify.page import Page, page_of
from scanner.model.check import NotApplicable
from scanner.model.evidence import Evidence, Missing
from scanner.model.reference import Reference
from scanner.parse.html import HtmlSummary

HEAD, TAIL = 4_000, 8_000  # characters at both ends of the text
ENOUGH_TEXT = 200
EXCERPT = 120
AGENCY = re.compile(
    r"\b(?:[uủ][yỷ] ban nhân dân|uy ban nhan dan|ubnd|hội đồng nhân dân|hđnd|ban quản lý|thanh tra|bệnh viện|"
    r"(?:sở|cục|chi cục|tổng cục) [^\W\d]{2}|(?<!cán )(?<!toàn )(?<!nội )bộ [^\W\d]{2}|"
    r"phòng (?!chống|ngừa|khi)[^\W\d]{2}|(?<!hội )(?<!hiện )(?<!môi )(?<!thị )trường|trung tâm|trung tam|"
    r"trạm y tế|công an|văn phòng|(?:cổng|trang) thông tin|(?:cong|trang) thong tin dien tu|tỉnh [uủ][yỷ]|"
    r"đảng [uủ][yỷ]|mặt trận tổ quốc|hội (?:nông dân|liên hiệp|cựu chiến binh)|department|people's committee)"
)
EDITOR = re.compile(
    r"chiu trach nhiem|truong ban bien tap|tong bien tap|ban bien tap|phu trach (?:trang|cong|noi dung|bien tap)|"
    r"nguoi phu trach|responsible for (?:the )?content|editor"
)
PHONE = re.compile(
    r"(?:dien thoai|so dt|\bdt\b|\btel\b|phone|hotline|duong day nong)[^\d]{0,12}[\d(+][\d .()/-]{6,}"
)
AT = re.compile(
    r"@|\[at\]|\(at\)"
)  # looked for first: few pages hold many, and a local part may begin anywhere
LOCAL = re.compile(r"[\w.+-]{1,64}\Z")
DOMAIN = re.compile(r"[\w-]{1,63}\.[\w.-]{2,100}")
INCIDENT = re.compile(
    r"(?:su co|lo hong|diem yeu|tan cong)[^.|]{0,60}?(?:an ninh mang|an toan thong tin|anm|attt|bao mat|mang)|"
    r"(?:an ninh mang|an toan thong tin|anm|attt)[^.|]{0,60}?(?:su co|phan anh|bao cao|tiep nhan|ung cuu|dau moi)|"
    r"report (?:a |an )?(?:security )?(?:incident|vulnerability)|security\.txt"
)
NUMBER = re.compile(r"\b0\d{2,3}[ .-]?\d{3,4}[ .-]?\d{3,4}\b|\b1[89]00[ .-]?\d{4}")
BANNER = 300  # characters at the head, where a site names its body
REACH = 200  # characters behind the words, within which an address or a number makes them a contact


@dataclass(frozen=True, slots=True)
class Imprint:
    """What was found, each as it stands on the page; empty when it is not there."""

    agency: str = ""
    editor: str = ""
    contact: str = ""
    incident: str = ""
    is_silent: bool = False  # too little text to tell


@dataclass(frozen=True, slots=True)
class ImprintedPage:
    """A page and its imprint."""

    page: Page
    imprint: Imprint


def imprinted_page_of(evidence: Evidence, ref: Reference) -> ImprintedPage | Missing | NotApplicable:
    """The page a visit ended on, and its imprint."""
    page = page_of(evidence, ref)
    return ImprintedPage(page, imprint_of(page.html)) if isinstance(page, Page) else page


def imprint_of(html: HtmlSummary) -> Imprint:
    """The imprint of a page."""
    if len(html.text) < ENOUGH_TEXT:
        return Imprint(is_silent=True)
    text = " | ".join((html.title, html.text[:HEAD], html.text[HEAD:][-TAIL:], html.footer_text[:TAIL]))
    plain = folded(text)
    named = " | ".join((html.title, html.footer_text[:TAIL], html.text[:BANNER]))
    return Imprint(
        agency=_around(named, _start(AGENCY.search(named.lower()))),
        editor=_around(text, _start(EDITOR.search(plain))),
        contact=_contact(text, plain) or _linked_contact(html),
        incident=_incident(text, plain) or _linked_incident(html),
    )


def _contact(text: str, plain: str) -> str:
    phone = _start(PHONE.search(plain))
    return _around(text, _email(plain) if phone is None else phone)


def _email(plain: str) -> int | None:
    """Where the first mail address begins."""
    for at in AT.finditer(plain):
        local = LOCAL.search(plain, max(0, at.start() - 64), at.start())
        if local and DOMAIN.match(plain, at.end()):
            return local.start()
    return None


def _linked_contact(html: HtmlSummary) -> str:
    return next(
        (link.written for link in html.links if link.written.lower().startswith(("mailto:", "tel:"))), ""
    )


def _incident(text: str, plain: str) -> str:
    """Words of incidents with a way to reach somebody close behind; news about an incident have none."""
    for number, hit in enumerate(INCIDENT.finditer(plain)):
        if number >= 50:
            break
        behind = plain[hit.end() : hit.end() + REACH].partition(". ")[0]
        if _email(behind) is not None or NUMBER.search(behind):
            return _around(text, hit.start())
    return ""


def _linked_incident(html: HtmlSummary) -> str:
    """A link that offers it by name: short, so that the heading of an article is none."""
    for link in html.links:
        if 0 < len(link.text) <= 80:
            plain = folded(link.text)
            if INCIDENT.search(plain) and any(
                w in plain for w in ("bao cao", "phan anh", "tiep nhan", "report", "dau moi")
            ):
                return f"{link.text} → {link.url[:200]}"
        if link.url.endswith("/.well-known/security.txt"):
            return link.url[:200]
    return ""


def _start(hit: "re.Match[str] | None") -> int | None:
    return hit.start() if hit else None


def _around(text: str, start: int | None) -> str:
    return "" if start is None else " ".join(text[start : start + EXCERPT].split())
