"""The sample forum: what stands at each URL."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import parse_qs

from scraper.sample import article
from scraper.sample.catalogue import Catalogue
from scraper.sample.lists import last_page, page_number, window
from scraper.sample.qapage import pages
from scraper.sample.qapage.content import content, path
from scraper.sample.sitemaps import PER_SITEMAP, sitemap_index, urlset
from scraper.sample.web import Resource, moved, text

_QUESTION = re.compile(r"/questions/([1-9]\d{0,11})(?:/[a-z0-9-]*)?")
_SITEMAP = re.compile(r"/sitemap-([1-9]\d{0,6})\.xml")
_ROBOTS = "User-agent: *\nDisallow: /search\n\nSitemap: {origin}/sitemap.xml\n"
_HTML = "text/html; charset=utf-8"
_XML = "application/xml; charset=utf-8"
_OTHERS: dict[str, Callable[[str], str]] = {
    "/help/faq": pages.faq_page,
    "/conditions/heartburn": pages.condition_page,
    "/articles/how-to-ask": pages.article_page,
    "/search": pages.search_page,
}
NOT_QUESTIONS = ("/help/faq", "/conditions/heartburn", "/articles/how-to-ask")
"""Pages from which no question may be read."""


@dataclass(frozen=True)
class Forum:
    """Finds pages."""

    catalogue: Catalogue

    def find(self, target: bytes, origin: str) -> Resource | None:
        """The resource at a path and query."""
        where, _, query = target.decode("latin-1").partition("?")
        if where == "/robots.txt":
            return text(lambda: _ROBOTS.format(origin=origin), "text/plain; charset=utf-8")
        if where in _OTHERS:
            return text(partial(_OTHERS[where], origin), _HTML)
        if where in {"/", "/questions"}:
            return self._list(where, query, origin)
        if match := _QUESTION.fullmatch(where):
            return self._question(int(match[1]), where, origin)
        return self._sitemap(where, origin)

    def _question(self, number: int, where: str, origin: str) -> Resource | None:
        site = self.catalogue
        index = site.index(number)
        if index is None:
            return None
        state = site.state(index)
        if state.gone:
            return Resource(body=lambda: b"<h1>Removed</h1>", status=state.gone_status)
        own = path(site, index)
        if where != own:
            return moved(origin + own)
        return Resource(
            body=lambda: pages.question(
                content(site, index, state), origin, state.template
            ).encode(),
            etag=f'W/"{number}-{state.version}-{state.template}"',
            modified=state.changed_at,
        )

    def _list(self, where: str, query: str, origin: str) -> Resource | None:
        site = self.catalogue
        last = last_page(site.count)
        number = page_number(parse_qs(query).get("page", ["1"])[0], last if where != "/" else 1)
        if number is None:
            return None
        rows = [
            (path(site, index), article.asked(site, index, 0).title)
            for index in window(site.count, number)
            if site.lives(index)
        ]
        return text(lambda: pages.listing(rows, number, last, origin, where), _HTML)

    def _sitemap(self, where: str, origin: str) -> Resource | None:
        site = self.catalogue
        if where == "/sitemap.xml":
            return text(lambda: sitemap_index(site, origin), _XML)
        match = _SITEMAP.fullmatch(where)
        if match is None or (int(match[1]) - 1) * PER_SITEMAP >= site.count:
            return None
        others = NOT_QUESTIONS if match[1] == "1" else ()
        return text(
            lambda: urlset(site, int(match[1]), origin, lambda at: (path(site, at),), others), _XML
        )
