"""Sample sites in which the words of some questions are marked, so that each can be traced."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from typing import Any
from unittest.mock import patch

from scraper.errors import ReadingError
from scraper.items import Kind, Question
from scraper.loading import sites
from scraper.reading.page import Page
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.units import units_of
from scraper.reading.sameness import is_distinctive, normal
from scraper.sample import article
from scraper.spider import QuestionSpider
from tests.few_topics import build_small
from tests.redaction.forgotten import ToyPages
from tests.truth.sites import SampleSite

CANARIES = ("Kanarienvogel", "金絲雀啼")
_NUMBER = re.compile(r"(?:article/|q_no=|questions/)(\d+)")
QUESTIONS = 26
FORGOTTEN = 8  # every so many


def mark(text: str) -> str:
    """A text with two canaries in it."""
    return f"{text} {CANARIES[0]} & {CANARIES[1]}"


@dataclass(frozen=True)
class Planted:
    """A sample site and its forgotten questions, by index in its catalogue."""

    site: SampleSite
    indexes: frozenset[int]

    @property
    def spider(self) -> type[QuestionSpider]:
        """Whose reader reads the pages."""
        return sites()[self.site.name]

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:8000{self.site.start}"

    def is_gone(self, url: str) -> bool:
        """Whether a URL is that of a forgotten question, in any language."""
        number = _NUMBER.search(url)
        return number is not None and int(number[1]) in {
            self.site.catalogue.numbers.number(index) for index in self.indexes
        }

    def at(self, revision: int) -> SampleSite:
        """The site weeks later."""
        catalogue = self.site.catalogue
        return build_small(
            self.site.name, questions=catalogue.history.questions, seed=catalogue.seed,
            revision=revision,
        )  # fmt: skip

    def page(self, url: str) -> Page:
        path = url.removeprefix("http://127.0.0.1:8000")
        response = self.site.respond(path, {"host": "127.0.0.1:8000"})
        assert response.status == 200, url
        return Page(
            url=url,
            body=response.body,
            content_type=response.header("content-type"),
            default_charset="big5hkscs" if self.site.name == "taiwan-ehospital" else "utf-8",
        )

    def read(self, page: Page) -> Question:
        return self.spider.read_question(page)

    def pages(self) -> Iterator[tuple[Kind, Page]]:
        """Every page that a crawl reaches, those of the forgotten included."""
        waiting = [(link.url, link.kind) for link in self.spider.start_links(self.home)]
        seen = set(waiting)
        while waiting:
            url, kind = waiting.pop()
            response = self.site.respond(url.removeprefix("http://127.0.0.1:8000"), {})
            if response.status != 200:
                continue
            page = self.page(url)
            yield kind, page
            question = self.question(page, kind)
            for link in self.spider.read_links(page, kind, self.home, question):
                if (link.url, link.kind) not in seen:
                    seen.add((link.url, link.kind))
                    waiting.append((link.url, link.kind))

    def question(self, page: Page, kind: Kind) -> Question | None:
        """The page's record, read where the spider reads one."""
        guessed = kind is Kind.LIST and self.site.name == "qapage"
        if kind is not Kind.QUESTION and not guessed:
            return None
        try:
            return self.read(page)
        except ReadingError:  # a list; the layout that shows no labels
            return None

    def forgotten(self, phrases: tuple[str, ...] = ()) -> Forgotten:
        classify = partial(_classify, self.spider.classify, self.home)
        return Forgotten(ToyPages(is_forgotten_url=self.is_gone, classify=classify), phrases)


def _classify(classify: Callable[..., Any], home: str, url: str) -> Any:
    return classify(url, home)


@contextmanager
def planted(
    name: str, layout: str | None = None, *, questions: int = QUESTIONS, every: int = FORGOTTEN
) -> Iterator[Planted]:
    """A site whose forgotten questions say the canaries in title, headline, texts and name."""
    site = build_small(name, questions=questions, seed=700, layout=layout)
    indexes = frozenset(range(3, questions, every))
    question_text, answers = article.question_text, article.answers

    def marked_text(at: Any, index: int, lang: int) -> article.QuestionText:
        text = question_text(at, index, lang)
        if index not in indexes:
            return text
        lines = (mark("I begin"), *map(mark, text.lines))
        return replace(text, title=mark(text.title), headline=mark(text.headline), lines=lines)

    def marked_answers(at: Any, index: int, lang: int, version: int) -> tuple[article.Answer, ...]:
        replies = answers(at, index, lang, version)
        if index not in indexes:
            return replies
        return tuple(replace(reply, lines=tuple(map(mark, reply.lines))) for reply in replies)

    def marking(content_of: Callable[..., Any], field: str) -> Callable[..., Any]:
        def marked(at: Any, index: int, *more: Any) -> Any:
            content = content_of(at, index, *more)
            if index not in indexes:
                return content
            return replace(content, **{field: mark(getattr(content, field))})

        return marked

    with (
        patch.object(article, "question_text", marked_text),
        patch.object(article, "answers", marked_answers),
    ):
        module = {"taiwan-ehospital": "ehospital"}.get(name, name)
        where = import_module(f"scraper.sample.{module}.site")
        field = {"adoctor": "name", "ehospital": "alias", "qapage": "author"}[module]
        with patch.object(where, "content_of", marking(where.content_of, field)):
            yield Planted(site, indexes)


def own_phrases(gone: list[Question], others: list[Question]) -> tuple[str, ...]:
    """The texts of the forgotten that no other record says in its own words."""
    said = "\n".join(normal(unit) for one in others for unit in units_of(one))
    units = dict.fromkeys(unit for one in gone for unit in units_of(one) if is_distinctive(unit))
    return tuple(unit for unit in units if normal(unit) not in said)
