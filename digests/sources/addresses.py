"""Which addresses may be fetched at all: http(s) without credentials, and only hosts of the public internet.

Stance: what is not known to be public is refused. Python's own `is_global` says yes to blocks that lead back inside
(RELIABILITY section 4), so the table stands here.
"""

from __future__ import annotations

import ipaddress

from yarl import URL

# IANA's special-purpose registries, and the address that clouds use for their metadata service (168.63.129.16).
_DENIED_IPV4 = tuple(
    ipaddress.IPv4Network(block)
    for block in (
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
    )
)
# IPv6 is refused but for the part that is handed out to the world, without the special blocks inside it.
_GLOBAL_IPV6 = ipaddress.IPv6Network("2000::/3")
_DENIED_IPV6 = tuple(
    ipaddress.IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)


class RefusedAddress(OSError):
    """The address is inside this machine or network, or of no public use."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet. Anything that is no address is not public."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is None:
            return (
                ip.scope_id is None and ip in _GLOBAL_IPV6 and not any(ip in block for block in _DENIED_IPV6)
            )
        ip = ip.ipv4_mapped
    return not any(ip in block for block in _DENIED_IPV4)


def check_address(url: str) -> URL:
    """The parsed address that will be fetched. Raises ValueError for what is never fetched, saying why."""
    parsed = URL(url)
    if parsed.scheme not in ("http", "https"):
        raise ValueError("only http and https addresses are fetched")
    if not parsed.host:
        raise ValueError("the address has no host")
    if parsed.user is not None or parsed.password is not None:
        raise ValueError("an address with a user name or password is not fetched")
    return parsed.with_fragment(None)
