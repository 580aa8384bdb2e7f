"""The scope guard: lets requests go to the site's own hosts only, but for its robots.txt.

Where that redirects, it is followed to any public host (RFC 9309, 2.3.1.2).
"""

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import CannotResolveHostError

from scraper.component import Component
from scraper.origins import PORTS
from scraper.politeness import resolver
from scraper.politeness.addresses import ip_literal, is_loopback_host, is_public
from scraper.politeness.errors import DeniedError
from scraper.politeness.robots_fetch import OWN_FETCH


class ScopeMiddleware(Component):
    """Refuses requests that leave the spider's `hosts: frozenset[str]` ("host" or "host:port").

    A spider without `hosts` (`scrapy shell URL`) may go to any http(s) host that a person types.
    """

    def process_request(self, request: Request) -> None:
        spider = self._crawler.spider
        # A copy on loopback is crawled without a contact and without delay.
        abroad = request.meta.get(OWN_FETCH, 0) > 0 and not getattr(spider, "loopback", False)
        check_scope(request.url, getattr(spider, "hosts", None), abroad=abroad)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Raise DeniedError for a name that the resolver refused because of its address."""
        if not isinstance(exception, CannotResolveHostError):
            return
        name = urlsplit(request.url).hostname or ""
        address = resolver.refused.get(name)
        if address is not None:
            raise DeniedError("private-address", f"{name} resolves to {address}") from exception


def check_scope(url: str, hosts: frozenset[str] | None, *, abroad: bool = False) -> None:
    """Raise DeniedError (scheme-not-http, private-address, off-site) unless `url` is in scope.

    `abroad`: any host will do, unless it is known to be private; the resolver looks at the others.
    """
    scheme, netloc, *_ = parts = urlsplit(url)
    if scheme not in PORTS:
        raise DeniedError("scheme-not-http", f"only http and https are fetched, not {scheme}:")
    if hosts is None or _normal_netloc(scheme, netloc) in hosts:
        return
    if "@" in netloc:
        raise DeniedError("off-site", "the URL carries a user name")
    literal = ip_literal(netloc) or ip_literal(netloc.rpartition(":")[0])
    if literal is not None and not is_public(literal):
        raise DeniedError("private-address", f"{netloc} is not a public address")
    if not abroad or is_loopback_host(parts.hostname or ""):
        raise DeniedError("off-site", f"{netloc} is not one of the site's hosts")


def _normal_netloc(scheme: str, netloc: str) -> str:
    """A URL's netloc as `hosts` spells it: lower case, without the scheme's own port.

    Credentials stay in it, so that a URL with some is out of every site's scope.
    """
    return netloc.lower().removesuffix(f":{PORTS[scheme]}")
