"""YAML of public sources: plain values only, by the safe loader of a library that only maintainers need."""

from collections.abc import Mapping
from typing import Any

from scanner.errors import ConfigError, Problem
from scanner.model.text import Text

LIMIT_BYTES = 256 * 1024


def read_mapping(text: str) -> Mapping[str, Any]:
    """The mapping a YAML text is. Raises ValueError for anything else, ConfigError when the library is missing."""
    try:
        import yaml  # noqa: PLC0415 - an extra: only maintainers need it
    except ImportError as error:
        message = Text("thiếu thư viện PyYAML", "the library PyYAML is missing")
        hint = Text("pip install 'rasoat[data]'", "pip install 'rasoat[data]'")
        raise ConfigError([Problem("rasoat data build", None, message, hint)]) from error
    if len(text) > LIMIT_BYTES:
        raise ValueError("too large a YAML text")
    try:
        value = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(str(error).replace("\n", " ")[:200]) from error
    if not isinstance(value, dict):
        raise ValueError("no mapping")  # noqa: TRY004 - one family for the caller
    return value
