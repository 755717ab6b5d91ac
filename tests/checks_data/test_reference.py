"""The tables of checks/data, and the anchors the configuration adds."""

import json
import pickle
from datetime import date
from pathlib import Path

import certifi
import pytest

from scanner.errors import ConfigError, RegistryError
from scanner.model.reference import Reference
from scanner.parse.version import version_or_none
from scanner.reference import _signals, load_anchors, load_reference, read_certificates, read_cycles

BUNDLE = Path(certifi.where())


def test_the_data_names_its_date_and_its_sources(reference: Reference) -> None:
    assert reference.data_date == date(2026, 8, 22)
    assert all(table.source for table in reference.products.values())


def test_joomla_3_ended_on_the_day_the_project_announced(reference: Reference) -> None:
    line = next(c for c in reference.products["joomla"].cycles if c.line == "3")

    assert line.support_ends_on == date(2023, 8, 17)
    assert line.latest == "3.10.12"


def test_a_sentence_in_place_of_a_date_is_no_date(reference: Reference) -> None:
    line = next(c for c in reference.products["nukeviet"].cycles if c.line == "4.4")

    assert (line.support_ends_on, line.ended) == (None, None)


def test_test_tags_are_no_releases(reference: Reference) -> None:
    assert "5.4.112" not in reference.products["joomla"].releases
    assert all(c.latest != "5.4.112" for c in reference.products["joomla"].cycles)


def test_release_numbers_of_judged_products_parse(reference: Reference) -> None:
    for key in ("joomla", "wordpress", "drupal", "nukeviet", "php", "nginx", "apache-httpd"):
        unread = [n for n in reference.products[key].releases if version_or_none(n) is None]
        assert not unread, (key, unread[:5])


def test_the_reference_crosses_process_borders(reference: Reference) -> None:
    assert pickle.loads(pickle.dumps(reference)) == reference


def test_public_roots_come_from_certifi_and_say_so(reference: Reference) -> None:
    assert len(reference.anchors.public) > 100
    assert reference.anchors.public_source.startswith("certifi 20")


def test_a_file_can_replace_the_public_roots(tmp_path: Path) -> None:
    file = tmp_path / "goc.pem"
    file.write_text(_one_certificate())

    anchors = load_reference(roots=file).anchors

    assert (len(anchors.public), anchors.public_source) == (1, "goc.pem")


def test_a_private_anchor_is_labelled_with_file_and_subject(tmp_path: Path) -> None:
    file = tmp_path / "noi-bo.pem"
    file.write_text(_one_certificate())

    ((label, der),) = load_anchors(roots=None, extra_ca=[file]).private

    assert label.startswith("noi-bo.pem: ")
    assert der[0] == 0x30


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----",
    ],
)
def test_a_file_without_certificates_is_the_users_error(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.pem"
    file.write_text(text)

    with pytest.raises(ConfigError, match=r"x\.pem"):
        read_certificates(file)


def test_a_file_that_is_not_there_is_the_users_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_certificates(tmp_path / "none.pem")


def test_a_private_anchor_that_is_no_certificate_is_the_users_error(tmp_path: Path) -> None:
    file = tmp_path / "x.pem"
    file.write_text("-----BEGIN CERTIFICATE-----\nMIIAAjAA\n-----END CERTIFICATE-----\n")

    with pytest.raises(ConfigError):
        load_anchors(roots=None, extra_ca=[file])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        json.dumps({"format": "eol/2", "products": {}}),
        json.dumps({"format": "eol/1", "products": {"x": {}}, "as_of": "2026-01-01"}),
    ],
)
def test_a_broken_table_of_ours_is_refused(text: str) -> None:
    with pytest.raises(RegistryError, match=r"eol\.json"):
        read_cycles(text)


def test_a_broken_signals_file_of_ours_is_refused() -> None:
    with pytest.raises(RegistryError, match=r"signals\.toml"):
        _signals("format = 3")


def _one_certificate() -> str:
    text = BUNDLE.read_text(encoding="utf-8")
    start = text.index("-----BEGIN CERTIFICATE-----")
    end = text.index("-----END CERTIFICATE-----", start)
    return text[start:end] + "-----END CERTIFICATE-----\n"
