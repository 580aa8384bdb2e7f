"""Which pages of a site are read as a question."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from scraper.errors import NotAQuestionError
from scraper.items import Kind, Question

if TYPE_CHECKING:
    from scraper.reading.page import Page
    from scraper.spider import QuestionSpider


def question_of(
    site: QuestionSpider | type[QuestionSpider], page: Page, kind: Kind
) -> Question | None:
    """The page's question; where kinds are guesses, a list without one is simply a list.

    Raises what the site's reader raises.
    """
    if kind is Kind.QUESTION:
        return site.read_question(page)
    if kind is Kind.LIST and site.guesses:
        with suppress(NotAQuestionError):
            return site.read_question(page)
    return None
