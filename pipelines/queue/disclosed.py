"""Which links the frontier is told of: none twice in a run, and none to what was taken down."""

from collections.abc import Callable, Iterable

from scraper.forgetting import forgotten_on
from scraper.items import Link, Via
from scraper.site import Site
from scraper.tombstones import Tombstones

MOST = 50_000  # links that are remembered: some 10 MB


class Disclosed:
    """Links of which the frontier has nothing to learn any more in this run."""

    def __init__(self, buried: Callable[[str], bool] | None = None) -> None:
        """`buried`: whether a URL is that of a page that was taken down; None while none was."""
        self._known: set[tuple[str, Via]] = set()
        self._buried = buried

    @classmethod
    def of(cls, stones: Tombstones, site: type[Site], home: str) -> "Disclosed":
        """Those of a run at its start."""
        return cls(forgotten_on(stones, site, home).covers if stones else None)

    def is_buried(self, url: str) -> bool:
        """Whether nothing may tell of a URL."""
        return self._buried is not None and self._buried(url)

    def sift(self, links: tuple[Link, ...]) -> tuple[Link, ...]:
        """The links that a WARC may tell of.

        What is counted goes whole, by its first and last: a hole in it would name who is missing.
        """
        if self._buried is None:
            return links
        return tuple(link for link in links if link.via is Via.RANGE or not self._buried(link.url))

    def news(self, links: Iterable[Link]) -> Iterable[Link]:
        """The links that are to be disclosed; of numbers that are counted no more than are read."""
        known, buried = self._known, self._buried
        new = (link for link in links if link.lastmod or (link.url, link.via) not in known)
        return new if buried is None else (link for link in new if not buried(link.url))

    def note(self, links: Iterable[Link]) -> None:
        """Remember links whose rows are in the database to stay."""
        if len(self._known) > MOST:
            self._known.clear()
        self._known.update((link.url, link.via) for link in links if link.via is not Via.RANGE)
