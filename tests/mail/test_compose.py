"""A message is what a mail program and a relay expect, whatever the servers and the inventory say."""

import email
import email.policy
import re
import unicodedata
from dataclasses import replace
from datetime import date
from email.header import decode_header, make_header
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest

from reports.addressees import is_address, recipients
from reports.mail import SUMMARY_LIMIT, attachment_name, compose, envelope_of, message_id, thread_id
from reports.mail_headers import WIRE
from scanner.errors import ConfigError
from scanner.model.agency import Agency, Contact, Role
from scanner.model.dossier import Dossier
from scanner.model.settings import MailSettings
from scanner.model.text import Language
from tests.mail.conftest import NOW
from tests.reports_machine.dossiers import AGENCIES, hostile, small

SETTINGS = MailSettings(sender="annm@mau.example", reply_to="traloi@mau.example")
LONG = "Trung tâm Ứng cứu sự cố và Bảo đảm an ninh mạng, phòng, chống tội phạm sử dụng công nghệ cao tỉnh Mẫu"


def messages(dossier: Dossier, settings: MailSettings = SETTINGS, **more: object) -> list[EmailMessage]:
    post = compose(dossier, settings, now=NOW, howtos={}, **more)  # type: ignore[arg-type]  # real options
    return [parsed(p.eml) for p in post.parcels]


