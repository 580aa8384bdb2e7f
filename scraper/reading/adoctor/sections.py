"""Finds where the sections of a question page begin and end, from all its marks together.

    title - Department / Share to: / headline / question / asker line
    doctor line / reply / Reply Date:          (none, one or several)
    More Info / essay      Similar Q&A / cards      Related FAQ / tags      (each perhaps missing)

An asker may write a label as well, so a mark counts only where this order lets it stand: the asker
line is followed by a doctor line or a section, a reply date by a reply or a section.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from scraper.reading.adoctor.essays import essay_end
from scraper.reading.adoctor.lists.card_titles import begins_card
from scraper.reading.adoctor.lists.cards import card_places, is_in_card
from scraper.reading.adoctor.lists.empty_states import may_be_heading, state_end
from scraper.reading.adoctor.lists.links import Resolve
from scraper.reading.adoctor.marks import Marks
from scraper.reading.adoctor.people.asker_marks import AskMark, undated_ask_mark
from scraper.reading.adoctor.people.own_asker import OwnAsker
from scraper.reading.adoctor.section_ends import is_menu_entry, last_section_end
from scraper.reading.adoctor.words.closings import may_be_closing
from scraper.reading.adoctor.words.labels import LISTS, Label
from scraper.reading.visible.line import Line, kind_of

_STOPS = tuple(".!?:。！？：")


class Sections(NamedTuple):
    """Line numbers of the labels; None where a section is missing."""

    ask: AskMark | None
    replies: tuple[int, int]  # first line and the one after the last
    more_info: int | None
    similar: int | None
    related: int | None
    end: int  # the line after the essay, or after the replies without one
    doubts: tuple[str, ...]  # warning codes: where another line may as well be the label


class ListReaders(NamedTuple):
    """What can be read below the label of a list."""

    has_tags: Callable[[int], bool]  # whether tags can be read from a line on
    question: Resolve  # resolves a card's link


def find_sections(
    lines: Sequence[Line], marks: Marks, own: OwnAsker, readers: ListReaders
) -> Sections:
    """Decide which marks are the page's own labels: lists from below, then the essay."""
    ask = own.ask or _undated_ask(lines, marks)
    start = ask.end if ask else min(marks.doctors, default=0)
    similar = _similar_label(lines, marks, start, readers)
    related_start = start if similar is None else similar + 1
    related = _related_label(lines, marks, related_start, similar, readers)
    stop = similar if similar is not None else related
    is_end_doubtful = False
    if stop is None:
        stop, is_end_doubtful = last_section_end(lines, marks, start)
    more_info, is_label_doubtful = _more_info_label(lines, marks, start, stop)
    replies_end = stop if more_info is None else more_info
    if more_info is not None:
        stop, is_essay_end_doubtful = essay_end(lines, marks, more_info, stop)
        lists = [i for i in range(more_info + 1, stop) if marks.labels.get(i) in LISTS]
        is_end_doubtful |= is_essay_end_doubtful or any(
            may_be_heading(lines, marks, i) for i in lists
        )
    doubts = {
        "asker-line-ambiguous": own.has_rival,
        "section-ambiguous": is_label_doubtful,
        "unread-lines": is_end_doubtful and more_info is not None,
    }
    codes = tuple(code for code, holds in doubts.items() if holds)
    return Sections(ask, (start, replies_end), more_info, similar, related, stop, codes)


def _undated_ask(lines: Sequence[Line], marks: Marks) -> AskMark | None:
    """The first asker line without a date that ends right above a doctor line."""
    for index in marks.doctors:
        if (ask := undated_ask_mark(lines, index)) is not None:
            return ask
    return None


def _similar_label(
    lines: Sequence[Line], marks: Marks, start: int, readers: ListReaders
) -> int | None:
    """The label of the cards: the first above a card, else the last one that may be empty."""
    labels = [index for index in marks.lines_of(Label.SIMILAR) if index >= start]
    for index in labels:
        if index + 1 < len(lines) and begins_card(lines, marks, index + 1):
            return index
    late = [index for index in labels if _is_after_replies(marks, index)]
    if not late:
        return None
    card_ends = [index for index in marks.read_more if index > late[0]]
    candidates = [index for index in late if index < min(card_ends, default=len(lines))]
    if not card_ends:
        candidates = [index for index in candidates if not _is_word(lines, marks, index)]
    last_reply = max(marks.reply_dates, default=start)
    related = [index for index in marks.lines_of(Label.RELATED) if index >= max(start, last_reply)]
    tags = next((index for index in related if readers.has_tags(index + 1)), len(lines))
    return max((index for index in candidates if index < tags), default=None)  # a menu is below


def _is_word(lines: Sequence[Line], marks: Marks, label: int) -> bool:
    """Whether a label is a menu's entry, or a sentence is below it, as in an essay but no list."""
    if is_menu_entry(lines, label):
        return True
    if label + 1 == len(lines) or state_end(lines, marks, label) is not None:
        return False
    below = lines[label + 1].text
    return below.startswith("- ") or (below.endswith(_STOPS) and not may_be_closing(below))


def _is_after_replies(marks: Marks, index: int) -> bool:
    return max(marks.reply_dates, default=-1) < index


def _related_label(
    lines: Sequence[Line], marks: Marks, start: int, similar: int | None, readers: ListReaders
) -> int | None:
    """The label of the tags: one above tags and in no card, rather behind the replies."""
    labels = [index for index in marks.lines_of(Label.RELATED) if index >= start]
    labels.sort(key=lambda index: not _is_after_replies(marks, index))
    above_tags = (index for index in labels if readers.has_tags(index + 1))
    label = next(above_tags, None)
    if label is not None and similar is not None and max(marks.read_more, default=-1) > label:
        cards = card_places(lines, marks, start, len(lines), readers.question)
        while label is not None and is_in_card(cards, label):
            label = next(above_tags, None)
    if label is not None:
        return label
    late = [i for i in labels if _is_after_replies(marks, i) and not _is_word(lines, marks, i)]
    return late[-1] if late else None


def _more_info_label(
    lines: Sequence[Line], marks: Marks, start: int, stop: int
) -> tuple[int | None, bool]:
    """The label of the essay, and whether another line may be it as well.

    It follows the asker line or a reply's date, else the last reply. People may quote the end of
    another page: of several labels the page's own looks like those of its lists.
    """
    labels = [index for index in marks.lines_of(Label.MORE_INFO) if start <= index < stop]
    text_ends = {mark.end for mark in marks.reply_dates.values() if mark.start >= start} | {start}
    at_text_end = [index for index in labels if index in text_ends]
    if len(at_text_end) > 1:
        lists = (*marks.lines_of(Label.SIMILAR), *marks.lines_of(Label.RELATED))
        looks = {kind_of(lines[index].element) for index in lists}
        alike = [index for index in at_text_end if kind_of(lines[index].element) in looks]
        return (alike or at_text_end)[-1], True
    if at_text_end:
        return at_text_end[0], False
    dated = (i for i, mark in marks.reply_dates.items() if mark.day and start <= i < stop)
    last_reply = max(dated, default=start)
    late = [index for index in labels if index > last_reply]
    headings = [index for index in late if lines[index].heading is not None]
    return next(iter(headings or late), None), len(late) > 1
