"""Finds mentions of forgotten pages in URLs, HTTP headers and short texts of a WARC record."""

from functools import lru_cache

from scraper.reading.redaction.checking import ends_in_phrase
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.urls import resolution_base, urls_in_header
from scraper.reading.urls import href_in_header
from scraper.tombstones import Tombstones

_CACHED_HEADERS = 20_000  # header values: most come with every response


class Mentions:
    """Finds mentions of the forgotten pages of one site; of any site by URL alone.

    `forgotten` is None as long as the site is not known.
    """

    def __init__(self, tombstones: Tombstones, forgotten: Forgotten | None) -> None:
        self._tombstones = tombstones
        self._forgotten = forgotten
        self._cached_in_header = lru_cache(maxsize=_CACHED_HEADERS)(self._in_header)

    def is_forgotten_url(self, url: str, base: str | None = None) -> bool:
        """Whether a URL, or a link on the page `base`, is that of a forgotten page."""
        if self._tombstones.covers_url(url):
            return True
        return self._forgotten is not None and self._forgotten.links_to_forgotten(base or url, url)

    def in_detail(self, detail: str, base: str) -> bool:
        """Whether a problem's detail contains a URL or a text of a forgotten page, if cut short."""
        if self.in_header(detail.encode("utf-8", "replace"), base):
            return True
        return self._forgotten is not None and ends_in_phrase(detail, self._forgotten)

    def in_header(self, value: bytes, base: str) -> bool:
        """Whether a header value contains a URL or a text of a forgotten page."""
        urls = urls_in_header(href_in_header(value).replace("\\/", "/"))
        bases = (resolution_base(base, url) for url in urls)
        return self._cached_in_header(value, max(bases, key=len, default=""))

    def _in_header(self, value: bytes, base: str) -> bool:
        urls = urls_in_header(href_in_header(value))
        if any(self.is_forgotten_url(url, base) for url in urls):
            return True
        return self._forgotten is not None and self._forgotten.matches_header(value)
