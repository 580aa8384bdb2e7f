"""Tells the lines, most of a page's, in whose words no rule finds a sign.

They stand in one element without links. They are no label, person, day, counter, advertisement or
button's words, and no half of a label.
"""

from functools import lru_cache

from scraper.reading.adoctor.people.doctors import begins_doctor
from scraper.reading.adoctor.words.advertising import may_advertise
from scraper.reading.adoctor.words.counters import LONGEST, is_surely_counter
from scraper.reading.adoctor.words.headings import may_hold_section_label
from scraper.reading.adoctor.words.labels import (
    DATE_WORDS,
    SECOND_HALVES,
    begins_read_more,
    label_of,
    may_be_dated,
)
from scraper.reading.visible.line import Line
from scraper.reading.visible.openers import unfolds


def is_unmarked(line: Line) -> bool:
    """Whether a line is such a one; the rules for such lines alone are not asked."""
    text = line.text
    return (
        line.first is line.last
        and not line.links
        and (_is_short_unmarked(text) if len(text) <= LONGEST else _is_unmarked(text))
        and (line.heading is None or not may_hold_section_label(text))
    )


def _is_unmarked(text: str) -> bool:
    return not (
        text.startswith(DATE_WORDS)
        or may_be_dated(text)
        or begins_doctor(text)
        or begins_read_more(text) is not None
        or may_advertise(text)
    )


@lru_cache(maxsize=8192)
def _is_short_unmarked(text: str) -> bool:
    """As `_is_unmarked`, for lines that stand on many pages: menus, names, titles."""
    return _is_unmarked(text) and not (
        len(text) == 1
        or label_of(text) is not None
        or text in SECOND_HALVES
        or is_surely_counter(text)
        or unfolds(text)
    )
