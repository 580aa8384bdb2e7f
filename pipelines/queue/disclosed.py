"""Filters a run's links: none is given to the frontier twice, and none to a page taken down."""

from collections.abc import Callable, Iterable

from pipelines.queue.numbers import each
from scraper.forgetting import forgotten_on
from scraper.items import Link, Via
from scraper.site import Site
from scraper.tombstones import Tombstones

MOST = 50_000  # remembered links: some 10 MB


class Disclosed:
    """The links that this run has given to the frontier."""

    def __init__(self, is_forgotten: Callable[[str], bool] | None = None) -> None:
        """`is_forgotten` tells whether a URL is of a page taken down; None: no page is."""
        self._known: set[tuple[str, Via]] = set()
        self._is_forgotten = is_forgotten

    @classmethod
    def of(cls, tombstones: Tombstones, site: type[Site], home: str) -> "Disclosed":
        """The links of a run at its start: none."""
        return cls(forgotten_on(tombstones, site, home).covers if tombstones else None)

    def is_forgotten(self, url: str) -> bool:
        """Whether the URL is that of a page taken down, which may be named nowhere."""
        return self._is_forgotten is not None and self._is_forgotten(url)

    def without_forgotten(self, links: tuple[Link, ...]) -> tuple[Link, ...]:
        """The links that a WARC may contain.

        A range of numbers is kept whole: a gap in it would show which page was taken down.
        """
        if self._is_forgotten is None:
            return links
        return tuple(
            link for link in links if link.via is Via.RANGE or not self._is_forgotten(link.url)
        )

    def without_known(self, links: Iterable[Link]) -> Iterable[Link]:
        """The links that the frontier needs, lazily: it stops reading a range at a known number."""
        known, is_forgotten = self._known, self._is_forgotten
        new = (link for link in links if link.lastmod or (link.url, link.via) not in known)
        if is_forgotten is None:
            return new
        return (one for link in new for one in each(link) if not is_forgotten(one.url))

    def note(self, links: Iterable[Link]) -> None:
        """Remember links whose rows are committed with the visit."""
        if len(self._known) > MOST:
            self._known.clear()
        self._known.update((link.url, link.via) for link in links if link.via is not Via.RANGE)
