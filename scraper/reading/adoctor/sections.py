"""Where the sections of a question page begin and end, decided from all its marks together.

    title - Department / Share to: / headline / question / asker line
    doctor line / reply / Reply Date:          (none, one or several)
    More Info / essay      Similar Q&A / cards      Related FAQ / tags      (each perhaps missing)

A label is also what an asker may write. So a mark counts where the order above lets it stand: the
asker line is followed by a doctor line or a section, a reply date by a reply or a section.
"""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import NamedTuple

from scraper.reading.adoctor.essays import essay_end
from scraper.reading.adoctor.lists.card_titles import begins_card
from scraper.reading.adoctor.lists.cards import card_places, is_in_card
from scraper.reading.adoctor.lists.line_links import Resolve
from scraper.reading.adoctor.marks import Marks
from scraper.reading.adoctor.people.asker_marks import AskMark, undated_ask_mark
from scraper.reading.adoctor.people.own_asker import OwnAsker
from scraper.reading.adoctor.section_ends import is_entry, last_end
from scraper.reading.adoctor.words.closings import may_be_closing
from scraper.reading.adoctor.words.labels import Label
from scraper.reading.visible.line import Line


class Sections(NamedTuple):
    """Line numbers of the labels; None where a section is missing."""

    ask: AskMark | None
    replies: tuple[int, int]  # first line and the one after the last
    more_info: int | None
    similar: int | None
    related: int | None
    end: int  # the line after the essay, or after the replies without one
    doubts: tuple[str, ...]  # codes: where another line may as well be the label


class Under(NamedTuple):
    """What can be read under a label."""

    tags: Callable[[int], bool]  # a line number -> whether tags can be read from it on
    question: Resolve  # of a card's link


def find_sections(lines: Sequence[Line], marks: Marks, own: OwnAsker, under: Under) -> Sections:
    """Decide which marks are the page's own labels."""
    ask = own.ask or _unlabelled_ask(lines, marks)
    start = ask.end if ask else min(marks.doctors, default=0)
    similar = _similar(lines, marks, start, under)
    related = _related(lines, marks, start, similar, under)
    stop = similar if similar is not None else related
    elsewhere = False
    if stop is None:
        stop, elsewhere = last_end(lines, marks, start)
    more_info, unsure = _more_info(lines, marks, start, stop)
    if more_info is not None:
        stop, others = essay_end(lines, marks, more_info, stop)
        elsewhere |= others
    doubts = {
        "asker-line-ambiguous": own.has_rival,
        "section-ambiguous": unsure,
        "unread-lines": elsewhere and more_info is not None,
    }
    codes = tuple(code for code, is_told in doubts.items() if is_told)
    end = stop if more_info is None else more_info
    return Sections(ask, (start, end), more_info, similar, related, stop, codes)


def _unlabelled_ask(lines: Sequence[Line], marks: Marks) -> AskMark | None:
    """An asker line that has lost its date: the line before a doctor line."""
    found = (undated_ask_mark(lines, index) for index in marks.doctors)
    return next((ask for ask in found if ask is not None), None)


def _similar(lines: Sequence[Line], marks: Marks, start: int, under: Under) -> int | None:
    places = [index for index in marks.at(Label.SIMILAR) if index >= start]
    for index in places:
        if index + 1 < len(lines) and begins_card(lines, marks, index + 1):
            return index
    late = [index for index in places if _after_replies(marks, index)]
    if not late:
        return None
    ends = [index for index in marks.read_more if index > late[0]]
    before = [index for index in late if index < min(ends, default=len(lines))]
    if not ends:
        before = [index for index in before if not _is_word(lines, index)]
    last_reply = max(marks.replied, default=start)
    labels = [index for index in marks.at(Label.RELATED) if index >= max(start, last_reply)]
    tags = next((index for index in labels if under.tags(index + 1)), len(lines))
    return max((index for index in before if index < tags), default=None)  # a menu is below them


def _is_word(lines: Sequence[Line], label: int) -> bool:
    """Whether a label is a menu's entry, or a sentence is below it, as in an essay but no list."""
    if label + 1 == len(lines):
        return is_entry(lines, label)
    text = lines[label + 1].text
    reads_on = text.startswith("- ") or (text.endswith(_STOPS) and not may_be_closing(text))
    return reads_on or is_entry(lines, label)


_STOPS = tuple(".!?:。！？：")


def _after_replies(marks: Marks, index: int) -> bool:
    return max(marks.replied, default=-1) < index


def _related(
    lines: Sequence[Line], marks: Marks, start: int, similar: int | None, under: Under
) -> int | None:
    if similar is not None:
        start = similar + 1
    places = [index for index in marks.at(Label.RELATED) if index >= start]
    places.sort(key=lambda index: not _after_replies(marks, index))
    fitting = (index for index in places if under.tags(index + 1))
    found = next(fitting, None)
    if found is not None and similar is not None and any(i > found for i in marks.read_more):
        cards = card_places(lines, marks, start, len(lines), under.question)
        found = next((i for i in chain((found,), fitting) if not is_in_card(cards, i)), None)
    if found is not None:
        return found
    late = [i for i in places if _after_replies(marks, i) and not _is_word(lines, i)]
    return late[-1] if late else None


def _more_info(
    lines: Sequence[Line], marks: Marks, start: int, stop: int
) -> tuple[int | None, bool]:
    places = [index for index in marks.at(Label.MORE_INFO) if start <= index < stop]
    ends = {mark.end for mark in marks.replied.values() if mark.start >= start} | {start}
    closed = [index for index in places if index in ends]
    if len(closed) > 1:  # people may quote the end of another page: whichever looks like a label
        others = {_look(lines[i]) for i in (*marks.at(Label.SIMILAR), *marks.at(Label.RELATED))}
        alike = [index for index in closed if _look(lines[index]) in others]
        return (alike or closed)[-1], True
    if closed:
        return closed[0], False
    days = (i for i, mark in marks.replied.items() if mark.day and start <= i < stop)
    last_reply = max(days, default=start)
    late = [index for index in places if index > last_reply]
    headed = [index for index in late if lines[index].heading is not None]
    return next(iter(headed or late), None), len(late) > 1


def _look(line: Line) -> tuple[str, str | None]:
    return line.element.tag, line.element.get("class")
