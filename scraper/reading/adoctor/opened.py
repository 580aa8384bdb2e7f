"""Parts of a question page that it hides until somebody presses a button or a tab.

<button aria-controls="r">Show the reply</button>
<div id="r" hidden><p>Dr. Lin Mingyu reply Neurology</p> ... <p>Reply Date: 2020/10/27</p></div>

The button may say what it likes: what it opens is told by the labels in it, or by the one above.
Parts stand in the page's order, and are shown nowhere else: a menu or a copy is none.
"""

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import TypeVar

from lxml import etree

from scraper.reading.adoctor.cleaning.controls import is_control
from scraper.reading.adoctor.marks import find_marks
from scraper.reading.adoctor.section_ends import is_page_end
from scraper.reading.adoctor.tabs import find_tabs, heads_missing, is_tab, section_of, strip_around
from scraper.reading.adoctor.words.furniture import nobodys
from scraper.reading.adoctor.words.labels import (
    ANSWERS,
    LISTS,
    SECTIONS,
    Label,
    language_of_dated,
)
from scraper.reading.css.sheets import page_rules
from scraper.reading.visible.contexts import APART
from scraper.reading.visible.hidden import Closed
from scraper.reading.visible.line import Head, Line, holders
from scraper.reading.visible.lines import Walk, visible_lines
from scraper.reading.visible.openers import is_pressed, text_in
from scraper.reading.visible.signs import NOTE

_W = TypeVar("_W", bound=Walk)
_Part = tuple[Label, tuple[str, date] | None]  # what a label announces; of a reply whose and when
_DEPTH, _DEEPEST = 4, 100  # elements from words to their button, and to what hides them
_LONGEST = 80  # characters of a label with what stands beside it
_ORDER = (Label.REPLY_DATE, *SECTIONS)


def walked(root: etree._Element, kind: type[_W]) -> tuple[_W, bool]:
    """The walk of a page and of the parts that a person opens, and whether others stay hidden."""
    rules = page_rules(root)
    strips: frozenset[etree._Element] = frozenset()
    heads: Mapping[etree._Element, Head] = {}

    def walk(opened: frozenset[etree._Element]) -> _W:
        made = kind(rules)
        made.opened = opened
        made.without(strips, heads)
        visible_lines(root, made)
        return made

    first = walk(frozenset())
    tabs = find_tabs(first.lines)
    likely = frozenset(closed.element for closed in first.closed if _is_likely(first, closed))
    if not (likely or tabs) or first.styled.gave_up:
        return first, False
    strips = frozenset(map(strip_around, tabs, tabs.values()))
    whole = walk(likely)
    if heads := heads_missing(tabs, whole):
        whole = walk(likely)
    opened, hides = _Whole(whole).sorted()
    hides = hides or not all(map(text_in, heads))  # what is loaded when it is opened
    if not (opened or tabs):
        return first, hides
    return (whole if opened == likely else walk(opened)), hides


def _is_likely(walk: Walk, closed: Closed) -> bool:
    """Whether a hidden element may hold a part."""
    text = text_in(closed.element)
    if (found := ANSWERS.search(text)) is not None and found[0] != text:
        return True
    above = walk.lines[closed.above - 1].text[:_LONGEST] if closed.above else ""
    if ANSWERS.search(NOTE.sub("", above)):
        return True
    return bool(_named(walk.folds.toggles(closed.element)))


def _named(controls: Iterable[etree._Element]) -> set[Label]:
    """The sections that buttons or tabs are called after."""
    return {label for label in map(section_of, controls) if label is not None}


def _is_pressed(line: Line) -> bool:
    """Whether a label looks as if it opened what is below."""
    boxes = islice(holders(line.first), _DEPTH)
    return any(is_pressed(box) or "accordion" in box.get("class", "") for box in boxes)


