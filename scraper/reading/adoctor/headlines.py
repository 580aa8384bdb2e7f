"""Where the asker's headline begins, below title and share label."""

from collections.abc import Sequence

from scraper.reading.adoctor.section_ends import goes_on, leads_about, leads_on
from scraper.reading.adoctor.words.furniture import is_badge, is_question_badge, nobodys
from scraper.reading.adoctor.words.headings import heading_end
from scraper.reading.dates import read_taiwan_date
from scraper.reading.visible.line import Line

_GREAT, _NO_LEVEL = 3, 7  # levels of headings that are no line of a text, and of what is none
_STOPS = tuple(".!?。！？")
_WORDS = 2  # lines at least, of headline and question


def headline_at(lines: Sequence[Line], index: int, stop: int) -> tuple[int, bool]:
    """Where the headline begins, and whether other words may be the headline or the text as well.

    Where a heading stands below what is surely nobody's words, or one of the first levels below
    any other, that is the headline. `Question` above a sentence is what the asker wrote, but not
    `Question:`.
    """
    if stop - index <= _WORDS:
        return index, False
    below_badge = lines[index].heading is not None and is_badge(lines[index].text)
    index += below_badge
    last = stop - 1  # a headline has words below it
    first = next((i for i in range(index, last) if not _is_nobodys(lines[i])), last)
    if _level(lines[first]) < _NO_LEVEL:
        return _one_of_two(lines, first, stop)
    headed = next((i for i in range(first, last) if _level(lines[i]) <= _GREAT), last)
    if headed < last and not goes_on(lines[index:headed], lines[headed:stop]):
        return headed, True
    if (
        below_badge
        and is_question_badge(lines[index - 1].text)
        and not lines[index - 1].text.endswith((":", "："))
        and lines[index].text.endswith(_STOPS)
    ):
        return index - 1, True
    return index, below_badge or (first > index and not leads_on(lines, index))


def _one_of_two(lines: Sequence[Line], index: int, stop: int) -> tuple[int, bool]:
    """The upper one of two headings on end, if it is the greater; and whether there are two."""
    end = heading_end(lines, index, stop)
    if end >= stop - 1 or _level(lines[end]) > _GREAT:
        return index, False
    return (end if _level(lines[end]) < _level(lines[index]) else index), True


def _level(line: Line) -> int:
    return _NO_LEVEL if line.heading is None or is_badge(line.text) else line.heading


def _is_nobodys(line: Line) -> bool:
    """Whether a line is surely none of headline and question."""
    if line.heading is not None:
        return is_badge(line.text)
    return leads_about(line) or read_taiwan_date(line.text) is not None or nobodys(line.text)
