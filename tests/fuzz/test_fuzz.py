"""The harnesses of the fuzzer over a small corpus: only promised errors leave a parser."""

import pytest

from tests.fuzz.corpus import broken, seeds
from tests.fuzz.targets import TARGETS

ROUNDS = 300


@pytest.mark.parametrize("name", TARGETS)
def test_broken_input_raises_nothing_that_was_not_promised(name: str) -> None:
    tried = 0

    for data in broken(name, ROUNDS):
        TARGETS[name](data)
        tried += 1

    assert tried > ROUNDS


def test_every_target_has_whole_inputs() -> None:
    assert set(seeds()) == set(TARGETS)
