"""The tables of file hashes, holes, version files and libraries: read whole, or refused by name."""

import json
import time

import pytest

from scanner.errors import RegistryError
from scanner.identify.libraries import libraries_of
from scanner.model.reference import Reference
from scanner.parse.html import summarise
from scanner.reference import Tables, load_reference, read_takeovers
from scanner.reference_cms import (
    read_fingerprints,
    read_libraries,
    read_version_files,
    read_vulnerabilities,
)

FILE = """format = "version-files/1"
[[file]]
product = "joomla"
path = "{path}"
pattern = '{pattern}'
precision = "{precision}"
misses = ["x"]
[file.matches]
"v 3.4.8" = "{number}"
"""
GOOD = {"path": "a/b.xml", "pattern": "v {version}", "precision": "exact", "number": "3.4.8"}


def test_the_shipped_tables_hold_what_the_readme_says(reference: Reference) -> None:
    counts = {k: sum(len(f.versions) for f in t.families) for k, t in reference.fingerprints.items()}

    assert counts == {"joomla": 214, "wordpress": 885, "drupal": 577, "nukeviet": 73, "typo3": 270}
    assert sum(map(len, reference.vulnerabilities.values())) == 978
    assert {d.name for d in reference.dates} >= {
        "eol.json",
        "vulnerabilities.json",
        "fingerprints/joomla.json",
    }


def test_reading_the_tables_of_systems_is_quick() -> None:
    tables = Tables()
    began = time.process_time()
    read_fingerprints(tables.inside("fingerprints"))
    read_vulnerabilities(tables.read("vulnerabilities.json"), "vulnerabilities.json")

    assert time.process_time() - began < 0.5  # 0.03 s on an idle machine; the bound is for a busy one


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"path": "/a.xml"}, "must be relative"),
        ({"path": "a/../../b"}, "must be relative"),
        ({"precision": "sure"}, "precision is none of"),
        ({"pattern": "v.*{version}"}, "repetition without limit"),
        ({"number": "3.4.9"}, "not '3.4.9'"),
        ({"pattern": ""}, "must be given"),
    ],
)
def test_a_version_file_that_breaks_the_rules_is_named(change: dict[str, str], words: str) -> None:
    text = FILE
    for key, value in (GOOD | change).items():
        text = text.replace("{" + key + "}", value)

    with pytest.raises(RegistryError, match=words):
        read_version_files(text, "version_files.toml")


def test_a_good_version_file_is_read() -> None:
    text = FILE
    for key, value in GOOD.items():
        text = text.replace("{" + key + "}", value)

    (file,) = read_version_files(text, "x")
    assert (file.product, file.path, file.precision) == ("joomla", "a/b.xml", "exact")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nonsense", "x"),
        ('format = "y"', "format is 'y'"),
        ('format = "libraries/1"\nlibrary = 3', "list of tables"),
        ('format = "libraries/1"\n[[library]]\nkey = "a"', "must be given"),
        (
            'format = "libraries/1"\n[[library]]\nkey = "a"\nname = "A"\npatterns = ["a-{version}"]\nmisses = ["a-1"]',
            "is found",
        ),
    ],
)
def test_libraries_that_break_the_rules_are_named(text: str, words: str) -> None:
    with pytest.raises(RegistryError, match=words):
        read_libraries(text, "x")


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"format":"cms-fp/2","cms":"x","as_of":"2026-01-01","families":[]}']
)
def test_fingerprints_that_are_none_are_refused(content: bytes) -> None:
    with pytest.raises(RegistryError, match=r"a\.json"):
        read_fingerprints({"a.json": content})


def test_holes_of_another_format_are_refused() -> None:
    table = {"format": "vulns/9", "built": "2026-01-01", "vulnerabilities": []}
    with pytest.raises(RegistryError, match="vulns/9"):
        read_vulnerabilities(json.dumps(table).encode(), "v.json")


@pytest.mark.parametrize(
    "text", ["", 'format = "takeover/2"', 'format = "takeover/1"\n[[service]]\nsuffix = "a"']
)
def test_services_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(RegistryError, match=r"takeover\.toml"):
        read_takeovers(text)


def test_a_table_that_is_not_there_is_named() -> None:
    with pytest.raises(RegistryError, match="no such table"):
        Tables().read("nothing.json")


def test_libraries_are_seen_on_any_host_and_once_for_each_release() -> None:
    html = """<script src="https://code.jquery.com/jquery-1.12.4.min.js"></script>
    <script src="/js/jquery-1.12.4.js"></script><script src="/js/jquery-3.7.1.min.js"></script>
    <link rel="stylesheet" href="https://maxcdn.example/bootstrap/3.3.7/css/bootstrap.min.css">"""
    page = summarise(html.encode(), charset="utf-8", base_url="https://so.example/")

    found = libraries_of(page, load_reference().libraries)
    assert [(u.key, u.version) for u in found] == [
        ("jquery", "1.12.4"),
        ("jquery", "3.7.1"),
        ("bootstrap", "3.3.7"),
    ]
