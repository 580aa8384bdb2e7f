"""Finds where the last section of a question page ends, when no label follows it."""

from bisect import bisect
from collections.abc import Sequence
from itertools import takewhile

from scraper.reading.adoctor.line_kinds import (
    are_in_one_row,
    is_announced_above,
    is_link_line,
    is_question_link_line,
    is_sentence,
    is_site_link_line,
    row_of,
)
from scraper.reading.adoctor.marks import Marks
from scraper.reading.adoctor.words.closings import is_closing, is_page_note, may_be_closing
from scraper.reading.adoctor.words.counters import is_counter
from scraper.reading.adoctor.words.headings import section_label
from scraper.reading.adoctor.words.labels import LISTS, Label
from scraper.reading.adoctor.words.share import is_share_label
from scraper.reading.visible.line import Line, box_around, common, holders

_CONTENT_TAGS = ("main", "article")
_LONGEST_MENU = 12  # links from the top of a menu to a section's label in it


def last_section_end(lines: Sequence[Line], marks: Marks, start: int) -> tuple[int, bool]:
    """The line after the last section: where its box closes, or at what pages close with.

    `start` is the line after the asker line. Also whether the section may as well end elsewhere.
    """
    text_ends = {mark.end for mark in marks.reply_dates.values()}
    places = [index for index in marks.lines_of(Label.MORE_INFO) if index >= start]
    below_reply = [index for index in places if index in text_ends]
    labels = [i for i in places if i in text_ends or not _is_of_menu(lines, i, places[0])]
    candidates = below_reply or labels
    stop = _box_end(lines, start - 1, candidates[-1]) if candidates and start else len(lines)
    is_doubtful = stop < len(lines) and not _ends_content(lines, stop)
    last_mark = max((i for i in (*marks.reply_dates, *labels) if start <= i < stop), default=start)
    stop, is_text_end_doubtful = _text_end(lines, last_mark + 1, stop)
    first_of_text = last_mark + 1 + (last_mark in labels)
    end = stop
    while stop > first_of_text and _is_page_furniture(lines, stop - 1):
        stop -= 1
    below = lines[stop : stop + 1]
    is_above_links = stop < end or any(map(is_site_link_line, below))
    if first_of_text < stop and is_above_links and _is_heading_of_next(lines, stop - 1):
        stop -= 1
    return stop, is_doubtful or is_text_end_doubtful


def _is_heading_of_next(lines: Sequence[Line], index: int) -> bool:
    """Whether a heading stands in one box with the line below, which the line above is not in."""
    above, heading, below = lines[index - 1 : index + 2]
    box = common(heading.first, below.last)
    is_heading = heading.heading is not None or section_label(heading) is not None
    return is_heading and box not in holders(above.first)


def _text_end(lines: Sequence[Line], start: int, stop: int) -> tuple[int, bool]:
    """Where pages close below a text, and whether the text may as well end elsewhere.

    Where sentences go on in its row, what only may close a page does not end it.
    """
    stop = next((i for i in range(start, stop) if _certainly_ends_page(lines, i)), stop)
    likely = [
        i
        for i in range(start, stop)
        if may_be_closing(lines[i].text) or is_question_link_line(lines, i)
    ]
    if not likely:
        return stop, False
    rows = {row_of(line) for line in lines[start : max(likely[0], start + 1)]}
    in_row = [i for i in range(likely[0], stop) if row_of(lines[i]) in rows and not lines[i].links]
    last_sentence = max((i for i in in_row if is_sentence(lines[i])), default=-1)
    end = next((i for i in likely if i > last_sentence), stop)
    is_doubtful = last_sentence >= 0 or any(i > end for i in in_row)
    has_heading = start < end < stop and lines[end - 1].heading is not None
    if has_heading and is_question_link_line(lines, end):
        end -= 1
    return end, is_doubtful


def _is_of_menu(lines: Sequence[Line], label: int, first: int) -> bool:
    """Whether a label is a link to an essay elsewhere, as of a cookie notice, or heads a menu."""
    below = lines[label + 1 : label + 2]
    if label > first and any(map(is_site_link_line, below)):
        return True
    if lines[label].heading is not None or not is_link_line(lines[label]):
        return False
    return not any(map(is_sentence, below))


def _box_end(lines: Sequence[Line], asker: int, label: int) -> int:
    """The line after the smallest box that holds the asker, the label and the line below it."""
    below = range(label + 1, len(lines))
    others = [lines[asker].last, *(lines[index].last for index in below[:1])]
    box = box_around(lines[label].first, *others)
    return bisect(below, 0, key=lambda i: box not in holders(lines[i].last)) + label + 1


def _ends_content(lines: Sequence[Line], stop: int) -> bool:
    """Whether the page's content ends above line `stop`."""
    around = set(holders(lines[stop].first))
    return is_page_end(lines, stop) or any(
        box.tag in _CONTENT_TAGS and box not in around for box in holders(lines[stop - 1].last)
    )


def is_page_end(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is one that pages end with, be it one of a menu."""
    return may_be_closing(lines[index].text) or _certainly_ends_page(lines, index)


def _certainly_ends_page(lines: Sequence[Line], index: int) -> bool:
    """Whether no text has such a line, or a menu with a section's label begins there."""
    if is_closing(lines[index].text):
        return True
    first = lines[index]
    near = range(index, min(index + _LONGEST_MENU, len(lines)))
    menu = takewhile(
        lambda i: is_site_link_line(lines[i]) and (i == index or are_in_one_row(lines[i], first)),
        near,
    )
    return any(section_label(lines[i]) in LISTS and is_menu_entry(lines, i) for i in menu)


def is_menu_entry(lines: Sequence[Line], label: int) -> bool:
    """Whether a label is one of a menu's links."""
    line = lines[label]
    if line.heading is not None or not is_site_link_line(line):
        return False
    neighbours = [
        lines[i]
        for i in (label - 1, label + 1)
        if 0 <= i < len(lines) and not is_question_link_line(lines, i)
    ]
    return len(line.links) > 1 or any(
        is_site_link_line(neighbour) and are_in_one_row(neighbour, line) for neighbour in neighbours
    )


def _is_page_furniture(lines: Sequence[Line], index: int) -> bool:
    """Whether a line at the end of a text is none of it: `Home`, `Views: 123`."""
    line = lines[index]
    is_note = is_page_note(line.text) and not is_sentence(line)
    if is_note or is_counter(line.text) or is_share_label(line.text):
        return True
    return is_site_link_line(line) and not is_announced_above(lines, index)