class _Whole:
    """A page that shows all that it may hide of a question."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._lines = [line._replace(text=NOTE.sub("", line.text)) for line in walk.lines]
        self._marks = find_marks(self._lines)
        owners = list(map(self._owner, self._lines))
        self._runs: dict[etree._Element, range] = {}
        for index, owner in enumerate(owners):
            if owner is not None:
                start = self._runs.get(owner, range(index, index)).start
                self._runs[owner] = range(start, index + 1)
        self._shown = [index for index, owner in enumerate(owners) if owner is None]
        ask = next((ask for ask in self._marks.asks if owners[ask.start] is None), None)
        self._asked = ask.end if ask else len(self._lines)
        self._day = (ask and ask.asked_on) or date.min
        of_ask = self._lines[ask.start : ask.end] if ask else []
        self._languages = {language_of_dated(line.text) for line in of_ask}
        heads = filter(self._heads, self._shown)
        self._labels = {index: self._marks.labels[index] for index in heads}

    def _owner(self, line: Line) -> etree._Element | None:
        """The element that hides a line, as it was."""
        around = islice(holders(line.first), _DEEPEST)
        return next((box for box in around if box in self._walk.opened), None)

    def _heads(self, index: int) -> bool:
        """Whether a line is the label of a section, and no button or menu."""
        line = self._lines[index]
        is_label = index >= self._asked and self._marks.labels.get(index) in SECTIONS
        return is_label and line.landmark not in APART and not is_control(line)

    def sorted(self) -> tuple[frozenset[etree._Element], bool]:
        """What a person opens, and whether there are other parts."""
        read: set[_Part] = {(label, None) for label in self._labels.values()}
        read.update(self._replies(self._shown))
        opened, hides = set(), False
        for element, run in self._runs.items():
            if run.start < self._asked or self._lines[run.start].landmark in APART:
                continue
            toggles = self._walk.folds.toggles(element)
            if self._fills(run, _named(toggles)):
                opened.add(element)
                continue
            parts = set(self._parts(run)) - read
            labels = {label for label, _ in parts}
            replies = Label.REPLY_DATE in labels and self._is_own(run)
            if toggles and (replies or labels & _named(toggles)):
                opened.add(element)
            elif parts or {(label, None) for label in _named(filter(is_tab, toggles))} - read:
                hides = True
            read |= parts
        return frozenset(opened), hides

    def _fills(self, run: range, named: set[Label]) -> bool:
        """Whether a section shows its label alone, and the lines are what it hides below that."""
        place = bisect(self._shown, run.start)
        if not place:
            return False
        above, below = self._shown[place - 1], self._shown[place : place + 1]
        label = self._marks.labels.get(above)
        if label not in SECTIONS or above < self._asked or not self._holds(label, run):
            return False
        is_strip = above - 1 in self._marks.labels or (named and label not in named)
        begins = {self._asked, *(mark.end for mark in self._marks.replied.values())}
        if is_strip or (label is Label.MORE_INFO and above not in begins):
            return False
        if not _is_pressed(self._lines[above]) or not all(map(self._ends, below)):
            return False
        return all(other is not label or i == above for i, other in self._labels.items())

    def _ends(self, index: int) -> bool:
        """Whether a line cannot belong to the section above it."""
        is_apart = self._lines[index].landmark in APART
        return (
            is_apart or self._marks.labels.get(index) in SECTIONS or is_page_end(self._lines, index)
        )

    def _parts(self, run: range) -> Iterator[_Part]:
        """The parts of the question that are in some lines, where its order lets them stand.

        Below an asker line of its own it is another question.
        """
        if any(ask.start in run for ask in self._marks.asks):
            return
        replies = list(self._replies(run))
        label = self._marks.labels.get(run.start)
        if replies and self._fits(Label.REPLY_DATE, run):
            yield from replies
        elif label in SECTIONS and self._fits(label, run) and self._holds(label, run[1:]):
            line = self._lines[run.start]
            if line.heading is not None or not line.links:
                yield (label, None)

    def _is_own(self, run: range) -> bool:
        """Whether replies are this question's: not older, and no translation.

        Below words of its own a reply is another question's.
        """
        first = next(index for index in run if index in self._marks.doctors)
        words = [i for i in run if i < first and not nobodys(self._lines[i].text, 1)]
        days = (told[1] for _, told in self._replies(run) if told)
        replied = (self._lines[i].text for i in run if i in self._marks.replied)
        return (
            len(words) <= 1
            and all(day >= self._day for day in days)
            and all(language_of_dated(text) in self._languages for text in replied)
        )

    def _replies(self, indices: Sequence[int]) -> Iterator[_Part]:
        doctor = None
        for index in indices:
            doctor = self._marks.doctors[index].line if index in self._marks.doctors else doctor
            replied = self._marks.replied.get(index)
            if doctor is not None and replied is not None and replied.day is not None:
                yield (Label.REPLY_DATE, (doctor.name, replied.day))

    def _fits(self, label: Label, run: range) -> bool:
        rank = _ORDER.index(label)
        return all(
            (_ORDER.index(other) < rank) == (index < run.start) and other is not label
            for index, other in self._labels.items()
        )

    def _holds(self, label: Label, run: range) -> bool:
        """Whether lines may be what a label announces: text, or links."""
        is_list = label in LISTS
        return any(bool(self._lines[index].links) == is_list for index in run)
