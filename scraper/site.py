"""A site: where to start, which links are what, and its reader."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from scraper.errors import NotAQuestionError
from scraper.items import Kind, Link, Question
from scraper.reading.evidence import BY_WORDS, Locator
from scraper.reading.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable


def _no_question(_: str) -> None:
    """`question_at` of a site whose URLs do not contain its questions' ids."""


class Site:
    """A site as defined in `scraper/sites/`, for crawls and for whatever reads its pages again.

    The functions are pure and stand at module level in the site's file:

    start_links(home)         where to begin
    classify(url, home)       a link's canonical URL and kind; None for what is not fetched
    read_question(page)       the question; raises scraper.errors
    read_links(page, kind, home, question)    the links; with what was read from the page, if any
    locate(page, question, sight)             evidence, never asked for by a crawl
    question_at(canonical URL)                site and source_id, where the URL alone tells them

    `home` is the URL of the site's start page, the command's `--base-url` put in.
    """

    name: str
    home: ClassVar[str]  # "https://adoctor.tw/"
    charset: ClassVar[str] = "utf-8"  # where a page declares none
    required: ClassVar[frozenset[str]]  # fields of Question that a full one must have
    guesses: ClassVar[bool] = False  # kinds are guesses: a URL of a list may hold a question
    start_links: ClassVar[staticmethod[[str], Iterable[Link]]]
    classify: ClassVar[staticmethod[[str, str], tuple[str, Kind] | None]]
    read_question: ClassVar[staticmethod[[Page], Question]]
    read_links: ClassVar[staticmethod[[Page, Kind, str, Question | None], Iterable[Link]]]
    locate: ClassVar[Locator] = BY_WORDS
    question_at: ClassVar[staticmethod[[str], tuple[str, str] | None]] = staticmethod(_no_question)


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
