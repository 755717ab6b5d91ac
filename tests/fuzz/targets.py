"""One function for each parser: it takes any bytes and lets through what the parser did not promise.

The same functions are run by atheris (`make fuzz`) and, over a small corpus, by the normal tests.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress

from scanner.collect.tls import tls12, tls13
from scanner.collect.tls.early_data import early_data_of
from scanner.collect.tls.hello import TLS13, client_hello
from scanner.collect.tls.question import Hello
from scanner.collect.tls.records import (
    FlightReader,
    WireError,
    is_ssl2_hello,
    read_certificates,
    read_curve,
    read_key_exchange,
    read_server_hello,
)
from scanner.parse.caa import read_caa
from scanner.parse.certificate import CertificateError, read_certificate
from scanner.parse.cookies import big_ip_address, parse_cookie
from scanner.parse.crl import CrlError, read_crl
from scanner.parse.csp import governs_scripts, nonces, parse_policies
from scanner.parse.dkim import read_dkim
from scanner.parse.dmarc import mail_addresses, read_dmarc
from scanner.parse.headers import http_date
from scanner.parse.hsts import parse_hsts
from scanner.parse.html import summarise
from scanner.parse.issuers import issuers_in
from scanner.parse.mta_sts import read_sts_policy
from scanner.parse.ocsp import OcspError, read_response
from scanner.parse.sct import log_ids
from scanner.parse.security_txt import read_security_txt
from scanner.parse.spf import read_spf
from scanner.parse.structured import parse_dictionary, parse_item

Target = Callable[[bytes], object]
SUITES = (
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
    "TLS_RSA_EXPORT_WITH_RC4_40_MD5",
)
READERS: tuple[Callable[[str], object], ...] = (
    *(parse_item, parse_dictionary, parse_hsts, http_date, read_security_txt),
    *(read_spf, read_dmarc, mail_addresses, read_dkim, read_sts_policy, read_caa),
)
CHUNK = 37  # records arrive in pieces


def flight(data: bytes) -> None:
    """A first flight as it comes in, piece by piece, up to TLS 1.2."""
    reader = FlightReader(lambda _hello: None)
    with suppress(WireError):
        for start in range(0, len(data), CHUNK):
            reader.feed(data[start : start + CHUNK])
            if reader.is_complete:
                break


def flight13(data: bytes) -> None:
    """A first flight whose encrypted part opens to the bytes themselves."""
    reader = FlightReader(lambda _hello: lambda _header, body: (body[-1] if body else 22, body[:-1]))
    with suppress(WireError):
        reader.feed(data)


def unlocked(data: bytes) -> None:
    """A first flight of TLS 1.3 against real keys of ours."""
    share = tls13.new_share(0x001D)
    assert share is not None
    message = client_hello(
        TLS13, (0x1301,), random=bytes(32), host="so.example", shares=[(0x001D, share.public)]
    )
    reader = Hello(TLS13, b"", message, shares=(share,)).reader()
    with suppress(WireError):
        reader.feed(data)


def server_hello(data: bytes) -> None:
    """A ServerHello by itself, and what is derived from it."""
    is_ssl2_hello(data)
    with suppress(WireError):
        hello = read_server_hello(data)
        tls13.handshake_keys(hello, (), b"")
        tls13.retried_transcript(b"", hello)


def certificates(data: bytes) -> None:
    """Certificate messages of both kinds."""
    for is_13 in (True, False):
        with suppress(WireError):
            read_certificates(data, is_13=is_13)


def key_exchange(data: bytes) -> None:
    """ServerKeyExchange messages, and a ticket."""
    for suite in SUITES:
        read_key_exchange(data, suite, is_12=True)
    with suppress(WireError):
        read_curve(data)
    early_data_of(data)


def sealed(data: bytes) -> None:
    """Encrypted records of TLS 1.2 and 1.3."""
    for suite in (0xC02F, 0xCCA8):
        with suppress(WireError):
            tls12.Side(
                suite, bytes(tls12.SUITES[suite][1]), bytes(12 if suite in tls12.CHACHA else 4)
            ).opener()(b"\x16\x03\x03\x00\x00", data)


def certificate(data: bytes) -> None:
    """A certificate in DER."""
    with suppress(CertificateError):
        read_certificate(data)
    issuers_in(data)


def ocsp(data: bytes) -> None:
    """An OCSP response."""
    with suppress(OcspError):
        read_response(data)


def crl(data: bytes) -> None:
    """A revocation list."""
    with suppress(CrlError):
        read_crl(data)


def text(data: bytes) -> None:
    """Header values, DNS records and files of text: each parser is total."""
    said = data.decode("utf-8", "replace")
    policies = parse_policies((said,))
    governs_scripts(policies)
    nonces(policies)
    parse_cookie(said)
    big_ip_address(said)
    for read in READERS:
        read(said)


def html(data: bytes) -> None:
    """A page."""
    summarise(data, base_url="https://so.example/")


TARGETS: Mapping[str, Target] = {
    f.__name__: f
    for f in (
        flight,
        flight13,
        unlocked,
        server_hello,
        certificates,
        key_exchange,
        sealed,
        certificate,
        ocsp,
        crl,
        log_ids,
        text,
        html,
    )
}
