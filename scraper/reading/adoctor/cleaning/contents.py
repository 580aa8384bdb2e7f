"""Leaves out tables of contents: links, some of them to headings below them on the page.

<p>On this page</p><ul><li><a href="#cause">Causes</a></li> ... </ul> ... <h3 id="cause">Causes</h3>
"""

import re
from collections.abc import Iterator, Sequence

from scraper.reading.adoctor.cleaning.controls import is_control
from scraper.reading.adoctor.words.furniture import is_badge, is_title_of_contents
from scraper.reading.adoctor.words.labels import label_of
from scraper.reading.visible.line import Line, common, holders

_NUMBER = re.compile(r"\d+(?:\.\d+)*[.)]? ")
_FEWEST = 2  # entries of one without a title
_LONGEST = 40  # characters of a title


def without_contents(lines: list[Line]) -> list[Line]:
    """The lines without the entries and titles of tables of contents."""
    links = [index for index, line in enumerate(lines) if line.links and _is_inner_link(line)]
    if not links:
        return lines
    rows = runs_of(links)
    named = {title for row in rows if (title := title_above(lines, row[0])) is not None}
    if len(links) < _FEWEST and not named:
        return lines
    last = {line.text: index for index, line in enumerate(lines) if not line.links}
    entries = {
        index
        for row in rows
        if any(last.get(words, 0) > entry for entry in row for words in _headings_of(lines[entry]))
        for index in row
    }
    begins = (index for index in entries if index and index - 1 not in entries)
    titles = {index - 1 for index in begins if _is_title(lines, index - 1, entries)}
    left_out = entries | titles | named
    return [line for index, line in enumerate(lines) if index not in left_out]


def title_above(lines: Sequence[Line], entry: int) -> int | None:
    """Where the title of a table of contents stands above an entry, but for a button below it."""
    for index in range(entry - 1, max(entry - 3, -1), -1):
        if is_title_of_contents(lines[index].text):
            return index
        if not is_control(lines[index]):
            return None
    return None


def runs_of(places: Sequence[int]) -> list[range]:
    """The places that follow each other."""
    known = set(places)
    begins = [i for i in places if i - 1 not in known]
    ends = [i + 1 for i in places if i + 1 not in known]
    return list(map(range, begins, ends))


def _is_inner_link(line: Line) -> bool:
    """Whether a line is a link within its page and nothing else, and no heading of a text."""
    (words, href), *others = line.links
    if others or line.heading is not None:
        return False
    return len(href) > 1 and href[0] == "#" and words == line.text


def _headings_of(entry: Line) -> Iterator[str]:
    """The words of an entry, and those without a number in an element of its own."""
    yield entry.text
    if entry.first is not entry.last and (number := _NUMBER.match(entry.text)):
        yield entry.text[number.end() :]


def _is_title(lines: Sequence[Line], index: int, entries: set[int]) -> bool:
    """Whether a line is the title of the entries: `On this page`, or `Inside:` in their box."""
    line = lines[index]
    if is_badge(line.text):
        return True
    if len(line.text) > _LONGEST or not line.text.endswith((":", "：")):
        return False
    end = next(i for i in range(index + 1, len(lines)) if i not in entries)
    box = common(line.first, lines[end - 1].last)
    if label_of(line.text) is not None:
        return False
    return not any(box in holders(lines[i].first) for i in (index - 1, end) if i >= 0)
