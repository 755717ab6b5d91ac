"""The TLS lab: configurations of real servers with their ground truth, each kept small enough to be read twice.

`fails` names every tls.* check that must fail in a full listing; every other one must not. Info lines (OpenSSL 3.0
knows no post-quantum group) are left out.
"""

from dataclasses import dataclass, field

from tests.lab.tls_first_flight import FirstFlight

GOOD = "ECDHE+AESGCM"
NEW = "TLSv1.2 TLSv1.3"

OLD, NO13, NO12 = "old-versions-offered", "tls13-missing", "tls12-missing"
CBC, STATIC, AEAD, FS = "cbc-offered", "static-rsa-accepted", "aead-missing", "forward-secrecy-missing"
NULL, WEAK, DES3, DH = "null-ciphers-offered", "weak-ciphers-offered", "triple-des-offered", "dh-too-small"
SSL, SCSV, EMS = "ssl-offered", "fallback-scsv-missing", "extended-master-secret-missing"
RENEGOTIATION, COMPRESSION = "renegotiation-insecure", "compression-enabled"
CURVE, SHA1_SIGNED = "weak-curve-accepted", "sha1-key-exchange"
ANEW, INTOLERANT = "client-renegotiation-accepted", "hello-intolerant"
ORDER = "cipher-order-missing"


@dataclass(frozen=True)
class Configuration:
    """One server: how it is set up, and the checks that fail because of it."""

    name: str
    fails: frozenset[str]
    server: str  # nginx, s_server, tlslite, first-flight
    protocols: str = NEW
    ciphers: str = GOOD
    leaf: str = "good"  # a name of tls_servers.LEAVES
    options: tuple[str, ...] = ()  # further directives or arguments
    flight: FirstFlight | None = None
    settings: dict[str, object] = field(default_factory=dict)  # of tlslite's HandshakeSettings
    sslyze: bool = True  # comparable: a handshake ends, and the server takes more than one connection


def _nginx(name: str, *fails: str, **more: object) -> Configuration:
    return Configuration(name, frozenset(fails), "nginx", **more)  # type: ignore[arg-type]


def _openssl(name: str, *fails: str, **more: object) -> Configuration:
    return Configuration(name, frozenset(fails), "s_server", sslyze=False, **more)  # type: ignore[arg-type]


def _lite(name: str, *fails: str, **settings: object) -> Configuration:
    return Configuration(name, frozenset(fails), "tlslite", leaf="rsa", settings=settings)


def _flight(name: str, *fails: str, **more: object) -> Configuration:
    made = FirstFlight(**more)  # type: ignore[arg-type]
    return Configuration(name, frozenset(fails), "first-flight", leaf="rsa", flight=made, sslyze=False)


