"""The named readings of TLS facts: what each guideline says of the same address."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from scanner.identify.grade_labs import labs
from scanner.identify.grade_mozilla import INTERMEDIATE, MODERN, mozilla
from scanner.identify.grade_ncsc import ncsc
from scanner.identify.tls_reading import Spoken, spoken_of
from scanner.model.evidence import Answer, Offer, TlsEndpoint
from scanner.samples.tls import (
    INCOMPLETE,
    REVOKED_STAPLE,
    SEEN_AT,
    SELF_SIGNED,
    chain,
    dhe,
    leaf,
    offering,
)

GOOD12 = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
GOOD13 = "TLS_AES_256_GCM_SHA384"


def spoken(*suites: str, versions: tuple[str, ...] = ("TLSv1.2", "TLSv1.3"), **changes: Any) -> Spoken:
    """An address listed to the end, with an ECDSA certificate; TLS 1.3 suites go to TLS 1.3."""
    found = tuple(("TLSv1.3" if "_WITH_" not in s else "TLSv1.2", s) for s in suites)
    made = Spoken(frozenset(versions), has_doubt=False, suites=found, is_listed=True, chains=(chain(),))
    return replace(made, **changes)


MODEL = spoken(GOOD13, GOOD12)


def test_a_model_server_meets_the_intermediate_profile_and_is_an_a() -> None:
    assert mozilla(MODEL, INTERMEDIATE).result == "met"
    assert mozilla(MODEL, MODERN).because == ("version TLSv1.2", f"suite {GOOD12}")
    assert labs(MODEL, at=SEEN_AT).result == "A"
    assert ncsc(MODEL).result == "sufficient"


def test_only_the_good_suites_of_tls_1_3_are_good() -> None:
    assert ncsc(spoken(GOOD13, versions=("TLSv1.3",))).result == "good"
    assert ncsc(spoken("TLS_AES_128_GCM_SHA256", versions=("TLSv1.3",))).result == "sufficient"


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"groups": ("x25519", "x448")}, "group x448"),
        ({"features": {"compression-deflate": Answer.ACCEPTED}}, "compression"),
        ({"features": {"fallback-scsv": Answer.REJECTED}}, "no fallback-scsv"),
        ({"chains": (chain(leaf(key=("RSA", 1024))),)}, "key RSA 1024"),
        ({"chains": (chain(leaf(digest="sha1")),)}, "signature sha1"),
        ({"chains": (chain(leaf(lifetime_days=367)),)}, "lifetime 367 days"),
        ({"chains": (chain(trust=SELF_SIGNED),)}, "certificate self-signed"),
        ({"chains": (chain(is_named=False),)}, "certificate name"),
    ],
)
def test_whatever_is_beyond_the_profile_is_named(changed: dict[str, Any], fault: str) -> None:
    assert mozilla(replace(MODEL, **changed), INTERMEDIATE).because == (fault,)


def test_an_rsa_key_is_intermediate_but_not_modern() -> None:
    server = spoken(GOOD13, versions=("TLSv1.3",), chains=(chain(leaf(key=("RSA", 2048))),))

    assert mozilla(server, INTERMEDIATE).result == "met"
    assert mozilla(server, MODERN).because == ("key RSA 2048",)


@pytest.mark.parametrize(
    ("suite", "level"),
    [
        ("TLS_RSA_WITH_AES_128_GCM_SHA256", "insufficient"),
        ("TLS_ECDHE_RSA_WITH_RC4_128_SHA", "insufficient"),
        ("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "phase-out"),
        ("TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "phase-out"),
        (GOOD12, "sufficient"),
    ],
)
def test_the_dutch_level_is_that_of_the_worst_suite(suite: str, level: str) -> None:
    reading = ncsc(spoken(GOOD13, suite))

    assert (reading.result, f"suite {suite}" in reading.because) == (level, True)


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({"versions": frozenset({"TLSv1.1"})}, "insufficient"),
        ({"features": {"compression-deflate": Answer.ACCEPTED}}, "insufficient"),
        ({"features": {"secure-renegotiation": Answer.REJECTED}}, "insufficient"),
        ({"exchanges": (dhe(1024),)}, "insufficient"),
        ({"exchanges": (dhe(2048, group="secp224r1"),)}, "phase-out"),
        ({"chains": (chain(leaf(key=("RSA", 2048))),)}, "phase-out"),
        ({"chains": (chain(leaf(key=("RSA", 3072))),)}, "sufficient"),
    ],
)
def test_the_dutch_level_is_that_of_the_worst_setting(changed: dict[str, Any], level: str) -> None:
    assert ncsc(replace(MODEL, **changed)).result == level


@pytest.mark.parametrize(
    ("changed", "grade"),
    [
        ({"versions": frozenset({"TLSv1.0", "TLSv1.2"})}, "B"),
        ({"versions": frozenset({"TLSv1.0"})}, "C"),
        ({"versions": frozenset({"SSLv3"})}, "F"),
        ({"versions": frozenset({"SSLv2", "TLSv1.2"})}, "F"),
        ({"features": {"compression-deflate": Answer.ACCEPTED}}, "C"),
        ({"features": {"secure-renegotiation": Answer.REJECTED}}, "F"),
        ({"exchanges": (dhe(1024),)}, "B"),
        ({"exchanges": (dhe(512),)}, "F"),
        ({"chains": (chain(trust=INCOMPLETE),)}, "B"),
        ({"chains": (chain(trust=SELF_SIGNED),)}, "T"),
        ({"chains": (chain(leaf(days_left=-1)),)}, "T"),
        ({"chains": (chain(leaf(digest="sha1")),)}, "T"),
        ({"chains": (chain(staple=REVOKED_STAPLE),)}, "T"),
        ({"chains": (chain(is_named=False),)}, "M"),
        ({"suites": (("TLSv1.2", "TLS_RSA_WITH_AES_128_GCM_SHA256"),)}, "B"),
        ({"suites": (("TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"),)}, "B"),
        ({"suites": (("TLSv1.2", GOOD12), ("TLSv1.2", "TLS_RSA_WITH_3DES_EDE_CBC_SHA"))}, "C"),
        ({"suites": (("TLSv1.0", GOOD12), ("TLSv1.0", "TLS_RSA_WITH_3DES_EDE_CBC_SHA"))}, "B"),
        ({"suites": (("TLSv1.2", "TLS_RSA_WITH_RC4_128_SHA"),)}, "F"),
        ({"suites": (("TLSv1.2", GOOD12), ("TLSv1.2", "TLS_RSA_WITH_NULL_SHA"))}, "F"),
        ({"suites": (("TLSv1.2", GOOD12), ("TLSv1.2", "TLS_RSA_EXPORT_WITH_RC4_40_MD5"))}, "F"),
        ({"suites": (("TLSv1.2", GOOD12), ("TLSv1.2", "TLS_ECDH_anon_WITH_AES_128_CBC_SHA"))}, "F"),
    ],
)
def test_each_fault_caps_the_grade(changed: dict[str, Any], grade: str) -> None:
    reading = labs(replace(MODEL, **changed), at=SEEN_AT + timedelta(hours=1))

    assert reading.result == grade, reading


def test_without_a_full_listing_nothing_is_promised() -> None:
    partly = replace(MODEL, is_listed=False)

    assert [r.result for r in (mozilla(partly, INTERMEDIATE), ncsc(partly), labs(partly, at=SEEN_AT))] == [
        "unknown"
    ] * 3


def test_what_is_lost_is_lost_without_a_full_listing_too() -> None:
    partly = spoken("TLS_RSA_WITH_RC4_128_SHA", is_listed=False, has_doubt=True)

    assert mozilla(partly, INTERMEDIATE).result == "not-met"
    assert ncsc(partly).result == "insufficient"


def test_an_address_is_read_off_its_answers() -> None:
    endpoint: TlsEndpoint = replace(
        offering(
            ("compression-deflate", "rejected", ""), groups=(("x25519", "accepted"), ("x448", "rejected"))
        ),
        suites=(("TLSv1.3", (Offer(GOOD13, Answer.ACCEPTED), Offer("TLS_X", Answer.UNKNOWN))),),
        listing="full",
        listed=("TLSv1.2", "TLSv1.3"),
    )

    read = spoken_of(endpoint, (chain(),))

    assert read.versions == {"TLSv1.2", "TLSv1.3"}
    assert read.suites == (("TLSv1.3", GOOD13),)
    assert read.groups == ("x25519",)
    assert read.lacks("compression-deflate")
    assert read.is_listed
