"""Decides what a page is that has none of a question's labels: another page, or a question gone."""

import re
from collections.abc import Sequence

from scraper.errors import NotAQuestionError, QuestionMissingError, ReadingError
from scraper.reading.sameness import shortened
from scraper.reading.visible.line import Line

_SHORT = 60  # lines of a page that says nothing else
# The sister site's own words for a number without a question, and their English. Any other
# "not found" with status 200 may as well be the server's trouble: a problem, not a page gone.
_MISSING = re.compile(
    r"\b(?:question|article|consultation)\b[^.]{0,60}\b(?:does|do|did)\s?n[o']t\s+exist"
    r"|(?:問題|文章|提問|問答|諮詢)[^。]{0,20}不存在",
    re.IGNORECASE,
)


def not_a_question(lines: Sequence[Line]) -> ReadingError:
    """The error to raise for a page without labels: it says that its question is gone, or not."""
    if len(lines) <= _SHORT:
        for line in lines:
            if len(line.text) <= 200 and _MISSING.search(line.text):  # noqa: PLR2004
                return QuestionMissingError(line.text)
    first = shortened(lines[0].text, 100) if lines else "an empty page"
    return NotAQuestionError(f"none of a question's labels; the page begins: {first}")
