"""Warns of a record's fields in which bytes could not be decoded."""

from dataclasses import replace

from scraper.items import Question
from scraper.reading.evidence import values_of
from scraper.reading.page import Page

WARNING = "undecodable-bytes-replaced"
_REPLACEMENT = "\ufffd"


def warned(question: Question, page: Page) -> Question:
    """The question, with a warning if decoding put a U+FFFD into one of its fields.

    A page's own U+FFFD counts only if bytes of the page could not be decoded.
    """
    if page.decoded.replaced <= 0:
        return question
    if not any(_REPLACEMENT in str(value) for value in values_of(question).values()):
        return question
    return replace(question, warnings=(*question.warnings, WARNING))
