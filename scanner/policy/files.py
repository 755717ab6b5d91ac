"""The files policy goes by: where ours lie, how an officer's are read. All faults raise one ConfigError."""

from collections.abc import Iterable
from importlib import resources
from pathlib import Path

from scanner.errors import ConfigError, Problem
from scanner.model.text import Text

OWN_FOLDER = "frameworks"
RULES_FILE = "policy.toml"
BIGGEST_BYTES = 2_000_000

Named = tuple[str, str]
"""(file name, text)."""


def own_rules() -> Named:
    """The policy file that comes with the program."""
    file = resources.files("checks") / OWN_FOLDER / RULES_FILE
    return RULES_FILE, file.read_text(encoding="utf-8")


def rules(own: Path | None) -> Named:
    """The policy file an organisation has written, or that of the program. ConfigError when it cannot be read."""
    return own_rules() if own is None else read([own])[0]


def own_frameworks() -> tuple[Named, ...]:
    """The framework files that come with the program, by name."""
    folder = resources.files("checks") / OWN_FOLDER
    found = [file for file in folder.iterdir() if file.name.endswith(".toml") and file.name != RULES_FILE]
    return tuple(
        (file.name, file.read_text(encoding="utf-8")) for file in sorted(found, key=lambda f: f.name)
    )


def read(paths: Iterable[Path]) -> tuple[Named, ...]:
    """Files an officer named, read whole. ConfigError lists every one that cannot be."""
    texts: list[Named] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            if path.stat().st_size > BIGGEST_BYTES:
                problems.append(Problem(str(path), None, Text("tệp quá lớn", "the file is too large")))
                continue
            texts.append((str(path), path.read_text(encoding="utf-8-sig")))
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "UTF-8?"
            message = Text(f"không đọc được tệp ({reason})", f"the file cannot be read ({reason})")
            problems.append(Problem(str(path), None, message))
    if problems:
        raise ConfigError(problems)
    return tuple(texts)
