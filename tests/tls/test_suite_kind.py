"""Classes of suites, read off their names."""

import pytest

from scanner.parse.suite_kind import (
    AEAD,
    BROKEN,
    CBC,
    DHE,
    FORWARD_SECRET,
    NO_PROTECTION,
    STATIC_KEY,
    TRIPLE_DES,
    kinds_of,
    of_kind,
    strength_bits,
)
from scanner.parse.tls_names import SUITES, group_name, scheme_name


@pytest.mark.parametrize(
    ("suite", "kinds"),
    [
        ("TLS_AES_128_GCM_SHA256", {AEAD, FORWARD_SECRET}),
        ("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", {AEAD, FORWARD_SECRET}),
        ("TLS_DHE_RSA_WITH_AES_128_CCM", {AEAD, FORWARD_SECRET, DHE}),
        ("TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA", {CBC, FORWARD_SECRET, DHE, TRIPLE_DES}),
        ("TLS_RSA_WITH_AES_128_CBC_SHA", {CBC, STATIC_KEY}),
        ("TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256", {AEAD, STATIC_KEY}),
        ("TLS_RSA_WITH_RC4_128_MD5", {BROKEN, STATIC_KEY}),
        ("TLS_RSA_WITH_DES_CBC_SHA", {BROKEN, CBC, STATIC_KEY}),
        ("TLS_RSA_WITH_IDEA_CBC_SHA", {BROKEN, CBC, STATIC_KEY}),
        ("TLS_RSA_WITH_NULL_SHA256", {NO_PROTECTION}),
        ("TLS_DH_anon_WITH_AES_256_GCM_SHA384", {NO_PROTECTION}),
        ("TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5", {NO_PROTECTION}),
        ("0xFFFE", set()),
    ],
)
def test_a_name_tells_every_class(suite: str, kinds: set[str]) -> None:
    assert kinds_of(suite) == kinds


def test_every_suite_of_the_table_has_an_exchange_or_no_protection() -> None:
    for suite in SUITES.values():
        assert kinds_of(suite) & {FORWARD_SECRET, STATIC_KEY, NO_PROTECTION}, suite


@pytest.mark.parametrize(
    ("suite", "bits"),
    [
        ("TLS_RSA_WITH_NULL_SHA", 0),
        ("TLS_RSA_EXPORT_WITH_RC4_40_MD5", 40),
        ("TLS_RSA_EXPORT_WITH_DES40_CBC_SHA", 40),
        ("TLS_RSA_WITH_DES_CBC_SHA", 56),
        ("TLS_RSA_WITH_3DES_EDE_CBC_SHA", 112),
        ("TLS_RSA_WITH_SEED_CBC_SHA", 128),
        ("TLS_AES_128_GCM_SHA256", 128),
        ("TLS_CHACHA20_POLY1305_SHA256", 256),
        ("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", 256),
    ],
)
def test_the_strength_of_a_suite_is_that_of_its_cipher(suite: str, bits: int) -> None:
    assert strength_bits(suite) == bits


def test_those_of_one_class_keep_their_order() -> None:
    suites = ("TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_AES_128_GCM_SHA256", "TLS_RSA_WITH_SEED_CBC_SHA")

    assert of_kind(suites, CBC) == (suites[0], suites[2])


def test_an_unknown_group_or_scheme_is_printed_as_a_number() -> None:
    assert (group_name(0x001D), group_name(0x9999)) == ("x25519", "0x9999")
    assert (scheme_name(0x0804), scheme_name(0x9999)) == ("rsa_pss_rsae_sha256", "0x9999")
