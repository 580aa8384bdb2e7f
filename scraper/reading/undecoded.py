"""Warns of a record's fields in which something could not be decoded."""

import re
from collections.abc import Iterator
from dataclasses import replace

from scraper.items import Question
from scraper.reading.evidence import values_of
from scraper.reading.page import Page

WARNING = "undecodable-bytes-replaced"
SURROGATES = "surrogates-replaced"  # half of a character, as JSON's "\ud83d" alone
_HALF = re.compile(  # from 0xD800, which is 55296, to 0xDFFF, 57343
    r"&#(?:[xX]0*[dD][89a-fA-F][\da-fA-F]{2}"
    r"|0*5(?:529[6-9]|5[3-9]\d\d|6\d{3}|7[0-2]\d\d|73[0-3]\d|734[0-3]));"
)
_REPLACEMENT = "\ufffd"


def warned(question: Question, page: Page) -> Question:
    """The question, with a warning if decoding put a U+FFFD into one of its fields.

    A page's own U+FFFD counts only if something of the page could not be decoded.
    """
    codes = tuple(_codes(page))
    if not codes or not any(_REPLACEMENT in str(each) for each in values_of(question).values()):
        return question
    return replace(question, warnings=(*question.warnings, *codes))


def _codes(page: Page) -> Iterator[str]:
    """What bytes, or entities such as `&#55357;&#56842;`, became U+FFFD anywhere."""
    if page.decoded.replaced > 0:
        yield WARNING
    if _HALF.search(page.decoded.text):
        yield SURROGATES
