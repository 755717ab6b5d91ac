"""Our SPF and DMARC readings beside those of checkdmarc, on crafted and random records served by a real server."""

import asyncio
import random
import threading
from collections.abc import Callable, Iterator
from itertools import count

import dns.resolver
import pytest
from checkdmarc.dmarc import DMARCError, parse_dmarc_record
from checkdmarc.spf import check_spf

from scanner.identify.dns_book import Question
from scanner.model.evidence import DnsAnswer, DnsState
from scanner.parse.dmarc import DmarcError, DmarcRecord, read_dmarc
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
