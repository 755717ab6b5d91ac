"""The remedies and scoring rules that come with the program, read once per process."""

from collections.abc import Mapping
from functools import cache

from scanner.howto import Howto, load_howto
from scanner.policy.files import own_rules
from scanner.policy.rules import Policy, read_policy


@cache
def own_remedies() -> Mapping[str, Howto]:
    """The fix cards of checks/howto by key."""
    return load_howto()


@cache
def own_policy() -> Policy:
    """The rules of severity, deadline and score."""
    filename, text = own_rules()
    return read_policy(text, filename=filename)
