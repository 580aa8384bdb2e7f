"""Captures each robots.txt, and makes the URLs ready that it denied before and allows now."""

from scrapy.crawler import Crawler
from scrapy.http import Response

from pipelines.capture import archived
from pipelines.frontier import CrawlComponent
from pipelines.queue.ready import release
from pipelines.queue.urls import disclose
from pipelines.storing.visits import decision_record, store_capture
from scraper import signals
from scraper.captures import capture_of
from scraper.items import Kind, Link, Outcome, Via, Visit
from scraper.politeness.errors import PolitenessError
from scraper.politeness.robots import check_allowed
from scraper.politeness.robots_rules import Robots
from scraper.reading.sitemap import own_sitemap
from scraper.spider import QuestionSpider


class RobotsCapture(CrawlComponent):
    """Scrapy extension: every response on the way to a robots.txt goes into WARC and database."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        crawler.signals.connect(self.keep, signals.robots_fetched)

    async def keep(self, responses: list[Response], robots: Robots) -> None:
        """Store the responses and the sitemaps that they name, and make ready what is allowed now.

        An error ends the run.
        """
        frontier = self._frontier
        if not frontier.on:
            return
        frontier.keep_pace(robots.delay)
        archive = self._archive
        try:
            await archive.free()
            links = frontier.disclosed.without_forgotten(_sitemaps(robots, frontier.spider))
            for response in responses:
                capture = capture_of(response.url, response)
                visit = Visit(
                    url=response.url,
                    kind=Kind.LIST,
                    outcome=Outcome.FETCHED,
                    visited_at=capture.fetched_at,
                    capture=capture,
                    links=links if response is responses[-1] else (),
                )
                capture_in_warc = archived(archive, visit)
                with archive.visit():
                    store_capture(archive.db, capture_in_warc, None, frontier.run.id)
                    disclose(archive.db, frontier.scope.site, visit.links, run_id=frontier.run.id)
                    archive.append(
                        decision_record(capture_in_warc, visit, frontier.run.uuid, robots=True)
                    )
            with archive.visit():
                release(archive.db, frontier.scope, lambda url: _allows(robots, url))
        except Exception as error:  # noqa: BLE001 -- the run ends with it
            frontier.fail(error)


def _allows(robots: Robots, url: str) -> bool:
    try:
        check_allowed(url, robots)
    except PolitenessError:
        return False
    return True


def _sitemaps(robots: Robots, site: QuestionSpider) -> tuple[Link, ...]:
    """Links to the sitemaps at the site's own host; () where the crawl is to start elsewhere."""
    if site.start_url is not None:
        return ()
    urls = dict.fromkeys(own_sitemap(url, site.base) for url in robots.sitemaps)
    return tuple(Link(url=url, kind=Kind.SITEMAP, via=Via.SITEMAP) for url in urls if url)
