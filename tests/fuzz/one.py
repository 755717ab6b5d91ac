"""The process that fuzzes one target: python -m tests.fuzz.one TARGET [options of libFuzzer]."""

import sys
from importlib import import_module


def main(target: str, options: list[str]) -> None:
    """Fuzz until an option or a crash ends it; atheris counts the branches of our code as it is imported."""
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["scanner"]):
        targets = import_module("tests.fuzz.targets").TARGETS
    atheris.Setup([sys.argv[0], *options], targets[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
