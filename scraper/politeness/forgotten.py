"""Keeps forgotten pages out of the archive: neither fetches them nor stores quotations of them."""

from functools import cached_property
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from scraper.captures import REPEATED, UNSEEN
from scraper.forgetting import forgotten_on, forgotten_without_site
from scraper.politeness.body import with_body
from scraper.politeness.errors import DeniedError
from scraper.politeness.robots_fetch import OWN_FETCH
from scraper.reading.page import Page
from scraper.reading.redaction.headers import describes_body
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.robots import redact_any
from scraper.reading.redaction.urls import urls_in_header
from scraper.reading.urls import href_in_header
from scraper.site import Site
from scraper.tombstones import Tombstones, load

REDACTED = "redacted"  # flag of a response that was changed
_NO_TEXT = ("image/", "audio/", "video/", "font/")


class ForgottenMiddleware:
    """Denies requests for forgotten pages, and blanks what responses quote of them.

    Raises DeniedError (forgotten) for such a page and for a redirect to one. Not configured, and
    so without cost, while the archive has no tombstones; raises TombstonesError when these cannot
    be read.
    """

    def __init__(self, crawler: Crawler, tombstones: Tombstones) -> None:
        self._crawler = crawler
        self._tombstones = tombstones

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        tombstones = load(Path(crawler.settings["ARCHIVE"]))
        if not tombstones:
            raise NotConfigured
        return cls(crawler, tombstones)

    def process_request(self, request: Request) -> None:
        if OWN_FETCH in request.meta:
            return
        is_covered = any(map(self._tombstones.covers_url, _urls(request)))
        if is_covered or self._forgotten.covers(request.url):
            raise DeniedError("forgotten", "the page was taken down from this archive")
        request.meta[UNSEEN] = True

    def process_response(self, request: Request, response: Response) -> Response:
        if OWN_FETCH in request.meta:
            return self._robots(request, response)
        location = href_in_header(response.headers.get(b"Location") or b"")
        if location and self._forgotten.links_to_forgotten(request.url, location):
            raise DeniedError("forgotten", "it leads to a page that was taken down")
        response = self._without_quoting_headers(request, self._redacted(request, response))
        request.meta[UNSEEN] = False
        return response

    def _robots(self, request: Request, response: Response) -> Response:
        """The response to store, but with the body that came: rules are read from it."""
        kept = self._without_quoting_headers(request, self._redacted(request, response))
        return kept if kept is response else with_body(kept, response.body, kept.flags)

    def _without_quoting_headers(self, request: Request, response: Response) -> Response:
        for name in list(response.headers):
            values = response.headers.getlist(name)
            urls = urls_in_header(href_in_header(b" ".join(values)))
            is_linked = any(self._forgotten.links_to_forgotten(request.url, url) for url in urls)
            if is_linked or any(map(self._forgotten.matches_header, values)):
                del response.headers[name]
        return response

    def _redacted(self, request: Request, response: Response) -> Response:
        kind = (response.headers.get(b"Content-Type") or b"").decode("latin-1")
        if "undecoded" in response.flags:  # what it quotes is unknown
            request.meta["raw_body"] = b""
            response.flags.append(REDACTED)
            _drop_body_headers(response)
        if not response.body or kind.startswith(_NO_TEXT):
            return response
        page = Page(
            url=_urls(request)[0],
            body=response.body,
            content_type=kind or None,
            default_charset=getattr(self._crawler.spider, "charset", "utf-8"),
        )
        body = redact_any(page, self._forgotten)
        if self._quotes_again(request, response, body):
            body = b""
        flags = [REDACTED, REPEATED] if self._is_repeated(request, response.body) else [REDACTED]
        if body is None and REPEATED not in flags:
            return response
        body = response.body if body is None else body
        request.meta["raw_body"] = body
        changed = with_body(response, body, [*response.flags, *flags])
        _drop_body_headers(changed)
        changed.headers[b"Content-Length"] = str(len(body))
        return changed

    def _quotes_again(self, request: Request, response: Response, body: bytes | None) -> bool:
        """Whether a takedown could see more to redact in this body, of which nothing is read."""
        if OWN_FETCH not in request.meta and response.status == HTTPStatus.OK:
            return False
        came, left = (sha256(one).hexdigest() for one in (response.body, body or response.body))
        return self._tombstones.is_redacted(came) and not self._tombstones.is_redacted(came, left)

    def _is_repeated(self, request: Request, body: bytes) -> bool:
        """Whether a body is the one that a takedown redacted to the page's stored one."""
        due = request.meta.get("due")
        if due is None or due.sha256 is None:
            return False
        return self._tombstones.is_redacted(sha256(body).hexdigest(), due.sha256)

    @cached_property
    def _forgotten(self) -> Forgotten:
        spider: Any = self._crawler.spider
        home: str = getattr(spider, "base", "")
        if isinstance(spider, Site):
            return forgotten_on(self._tombstones, type(spider), home)
        return forgotten_without_site(self._tombstones, spider.name, home)


def _drop_body_headers(response: Response) -> None:
    for name in filter(describes_body, list(response.headers)):
        del response.headers[name]


def _urls(request: Request) -> tuple[str, ...]:
    """The URLs of a request: as the frontier spells it, and as it is sent."""
    due = request.meta.get("due")
    return (due.url, request.url) if due is not None else (request.url,)
