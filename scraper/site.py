"""A site: where to start, which links are what, and its reader."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from scraper.errors import NotAQuestionError
from scraper.items import Kind, Link, Question
from scraper.reading.evidence import Found, locate_by_words
from scraper.reading.page import Page
from scraper.reading.sight import Sight

if TYPE_CHECKING:
    from collections.abc import Iterable


class Site:
    """A site as defined in `scraper/sites/`, for crawls and for whatever reads its pages again.

    The methods are static and pure: what they return depends on their arguments alone, as pages
    are read again without a crawl. `home` is the URL of the site's start page, the command's
    `--base-url` put in.
    """

    name: str
    home: ClassVar[str]  # "https://adoctor.tw/"
    charset: ClassVar[str] = "utf-8"  # where a page declares none
    required: ClassVar[frozenset[str]]  # fields of Question that a full one must have
    guesses: ClassVar[bool] = False  # kinds are guesses: a URL of a list may hold a question

    @staticmethod
    def start_links(home: str) -> Iterable[Link]:
        """The links from which a crawl begins."""
        raise NotImplementedError

    @staticmethod
    def classify(url: str, home: str) -> tuple[str, Kind] | None:
        """The canonical form of a link's URL and the kind of its page; None: not to be fetched."""
        raise NotImplementedError

    @staticmethod
    def read_question(page: Page) -> Question:
        """The question of a page. Raises the ReadingErrors of `scraper.errors`."""
        raise NotImplementedError

    @staticmethod
    def read_links(page: Page, kind: Kind, home: str, question: Question | None) -> Iterable[Link]:
        """The links that a page discloses; `question` is what was read from it, if any."""
        raise NotImplementedError

    @staticmethod
    def locate(page: Page, question: Question, sight: Sight) -> Iterable[Found]:
        """Where the fields of the question stand on its page: evidence, which no crawl asks for.

        By default texts are found that stand there once.
        """
        del page
        return locate_by_words(question, sight)

    @staticmethod
    def question_at(url: str) -> tuple[str, str] | None:
        """Site and source_id of the question at a canonical URL; None where it tells no id."""
        del url
        return None


Sites = Mapping[str, type[Site]]  # by name


def page_of(site: type[Site], url: str, body: bytes, content_type: str | None = None) -> Page:
    """A page of the site as its readers take it; `body` with content-encoding undone."""
    return Page(url=url, body=body, content_type=content_type, default_charset=site.charset)


def question_of(site: type[Site], page: Page, kind: Kind) -> Question | None:
    """The page's question; where kinds are guesses, a list without one is simply a list.

    Raises what the site's reader raises.
    """
    if kind is Kind.QUESTION:
        return site.read_question(page)
    if kind is Kind.LIST and site.guesses:
        with suppress(NotAQuestionError):
            return site.read_question(page)
    return None
