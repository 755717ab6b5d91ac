"""Keys over a whole scan: reuse by strangers, and SSLv2 at one server that exposes another."""

import json
from dataclasses import replace

import pytest

from scanner.model.agency import Agency, Inventory, Province, Site
from scanner.model.shared_key import SharedKey
from scanner.model.visit import Visit
from scanner.policy.shared_keys import shared_keys
from tests.policy.nouns import INVENTORY, visit

KEY, OTHER = "ab" * 32, "cd" * 32


def seen(site_id: str, address: str, *keys: str, ssl2: str = "rejected", kind: str = "RSA") -> Visit:
    chains = [
        {
            "certificates": [
                {"spki_sha256": key, "subject": f"CN={site_id}", "key": {"type": kind}},
                {"spki_sha256": OTHER},
            ]
        }
        for key in keys
    ]
    endpoint = {"address": address, "versions": {"SSLv2": {"answer": ssl2}}, "chains": chains}
    return replace(visit(site_id), facts=json.dumps({"tls": {"endpoints": [endpoint]}}))


def found(*visits: Visit, inventory: Inventory = INVENTORY) -> tuple[SharedKey, ...]:
    return shared_keys(inventory, visits)


def test_strangers_with_one_key_on_two_servers_are_told() -> None:
    (one,) = found(seen("s1", "192.0.2.1", KEY), seen("s3", "192.0.2.3", KEY), seen("s2", "192.0.2.2", OTHER))

    assert one == SharedKey(KEY, "RSA", "CN=s1", ("s1", "s3"), ("so-y-te", "so-xd"))
    assert not one.is_drown


@pytest.mark.parametrize(
    "visits",
    [
        (seen("s1", "192.0.2.1", KEY), seen("s3", "192.0.2.1", KEY)),  # one server for both
        (seen("s1", "192.0.2.1", KEY), seen("s2", "192.0.2.2", KEY)),  # one agency
        (seen("s1", "192.0.2.1", KEY), seen("s3", "192.0.2.3", OTHER)),
        (seen("s1", "192.0.2.1"), seen("s3", "192.0.2.3")),
        (seen("s1", "192.0.2.1", KEY, ssl2="accepted"),),  # tls.ssl-offered tells it
    ],
)
def test_what_is_nobody_elses_trouble_is_left_out(visits: tuple[Visit, ...]) -> None:
    assert found(*visits) == ()


def test_an_agency_and_the_one_above_it_are_no_strangers() -> None:
    inventory = Inventory(
        Province("Mẫu"),
        agencies=(Agency("tinh", "Tỉnh"), Agency("so", "Sở", parent="tinh")),
        sites=(Site("s1", "tinh", "https://a.example/"), Site("s3", "so", "https://b.example/")),
    )

    assert found(seen("s1", "192.0.2.1", KEY), seen("s3", "192.0.2.3", KEY), inventory=inventory) == ()


def test_ssl2_elsewhere_with_the_same_rsa_key_exposes_a_site() -> None:
    (one,) = found(seen("s1", "192.0.2.1", KEY), seen("s2", "192.0.2.2", KEY, ssl2="accepted"))

    assert one.is_drown
    assert (one.ssl2_on, one.exposed) == (("s2",), ("s1",))


def test_ssl2_that_was_not_proven_or_with_another_kind_of_key_exposes_nobody() -> None:
    for ssl2, kind in (("unknown", "RSA"), ("accepted", "EC")):
        assert (
            found(seen("s1", "192.0.2.1", KEY, kind=kind), seen("s2", "192.0.2.2", KEY, ssl2=ssl2, kind=kind))
            == ()
        )


@pytest.mark.parametrize(
    "facts", ["", "{}", "[]", '{"tls":null}', '{"tls":{"endpoints":[7,{"chains":"x"}]}}']
)
def test_facts_of_any_age_are_read(facts: str) -> None:
    assert found(replace(visit("s1"), facts=facts), seen("s3", "192.0.2.3", KEY)) == ()


def test_drown_stands_first() -> None:
    rows = found(
        seen("s1", "192.0.2.1", KEY, OTHER),
        seen("s3", "192.0.2.3", KEY),
        seen("s2", "192.0.2.2", OTHER, ssl2="accepted"),
    )

    assert [r.is_drown for r in rows] == [True, False]
