"""The shipped hashes: any release, blind, within six requests; and releases newer than the data."""

import random

import pytest

from scanner.model.reference import Fingerprints, Reference
from scanner.parse.version import parse_version
from scanner.proof.unlisted import newest_of_lines, without
from scanner.reference import load_reference
from tests.cms.simulated import files_of, look

PRODUCTS = ("joomla", "wordpress", "drupal", "nukeviet", "typo3")
SAMPLE = 10
SEED = 20261122


@pytest.fixture(scope="module")
def shipped() -> Reference:
    return load_reference()


def sample(table: Fingerprints) -> list[str]:
    releases = [version for family in table.families for version in family.versions]
    return random.Random(SEED).sample(releases, SAMPLE)


@pytest.mark.parametrize("product", PRODUCTS)
def test_the_true_release_is_in_the_answer_and_never_a_wrong_one_exact(
    product: str, shipped: Reference
) -> None:
    for version in sample(shipped.fingerprints[product]):
        found, requests = look(shipped, product, files_of(shipped.fingerprints[product], version))

        assert requests <= 6
        if found is not None:
            assert version in found.candidates, version
            assert found.exact is None or found.exact == parse_version(version), version


@pytest.mark.parametrize("product", PRODUCTS)
def test_without_the_newest_release_of_each_line_none_is_named_exactly(
    product: str, shipped: Reference
) -> None:
    table = shipped.fingerprints[product]
    newest = newest_of_lines(v for family in table.families for v in family.versions)
    before = without(shipped, product, newest)

    wrong = []
    for version in random.Random(SEED).sample(newest, min(SAMPLE, len(newest))):
        found, _requests = look(before, product, files_of(table, version))
        if found is not None and found.exact is not None:
            wrong.append((version, found.text))
    assert wrong == []


def test_the_first_release_of_a_line_may_be_an_unknown_last_one_of_the_line_before(
    shipped: Reference,
) -> None:
    table = shipped.fingerprints["nukeviet"]
    before = without(shipped, "nukeviet", ["4.1.02"])

    found, _requests = look(before, "nukeviet", files_of(table, "4.1.02"))  # its files equal those of 4.2.00

    assert found is not None
    assert (found.text, found.exact, found.candidates) == ("4.1.01–4.2.00", None, ("4.1.01", "4.2.00"))
