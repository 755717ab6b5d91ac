"""The shipped tables, read once."""

import pytest

from scanner.model.reference import Reference
from scanner.reference import load_reference


@pytest.fixture(scope="session")
def reference() -> Reference:
    return load_reference()