def parsed(eml: bytes) -> EmailMessage:
    message = email.message_from_bytes(eml, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def header(eml: bytes, name: str) -> str:
    """The header as RFC 2047 says it reads; the newer parser of Python puts blanks into split names."""
    raw = email.message_from_bytes(eml, policy=email.policy.compat32)[name]
    return str(make_header(decode_header(raw)))


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    content = body.get_content()
    assert isinstance(content, str)
    return content


def test_one_message_per_agency_and_registered_contact() -> None:
    post = compose(small(), SETTINGS, now=NOW, howtos={})

    assert [(p.agency_id, p.recipient) for p in post.parcels] == [
        ("so-y-te", "lanhdao@syt.mau.example"),
        ("so-y-te", "web@syt.mau.example"),
        ("so-xay-dung", "sxd@mau.example"),
    ]


def test_roles_decide_who_is_written_to() -> None:
    post = compose(small(), replace(SETTINGS, roles=("vendor",)), now=NOW, howtos={})

    assert [p.recipient for p in post.parcels] == ["hotro@congty.example"]
    assert [(agency.id, why.en) for agency, why in post.unreachable] == [
        ("so-xay-dung", "no contact has the role vendor")
    ]


def test_an_unusable_address_is_named_and_not_written_to() -> None:
    agency = Agency("a", "A", contacts=(Contact(Role.HEAD, "x@y.example\r\nBcc: thief@z.example"),))

    assert recipients(agency, ("head",)) == ((), recipients(agency, ("head",))[1])
    assert "usable" in recipients(agency, ("head",))[1].en


def test_an_address_in_two_roles_gets_one_message() -> None:
    both = (Contact(Role.HEAD, "a@b.example", "A"), Contact(Role.WEBMASTER, "A@b.example"))

    found, _ = recipients(Agency("a", "A", contacts=both), ("head", "webmaster"))

    assert [c.email for c in found] == ["a@b.example"]


@pytest.mark.parametrize(
    "text", ["", "a", "a@", "@b", "a b@c.vn", "a@b..vn", "a@b.vn\n", "á@b.vn", f"{'a' * 250}@b.vn"]
)
def test_what_is_no_address(text: str) -> None:
    assert not is_address(text)


def test_the_subject_says_what_changed_first() -> None:
    subjects = [header(p.eml, "Subject") for p in compose(small(), SETTINGS, now=NOW, howtos={}).parcels]

    assert subjects[0] == "[rasoat] Sở Y tế tỉnh Mẫu: 2 mới, 2 đã khắc phục, 2 tồn tại"
    assert subjects[2] == "[rasoat] Sở Xây dựng tỉnh Mẫu: 1 tồn tại"


def test_the_structure_is_alternatives_and_the_whole_report() -> None:
    message = messages(small())[0]

    assert message.get_content_type() == "multipart/mixed"
    alternative, attachment = message.iter_parts()
    assert [p.get_content_type() for p in alternative.iter_parts()] == ["text/plain", "text/html"]
    assert attachment.get_content_type() == "text/html"
    assert attachment.get_filename() == "so-y-te-2026-11-22.html"
    assert attachment["Content-Transfer-Encoding"] == "base64"
    assert "</html>" in attachment.get_content()


def test_without_attachment_the_text_says_who_keeps_the_report() -> None:
    message = messages(small(), replace(SETTINGS, attach=False))[0]

    assert [*message.iter_attachments()] == []
    assert "do đơn vị chuyên trách giữ" in part(message, "plain")


@pytest.mark.parametrize("dossier", [small(), hostile()], ids=["small", "hostile"])
def test_every_byte_is_7_bit_and_no_line_is_too_long(dossier: Dossier) -> None:
    for parcel in compose(dossier, SETTINGS, now=NOW, howtos={}).parcels:
        assert max(parcel.eml) < 128
        assert max(len(line) for line in parcel.eml.split(b"\r\n")) <= 998
        assert b"\n" not in parcel.eml.replace(b"\r\n", b"")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_summary_is_small_and_in_one_language(language: Language) -> None:
    message = messages(small(), language=language)[0]
    html = part(message, "html")

    assert len(html.encode()) < SUMMARY_LIMIT
    assert f'lang="{language}"' in html
    assert message["Content-Language"] == language
    assert ("Xếp hạng" in html) is (language == "vi")
    assert ("Grade" in html) is (language == "en")


def test_numbers_of_subject_text_and_html_agree() -> None:
    message = messages(small())[0]

    for words in (part(message, "plain"), part(message, "html")):
        assert "Còn 2 phát hiện" in words
        assert "6 trên 10 phép kiểm tra có kết quả" in words


def test_headers_keep_robots_quiet_and_answers_with_a_person() -> None:
    message = messages(small())[0]

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Precedence"] == "bulk"
    assert message["Reply-To"] == "traloi@mau.example"
    assert message["Date"].datetime == NOW


def test_the_message_id_is_the_same_for_the_same_letter_and_differs_for_any_other() -> None:
    first = [p.message_id for p in compose(small(), SETTINGS, now=NOW, howtos={}).parcels]
    later = [p.message_id for p in compose(small(), SETTINGS, now=NOW.replace(hour=9), howtos={}).parcels]
    other = [p.message_id for p in compose(small(scan_id="x"), SETTINGS, now=NOW, howtos={}).parcels]

    assert first == later
    assert len({*first, *other}) == 6
    assert message_id("s", "a", "R@x.example", "d") == message_id("s", "a", "r@x.example", "d")


def renamed(name: str, person: str = "Nguyễn Văn A") -> Dossier:
    dossier = small()
    agency = replace(AGENCIES[0], name=name, contacts=(Contact(Role.HEAD, "a@b.example", person),))
    return replace(dossier, inventory=replace(dossier.inventory, agencies=(agency,)))


def test_a_name_with_line_breaks_adds_no_header() -> None:
    dossier = renamed("Sở X\r\nBcc: thief@z.example", "A\nCc: thief@z.example")

    message = messages(dossier)[0]

    assert message["Bcc"] is None
    assert message["Cc"] is None
    assert "Sở X Bcc: thief@z.example" in message["Subject"]


def test_long_vietnamese_names_read_back_letter_by_letter() -> None:
    dossier = renamed(LONG, LONG)
    province = replace(dossier.inventory.province, unit=LONG)
    dossier = replace(dossier, inventory=replace(dossier.inventory, province=province))

    eml = compose(dossier, SETTINGS, now=NOW, howtos={}).parcels[0].eml

    assert header(eml, "From") == f"{LONG} <annm@mau.example>"
    assert header(eml, "To") == f"{LONG} <a@b.example>"
    assert LONG in header(eml, "Subject")
    assert unicodedata.is_normalized("NFC", header(eml, "Subject"))


class Elements(HTMLParser):
    """The names of all elements and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("dossier", [small(), hostile()], ids=["small", "hostile"])
def test_the_html_is_tables_and_words_without_link_picture_or_script(dossier: Dossier) -> None:
    html = part(messages(dossier)[0], "html")
    seen = Elements()
    seen.feed(html)

    allowed = {"html", "head", "meta", "title", "body", "div", "table", "tr", "td", "th"}
    assert seen.tags <= allowed | {"h1", "h2", "b", "br", "span"}
    assert not seen.attributes & {"href", "src", "onerror", "onclick", "background"}
    assert "{{7*7}}" in html or dossier is not hostile()
    assert "49}}" not in html


def test_hostile_text_is_escaped_in_html_and_visible_in_both() -> None:
    message = messages(hostile())[2]

    assert "&lt;script&gt;alert(1)" in part(message, "html")
    assert "<script>alert(1)" in part(message, "plain")
    for words in (part(message, "html"), part(message, "plain")):
        assert "\\u{202e}" in words
        assert not [c for c in words if c in "\x00\x1b\u202e\u2066"]


def test_a_suspected_compromise_comes_first_and_gives_the_number_to_call() -> None:
    dossier = small()
    check = replace(dossier.checks["tls.certificate-expired"], id="compromise.hidden-links")
    ruled = {
        site_id: replace(
            ruled,
            rulings=(
                replace(
                    ruled.rulings[0],
                    finding=replace(ruled.rulings[0].finding, check_id="compromise.hidden-links"),
                ),
                *ruled.rulings[1:],
            ),
        )
        for site_id, ruled in dossier.rulings.items()
    }
    dossier = replace(dossier, checks={**dossier.checks, check.id: check}, rulings=ruled)

    eml = compose(dossier, SETTINGS, now=NOW, howtos={}).parcels[0].eml

    assert "Sở Y tế tỉnh Mẫu: nghi ngờ bị xâm nhập, 2 mới" in header(eml, "Subject")
    assert "0900 000 000" in part(parsed(eml), "html")
    assert "0900 000 000" in part(parsed(eml), "plain")


def test_a_site_nobody_could_see_is_never_good_news() -> None:
    dossier = small()
    blind = {
        site_id: replace(ruled, rulings=(ruled.rulings[2], ruled.rulings[4]), decided=0, applicable=2)
        for site_id, ruled in dossier.rulings.items()
    }

    eml = compose(replace(dossier, rulings=blind, past={}), SETTINGS, now=NOW, howtos={}).parcels[0].eml

    assert header(eml, "Subject").endswith("chưa kiểm tra được")
    assert "Không thấy phát hiện" not in part(parsed(eml), "plain")


def test_a_clean_agency_reads_that_there_is_nothing() -> None:
    dossier = small()
    good = {k: replace(v, rulings=(v.rulings[1],)) for k, v in dossier.rulings.items()}

    eml = compose(replace(dossier, rulings=good), SETTINGS, now=NOW, howtos={}).parcels[0].eml

    assert header(eml, "Subject").endswith("2 đã khắc phục, không có phát hiện nào")


def test_the_officer_of_the_province_stands_in_for_a_missing_sender() -> None:
    envelope = envelope_of(small(), MailSettings())

    assert (envelope.sender.addr_spec, envelope.reply_to) == ("annm@mau.example", "annm@mau.example")


def test_a_sender_with_a_name_keeps_it() -> None:
    envelope = envelope_of(small(), MailSettings(sender="Rà soát <annm@mau.example>"))

    assert envelope.sender.display_name == "Rà soát"


def test_without_any_sender_the_configuration_is_at_fault() -> None:
    dossier = small()
    nobody = replace(dossier.inventory, province=replace(dossier.inventory.province, officer=None))

    with pytest.raises(ConfigError, match="sender"):
        compose(replace(dossier, inventory=nobody), MailSettings(), now=NOW, howtos={})


def test_an_attachment_is_named_in_ascii_after_the_day_in_vietnam() -> None:
    assert attachment_name(small(), "so-y-te") == "so-y-te-2026-11-22.html"
    assert attachment_name(small(), "Sở Y tế").isascii()


def test_an_overdue_finding_says_for_how_long() -> None:
    dossier = replace(small(), issued_on=date(2026, 12, 5))

    assert "Quá hạn 10 ngày" in part(messages(dossier)[0], "plain")


def test_a_header_reads_the_same_as_text_and_as_bytes() -> None:
    message = EmailMessage(policy=WIRE)
    message["Subject"] = LONG

    assert message.as_string().encode("ascii").splitlines() == message.as_bytes().splitlines()


def test_the_subject_tells_how_old_the_oldest_open_finding_is() -> None:
    dossier = replace(small(), issued_on=date(2027, 2, 24))

    subject = header(compose(dossier, SETTINGS, now=NOW, howtos={}).parcels[0].eml, "Subject")

    assert re.search(r"2 tồn tại, lâu nhất \d+ ngày$", subject)


def test_all_messages_about_an_agency_are_one_thread() -> None:
    first = [parsed(p.eml)["References"] for p in compose(small(), SETTINGS, now=NOW, howtos={}).parcels]
    later = messages(small(scan_id="later"))

    assert first[0] == first[1] == thread_id("so-y-te", "mau.example") == later[0]["References"]
    assert first[2] != first[0]
