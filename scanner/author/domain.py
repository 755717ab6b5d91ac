"""What checks on names and mail share: unknown answers, and several domains adding up to one verdict.

A time-out or SERVFAIL is never "missing": it makes the verdict unknown. Worst wins over the domains of a site.
"""

from collections.abc import Callable, Iterable

from scanner.identify.dns_book import NOT_ASKED, line_of
from scanner.identify.mail import Mail, MailDomain
from scanner.model.check import Fail, Judgement, NotApplicable, Pass, Unknown
from scanner.model.evidence import DnsAnswer, DnsState, Why
from scanner.model.text import Text

NO_MAIL = "no-mail"
NO_MAIL_TEXT = Text(vi="Tên miền này không nhận thư điện tử.", en="This domain takes no mail.")

REASONS = {"timeout": Why.TIMEOUT, "budget": Why.BUDGET, NOT_ASKED: Why.NOT_ASKED}

Rule = Callable[[MailDomain], Judgement]


def unanswered(answer: DnsAnswer) -> Unknown:
    """What an answer nobody could get makes of a verdict."""
    return Unknown(REASONS.get(answer.detail, Why.DNS), line_of(answer))


def is_silence(answer: DnsAnswer) -> bool:
    """True when nothing came from a server that could be read; an error code of its own is no silence."""
    return answer.state is DnsState.UNKNOWN and answer.detail[:1].islower()


def judge_domains(mail: Mail, rule: Rule) -> Judgement:
    """The verdict of a site from the verdicts of its mail domains; `where` names the failing ones."""
    return add_up((domain.domain, rule(domain)) for domain in mail.domains)


def add_up(said: Iterable[tuple[str, Judgement]]) -> Judgement:
    """One verdict of several, each with its place: a failure, else an unknown, else a pass."""
    verdicts = tuple(said)
    failed = [(place, j) for place, j in verdicts if isinstance(j, Fail)]
    if failed:
        worst = failed[0][1]
        saw = "\n".join(dict.fromkeys(j.saw for _, j in failed))
        places = tuple(place for place, _ in failed)
        return Fail(saw, places, worst.note, worst.values, worst.confidence)
    if unknown := next((j for _, j in verdicts if isinstance(j, Unknown)), None):
        return unknown
    passed = [(place, j) for place, j in verdicts if isinstance(j, Pass)]
    if passed:
        saw = "\n".join(dict.fromkeys(j.saw for _, j in passed if j.saw))
        return Pass(saw, tuple(place for place, _ in passed))
    return next((j for _, j in verdicts), NotApplicable())


def only_with_mail(rule: Rule) -> Rule:
    """The rule, asked only of domains that take mail."""

    def guarded(domain: MailDomain) -> Judgement:
        if domain.takes_mail is None:
            return unanswered(domain.mx)
        if not domain.takes_mail:
            return NotApplicable(NO_MAIL, saw=line_of(domain.mx))
        return rule(domain)

    return guarded
