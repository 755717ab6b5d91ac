"""The remedies: complete, in both languages, and refused when they are not."""

import re
from pathlib import Path

import pytest

from scanner.errors import RegistryError
from scanner.howto import load_howto, read_howto

GOOD = """
title = { vi = "Tiêu đề", en = "Title" }
effort = { vi = "nửa ngày", en = "half a day" }
effort_size = "S"
verify = { vi = "Kiểm tra", en = "Check" }
may_break = { vi = "Không", en = "Nothing" }
undo = { vi = "Hoàn tác", en = "Undo" }
reproduce = "curl -sI {url}"
[[platform]]
id = "any"
steps = [{ vi = "Làm", en = "Do", code = "x" }]
"""


def test_all_shipped_remedies_are_complete() -> None:
    howtos = load_howto()

    own = {
        "upgrade-joomla",
        "upgrade-wordpress",
        "upgrade-drupal",
        "upgrade-nukeviet",
        "replace-unsupported-cms",
    }
    assert own | {"hide-cms-version", "retire-site", "allow-scanner", "upgrade-server-software"} <= set(
        howtos
    )


def test_the_joomla_path_names_every_station() -> None:
    steps = " ".join(step.text.vi for step in load_howto()["upgrade-joomla"].for_platform("joomla").steps)

    assert re.search(r"3\.10\.12.*4\.4.*5\.4", steps)


def test_steps_of_the_wanted_platform_come_first_and_any_is_the_fallback() -> None:
    howto = load_howto()["retire-site"]

    assert howto.for_platform("nginx").id == "nginx"
    assert howto.for_platform("iis").id == "any"


def test_without_steps_for_any_the_first_platform_answers() -> None:
    howto, faults = read_howto("x", GOOD.replace('"any"', '"iis"'))

    assert not faults
    assert howto is not None
    assert howto.for_platform("nginx").id == "iis"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("title", "titel", "unknown key 'titel'"),
        ('title = { vi = "Tiêu đề", en = "Title" }', "title = 3", "must be a table"),
        (', en = "Title"', "", "en is missing"),
        ('en = "Title"', 'en = "Title", fr = "Titre"', "unknown key 'fr'"),
        ("Tiêu đề", "Tie\u0302u", "not in NFC"),
        ('"S"', '"XL"', "S, M or L"),
        ('"curl -sI {url}"', "3", "'reproduce' must be a string"),
        ("{url}", "{url!r}", "may use only"),
        ("curl -sI {url}", "curl -sI '{url}'", "slot inside quotes"),
        ('id = "any"', 'id = "plan9"', "plan9"),
        ('id = "any"', 'id = "any"\nsize = 3', "unknown key 'size'"),
        ('steps = [{ vi = "Làm", en = "Do", code = "x" }]', "steps = []", "has no steps"),
        ('code = "x"', "code = 3", "'code' must be a string"),
        (
            'code = "x" }]',
            'code = "x" }]\n[[platform]]\nid = "any"\nsteps = [{ vi = "a", en = "b" }]',
            "stands twice",
        ),
        ("[[platform]]", "[platform]", "no [[platform]]"),
        ("{ vi", "{ vi ==", "Invalid"),
    ],
)
def test_a_faulty_remedy_is_refused_in_words(old: str, new: str, words: str) -> None:
    howto, faults = read_howto("x", GOOD.replace(old, new, 1))

    assert howto is None
    assert any(words in fault for fault in faults), faults


def test_a_broken_file_names_itself(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("x")
    (tmp_path / "note.txt").write_text("x")

    with pytest.raises(RegistryError, match=r"checks/howto/bad\.toml"):
        load_howto(tmp_path)
