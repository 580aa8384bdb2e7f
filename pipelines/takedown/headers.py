"""What HTTP headers, links and problems of a capture tell of forgotten pages."""

from functools import lru_cache

from scraper.reading.redaction.matching import Forgotten, place_of, urls_in_header
from scraper.reading.urls import href_in_header
from scraper.tombstones import Tombstones

_REMEMBERED = 20_000  # values of headers: most come with every answer


class Heads:
    """Tells it of the pages of one site; of URLs alone before any site is known."""

    def __init__(self, tombstones: Tombstones, forgotten: Forgotten | None) -> None:
        self._tombstones = tombstones
        self._forgotten = forgotten
        self._quoted = lru_cache(maxsize=_REMEMBERED)(self._quotes)

    def covers(self, url: str, base: str | None = None) -> bool:
        """Whether a URL, of a link on `base`, is that of a forgotten page."""
        if self._tombstones.covers_url(url):
            return True
        return self._forgotten is not None and self._forgotten.leads_there(base or url, url)

    def says(self, text: str) -> bool:
        """Whether a text is or holds one of theirs."""
        return self._forgotten is not None and self._forgotten.hits(text)

    def names(self, text: str, base: str) -> bool:
        """Whether a forgotten URL stands in a header or the like, or is all of it."""
        return any(self.covers(one, base) for one in urls_in_header(text))

    def quotes(self, value: bytes, base: str) -> bool:
        """Whether a header names a forgotten URL or says something of theirs."""
        links = urls_in_header(href_in_header(value).replace("\\/", "/"))
        places = (place_of(base, one) for one in links)
        return self._quoted(value, max(places, key=len, default=""))

    def _quotes(self, value: bytes, base: str) -> bool:
        if self.names(href_in_header(value), base):
            return True
        return self._forgotten is not None and self._forgotten.hits_header(value)
