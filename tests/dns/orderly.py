"""A domain in order on real servers of loopback, its mail policy over HTTPS among them; a visit after one change."""

import ssl
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.serialization import Encoding

from scanner.collect.limits import Limits
from scanner.collect.net import Net
from scanner.collect.visit import collect
from scanner.identify.dns_book import FOREIGN
from scanner.identify.questions import POLICY_PATH
from scanner.judge import judge
from scanner.model.agency import Depth
from scanner.model.evidence import Evidence, Target
from scanner.model.finding import Verdict
from scanner.model.reference import Anchors
from scanner.model.settings import NetworkSettings, ScanSettings
from scanner.model.visit import Job
from scanner.reference import load_reference
from scanner.registry import load_checks
from tests.lab.dns_server import DnsServer, Fault, Record, Zone
from tests.lab.pki import Authority, write_pem
from tests.lab.pki import now as pki_now
from tests.lab.web import Request, Server, answer

QUICK = Limits(dns_try_s=1.5, dns_name_s=3.0, zone_s=30.0)  # a busy machine is no silent server
FIRST, SECOND, PARENT = "127.0.0.1", "127.0.1.2", "127.0.2.3"  # three networks
DOMAIN, WEB = "mau.example", "www.mau.example"
SOA: Record = ("SOA", f"ns1.{DOMAIN}. a.{DOMAIN}. 2026112001 3600 900 604800 300")
SPF = "v=spf1 mx -all"
DKIM = '"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="'
POLICY = f"version: STSv1\r\nmode: enforce\r\nmx: mail.{DOMAIN}\r\nmax_age: 604800\r\n"
TOKEN = "abcd"
POLICY_HOST = f"mta-sts.{DOMAIN}"
CHECKS = tuple(c for c in load_checks() if c.topic in ("dns", "mail"))
ROOT = Authority.root("Lab Root")
TABLES = replace(load_reference(), anchors=Anchors((ROOT.certificate.public_bytes(Encoding.DER),), "lab"))
SEEN_AT = pki_now()

Records = dict[str, tuple[Record, ...] | Fault | tuple[Fault, tuple[Record, ...]]]


def orderly(*without: str, spf: str = SPF, add: tuple[Record, ...] = ()) -> tuple[Record, ...]:
    """The records of the domain itself, less some types."""
    records: tuple[Record, ...] = (
        SOA,
        ("NS", f"ns1.{DOMAIN}."),
        ("NS", f"ns2.{DOMAIN}."),
        ("DS", "2371 13 2 " + "ab" * 32),
        ("MX", f"10 mail.{DOMAIN}."),
        ("TXT", f'"{spf}"'),
        ("CAA", '0 issue "ca.example"'),
    )
    return (*(r for r in records if r[0] not in without), *add)


GOOD: Records = {
    "example": (("NS", "ns.example."),),
    "ns.example": (("A", PARENT),),
    DOMAIN: orderly(),
    WEB: (("A", "203.0.113.1"), ("AAAA", "2001:db8::1")),
    f"ns1.{DOMAIN}": (("A", FIRST), ("AAAA", "2001:db8::53")),
    f"ns2.{DOMAIN}": (("A", SECOND),),
    f"mail.{DOMAIN}": (("A", "203.0.113.25"), ("AAAA", "2001:db8::25")),
    f"_25._tcp.mail.{DOMAIN}": (("TLSA", "3 1 1 " + "ab" * 32),),
    f"_dmarc.{DOMAIN}": (("TXT", '"v=DMARC1; p=reject"'),),
    f"_mta-sts.{DOMAIN}": (("TXT", '"v=STSv1; id=1"'),),
    POLICY_HOST: (("A", FIRST),),
    f"_smtp._tls.{DOMAIN}": (("TXT", f'"v=TLSRPTv1; rua=mailto:a@{DOMAIN}"'),),
    f"k1._domainkey.{DOMAIN}": (("TXT", DKIM),),
}


def policy(text: str = POLICY, *, status: str = "200 OK", media_type: str = "text/plain") -> bytes:
    """An answer of the policy host."""
    headers = (("Location", f"https://{WEB}/"),) if status.startswith("3") else ()
    return answer(status, *headers, body=text, content_type=media_type)


@dataclass(frozen=True)
class Row:
    """What is changed, and which verdicts change with it."""

    name: str
    change: Records = field(default_factory=dict)
    expect: dict[str, Verdict] = field(default_factory=dict)
    transfers: bool = False
    lies: dict[str, Fault] = field(default_factory=dict)  # of the second server
    differs: Records = field(default_factory=dict)  # what the second server holds instead
    recurses: bool = False
    referral: tuple[str, ...] = (f"ns1.{DOMAIN}.", f"ns2.{DOMAIN}.")
    silent_parent: bool = False
    depth: Depth = Depth.STANDARD
    policy: bytes | None = policy()  # what the policy host says; None: it hangs up
    page: bytes | None = None  # what the web server says, when it is asked at all
    certificate: str = "good"  # of the policy host: good, other, expired


@cache
def tls_context(kind: str) -> ssl.SSLContext:
    """A server's side with a certificate in order, of another name, or out of its time."""
    hosts = {"other": WEB}.get(kind, POLICY_HOST)
    start = pki_now() - timedelta(days=100) if kind == "expired" else None
    leaf = ROOT.leaf(hosts, not_before=start)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "server.pem"
        path.write_bytes(leaf.key_pem + write_pem(leaf.certificate))
        context.load_cert_chain(path)
    return context


async def visited(row: Row) -> Evidence:
    """What a visit by way of real servers records; the first server is the resolver too."""
    zone: Zone = {**GOOD, **row.change}
    given = frozenset({DOMAIN}) if row.transfers else frozenset()

    async def serve(request: Request) -> bytes | None:
        return row.policy if request.path == POLICY_PATH else row.page

    first = DnsServer(zone, validates=frozenset({DOMAIN, f"_25._tcp.mail.{DOMAIN}"}), transfers=given)
    second = DnsServer(
        {**zone, **row.differs}, lies=row.lies, recurses=frozenset({FOREIGN} if row.recurses else ())
    )
    parent = DnsServer({DOMAIN: Fault.SILENT} if row.silent_parent else {}, delegates={DOMAIN: row.referral})
    where = await first.start(FIRST)
    port = int(where.rpartition(":")[2])
    await second.start(SECOND, port)
    await parent.start(PARENT, port)
    web = Server(serve, tls=tls_context(row.certificate))
    plain = Server(serve)
    ports = {"53": port, "443": await web.start(FIRST), "80": await plain.start(FIRST)}
    network = NetworkSettings(resolver=(where,), allow_addresses=("127.0.0.0/8",), ports=ports)
    net = Net(network, ScanSettings(per_address_rate=1000), limits=QUICK)
    probes = ("dns", "zone", "http") if row.page else ("dns", "zone")
    job = Job("s", "x", Target(WEB), row.depth, probes=probes, dkim_selectors=("k1",))
    try:
        return await collect(job, net, now=lambda: SEEN_AT, token=lambda: TOKEN)
    finally:
        for server in (first, second, parent, web, plain):
            await server.stop()


async def verdicts(row: Row) -> dict[str, Verdict]:
    """What all checks on names and mail say to such a visit."""
    return {f.check_id: f.verdict for f in judge(await visited(row), CHECKS, TABLES)}
