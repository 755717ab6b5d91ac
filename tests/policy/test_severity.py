from datetime import UTC, date, datetime

import pytest

from scanner.errors import ConfigError
from scanner.model.finding import Severity
from scanner.policy import files
from scanner.policy.rules import read_policy
from scanner.policy.severity import due_on, effective
from tests.policy.nouns import own_policy

CRITICAL, HIGH, MEDIUM, LOW, INFO = Severity


@pytest.mark.parametrize(
    ("severity", "topic", "level", "becomes"),
    [
        (MEDIUM, "tls", None, MEDIUM),
        (MEDIUM, "tls", 2, MEDIUM),
        (MEDIUM, "tls", 3, HIGH),
        (LOW, "cms", 5, MEDIUM),
        (MEDIUM, "http", 5, MEDIUM),
        (HIGH, "tls", 5, HIGH),  # nothing becomes critical by its level alone
        (CRITICAL, "tls", 5, CRITICAL),
        (INFO, "tls", 5, INFO),
    ],
)
def test_the_level_of_a_system_raises_some_topics(
    severity: Severity, topic: str, level: int | None, becomes: Severity
) -> None:
    assert effective(severity, topic, level, own_policy()) is becomes


def test_the_deadline_counts_from_the_day_in_vietnam() -> None:
    late_evening_in_london = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)  # already the 23rd in Hà Nội

    assert due_on(HIGH, late_evening_in_london, own_policy()) == date(2026, 12, 8)


def test_information_and_what_was_never_seen_open_have_no_deadline() -> None:
    assert due_on(INFO, datetime(2026, 11, 22, tzinfo=UTC), own_policy()) is None
    assert due_on(HIGH, None, own_policy()) is None


def test_every_number_of_a_policy_is_checked_at_once() -> None:
    _name, text = files.own_rules()
    broken = (
        text.replace("critical = 3\n", "criticall = 3\n")
        .replace("info = 0\n", "")
        .replace("withhold_below = 0.7", "withhold_below = 70")
        .replace("passes_needed = 2", "passes_needed = 0")
    )

    with pytest.raises(ConfigError) as caught:
        read_policy(broken, filename="p.toml")

    said = str(caught.value)
    for words in ("unknown key `criticall`", "`info` is missing", "between 0 and 1", "at least 1"):
        assert words in said


def test_a_policy_of_the_wrong_form_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"p\.toml"):
        read_policy("version = 1", filename="p.toml")
