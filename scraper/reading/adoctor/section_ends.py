"""Where the last section of a question page ends, when no label follows it."""

import re
from bisect import bisect
from collections.abc import Sequence
from itertools import takewhile

from lxml import etree

from scraper.reading.adoctor.marks import Marks
from scraper.reading.adoctor.words.closings import is_closing, is_page_note, may_be_closing
from scraper.reading.adoctor.words.counters import is_counter
from scraper.reading.adoctor.words.headings import section_label
from scraper.reading.adoctor.words.labels import LISTS, Label
from scraper.reading.adoctor.words.share import is_share_label
from scraper.reading.css.elements import TAGS
from scraper.reading.visible.line import Line, holders

NO_BOXES = TAGS["inline"] | {"p", "center"}
_CONTENTS = ("main", "article")
_MENU = 12  # links above a section's label in a menu


def last_end(lines: Sequence[Line], marks: Marks, start: int) -> tuple[int, bool]:
    """The line after the last section: where its box closes, or at what pages close with.

    `start` is the line after the asker line. Also whether the section may as well end elsewhere.
    """
    ends = {mark.end for mark in marks.replied.values()}
    places = (index for index in marks.at(Label.MORE_INFO) if index >= start)
    labels = [index for index in places if index in ends or not _leads_away(lines, index)]
    below = [index for index in labels if index in ends] or labels
    stop = _box_end(lines, start - 1, below[-1]) if below and start else len(lines)
    unsure = stop < len(lines) and not _is_closed(lines, stop)
    last = max((i for i in (*marks.replied, *labels) if start <= i < stop), default=start)
    stop, doubtful = _text_end(lines, last + 1, stop)
    while stop > last + 1 + (last in labels) and _is_behind(lines, stop - 1):
        stop -= 1
    return stop, unsure or doubtful


def _text_end(lines: Sequence[Line], start: int, stop: int) -> tuple[int, bool]:
    """Where pages close below a text, and whether the text may as well end elsewhere.

    Where sentences go on beside its lines, what only may close a page does not end it.
    """
    stop = next((i for i in range(start, stop) if _surely_ends(lines, i)), stop)
    likely = [i for i in range(start, stop) if may_be_closing(lines[i].text) or leads_on(lines, i)]
    if not likely:
        return stop, False
    rows = {_row(line) for line in lines[start : max(likely[0], start + 1)]}
    beside = [i for i in range(likely[0], stop) if _row(lines[i]) in rows and not lines[i].links]
    said = max((i for i in beside if is_sentence(lines[i])), default=-1)
    end = next((i for i in likely if i > said), stop)
    doubtful = said >= 0 or any(i > end for i in beside)
    headed = end < stop and leads_on(lines, end) and lines[end - 1].heading is not None
    return end - (headed and end > start), doubtful


def is_sentence(line: Line) -> bool:
    """Whether a line is a sentence, but none that pages end with."""
    return line.text.endswith((".", "!", "。", "！")) and not is_closing(line.text)


def _row(line: Line) -> tuple[etree._Element | None, str]:
    """What lines have in common that stand in one block, or in blocks of a kind in one box."""
    block = next(box for box in holders(line.element) if box.tag not in TAGS["inline"])
    return block.getparent(), block.tag


def goes_on(above: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether lines below belong to the text of the sentences above."""
    rows = {_row(line) for line in below if line.heading is None}
    return any(is_sentence(line) and _row(line) in rows for line in above)


def _is_beside(line: Line, other: Line) -> bool:
    return _row(line) == _row(other)


def _leads_away(lines: Sequence[Line], label: int) -> bool:
    """Whether a label is a link to an essay elsewhere, as of a cookie notice."""
    if lines[label].heading is not None or not _is_linked(lines[label]):
        return False
    return not any(map(is_sentence, lines[label + 1 : label + 2]))


def _box_end(lines: Sequence[Line], asker: int, label: int) -> int:
    """The line after the smallest box that holds the asker, the label and the line below it."""
    below = range(label + 1, len(lines))
    held = [lines[asker].last, *(lines[index].last for index in below[:1])]
    around = set.intersection(*(set(holders(element)) for element in held))
    boxes = (box for box in holders(lines[label].first) if box.tag not in NO_BOXES)
    box = next(box for box in boxes if box in around)  # at last the body
    return bisect(below, 0, key=lambda i: box not in holders(lines[i].last)) + label + 1


def _is_closed(lines: Sequence[Line], stop: int) -> bool:
    """Whether the page's content ends above a line."""
    around = set(holders(lines[stop].first))
    return is_page_end(lines, stop) or any(
        box.tag in _CONTENTS and box not in around for box in holders(lines[stop - 1].last)
    )


def is_page_end(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is one that pages end with, be it one of a menu."""
    return may_be_closing(lines[index].text) or _surely_ends(lines, index)


def _surely_ends(lines: Sequence[Line], index: int) -> bool:
    """Whether pages alone have such a line, or a menu begins there that has a section's label."""
    if is_closing(lines[index].text):
        return True
    near = range(index, min(index + _MENU, len(lines)))
    menu = takewhile(lambda i: leads_about(lines[i]) and _is_beside(lines[i], lines[index]), near)
    return any(section_label(lines[i]) in LISTS and is_entry(lines, i) for i in menu)


def is_entry(lines: Sequence[Line], label: int) -> bool:
    """Whether a label is one of a menu's links."""
    line = lines[label]
    if line.heading is not None or not leads_about(line):
        return False
    around = (i for i in (label - 1, label + 1) if 0 <= i < len(lines) and not leads_on(lines, i))
    others = (lines[i] for i in around if leads_about(lines[i]))
    return len(line.links) > 1 or any(_is_beside(other, line) for other in others)


def leads_on(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is nothing but a link to another question: `← Previous`."""
    hrefs = (href for _, href in lines[index].links)
    led = _is_linked(lines[index]) and all("/article/" in href for href in hrefs)
    return led and not _is_told(lines, index)


def _is_behind(lines: Sequence[Line], index: int) -> bool:
    """Whether a line at the end of a text is none of it: `Home`, `Views: 123`."""
    line = lines[index]
    is_note = is_page_note(line.text) and not is_sentence(line)
    if is_note or is_counter(line.text) or is_share_label(line.text):
        return True
    return leads_about(line) and not _is_told(lines, index)


def _is_told(lines: Sequence[Line], index: int) -> bool:
    """Whether the line above ends with a colon and is a text's: `See the department:`."""
    above = lines[index - 1]
    if is_page_note(above.text) or may_be_closing(above.text):
        return False
    return above.text.endswith((":", "：")) and _is_beside(above, lines[index])


def leads_about(line: Line) -> bool:
    """Whether a line is nothing but links within the site."""
    return _is_linked(line) and leads_within(line)


def leads_within(line: Line) -> bool:
    """Whether a line has links, all of them within the site."""
    return bool(line.links) and all(_SITE.match(href) for _, href in line.links)


def _is_linked(line: Line) -> bool:
    rest = line.text
    for text, _ in line.links:
        rest = rest.replace(text, "", 1)
    return bool(line.links) and not any(map(str.isalnum, rest))


_SITE = re.compile(r"(?:https?:)?//(?:www\.)?adoctor\.tw(?:/|$)|/?(?![a-z]+:|/|#)", re.IGNORECASE)
