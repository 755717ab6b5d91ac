"""Checks about a class of cipher suites: they differ in words, severity and class; all else stands here once."""

from functools import partial

from scanner.author import Answer, Check, Context, Example, Judgement, Severity, Text, TlsEvidence, check
from scanner.author.tls import NOT_ASKED, NOT_ASKED_TEXT, In13, judge_feature


def suite_check(
    check_id: str,
    feature: str,
    *,
    is_wanted: bool = False,
    severity: Severity,
    title: Text,
    why: Text,
    fix: Text,
    refs: tuple[str, ...],
    examples: tuple[Example, ...],
) -> Check:
    """A check that fails where a suite of the class is taken, or where all of a wanted class are refused.

    It judges by the suite the server took, or by its refusal of a hello with the whole class. TLS 1.3 has none of
    the classes that must not be there.
    """
    make = check(
        check_id,
        on=TlsEvidence,
        severity=severity,
        since="0.1",
        title=title,
        why=why,
        fix=fix,
        refs=refs,
        howto="limit-cipher-suites",
        notes={NOT_ASKED: NOT_ASKED_TEXT},
        examples=examples,
    )
    return make(partial(_judge, feature=feature, is_wanted=is_wanted))


def _judge(view: TlsEvidence, _ctx: Context, *, feature: str, is_wanted: bool) -> Judgement:
    if is_wanted:
        return judge_feature(view, feature, bad=Answer.REJECTED, in_13=In13.ASKED)
    return judge_feature(view, feature, bad=Answer.ACCEPTED)
