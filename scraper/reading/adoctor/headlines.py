"""Finds the line where the asker's headline begins, below title and share label."""

from collections.abc import Sequence

from scraper.reading.adoctor.line_kinds import (
    are_in_one_row,
    continues_text,
    is_question_link_line,
    is_site_link_line,
    row_of,
)
from scraper.reading.adoctor.words.furniture import is_badge, is_page_furniture, is_question_badge
from scraper.reading.adoctor.words.headings import heading_end
from scraper.reading.adoctor.words.stamps import is_stamp
from scraper.reading.visible.line import Line

_GREAT_LEVEL = 3  # down to which a heading is more than a line of a text
_NO_LEVEL = 7  # of what is no heading
_SENTENCE_ENDS = tuple(".!?。！？")
_FEWEST_LINES = 2  # of headline and question


def headline_at(lines: Sequence[Line], index: int, stop: int) -> tuple[int, bool]:
    """Where the headline begins, and whether other words may be headline or text as well.

    The first heading is the headline if only page furniture stands above it, or if it is a great
    one below a line or below what is no text of one row with it. `Question` above a sentence is
    what the asker wrote, but not `Question:`.
    """
    if stop - index <= _FEWEST_LINES:
        return index, stop - index == _FEWEST_LINES and _may_be_text(lines, index)
    is_below_badge = lines[index].heading is not None and is_badge(lines[index].text)
    index += is_below_badge
    last = stop - 1  # a headline has words below it
    first = next((i for i in range(index, last) if not _is_furniture(lines[i])), last)
    if _level(lines[first]) < _NO_LEVEL:
        return _greater_of_two(lines, first, stop)
    great = next((i for i in range(first, last) if _level(lines[i]) <= _GREAT_LEVEL), last)
    is_second = great - first == 1
    if great < last and (is_second or not continues_text(lines[index:great], lines[great:stop])):
        return (index if _are_of_sentences(lines[first:stop]) else great), True
    if is_below_badge and _is_headline(lines[index - 1], lines[index]):
        return index - 1, True
    if first > index and not is_question_link_line(lines, index):
        return index, True
    return index, is_below_badge or _may_be_text(lines, index)


def _are_of_sentences(lines: Sequence[Line]) -> bool:
    """Whether the question makes headings of sentences, so that a heading says nothing."""
    return any(_level(line) <= _GREAT_LEVEL and line.text.endswith((".", "。")) for line in lines)


def _may_be_text(lines: Sequence[Line], index: int) -> bool:
    """Whether a line that is no heading is a statement in one row with the line below it."""
    line, below = lines[index : index + 2]
    is_statement = line.heading is None and line.text.endswith((".", "。"))
    return is_statement and are_in_one_row(line, below)


def _is_headline(badge: Line, below: Line) -> bool:
    """Whether a badge is the asker's headline: `Question` above a sentence."""
    if not is_question_badge(badge.text) or badge.text.endswith((":", "：")):
        return False
    return below.text.endswith(_SENTENCE_ENDS)


def _greater_of_two(lines: Sequence[Line], index: int, stop: int) -> tuple[int, bool]:
    """The first heading, or a great one below it that is greater; and whether there are two.

    Lines between them must stand in another row than the question's:
    `About us / We answer daily. / Knee pain`.
    """
    end, own = heading_end(lines, index, stop), _level(lines[index])
    levels = {i: level for i in range(end, stop - 1) if (level := _level(lines[i])) <= _GREAT_LEVEL}
    great = next((i for i, level in levels.items() if i == end or level < own), None)
    if great is None:
        return index, False
    if _are_of_sentences(lines[index:stop]):
        return index, great == end
    question = set(map(row_of, lines[great + 1 : stop]))
    is_greater = levels[great] < own and question.isdisjoint(map(row_of, lines[end:great]))
    return (great if is_greater else index), True


def _level(line: Line) -> int:
    return _NO_LEVEL if line.heading is None or is_badge(line.text) else line.heading


def _is_furniture(line: Line) -> bool:
    """Whether a line is certainly part of neither headline nor question."""
    if line.heading is not None:
        return is_badge(line.text)
    return is_stamp(line) or is_site_link_line(line) or is_page_furniture(line.text)
