"""Tell of bytes that mean nothing in a page's charset where they stand in what was read from it."""

from dataclasses import replace

from scraper.items import Question
from scraper.reading.evidence import values_of
from scraper.reading.page import Page

WARNING = "undecodable-bytes-replaced"
_REPLACEMENT = "\ufffd"


def warned(question: Question, page: Page) -> Question:
    """The question, with a warning when decoding had to put a U+FFFD into one of its fields.

    The site's own U+FFFD is no reason, unless bytes of the same page could not be decoded either.
    """
    if page.decoded.replaced <= 0:
        return question
    if not any(_REPLACEMENT in str(value) for value in values_of(question).values()):
        return question
    return replace(question, warnings=(*question.warnings, WARNING))
