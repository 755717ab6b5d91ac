"""The names of the invented province: one domain in order, one with the faults of the field, and hosts between."""

from collections.abc import Sequence

from tests.lab.dns_server import Record, Zone

POLICY_HOST, POLICY_ADDRESS = "mta-sts.mau.example", "127.77.0.55"
POLICY = "version: STSv1\nmode: enforce\nmx: mail.mau.example\nmax_age: 604800\n"
NAME_SERVERS = ("127.77.0.53", "127.77.0.54")
SIGNED = frozenset({"mau.example"})  # the lab's resolver vouches for these, as a validating one would
TRANSFERS = frozenset({"dulichmau.example"})
PRIVATE_HOST = "anmau.mau.example"
DANGLING_HOST = "dautu.bqlkcn.mau.example"
DS = ("DS", "2371 13 2 " + "ab" * 32)
ORDERLY: tuple[Record, ...] = (
    ("SOA", "ns1.mau.example. quantri.mau.example. 2026112401 3600 900 604800 300"),
    ("NS", "ns1.mau.example."),
    ("NS", "ns2.mau.example."),
    ("MX", "10 mail.mau.example."),
    ("TXT", '"v=spf1 mx include:_spf.mau.example -all"'),
    ("CAA", '0 issue "ca.mau.example"'),
    DS,
)
UNTIDY: tuple[Record, ...] = (
    ("SOA", "ns1.mau.example. quantri.dulichmau.example. 7 3600 900 604800 300"),
    ("NS", "ns1.mau.example."),
    ("NS", "ns9.dulichmau.example."),  # a name that is gone
    ("MX", "10 mail.mau.example."),
    ("TXT", '"v=spf1 mx +all"'),
)


def zone_of(hosts: Sequence[str]) -> Zone:
    """Everything the lab's name servers know; hosts get addresses of the documentation blocks."""
    zone: dict[str, tuple[Record, ...]] = {
        host: (("A", f"203.0.113.{n}"), ("AAAA", f"2001:db8::{n:x}")) for n, host in enumerate(hosts, start=1)
    }
    zone |= {
        "example": (),
        "mau.example": ORDERLY,
        "_dmarc.mau.example": (("TXT", '"v=DMARC1; p=reject; rua=mailto:dmarc@mau.example"'),),
        "_spf.mau.example": (("TXT", '"v=spf1 ip4:203.0.113.0/24 -all"'),),
        "_mta-sts.mau.example": (("TXT", '"v=STSv1; id=20261101"'),),
        POLICY_HOST: (("A", POLICY_ADDRESS),),
        "_domainkey.mau.example": (),
        "k1._domainkey.mau.example": (
            ("TXT", '"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="'),
        ),
        "_smtp._tls.mau.example": (("TXT", '"v=TLSRPTv1; rua=mailto:tls@mau.example"'),),
        "ns1.mau.example": (("A", NAME_SERVERS[0]), ("AAAA", "2001:db8::53")),
        "ns2.mau.example": (("A", NAME_SERVERS[1]),),
        "mail.mau.example": (("A", "203.0.113.25"), ("AAAA", "2001:db8::25")),
        "dulichmau.example": UNTIDY,
        "_dmarc.dulichmau.example": (("TXT", '"v=DMARC1; p=none"'),),
        "www.dulichmau.example": (("A", "203.0.113.80"),),
        PRIVATE_HOST: (("A", "10.20.0.13"),),
        DANGLING_HOST: (("CNAME", "dautu-mau.hosting.example."),),
        "hosting.example": (("SOA", "ns.hosting.example. a.hosting.example. 1 3600 900 604800 300"),),
    }
    zone["sokhcn.mau.example"] = (*zone.get("sokhcn.mau.example", ()), ("MX", "10 mail.mau.example."))
    return zone
