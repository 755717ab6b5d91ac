"""A few whole inputs for each target, from which a fuzzer or a test makes broken ones."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from random import Random

from cryptography.hazmat.primitives.serialization import Encoding

from scanner.collect.tls.hello import TLS12, client_hello
from tests.lab.pki import Authority
from tests.lab.tls_first_flight import FirstFlight, answer

TEXTS = (
    b"default-src 'self'; script-src 'nonce-r4nd0m' https: 'strict-dynamic'; object-src 'none'",
    b"sid=31d4d96e407aad42; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=3600",
    b"a=b; Expires=Wed, 21 Oct 2026 07:28:00 GMT",
    b"BIGipServerpool=1677787402.36895.0000; path=/",
    b'a=?1, b=(1 2.5 "x\\"y");q=:aGk=:, c;d=@1659578233',
    b"max-age=31536000; includeSubDomains; preload",
    b"v=spf1 ip4:203.0.113.0/24 include:%{d}.example a:mail.example mx -all",
    b"v=spf1 exists:%{ir}.sbl.example redirect=_spf.example",
    b"v=DMARC1; p=quarantine; sp=none; pct=50; rua=mailto:dmarc@so.example!10m; adkim=s",
    b"v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC; t=y:s",
    b"version: STSv1\nmode: enforce\nmx: *.so.example\nmax_age: 604800\n",
    b"Contact: mailto:an-ninh@so.example\nExpires: 2027-01-01T00:00:00Z\nPreferred-Languages: vi, en\n",
    b'0 issue "ca.example; validationmethods=dns-01; accounturi=https://ca.example/1"',
)
PAGE = (
    b"<!doctype html><html lang=vi><head><meta charset=utf-8><title>S\xe1\xbb\x9f</title><base href=/a/>"
    b"<script src='//cdn.example/x.js' integrity=sha384-abc></script></head><body>"
    b"<form action=http://x/><input type=password></form><a href='javascript:1'>a<![CDATA[<!--</body>"
)


@lru_cache(maxsize=1)
def seeds() -> dict[str, tuple[bytes, ...]]:
    """Whole inputs by target."""
    issuing = Authority.root("Root").intermediate("Issuing")
    leaf = issuing.leaf("so.example")
    ders = [c.public_bytes(Encoding.DER) for c in (leaf.certificate, issuing.certificate)]
    hello = client_hello(TLS12, (0xC02F, 0x009E, 0x1301), random=bytes(32), host="so.example")
    flights = tuple(answer(FirstFlight(suites=(suite,)), hello, ders) for suite in (0xC02F, 0x009E))
    chain = b"".join(len(d).to_bytes(3, "big") + d for d in ders)
    message = flights[0][5:]
    size = int.from_bytes(message[1:4], "big")
    retry = (
        b"\x02\x00\x00\x58\x03\x03" + bytes(range(32)) + b"\x20" + bytes(32) + b"\x13\x01\x00\x00\x10"
        b"\x00\x2b\x00\x02\x03\x04\x00\x33\x00\x06\x00\x1d\x00\x02ab"
    )
    new = (
        b"\x16\x03\x03"
        + len(retry).to_bytes(2, "big")
        + retry
        + b"\x17\x03\x03\x00\x08\x08\x00\x00\x02\x00\x00\x00\x16"
    )
    return {
        "flight": (*flights, b"\x15\x03\x03\x00\x02\x02\x28"),
        "flight13": (new, flights[0]),
        "unlocked": (new,),
        "server_hello": (message[: 4 + size], retry),
        "certificates": (
            len(chain).to_bytes(3, "big") + chain,
            b"\x00" + len(chain).to_bytes(3, "big") + chain,
        ),
        "key_exchange": (
            b"\x03\x00\x17\x41\x04" + bytes(64) + b"\x04\x01\x00\x02ab",
            b"\x00\x02\xff\xfd\x00\x01\x02\x00\x01\x03",
        ),
        "sealed": (bytes(64),),
        "certificate": tuple(ders),
        "ocsp": (issuing.staple(leaf), issuing.staple(leaf, is_revoked=True)),
        "crl": (issuing.crl(leaf.certificate),),
        "log_ids": (b"\x00\x31\x00\x2f\x00" + bytes(46),),
        "text": TEXTS,
        "html": (PAGE,),
    }


def broken(target: str, count: int) -> Iterator[bytes]:
    """So many inputs made from the whole ones, the same every time; the first ones are whole, empty and cut."""
    chance = Random(target)
    whole = seeds()[target]
    yield from (*whole, b"", *(w[: len(w) // 2] for w in whole), *(w + w for w in whole))
    for _ in range(count):
        yield _mutated(chance, whole)


def _mutated(chance: Random, whole: Sequence[bytes]) -> bytes:
    data = bytearray(chance.choice(whole))
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        kind = chance.randrange(4)
        if kind == 0 and at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            data[at:at] = chance.randbytes(chance.randint(1, 8))
        elif kind == 2:
            del data[at : at + chance.randint(1, 40)]
        elif at < len(data):
            data[at] = chance.choice((0, 0x7F, 0x80, 0xFF))
    return bytes(data)
