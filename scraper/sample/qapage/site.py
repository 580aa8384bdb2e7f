"""The sample forum: what stands at each URL."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs

from scraper.sample import article
from scraper.sample.catalogue import Catalogue
from scraper.sample.lists import last_page, page_number, page_ranks
from scraper.sample.qapage import pages
from scraper.sample.qapage.content import content_of, path
from scraper.sample.sitemaps import sitemap_at
from scraper.sample.web import Response, moved, resource, text

_QUESTION = re.compile(r"/questions/([1-9]\d{0,11})(?:/[a-z0-9-]*)?")
_ROBOTS = "User-agent: *\nDisallow: /search\n\nSitemap: {origin}/sitemap.xml\n"


@dataclass(frozen=True)
class Forum:
    """Finds the page of a path and query."""

    catalogue: Catalogue

    def find(self, target: bytes, origin: str) -> Response | None:
        """The resource at a path and query."""
        target_path, _, query = target.decode("latin-1").partition("?")
        if target_path == "/robots.txt":
            return text(_ROBOTS.format(origin=origin), "text/plain; charset=utf-8")
        if target_path in pages.NOT_QUESTIONS:
            return text(pages.not_a_question(target_path, origin))
        if target_path == "/search":
            return text(pages.search(origin))
        if target_path in {"/", "/questions"}:
            return self._list(target_path, query, origin)
        if match := _QUESTION.fullmatch(target_path):
            return self._question(int(match[1]), target_path, origin)
        return sitemap_at(target_path, self.catalogue, origin, self._paths, pages.NOT_QUESTIONS)

    def _question(self, number: int, target_path: str, origin: str) -> Response | None:
        site = self.catalogue
        index = site.index(number)
        if index is None:
            return None
        state = site.state(index)
        if state.gone:
            return resource(body=b"<h1>Removed</h1>", status=state.gone_status)
        canonical = path(site, index)
        if target_path != canonical:
            return moved(origin + canonical)
        return resource(
            body=pages.question(content_of(site, index, state), origin, state.template).encode(),
            etag=f'W/"{number}-{state.version}-{state.template}"',
            modified=state.changed_at,
        )

    def _list(self, target_path: str, query: str, origin: str) -> Response | None:
        site = self.catalogue
        last = last_page(site.question_count)
        number = page_number(
            parse_qs(query).get("page", ["1"])[0], last if target_path != "/" else 1
        )
        if number is None:
            return None
        rows = [
            (path(site, index), article.question_text(site, index, 0).title)
            for index in page_ranks(site.question_count, number)
            if site.is_living(index)
        ]
        return text(pages.listing(rows, number, last, origin, target_path))

    def _paths(self, index: int) -> tuple[str]:
        return (path(self.catalogue, index),)
