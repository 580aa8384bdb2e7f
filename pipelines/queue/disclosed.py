"""Which links a run has disclosed already: its pages name the same ones over and over."""

from collections.abc import Iterable

from scraper.items import Link, Via

MOST = 50_000  # links that are remembered: some 10 MB


class Disclosed:
    """Links of which the frontier has nothing to learn any more in this run."""

    def __init__(self) -> None:
        self._known: set[tuple[str, Via]] = set()

    def news(self, links: Iterable[Link]) -> list[Link]:
        """The links that are to be disclosed."""
        known = self._known
        return [link for link in links if link.lastmod or (link.url, link.via) not in known]

    def note(self, links: Iterable[Link]) -> None:
        """Remember links whose rows are in the database to stay."""
        if len(self._known) > MOST:
            self._known.clear()
        self._known.update((link.url, link.via) for link in links if link.via is not Via.RANGE)
