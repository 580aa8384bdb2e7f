"""Selects the lines of a page that may be content, and joins lines to a text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from scraper.reading.adoctor.cleaning.asides import Content, without_asides
from scraper.reading.adoctor.cleaning.contents import title_above, without_contents
from scraper.reading.adoctor.cleaning.controls import without_controls
from scraper.reading.adoctor.cleaning.copies import without_copies
from scraper.reading.adoctor.cleaning.initials import without_initials
from scraper.reading.adoctor.cleaning.lone_signs import closes, opens
from scraper.reading.adoctor.cleaning.navs import without_list_navs
from scraper.reading.adoctor.cleaning.run_in_lines import without_run_in
from scraper.reading.adoctor.cleaning.stray_labels import without_stray_labels
from scraper.reading.adoctor.cleaning.unmarked import is_unmarked
from scraper.reading.adoctor.words.advertising import advertises
from scraper.reading.adoctor.words.counters import is_surely_counter
from scraper.reading.adoctor.words.labels import (
    DATE_WORDS,
    DATES,
    SECOND_HALVES,
    TABLE,
    halves,
    plain,
)
from scraper.reading.adoctor.words.share import without_share_bars
from scraper.reading.visible.contexts import APART
from scraper.reading.visible.line import Line

# A rating whose stars are elements; the stars of a person's own words are not.
_STARS = re.compile(r"(?:[★☆⭐]\ufe0f?\s*){3,}")
# One date label, broken before its last word: `Reply`, `Date: 2020/10/27`.
_BEFORE_DATE = frozenset(
    plain(wording.removesuffix("Date").removesuffix("日期").strip())
    for labels in TABLE.values()
    for label in DATES
    for wording in labels[label]
)
_BESIDE = APART | {"aside"}  # landmarks of what may be no content


def content_lines(lines: Sequence[Line]) -> Content:
    """The lines outside nav, footer and asides, each part once, stray signs put back in place."""
    content: list[Line] = []
    opening = has_aside = False
    lines = without_list_navs(lines)
    for line in lines:
        line.unmarked = is_unmarked(line)
    lines = without_initials(without_run_in(lines))
    for index, line in enumerate(lines):
        if line.unmarked and not opening and line.landmark not in _BESIDE:
            content.append(line)
            continue
        if line.landmark in APART:
            _drop_title_above(line, content)
            continue
        if _is_nobodys(line):
            continue
        text = line.text
        if line.landmark == "aside":
            has_aside = True
        alone = len(text) == 1
        if content and (opening or (alone and closes(content[-1], lines, index))):
            line = _joined(content.pop(), line)  # noqa: PLW2901
            alone = False
        elif text in SECOND_HALVES and content and halves(content[-1].text, text):
            line = _joined(content.pop(), line, " ")  # noqa: PLW2901
        elif content and text.startswith(DATE_WORDS) and plain(content[-1].text) in _BEFORE_DATE:
            line = _joined(content.pop(), line, " " if text.isascii() else "")  # noqa: PLW2901
        opening = alone and opens(lines, index)
        content.append(line)
    content = without_contents(content)
    content = without_stray_labels(without_controls(content))
    content = without_copies(without_share_bars(content))
    return without_asides(content) if has_aside else Content(content)


def _drop_title_above(line: Line, content: list[Line]) -> None:
    """Take back the title of a table of contents whose entries stand in a <nav>."""
    if line.landmark == "nav" and any(href.startswith("#") for _, href in line.links):
        title = title_above(content, len(content))
        if title is not None:
            del content[title]


def _is_nobodys(line: Line) -> bool:
    """Whether a line is counters, a rating or advertising."""
    if line.first is not line.last and _STARS.fullmatch(line.text):
        return True
    return is_surely_counter(line.text) or advertises(line)


def _joined(before: Line, after: Line, between: str = "") -> Line:
    links = before.links + after.links
    return replace(before, text=before.text + between + after.text, links=links, last=after.last)


def text_of(lines: Iterable[Line]) -> str | None:
    """The lines, one newline between them; None without any."""
    return "\n".join(line.text for line in lines) or None
