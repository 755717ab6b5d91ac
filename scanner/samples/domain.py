"""Hand-made zones for the examples of checks: a domain in order, and the changes that make it ill.

The answers are those to the very questions a visit asks, put to the table instead of the network.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import ParamSpec, TypeVar, cast

from scanner.identify.alias import Alias, alias_of
from scanner.identify.dns_book import REFERRAL, Book, Question
from scanner.identify.mail import Mail, mail_of
from scanner.identify.questions import QUESTIONS_MOST, Subject, questions
from scanner.identify.sts import Sts, policy_of
from scanner.identify.trust_chain import Chain, Held, Trust
from scanner.identify.zone import Zone, zone_of
from scanner.model.agency import Depth
from scanner.model.check import Later, NotApplicable
from scanner.model.evidence import (
    Body,
    DnsAnswer,
    DnsEvidence,
    DnsState,
    Evidence,
    Fetch,
    Missing,
    Response,
    Target,
)
from scanner.model.reference import Reference, SuffixTable, Takeover
from scanner.samples.web import seen

DOMAIN = "so.example"
WEB = "www.so.example"
TOKEN = "0123456789abcdef"  # noqa: S105 - a label
SOA = "ns1.so.example. admin.so.example. 2026112201 3600 900 604800 300"
STS_POLICY = "version: STSv1\nmode: enforce\nmx: *.so.example\nmax_age: 604800\n"

PARENT = "192.0.2.53"  # a server of the zone above

P = ParamSpec("P")
T = TypeVar("T")
Change = tuple[str, ...]
"""(name, type, records...): replaces all records of that name and type. `!WHY` is an answer nobody could get,
`!NOERROR` an empty one, a last `?unsigned` an answer the resolver does not vouch for, `-` at a server's address one
without authority, and a name `@ADDRESS` is a server asked directly."""

ORDERLY: dict[tuple[str, str], tuple[str, ...]] = {
    (DOMAIN, "SOA"): (SOA,),
    (DOMAIN, "NS"): ("ns1.so.example.", "ns2.so.example."),
    (DOMAIN, "DS"): ("2371 13 2 " + "ab" * 32,),
    (DOMAIN, "DNSKEY"): ("257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxIL=",),
    (DOMAIN, "MX"): ("10 mail.so.example.",),
    (DOMAIN, "TXT"): ('"v=spf1 mx -all"', '"site-verification=abc"'),
    (DOMAIN, "CAA"): ('0 issue "ca.example"',),
    (f"_dmarc.{DOMAIN}", "TXT"): ('"v=DMARC1; p=reject; rua=mailto:dmarc@so.example"',),
    (f"_mta-sts.{DOMAIN}", "TXT"): ('"v=STSv1; id=20261122"',),
    (f"_smtp._tls.{DOMAIN}", "TXT"): ('"v=TLSRPTv1; rua=mailto:tls@so.example"',),
    ("example", "NS"): ("ns.nic.example.",),
    ("ns.nic.example", "A"): (PARENT,),
    (f"@{PARENT}", "NS"): ("ns1.so.example.", "ns2.so.example."),
    (WEB, "A"): ("203.0.113.10",),
    (WEB, "AAAA"): ("2001:db8::10",),
    ("ns1.so.example", "A"): ("203.0.113.53",),
    ("ns2.so.example", "A"): ("198.51.100.53",),
    ("ns1.so.example", "AAAA"): ("2001:db8::53",),
    ("mail.so.example", "A"): ("203.0.113.25",),
    ("mail.so.example", "AAAA"): ("2001:db8::25",),
    ("@203.0.113.53", "SOA"): (SOA,),
    ("@198.51.100.53", "SOA"): (SOA,),
    ("@2001:db8::53", "SOA"): (SOA,),
}

ELSEWHERE = frozenset(
    {"example", "nic.example", "other.example", "cloud.example", "pages.example", "notpages.example"}
)
"""Domains of others that exist."""

TABLES = Reference(
    data_date=date(2026, 11, 1),
    suffixes=SuffixTable(frozenset({"example", "vn", "gov.vn"})),
    takeovers=(Takeover("pages.example", "Pages", "project not found"), Takeover("cloud.example", "Cloud")),
)


def put_off(build: Callable[P, T]) -> Callable[P, T]:
    """The same builder, whose work is done when an example is tried; typed as what it will give."""

    def later(*args: P.args, **named: P.kwargs) -> T:
        return cast("T", Later(lambda: build(*args, **named)))

    return later


def visited(
    *changes: Change,
    host: str = WEB,
    signed: bool = True,
    deep: bool = True,
    selectors: tuple[str, ...] = (),
    fetches: tuple[Fetch, ...] = (),
) -> Evidence:
    """A visit to a domain in order, with these changes. `signed`: the resolver vouches for it (AD)."""
    table = dict(ORDERLY)
    for name, rrtype, *records in changes:
        table[name, rrtype] = tuple(records)
    suffix = ".".join(host.split(".")[-2:])
    subject = Subject(host, suffix, selectors, deep=deep, token=TOKEN, suffixes=TABLES.suffixes)
    evidence = seen(*fetches)
    dns = DnsEvidence(zone=_answers(subject, table, signed=signed))
    depth = Depth.STANDARD if deep else Depth.PASSIVE
    return replace(evidence, target=Target(host), dns=dns, depth=depth)


def made_zone(*changes: Change, signed: bool = True, deep: bool = True, host: str = WEB) -> Zone:
    """The DNS view of such a domain."""
    return _value(zone_of(visited(*changes, signed=signed, deep=deep, host=host), TABLES))


def signed_zone(*, days: int = 30, left_hours: int = 360) -> Zone:
    """The DNS view of a secure domain whose own signatures last so long, and have so much left at the visit."""
    view = made_zone()
    ends = seen().seen_at + timedelta(hours=left_hours)
    held = tuple(Held(DOMAIN, kind, ends - timedelta(days=days), ends) for kind in ("DNSKEY", "SOA"))
    return replace(view, dnssec=replace(view.dnssec, chain=Chain(Trust.SECURE, held=held)))


def made_mail(
    *changes: Change,
    selectors: tuple[str, ...] = (),
    host: str = WEB,
    policy: Sts | None = None,
    signed: bool = True,
) -> Mail:
    """The mail view of such a domain; `policy` is what the fetch of its MTA-STS policy came to, in order by default."""
    view: Mail = _value(mail_of(visited(*changes, selectors=selectors, host=host, signed=signed), TABLES))
    found = policy or sts_policy()
    return Mail(tuple(replace(d, sts=found) if d.sts_id else d for d in view.domains))


def sts_policy(
    text: str = STS_POLICY,
    *,
    status: int = 200,
    media_type: str = "text/plain",
    servers: str = "mail.so.example",
) -> Sts:
    """What such an answer of the policy host amounts to for these mail servers."""
    content = text.encode()
    answer = Response(status, (("Content-Type", media_type),), Body(content, "0" * 64, len(content)))
    return policy_of(f"https://mta-sts.{DOMAIN}/.well-known/mta-sts.txt", answer, tuple(servers.split()))


def alias(*changes: Change, fetches: tuple[Fetch, ...] = ()) -> Alias | Missing | NotApplicable:
    """What the host of such a domain points at."""
    return alias_of(visited(*changes, fetches=fetches), TABLES)


zone = put_off(made_zone)
mail = put_off(made_mail)


def _value(view: T | Missing | NotApplicable) -> T:
    if isinstance(view, Missing | NotApplicable):
        raise TypeError(f"an example without a view: {view}")
    return view


def _answers(
    subject: Subject, table: dict[tuple[str, str], tuple[str, ...]], *, signed: bool
) -> tuple[DnsAnswer, ...]:
    found: dict[Question, tuple[DnsAnswer, ...]] = {}
    while len(found) < QUESTIONS_MOST:
        book = Book(a for said in found.values() for a in said)
        new = [q for q in questions(subject, book) if q not in found]
        if not new:
            break
        found |= {q: _direct(q, table) if q.server else _resolved(q, table, signed=signed) for q in new}
    return tuple(dict.fromkeys(a for said in found.values() for a in said))


def _resolved(
    question: Question, table: dict[tuple[str, str], tuple[str, ...]], *, signed: bool
) -> tuple[DnsAnswer, ...]:
    name = question.name
    hops: list[DnsAnswer] = []
    while (target := table.get((name, "CNAME"))) and len(hops) < 8:
        hops.append(DnsAnswer(name, "CNAME", DnsState.VALUE, target))
        name = target[0].rstrip(".")
    flags = (("cd",) if question.unchecked else ()) + (("ad",) if signed else ())
    records = table.get((name, question.rrtype), ())
    if records[-1:] == ("?unsigned",):
        records, flags = records[:-1], ()
    if records == ("!NOERROR",):
        return (*hops, DnsAnswer(name, question.rrtype, DnsState.ABSENT, detail="NOERROR", flags=flags))
    if question.unchecked:
        records = tuple(r for r in records if not r.startswith("!"))
        records = records or ((SOA,) if question.rrtype == "SOA" else ())
    elif records and records[0].startswith("!"):
        return (*hops, DnsAnswer(name, question.rrtype, DnsState.UNKNOWN, detail=records[0][1:]))
    if records:
        return (*hops, DnsAnswer(name, question.rrtype, DnsState.VALUE, records, flags=flags))
    is_known = any(owner == name or owner.endswith(f".{name}") for owner, _ in table) or name in ELSEWHERE
    said = "NOERROR" if is_known else "NXDOMAIN"
    return (*hops, DnsAnswer(name, question.rrtype, DnsState.ABSENT, detail=said, flags=flags))


def _direct(question: Question, table: dict[tuple[str, str], tuple[str, ...]]) -> tuple[DnsAnswer, ...]:
    name, rrtype, server, _ = question
    default = {"SOA": ("!timeout",), "NS": table.get((name, "NS"), ())}.get(rrtype, ())
    records = table.get((f"@{server}", rrtype), default)
    if not records:
        return (DnsAnswer(name, rrtype, DnsState.ABSENT, detail="REFUSED", server=server),)
    if records[0].startswith("!"):
        flags = () if records[0][1:].islower() else ("ra",)
        return (DnsAnswer(name, rrtype, DnsState.UNKNOWN, (), records[0][1:], None, server, flags),)
    if records == ("-",):
        return (DnsAnswer(name, rrtype, DnsState.VALUE, (SOA,), "", None, server, ("ra",)),)
    if rrtype in ("NS", "A") and (server == PARENT or rrtype == "A"):
        flags = (REFERRAL,) if rrtype == "NS" else ("ra",)
        return (DnsAnswer(name, rrtype, DnsState.VALUE, records, "", None, server, flags),)
    detail = "17 records in the first message" if rrtype == "AXFR" else ""
    return (DnsAnswer(name, rrtype, DnsState.VALUE, records, detail, None, server, ("aa",)),)
