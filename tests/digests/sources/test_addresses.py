"""Which addresses may be fetched: the table against the registries, and the forms that other checks get wrong."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Any

import pytest

from digests.sources.addresses import check_address, is_public

# IANA's special-purpose address registries (and the multicast ones) as networks that are not the public internet.
SPECIAL = (
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "168.63.129.16/32",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "::/128",
    "::1/128",
    "::/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
)
PUBLIC = (
    "1.1.1.1",
    "8.8.8.8",
    "93.184.215.14",
    "2606:4700:4700::1111",
    "2a00:1450:4001::1",
    "::ffff:8.8.8.8",
)


def edges() -> Iterator[Any]:
    """First, last, one before and one after of every special block, with what must be said of each."""
    networks = [ipaddress.ip_network(block) for block in SPECIAL]
    for network in networks:
        kind = type(network.network_address)
        first, last = int(network.network_address), int(network.broadcast_address)
        for number in (first - 1, first, last, last + 1):
            if not 0 <= number < 2**network.max_prefixlen:
                continue
            address = kind(number)
            special = any(address in other for other in networks if other.version == network.version)
            outside = address.version == 6 and address not in ipaddress.ip_network("2000::/3")
            yield pytest.param(str(address), not special and not outside, id=f"{network}-{address}")


@pytest.mark.parametrize(("address", "expected"), list(edges()))
def test_every_special_block_at_its_edges(address: str, expected: bool) -> None:
    """The deny table against the registries: first, last, before, after."""
    assert is_public(address) is expected


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_internet_is_reachable(address: str) -> None:
    """A guard that refuses everything would pass the other tests."""
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "fe80::1%eth0",
        "2606:4700::1%1",
        "localhost",
        "",
        "127.1",
    ],
)
def test_mapped_scoped_and_other_forms_are_not_public(address: str) -> None:
    """Forms that Python's own `is_global` gets wrong."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.com/",
        "gopher://example.com/",
        "data:text/plain,x",
        "http://",
        "http:///x",
        "//example.com/x",
        "http://me:pw@example.com/",
        "http://me@example.com/",
        "javascript:alert(1)",
    ],
)
def test_other_schemes_and_credentials_are_refused(url: str) -> None:
    """Only http and https, and never a password."""
    with pytest.raises(ValueError):
        check_address(url)