CONFIGURATIONS = (
    # versions
    _nginx("modern"),
    _nginx("only 1.3", protocols="TLSv1.3"),
    _nginx("only 1.2", NO13, protocols="TLSv1.2"),
    _nginx(
        "1.1 to 1.3",
        OLD,
        CBC,
        protocols="TLSv1.1 " + NEW,
        ciphers=GOOD + ":ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0",
    ),
    _nginx("1.0 to 1.2", OLD, CBC, NO13, protocols="TLSv1 TLSv1.1 TLSv1.2", ciphers="ECDHE+AES:@SECLEVEL=0"),
    _nginx("1.0 alone", OLD, CBC, NO13, NO12, AEAD, protocols="TLSv1", ciphers="ECDHE+AES:@SECLEVEL=0"),
    _nginx("1.1 alone", OLD, CBC, NO13, NO12, AEAD, protocols="TLSv1.1", ciphers="ECDHE+AES:@SECLEVEL=0"),
    _nginx(
        "1.0 and 1.3, nothing between", OLD, CBC, protocols="TLSv1 TLSv1.3", ciphers="ECDHE+AES:@SECLEVEL=0"
    ),
    # suites
    _nginx("static RSA beside", STATIC, leaf="rsa", ciphers=GOOD + ":AES128-GCM-SHA256"),
    _nginx(
        "static RSA alone", STATIC, FS, NO13, leaf="rsa", protocols="TLSv1.2", ciphers="AES128-GCM-SHA256"
    ),
    _nginx("CBC beside", CBC, ciphers=GOOD + ":ECDHE-ECDSA-AES128-SHA256"),
    _nginx("CBC alone", CBC, AEAD, NO13, protocols="TLSv1.2", ciphers="ECDHE-ECDSA-AES256-SHA"),
    _nginx(
        "static RSA CBC alone",
        CBC,
        AEAD,
        STATIC,
        FS,
        NO13,
        leaf="rsa",
        protocols="TLSv1.2",
        ciphers="AES256-SHA",
    ),
    _nginx(
        "NULL",
        NULL,
        leaf="rsa",
        ciphers=GOOD + ":ECDHE-RSA-NULL-SHA:@SECLEVEL=0",
        options=("ssl_prefer_server_ciphers on;",),
    ),
    _nginx("NULL, client order", NULL, ORDER, leaf="rsa", ciphers=GOOD + ":ECDHE-RSA-NULL-SHA:@SECLEVEL=0"),
    _nginx("anonymous", NULL, ORDER, ciphers=GOOD + ":AECDH-AES128-SHA:@SECLEVEL=0"),
    _nginx("CCM and ChaCha20", ciphers="ECDHE-ECDSA-AES128-CCM8:ECDHE-ECDSA-CHACHA20-POLY1305"),
    _nginx("very many suites", STATIC, CBC, leaf="rsa", ciphers="ALL:!aNULL:@SECLEVEL=0"),
    _nginx(
        "server order",
        CBC,
        ciphers=GOOD + ":ECDHE-ECDSA-AES128-SHA",
        options=("ssl_prefer_server_ciphers on;",),
    ),
    # key exchange
    _nginx(
        "prime of 1024 bits",
        DH,
        leaf="rsa",
        ciphers=GOOD + ":DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0",
        options=("ssl_dhparam dh1024.pem;",),
    ),
    _nginx(
        "prime of 2048 bits",
        leaf="rsa",
        ciphers=GOOD + ":DHE-RSA-AES128-GCM-SHA256",
        options=("ssl_dhparam dh2048.pem;",),
    ),
    _nginx("one curve", options=("ssl_ecdh_curve secp384r1;",)),
    _nginx(
        "short curve beside",
        CURVE,
        ciphers=GOOD + ":@SECLEVEL=0",
        options=("ssl_ecdh_curve prime256v1:prime192v1;",),
    ),
    _nginx(
        "short curve beside, RSA",
        CURVE,
        leaf="rsa",
        ciphers=GOOD + ":@SECLEVEL=0",
        options=("ssl_ecdh_curve prime256v1:prime192v1;",),
    ),
    _nginx("Brainpool curve beside", options=("ssl_ecdh_curve prime256v1:brainpoolP256r1;",)),
    _nginx("early data", "early-data-enabled", options=("ssl_early_data on;",)),
    _nginx("no tickets", options=("ssl_session_tickets off;",)),
    # client certificates, staples
    _nginx(
        "client certificates", "client-certificate-requested", options=("ssl_verify_client optional_no_ca;",)
    ),
    _nginx("staple", options=("ssl_stapling on;", "ssl_stapling_file good.ocsp;")),
    _nginx(
        "staple says revoked",
        "certificate-revoked",
        options=("ssl_stapling on;", "ssl_stapling_file revoked.ocsp;"),
    ),
    _nginx(
        "staple is stale",
        "ocsp-staple-invalid",
        options=("ssl_stapling on;", "ssl_stapling_file stale.ocsp;"),
    ),
    _nginx(
        "staple of another",
        "ocsp-staple-invalid",
        options=("ssl_stapling on;", "ssl_stapling_file foreign.ocsp;"),
    ),
    _nginx(
        "staple signed by another",
        "ocsp-staple-invalid",
        options=("ssl_stapling on;", "ssl_stapling_file forged.ocsp;"),
    ),
    _nginx("must-staple ignored", "must-staple-ignored", leaf="must-staple"),
    _nginx(
        "must-staple honoured",
        leaf="must-staple",
        options=("ssl_stapling on;", "ssl_stapling_file must-staple.ocsp;"),
    ),
    # certificates
    _nginx("RSA and ECDSA", options=("ssl_certificate rsa.pem;", "ssl_certificate_key rsa.key;")),
    _nginx("P-384", leaf="p384"),
    _nginx("expired", "certificate-expired", leaf="expired"),
    _nginx("not yet valid", "certificate-not-yet-valid", leaf="future"),
    _nginx("ten days left", "certificate-expiring", leaf="ten-days"),
    _nginx("three days left", "certificate-expiring-within-week", leaf="three-days"),
    _nginx("other name", "certificate-name-mismatch", leaf="other-name"),
    _nginx("self-signed", "certificate-untrusted", leaf="self-signed"),
    _nginx("unknown root", "certificate-untrusted", leaf="unknown-root"),
    _nginx("leaf alone", "chain-incomplete", leaf="leaf-only"),
    _nginx("chain backwards", "chain-order-wrong", leaf="backwards"),
    _nginx("300 days long", "certificate-lifetime-too-long", leaf="long"),
    _nginx("never logged", "sct-missing", leaf="unlogged"),
    _nginx("root sent as well", leaf="with-root"),
    _openssl("RSA of 1024 bits", "key-too-small", leaf="rsa1024", options=("-cipher", GOOD + ":@SECLEVEL=0")),
    _openssl("SHA-1", "sha1-signature", leaf="sha1", options=("-cipher", GOOD + ":@SECLEVEL=0")),
    _openssl("OpenSSL as it comes", STATIC, CBC, leaf="rsa"),
    _openssl(
        "OpenSSL, all it has",
        STATIC,
        CBC,
        NULL,
        OLD,
        ORDER,
        leaf="rsa",
        options=("-cipher", "ALL:eNULL:@SECLEVEL=0", "-min_protocol", "TLSv1"),
    ),
    _openssl(
        "client renegotiation",
        STATIC,
        CBC,
        ANEW,
        NO13,
        leaf="rsa",
        options=("-tls1_2", "-client_renegotiation"),
    ),
    # what OpenSSL speaks no longer
    _lite(
        "3DES",
        DES3,
        CBC,
        NO13,
        AEAD,
        STATIC,
        OLD,
        maxVersion=(3, 3),
        minVersion=(3, 1),
        cipherNames=["aes128", "3des"],
        keyExchangeNames=["ecdhe_rsa", "rsa"],
    ),
    _lite(
        "RC4",
        WEAK,
        CBC,
        NO13,
        AEAD,
        STATIC,
        maxVersion=(3, 3),
        minVersion=(3, 3),
        cipherNames=["aes128", "rc4"],
        keyExchangeNames=["ecdhe_rsa", "rsa"],
    ),
    _lite(
        "SSLv3 beside",
        SSL,
        CBC,
        NO13,
        AEAD,
        STATIC,
        OLD,
        maxVersion=(3, 3),
        minVersion=(3, 0),
        cipherNames=["aes128"],
        keyExchangeNames=["ecdhe_rsa", "rsa"],
    ),
    # bit-exact first flights
    _flight("first flight, sound", NO13, suites=(0xC02F,)),
    _flight("first flight, closing", NO13, suites=(0xC02F,), closes=True),
    _flight("SSLv2 beside", NO13, SSL, suites=(0xC02F,), is_ssl2=True),
    _flight("EXPORT", NO13, NULL, suites=(0xC02F, 0x0003)),
    _flight("DES", NO13, WEAK, CBC, suites=(0xC02F, 0x0015)),
    _flight("IDEA and MD5", NO13, WEAK, STATIC, CBC, suites=(0xC02F, 0x0007, 0x0004)),
    _flight("DEFLATE", NO13, COMPRESSION, suites=(0xC02F,), compresses=True),
    _flight("no RFC 5746", NO13, RENEGOTIATION, suites=(0xC02F,), knows_renegotiation=False),
    _flight(
        "no fallback signal",
        NO13,
        OLD,
        CBC,
        SCSV,
        suites=(0xC02F, 0xC013),
        versions=("TLSv1.0", "TLSv1.2"),
        knows_fallback=False,
    ),
    _flight("long hellos closed", NO13, INTOLERANT, suites=(0xC02F,), bears_bytes=1200),
    _flight("TLS 1.3 not borne", NO13, INTOLERANT, suites=(0xC02F,), bears_13=False),
    _flight("odd values not borne", NO13, INTOLERANT, suites=(0xC02F,), bears_odd=False),
    _flight("SHA-1 signatures", NO13, SHA1_SIGNED, suites=(0xC02F,), scheme=0x0201),
    _flight("no extended master secret", NO13, EMS, suites=(0xC02F,), has_master_secret=False),
    _flight("prime of 512 bits", NO13, DH, suites=(0xC02F, 0x009E), prime_bits=512),
    _flight("SSLv3 alone", NO13, NO12, SSL, CBC, STATIC, FS, AEAD, suites=(0x002F,), versions=("SSLv3",)),
)
