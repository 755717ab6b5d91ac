"""No spelling of an inside address gets past the policy."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.collect.address import DENIED_V4, METADATA, AddressPolicy, embedded, policy

PUBLIC = AddressPolicy()
V4 = st.integers(0, 2**32 - 1).map(ipaddress.IPv4Address)
V6 = st.integers(0, 2**128 - 1).map(ipaddress.IPv6Address)
DENIED = st.sampled_from([block for block, _ in DENIED_V4]).flatmap(
    lambda block: st.integers(int(block.network_address), int(block.broadcast_address)).map(
        ipaddress.IPv4Address
    )
)


def spellings(address: ipaddress.IPv4Address) -> list[ipaddress.IPv6Address]:
    number = int(address)
    return [
        ipaddress.IPv6Address(value)
        for value in (
            number,  # IPv4-compatible
            0xFFFF << 32 | number,  # mapped
            0x64FF9B << 96 | number,  # NAT64
            0x2002 << 112 | number << 80 | 1,  # 6to4
            0x20010000 << 96 | 0x08080808 << 64 | (number ^ 0xFFFFFFFF),  # Teredo client
            0x20010000 << 96 | number << 64 | (0x08080808 ^ 0xFFFFFFFF),  # Teredo server
            0x26061234 << 96 | 0x00005EFE << 32 | number,  # ISATAP in a public prefix
        )
    ]


@pytest.mark.parametrize("address", ["8.8.8.8", "113.160.1.1", "2606:4700::1111", "64:ff9b::808:808"])
def test_a_public_address_may_be_visited(address: str) -> None:
    assert PUBLIC.refusal(address) == ""


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.1.1", "172.31.255.255", "192.0.0.8",
        "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.51.100.1", "203.0.113.9", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::1", "2002:808:808::1", "3fff::1",
        "5f00::1", "fc00::1", "fd12::1", "fe80::1", "fec0::1", "ff02::1", "4000::1", "fe80::1%eth0",
    ],
)  # fmt: skip
def test_a_special_address_may_not(address: str) -> None:
    assert PUBLIC.refusal(address)


@pytest.mark.parametrize(
    "text", ["", "localhost", "2130706433", "0x7f.1", "127.1", "0177.0.0.1", "1.2.3.4.5"]
)
def test_what_is_no_plain_address_is_refused(text: str) -> None:
    assert PUBLIC.refusal(text) == "no address"


def test_a_block_of_the_configuration_opens_an_inside_address() -> None:
    opened = policy(("10.20.0.0/16",), ("fd12::/16",))

    assert opened.refusal("10.20.3.4") == ""
    assert opened.refusal("::ffff:10.20.3.4") == ""
    assert opened.refusal("fd12::8") == ""
    assert opened.refusal("10.21.0.1") == "private"


def test_a_block_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="does not appear"):
        policy(("10.0.0.0/8", "many"))


@pytest.mark.parametrize("block", [str(block) for block, _ in METADATA])
def test_metadata_services_stay_closed_whatever_is_opened(block: str) -> None:
    wide_open = policy(("0.0.0.0/0", "::/0"))
    address = ipaddress.ip_network(block)[0]

    assert "metadata" in wide_open.refusal(str(address))
    if address.version == 4:
        assert all("metadata" in wide_open.refusal(str(s)) for s in spellings(address))


@given(DENIED)
def test_an_address_that_embeds_a_denied_one_is_denied(address: ipaddress.IPv4Address) -> None:
    assert PUBLIC.refusal(str(address))
    assert all(PUBLIC.refusal(str(s)) for s in spellings(address))


@given(V6)
def test_whatever_is_denied_inside_is_denied_outside(address: ipaddress.IPv6Address) -> None:
    opened = policy(("2000::/3",))

    if any(opened.refusal(str(inner)) for inner in embedded(address)):
        assert opened.refusal(str(address))


@given(V4)
def test_an_address_is_judged_like_its_mapped_form(address: ipaddress.IPv4Address) -> None:
    assert PUBLIC.refusal(str(address)) == PUBLIC.refusal(f"::ffff:{address}")
