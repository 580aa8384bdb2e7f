"""Classifies IP addresses and hosts: public, loopback, or one that no link may lead to."""

import ipaddress
import socket
from contextlib import suppress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Metadata services that `is_global` takes for public ones (Oracle, Azure).
_METADATA = (ipaddress.ip_network("192.0.0.0/24"), ipaddress.ip_network("168.63.129.16/32"))
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_UNICAST = ipaddress.IPv6Network("2000::/3")  # the only part of IPv6 in use on the internet


def plain_literal(host: str) -> Address | None:
    """The address that a host is in its usual spelling, or None for anything else."""
    with suppress(ValueError):
        return ipaddress.ip_address(host)
    return None


def ip_literal(host: str) -> Address | None:
    """The address that a URL's host spells, or None for a name.

    Takes what resolvers take: "127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]",
    "[::ffff:1.2.3.4]".
    """
    bare = host.strip("[]").partition("%")[0]
    with suppress(OSError, ValueError):
        return plain_literal(bare) or ipaddress.IPv4Address(socket.inet_aton(bare))
    return None


def is_public(address: Address) -> bool:
    """Whether the address is on the open internet, whatever it is wrapped in.

    False for private, loopback, link-local, shared, multicast, reserved and metadata addresses,
    also inside IPv4-mapped, 6to4, Teredo and NAT64 ones.
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = _embedded(address)
        if inner is not None:
            return is_public(inner)
        if address not in _UNICAST:
            return False
    if address.is_multicast or any(address in network for network in _METADATA):
        return False
    return address.is_global


def _embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in _NAT64:
        return ipaddress.IPv4Address(address.packed[-4:])
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


def is_loopback_host(host: str) -> bool:
    """Whether a host (without port) is this machine by its plain name: localhost, 127.x, ::1."""
    name = host.lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = plain_literal(name.strip("[]"))
    return address is not None and address.is_loopback
