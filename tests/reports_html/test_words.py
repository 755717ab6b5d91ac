"""Every fixed sentence exists in both languages and says the same things."""

import re
import unicodedata
from datetime import UTC, date, datetime
from importlib.resources import files

import pytest

from reports.words import WORDS, Say
from scanner.howto import load_howto
from scanner.model.text import Text
from scanner.policy.files import own_frameworks, own_rules
from scanner.policy.frameworks import read_frameworks
from scanner.policy.rules import read_policy
from scanner.registry import load_checks

SLOT = re.compile(r"{(\w+)}")
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")


@pytest.mark.parametrize("key", sorted(WORDS))
def test_both_languages_exist_in_nfc_with_the_same_slots(key: str) -> None:
    vi, en = WORDS[key].vi, WORDS[key].en

    assert vi.strip()
    assert en.strip()
    assert unicodedata.is_normalized("NFC", vi)
    assert set(SLOT.findall(vi)) - {"n"} == set(SLOT.findall(en)) - {"n"}


@pytest.mark.parametrize("key", sorted(WORDS))
def test_english_sentences_hold_no_vietnamese(key: str) -> None:
    assert not VIETNAMESE.search(WORDS[key].en)


@pytest.mark.parametrize("key", sorted(key for key in WORDS if "{n}" in WORDS[key].vi + WORDS[key].en))
def test_a_choice_of_forms_has_two(key: str) -> None:
    for text in (WORDS[key].vi, WORDS[key].en):
        assert text.count("|") <= 1


def test_no_sentence_speaks_of_a_violation_or_a_hole() -> None:
    said = " ".join(f"{t.vi} {t.en}".lower() for t in WORDS.values())

    for word in ("vi phạm", "violation", "lỗ hổng", "vulnerab"):
        assert word not in said


def test_every_key_a_template_names_exists() -> None:
    folder = files("reports").joinpath("templates")
    named = {
        key
        for file in folder.iterdir()
        if file.name.endswith(".html.j2") and not file.name.startswith(("mail", "index"))
        for key in re.findall(r"""say\(["']([a-z_.]+)["'][,)]""", file.read_text(encoding="utf-8"))
    }

    assert named
    assert named <= set(WORDS)


def test_numbers_and_days_take_the_form_of_the_language() -> None:
    assert "1.234" in Say("vi")("trend.open", n=1234)
    assert "1,234" in Say("en")("trend.open", n=1234)
    assert "31/12/2026" in Say("vi")("card.lapsed", on=date(2026, 12, 31))
    assert "06:30 01/01/2027" in Say("vi")("card.seen_at", at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))


def test_one_takes_the_singular_in_english() -> None:
    assert Say("en")("orders.title", n=1) == "1 job to assign"
    assert Say("en")("orders.title", n=2) == "2 jobs to assign"


def test_a_value_is_never_read_as_a_slot() -> None:
    assert "{n}" in Say("en")("from.line", who="{n} {who.__class__}")


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        Say("vi")("no.such.key")


def _of_the_rule_book() -> dict[str, Text]:
    """Every sentence a report can take from checks, remedies and frameworks, by where it stands."""
    said: dict[str, Text] = {}
    for check in load_checks():
        said |= {f"{check.id} {key}": getattr(check, key) for key in ("title", "why", "fix")}
        said |= {f"{check.id} note {key}": text for key, text in check.notes.items()}
    for key, howto in load_howto().items():
        said |= {
            f"{key} {name}": getattr(howto, name)
            for name in ("title", "verify", "may_break", "undo", "effort")
        }
        said |= {f"{key} {p.id} {n}": s.text for p in howto.platforms for n, s in enumerate(p.steps)}
    for _file, demand in read_frameworks(own_frameworks()).requirements():
        said[demand.id] = demand.title
    for cap in read_policy(own_rules()[1], filename="policy.toml").score.cap:
        said[cap.vi] = Text(cap.vi, cap.en)
    return said


def test_nothing_a_report_can_say_speaks_of_a_violation() -> None:
    said = _of_the_rule_book()

    assert len(said) > 1000
    name_of_law = "thông báo vi phạm"  # what the law calls telling of a breach of personal data
    guilty = [
        key
        for key, t in said.items()
        if "vi phạm" in t.vi.lower().replace(name_of_law, "") or "violat" in t.en.lower()
    ]
    assert guilty == []


def test_nothing_a_report_can_say_is_missing_or_left_untranslated() -> None:
    said = _of_the_rule_book()

    assert [key for key, t in said.items() if not t.vi.strip() or not t.en.strip()] == []
    assert [key for key, t in said.items() if not unicodedata.is_normalized("NFC", t.vi)] == []
    prose = {key: t for key, t in said.items() if len(t.vi) > 60}  # a short one may be names and numbers only
    assert [key for key, t in prose.items() if not VIETNAMESE.search(t.vi)] == []
    assert [key for key, t in prose.items() if t.vi == t.en] == []


def test_a_missing_header_or_mail_record_is_no_hole() -> None:
    said = {
        key: t for key, t in _of_the_rule_book().items() if key.startswith(("http.", "mail.", "cookies."))
    }

    assert [key for key, t in said.items() if "lỗ hổng" in t.vi.lower() and key.endswith(" title")] == []
