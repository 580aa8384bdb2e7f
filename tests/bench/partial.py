"""Partial crawls of the sample sites without a socket: real pages, readers and disclosures."""

import random
import sqlite3
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast
from urllib.parse import urlsplit

from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader
from sqlite_utils import Database

from pipelines.queue.lastmods import latest
from pipelines.queue.urls import disclose
from pipelines.schema import migrations
from scraper.errors import NotAQuestionError, QuestionMissingError, ReadingError
from scraper.items import Kind, Link, Question, Via
from scraper.reading.page import Page
from scraper.site import Site
from tests.truth.sites import SampleSite, build

_PRIORITY = {Kind.SITEMAP: 40, Kind.LIST: 30, Kind.FAQ: 20, Kind.QUESTION: 10}
ORDERS = ("frontier", "random", "breadth", "depth", "questions first", "lists first")


@dataclass
class Mirror:
    """A sample site whose pages are read once and remembered."""

    site: SampleSite
    _read: dict[str, tuple[str, bool, tuple[Link, ...]]] = field(default_factory=dict)

    @cached_property
    def spider(self) -> type[Site]:
        settings = Settings()
        settings.setmodule("scraper.settings", priority="project")
        return cast("type[Site]", SpiderLoader.from_settings(settings).load(self.site.name))

    @cached_property
    def pages(self) -> int:
        """The number of question pages that can be read."""
        return sum(1 for _ in self.site.existing_ids()) * len(self.site.languages)

    def read(self, link: Link) -> tuple[str, bool, tuple[Link, ...]]:
        """The URL's state, whether its page holds a question, and the page's links."""
        if link.url not in self._read:
            self._read[link.url] = self._fetch(link)
        return self._read[link.url]

    def _fetch(self, link: Link) -> tuple[str, bool, tuple[Link, ...]]:
        home, parts = self.site.home, urlsplit(link.url)
        path_and_query = parts.path + (f"?{parts.query}" if parts.query else "")
        response = self.site.respond(path_and_query, {"Host": parts.netloc})
        if response.status in (404, 410):
            return "gone", False, ()
        if response.status in (301, 302):
            target = self.spider.classify(response.header("Location") or "", home)
            if target is None:
                return "problem", False, ()
            return "moved", False, (Link(url=target[0], kind=target[1], via=Via.REDIRECT),)
        page = Page(
            url=link.url,
            body=response.body,
            content_type=response.header("Content-Type"),
            default_charset=self.spider.charset,
        )
        try:
            question = self._question(page, link.kind)
            links = tuple(self.spider.read_links(page, link.kind, home, question))
        except QuestionMissingError:
            return "gone", False, ()
        except ReadingError:
            return "problem", False, ()
        return "fetched", question is not None, links

    def _question(self, page: Page, kind: Kind) -> Question | None:
        if kind is Kind.QUESTION:
            return self.spider.read_question(page)
        if kind is Kind.LIST and self.spider.guesses:
            try:
                return self.spider.read_question(page)
            except NotAQuestionError:
                return None
        return None


def mirror(name: str, questions: int, seed: int) -> Mirror:
    """A site at a revision that depends on the seed, so that some have removed pages."""
    return Mirror(build(name, questions=questions, seed=seed, revision=1 + seed % 5))


def crawl(mirrored: Mirror, order: str, budget: int, seed: int) -> sqlite3.Connection:
    """The database after `budget` pages, fetched in one of ORDERS."""
    database = Database(memory=True)
    migrations.apply(database)
    db: sqlite3.Connection = database.conn
    db.create_function("latest", 1, latest)
    name = mirrored.site.name
    db.execute(
        "INSERT INTO runs(site, host, revisit, started_at) VALUES (?, '', 'due', '')", (name,)
    )
    rng = random.Random(seed)
    known: dict[str, Link] = {}
    waiting: list[tuple[float, int, Link]] = []

    def note(links: tuple[Link, ...]) -> None:
        disclose(db, name, links, run_id=1)
        for link in links:
            if link.url not in known:
                known[link.url] = link
                waiting.append((_rank(order, link, len(known), rng), len(known), link))

    note(tuple(mirrored.spider.start_links(mirrored.site.home)))
    for _ in range(budget):
        if not waiting:
            break
        best = min(range(len(waiting)), key=waiting.__getitem__)
        waiting[best], waiting[-1] = waiting[-1], waiting[best]
        link = waiting.pop()[2]
        state, _, links = mirrored.read(link)
        db.execute("UPDATE urls SET state=?, visited_in=1 WHERE url=?", (state, link.url))
        note(links)
    return db


def _rank(order: str, link: Link, place: int, rng: random.Random) -> float:
    match order:
        case "frontier":
            return -_PRIORITY[link.kind]
        case "breadth":
            return 0
        case "depth":
            return -place
        case "questions first":
            return rng.random() + (link.kind is not Kind.QUESTION)
        case "lists first":
            return rng.random() + (link.kind is Kind.QUESTION)
    return rng.random()
