"""All that a visit asks about the domain of its site: what the pure plan of questions yields, until it is empty.

One domain serves many sites of a province; resolver and authorities remember, so its questions are sent once for
each worker.
"""

import asyncio
from collections.abc import Iterable

from scanner.collect.net import VisitNet
from scanner.identify.dns_book import Book, Question
from scanner.identify.questions import QUESTIONS_MOST, Subject, questions
from scanner.model.agency import Depth
from scanner.model.evidence import DnsAnswer, DnsState
from scanner.model.visit import Job
from scanner.parse.suffix import registrable

OUT_OF_TIME = "budget"

Answers = dict[Question, tuple[DnsAnswer, ...]]


def subject_of(visit: VisitNet, job: Job, token: str) -> Subject | None:
    """Whom to ask about; None when the host has no domain, or nobody can be asked about it."""
    host = job.target.host
    domain = registrable(host, visit.net.suffixes)
    if domain is None or not visit.net.resolver.knows_zone_of(host):
        return None
    deep = job.depth.covers(Depth.STANDARD)
    return Subject(host, domain, job.dkim_selectors, deep=deep, token=token, suffixes=visit.net.suffixes)


async def collect_zone(visit: VisitNet, subject: Subject, *, until: float) -> tuple[DnsAnswer, ...]:
    """The answers in the order of the questions. `until` is loop time; what is not answered by then is unknown."""
    answers: Answers = {}
    order: dict[Question, None] = {}
    now = asyncio.get_running_loop().time()
    turns = asyncio.Semaphore(visit.net.limits.zone_at_once)
    wanted = _next(subject, answers)
    try:
        async with asyncio.timeout_at(min(until, now + visit.net.limits.zone_s)):
            while wanted:
                order |= dict.fromkeys(wanted)
                async with asyncio.TaskGroup() as group:
                    for question in wanted:
                        group.create_task(_ask(visit, question, answers, turns))
                wanted = _next(subject, answers)
    except TimeoutError:
        late = (q for q in wanted if q not in answers)
        answers |= {q: (_unknown(q, OUT_OF_TIME),) for q in late}
    return tuple(dict.fromkeys(answer for question in order for answer in answers[question]))


def _next(subject: Subject, answers: Answers) -> list[Question]:
    """The questions nobody has asked yet, as many as the budget of a visit leaves."""
    book = Book(answer for said in answers.values() for answer in said)
    new = dict.fromkeys(q for q in questions(subject, book) if q not in answers)
    return list(new)[: max(0, QUESTIONS_MOST - len(answers))]


async def _ask(visit: VisitNet, question: Question, answers: Answers, turns: asyncio.Semaphore) -> None:
    async with turns:
        if question.server:
            said: Iterable[DnsAnswer] = (
                await visit.net.authorities.ask(visit, question.server, question.name, question.rrtype),
            )
        else:
            said = await visit.net.resolver.lookup(
                question.name, question.rrtype, count=visit.count_query, unchecked=question.unchecked
            )
    answers[question] = tuple(said)


def _unknown(question: Question, detail: str) -> DnsAnswer:
    flags = ("cd",) if question.unchecked else ()
    return DnsAnswer(
        question.name, question.rrtype, DnsState.UNKNOWN, (), detail, None, question.server, flags
    )
