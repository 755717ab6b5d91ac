"""Our SPF and DMARC readings beside those of checkdmarc, on crafted and random records served by a real server."""

import asyncio
import random
import threading
from collections.abc import Callable, Iterator
from itertools import count

import dns.resolver
import pytest
import requests
from checkdmarc.bimi import BIMIError, parse_bimi_record
from checkdmarc.dmarc import DMARCError, parse_dmarc_record
from checkdmarc.smtp_tls_reporting import SMTPTLSReportingError, parse_smtp_tls_reporting_record
from checkdmarc.spf import check_spf

from scanner.identify.dns_book import Question
from scanner.model.evidence import DnsAnswer, DnsState
from scanner.parse.bimi import Bimi, read_bimi
from scanner.parse.dmarc import DmarcError, DmarcRecord, read_dmarc
from scanner.parse.mta_sts import tls_report_addresses
from tests.lab.dns_server import DnsServer, Record
from tests.mail_auth.static_names import Answers, from_texts, settled

pytestmark = pytest.mark.filterwarnings("ignore")  # what the oracle warns of is its own affair
SEED = 20261124
NUMBERS = count()
Names = dict[str, tuple[Record, ...]]

CRAFTED: tuple[tuple[str, dict[str, str]], ...] = (
    ("v=spf1 -all", {}),
    ("v=spf1 mx a -all", {}),
    ("v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 ~all", {}),
    ("v=spf1 include:{n}.inc.example -all", {"inc": "v=spf1 ip4:192.0.2.1 -all"}),
    ("v=spf1 include:{n}.inc.example -all", {}),
    (
        "v=spf1 include:{n}.inc.example include:{n}.two.example -all",
        {"inc": "v=spf1 a -all", "two": "v=spf1 mx ?all"},
    ),
    ("v=spf1 redirect={n}.inc.example", {"inc": "v=spf1 a -all"}),
    ("v=spf1 redirect={n}.inc.example", {}),
    ("v=spf1 include:{n}.spf.example -all", {}),
    ("v=spf1 foo -all", {}),
    ("v=spf1 ip4:999.1.1.1 -all", {}),
    ("v=spf1 ip4: -all", {}),
    ("v=spf1 a:gone.example a:gone2.example a:gone3.example -all", {}),
    ("v=spf1 " + "a " * 10 + "-all", {}),
    ("v=spf1 " + "a " * 11 + "-all", {}),
    ("v=spf1 " + "exists:x.example " * 2 + "-all", {}),
)
PARTS = (
    "a",
    "mx",
    "ip4:192.0.2.1",
    "ip6:2001:db8::1",
    "include:{n}.inc.example",
    "exists:here.example",
    "ptr",
    "a/24",
)


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Names, dns.resolver.Resolver]]:
    """Names that a server answers from, and a resolver that asks it."""
    names: Names = {"here.example": (("A", "192.0.2.9"),)}
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = DnsServer(names)
    where = asyncio.run_coroutine_threadsafe(server.start(), loop).result(10)
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers, resolver.port = ["127.0.0.1"], int(where.rpartition(":")[2])
    yield names, resolver
    asyncio.run_coroutine_threadsafe(server.stop(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def random_records() -> list[str]:
    """Records made of the mechanisms, most of them in order."""
    chosen = random.Random(SEED)
    made = []
    for _ in range(60):
        parts = chosen.choices(PARTS, k=chosen.randint(0, 12))
        made.append(" ".join(("v=spf1", *parts, chosen.choice(("-all", "~all", "?all")))))
    return made


@pytest.mark.parametrize(
    ("text", "others"), [*CRAFTED, *((text, {"inc": "v=spf1 mx -all"}) for text in random_records())]
)
def test_both_call_the_same_records_valid_and_count_the_same(
    text: str, others: dict[str, str], served: tuple[Names, dns.resolver.Resolver]
) -> None:
    names, resolver = served
    number = f"n{next(NUMBERS)}"  # the oracle remembers names
    domain = f"{number}.spf.example"
    texts = {domain: text.format(n=number)} | {f"{number}.{k}.example": v for k, v in others.items()}
    for name, record in texts.items():
        names[name] = (("TXT", f'"{record}"'), ("A", "192.0.2.1"), ("MX", "10 here.example."))

    oracle = check_spf(domain, resolver=resolver)
    tree = settled(domain, served_like(texts))

    assert oracle["valid"] == (not tree.faults), (oracle.get("error"), tree.faults)
    if oracle["valid"]:
        assert oracle["dns_lookups"] == tree.lookups


def served_like(texts: dict[str, str]) -> Callable[[Question], Answers]:
    """The same names as a table."""
    plain = from_texts(texts)

    def ask(question: Question) -> Answers:
        known = {"A": "192.0.2.1", "MX": "10 here.example."}
        if (question.name in texts or question.name == "here.example") and question.rrtype in known:
            return (DnsAnswer(question.name, question.rrtype, DnsState.VALUE, (known[question.rrtype],)),)
        return plain(question)

    return ask


DMARC = (
    "v=DMARC1; p=none",
    "v=DMARC1; p=reject; sp=quarantine",
    "v=DMARC1; p=quarantine; np=reject; psd=n",
    "v=DMARC1; p=reject; t=y",
    "v=DMARC1;p=reject;adkim=s;aspf=s",
    "v=DMARC1; p=reject;",
)


@pytest.mark.parametrize("text", DMARC)
def test_both_read_the_same_policy(text: str, served: tuple[Names, dns.resolver.Resolver]) -> None:
    oracle = parse_dmarc_record(text, "dmarc.example", resolver=served[1])
    record = read_dmarc(text)

    assert isinstance(record, DmarcRecord)
    assert oracle["tags"]["p"]["value"] == record.policy
    assert record.subdomains is None or oracle["tags"]["sp"]["value"] == record.subdomains


@pytest.mark.parametrize("text", ["v=DMARC1; p", "v=DMARC1; p=reject; p=none"])
def test_both_refuse(text: str, served: tuple[Names, dns.resolver.Resolver]) -> None:
    assert isinstance(read_dmarc(text), DmarcError)
    with pytest.raises(DMARCError):
        parse_dmarc_record(text, "dmarc.example", resolver=served[1])


DMARC_PARTS = (
    *(
        "p=none",
        "p=reject",
        "p=quarantine",
        "p=Reject",
        "p=block",
        "sp=none",
        "sp=x",
        "np=reject",
        "t=y",
        "t=q",
    ),
    *("pct=50", "pct=x", "adkim=s", "psd=y", "psd=n", "rua=mailto:a@dmarc.example", "rua=a@dmarc.example"),
    *("fo=1", "fo=9", "ri=3600", "zz=1", "junk", ""),
)
STRICTER = ("Tag sp must", "is not a valid DMARC report URI", "Tag t must", "DMARC fo tag", "Tag p must")
"""Where the oracle calls a record invalid that receivers read: a value nobody knows is as good as absent."""


def random_dmarc() -> list[str]:
    """Records of tags in order and out of order."""
    chosen = random.Random(SEED)
    return ["; ".join(["v=DMARC1", *chosen.sample(DMARC_PARTS, chosen.randint(0, 4))]) for _ in range(300)]


def test_random_dmarc_records_differ_from_the_oracle_where_we_say_only(
    served: tuple[Names, dns.resolver.Resolver],
) -> None:
    served[0]["dmarc.example"] = (("MX", "10 here.example."), ("A", "192.0.2.1"))
    for text in random_dmarc():
        record, oracle = read_dmarc(text), policy_by_oracle(text, served[1])
        if isinstance(record, DmarcError):
            assert not oracle.startswith("p="), text
        else:
            assert oracle == f"p={record.policy}" or any(words in oracle for words in STRICTER), text


def policy_by_oracle(text: str, resolver: dns.resolver.Resolver) -> str:
    """The policy the oracle reads, or its complaint."""
    try:
        return f"p={parse_dmarc_record(text, 'dmarc.example', resolver=resolver)['tags']['p']['value']}"
    except DMARCError as error:
        return str(error)


@pytest.mark.parametrize(
    "text",
    [
        "v=TLSRPTv1; rua=mailto:a@x.example",
        "v=TLSRPTv1;rua=https://x.example/a",
        "v=TLSRPTv1; rua=mailto:a@x.example,https://y.example/z",
        "v=TLSRPTv1; rua=",
        "v=TLSRPTv1",
        "v=TLSRPTv1; rua=ftp://x",
        "v=TLSRPTv1; rua=a@x.example",
    ],
)
def test_both_accept_the_same_addresses_for_reports(text: str) -> None:
    try:
        parse_smtp_tls_reporting_record(text)
        accepted = True
    except SMTPTLSReportingError:
        accepted = False

    assert bool(tls_report_addresses([text])) == accepted


def unreachable(*_args: object, **_kwargs: object) -> None:
    """A network without an exit."""
    raise requests.ConnectionError


@pytest.mark.parametrize(
    "text",
    [
        "v=BIMI1; l=https://x.example/a.svg",
        "v=BIMI1; l=; a=",
        "v=BIMI1; l=http://x.example/a.svg",
        "v=BIMI1",
        "v=BIMI1; l=https://x.example/a.svg; a=self",
    ],
)
def test_both_accept_the_same_logos(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("requests.Session.get", unreachable)  # nobody fetches a logo here
    try:
        parse_bimi_record(text, domain="x.example")
        accepted = True
    except BIMIError:
        accepted = False

    assert isinstance(read_bimi(text), Bimi) == accepted
