"""What one reply says about one question: accepted, rejected, unknown, or nothing yet."""

from collections.abc import Callable
from dataclasses import dataclass

from scanner.collect.tls.question import SSL2, name
from scanner.collect.tls.wire import Kind, Reply
from scanner.model.evidence import Answer
from scanner.parse.tls_names import alert_name, suite_name

REJECTING_ALERTS = frozenset({40, 47, 70, 71, 80})


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one question; None while a close waits to be confirmed."""

    answer: Answer | None
    detail: str = ""


Reading = Callable[[Reply], Outcome]


def outcome_of(reply: Reply, version: int) -> Outcome:
    """What one reply says about a version."""
    if reply.kind is Kind.ANSWERED:
        return _choice(reply, version)
    if reply.kind is Kind.ALERT:
        assert reply.flight.alert is not None
        told = f"alert {alert_name(reply.flight.alert)}"
        is_refusal = reply.flight.alert in REJECTING_ALERTS
        return Outcome(Answer.REJECTED if is_refusal else Answer.UNKNOWN, told)
    if reply.kind is Kind.MALFORMED:
        return Outcome(Answer.UNKNOWN, reply.detail)
    return Outcome(None)


def answers_older(reply: Reply, version: int) -> bool:
    """True when the server chose an older version: it has nothing to say to the other suites either."""
    return reply.flight.hello is not None and reply.flight.hello.version < version


def _choice(reply: Reply, version: int) -> Outcome:
    """What the version in a ServerHello says about the version that was asked for."""
    hello = reply.flight.hello
    assert hello is not None
    chosen = hello.version
    if chosen == version:
        told = ("" if version == SSL2 else suite_name(hello.suite), reply.detail)
        return Outcome(Answer.ACCEPTED, "; ".join(t for t in told if t))
    if chosen < version:
        return Outcome(Answer.REJECTED, f"answered {name(chosen)}")
    return Outcome(Answer.UNKNOWN, f"answered {name(chosen)}, which was not asked for")
