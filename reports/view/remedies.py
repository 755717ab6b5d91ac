"""The remedies and scoring rules that come with the program, read once per process."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from scanner.howto import Howto, load_howto
from scanner.policy.files import rules
from scanner.policy.rules import Policy, read_policy


@cache
def own_remedies() -> Mapping[str, Howto]:
    """The fix cards of checks/howto by key."""
    return load_howto()


@cache
def policy_of(own: Path | None) -> Policy:
    """The rules of severity, deadline and score: the organisation's own file, or ours."""
    filename, text = rules(own)
    return read_policy(text, filename=filename)
