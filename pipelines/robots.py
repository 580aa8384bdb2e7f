"""robots.txt belongs to the evidence: it tells why a page was fetched, or was not."""

from scrapy.crawler import Crawler
from scrapy.http import Response

from pipelines.archive import STORAGE_ERRORS, archive_of
from pipelines.capture import archived
from pipelines.frontier import frontier_of
from pipelines.store import decision, store_capture
from scraper import signals
from scraper.captures import capture_of
from scraper.items import Kind, Outcome, Visit


class RobotsCapture:
    """Scrapy extension: every response on the way to a robots.txt goes into WARC and database."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsCapture":
        """Made by Scrapy."""
        extension = cls(crawler)
        crawler.signals.connect(extension.keep, signals.robots_fetched)
        return extension

    async def keep(self, responses: list[Response]) -> None:
        """Store the responses; a storage error ends the run."""
        frontier = frontier_of(self._crawler)
        if not frontier.on:
            return
        archive = archive_of(self._crawler)
        try:
            await archive.free()
            for response in responses:
                capture = capture_of(response.url, response)
                visit = Visit(
                    url=response.url,
                    kind=Kind.LIST,
                    outcome=Outcome.FETCHED,
                    visited_at=capture.fetched_at,
                    capture=capture,
                )
                kept = archived(archive, visit)
                with archive.visit():
                    store_capture(archive.db, kept, None, frontier.run.id)
                    archive.append(decision(kept, visit, frontier.run.uuid, robots=True))
        except STORAGE_ERRORS as error:
            frontier.storage_failed(error)
