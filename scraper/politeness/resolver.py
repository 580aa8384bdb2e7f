"""A resolver that refuses addresses that are not public, such as those in our own network.

Set as TWISTED_DNS_RESOLVER. The address checked is the one connected to, and it is checked each
time, so a name that is re-pointed between two requests gains nothing (DNS rebinding).
"""

import socket
from collections.abc import Sequence

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred, succeed
from twisted.internet.error import DNSLookupError
from twisted.internet.threads import deferToThread

from scraper.politeness.addresses import ip_literal, is_loopback_host, is_public, plain_literal

refused: dict[str, str] = {}
"""The addresses of refused names; kept because Twisted turns every error into "not found"."""


class GuardedResolver(CachingThreadedResolver):
    """Resolves names to public addresses; "localhost" and IP literals are the scope guard's.

    Yields one address for a name: of IPv6 only where it has none of IPv4.
    """

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802
        if plain_literal(name) is not None:
            return succeed(name)
        found: Deferred[str] = super().getHostByName(name, timeout)
        found.addErrback(lambda _: deferToThread(_ipv6_of, name))
        return found.addCallback(check_address, name)


def _ipv6_of(name: str) -> str:
    try:
        found = socket.getaddrinfo(name, None, socket.AF_INET6, socket.SOCK_STREAM)
    except OSError as error:
        raise DNSLookupError(f"address {name!r} not found: {error}") from error
    return str(found[0][4][0])


def check_address(address: str, name: str) -> str:
    """Return `address`; raise DNSLookupError and note it in `refused` unless it is allowed."""
    if is_loopback_host(name) or plain_literal(name) is not None or _is_public(address):
        refused.pop(name, None)
        return address
    refused[name] = address
    raise DNSLookupError(f"{name} resolves to {address}, which is not a public address")


def _is_public(address: str) -> bool:
    parsed = ip_literal(address)
    return parsed is not None and is_public(parsed)
