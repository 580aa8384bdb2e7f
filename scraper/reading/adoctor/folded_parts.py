"""Tells which hidden elements of a question page hold parts of the question that a person can open.

<h5 class="toggle">More Info</h5><div hidden><p>Rest.</p></div>
<button aria-controls="r">Dr. Lin Mo reply Neurology</button><div id="r" hidden> ... </div>

A label or name right above a part tells, or a label in it. A part stands in the page's order and is
shown nowhere else.
"""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import NamedTuple

from lxml import etree

from scraper.reading.adoctor.cleaning.controls import is_control
from scraper.reading.adoctor.lists.tag_departments import DEPARTMENT
from scraper.reading.adoctor.marks import find_marks
from scraper.reading.adoctor.people.doctors import names_medical_field
from scraper.reading.adoctor.section_ends import is_page_end
from scraper.reading.adoctor.tabs import is_tab, sections_of
from scraper.reading.adoctor.words.closings import is_closing
from scraper.reading.adoctor.words.furniture import is_page_furniture
from scraper.reading.adoctor.words.labels import LISTS, SECTIONS, Label, language_of_dated
from scraper.reading.visible.contexts import APART
from scraper.reading.visible.line import Line, are_alike, holders
from scraper.reading.visible.lines import Walk
from scraper.reading.visible.openers import is_pressed, text_in
from scraper.reading.visible.signs import NOTE

_CONTROL_DEPTH, _CLOSED_DEPTH = 4, 100  # elements from words to their button, to what hides them
_FOLDING = re.compile("toggle|collapsible")
_EXPANDING = re.compile("expand|展開", re.IGNORECASE)
_ORDER = (Label.REPLY_DATE, *SECTIONS)


def _is_pressed(line: Line) -> bool:
    """Whether a label looks as if it opened what is below, or a button beside it alone."""
    return _FOLDING.search(line.first.get("class", "")) is not None or any(
        is_pressed(box)
        or "accordion" in box.get("class", "")
        or (_has_opener(box) and text_in(box) == line.text)
        for box in islice(holders(line.first), _CONTROL_DEPTH)
    )


def _has_opener(box: etree._Element) -> bool:
    """Whether a button without words, as an icon's, opens something."""
    button = box.find("button")
    return button is not None and (
        (button.get("aria-expanded") is not None and not button.get("aria-haspopup"))
        or _EXPANDING.match(button.get("aria-label", "")) is not None
    )


def _ends_with_field(line: Line) -> bool:
    """Whether a line ends with a tag's department."""
    found = [*DEPARTMENT.finditer(line.text)]
    return bool(found) and found[-1].end() == len(line.text) and names_medical_field(found[-1][1])


class _Part(NamedTuple):
    """A section, or a reply with its doctor and day."""

    label: Label
    doctor: str | None = None
    day: date | None = None


class WholePage:
    """A page on which everything is open that may be part of the question."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._lines = [replace(line, text=NOTE.sub("", line.text)) for line in walk.lines]
        self._marks = find_marks(self._lines)
        self._boxes = list(map(self._closed_box, self._lines))
        self._runs: dict[etree._Element, range] = {}  # the lines of each hidden element
        for index, box in enumerate(self._boxes):
            if box is not None:
                start = self._runs.get(box, range(index, index)).start
                self._runs[box] = range(start, index + 1)
        self._shown = [index for index, box in enumerate(self._boxes) if box is None]
        asks = [ask for ask in self._marks.asks if self._boxes[ask.start] is None]
        ask = next((ask for ask in asks if ask.asked_on), next(iter(asks), None))
        self._asker_end = ask.end if ask else len(self._lines)
        self._asked_on = (ask and ask.asked_on) or date.min
        asker_lines = self._lines[ask.start : ask.end] if ask else []
        self._languages = {language_of_dated(line.text) for line in asker_lines}
        shown_labels = filter(self._is_section_label, self._shown)
        self._labels = {index: self._marks.labels[index] for index in shown_labels}

    def _closed_box(self, line: Line) -> etree._Element | None:
        """The element that hides a line until it is opened; None for a line that is shown."""
        around = islice(holders(line.first), _CLOSED_DEPTH)
        return next((box for box in around if box in self._walk.opened), None)

    def _is_section_label(self, index: int) -> bool:
        """Whether a line is the label of a section, and no button or menu entry."""
        line = self._lines[index]
        is_label = index >= self._asker_end and self._marks.labels.get(index) in SECTIONS
        return is_label and line.landmark not in APART and not is_control(line)

    def parts_to_open(self) -> tuple[frozenset[etree._Element], bool]:
        """The elements that a person can open to read parts, and whether others hold parts too."""
        read = {_Part(label) for label in self._labels.values()}
        read.update(self._replies(self._shown))
        folded: set[etree._Element] = set()  # below labels
        opened, hides_part = set(), False
        for element, run in self._runs.items():
            if run.start < self._asker_end or self._lines[run.start].landmark in APART:
                continue
            toggles = self._walk.folds.toggles(element)
            goes_on = self._boxes[run.start - 1] in folded  # or is a note behind the section
            hides_part = hides_part or goes_on
            is_next = goes_on and are_alike(self._lines[run.start - 1], self._lines[run.start])
            if is_next or self._is_folded_below_label(run, sections_of(toggles)):
                folded.add(element)
                continue
            reply = self._below_doctor(run)
            parts = set(self._parts(run, reply)) - read
            of_tabs = {_Part(label) for label in sections_of(filter(is_tab, toggles))}
            if self._opens(parts, run, reply, toggles):
                opened.add(element)
            elif parts or of_tabs - read:
                hides_part = True
            read |= parts
        return frozenset(opened | folded), hides_part

    def _opens(
        self, parts: set[_Part], run: range, reply: range, toggles: list[etree._Element]
    ) -> bool:
        """Whether a control opens parts in hidden lines, and is called so or has own replies."""
        labels = {part.label for part in parts}
        if labels & sections_of(toggles):
            return True
        is_pressed_name = reply != run and _is_pressed(self._lines[run.start - 1])
        may_open = bool(toggles) or is_pressed_name
        return may_open and Label.REPLY_DATE in labels and self._are_own_replies(reply)

    def _is_folded_below_label(self, run: range, toggle_sections: set[Label]) -> bool:
        """Whether hidden lines are the whole content of the section whose label is above them."""
        place = bisect(self._shown, run.start)
        above, below = run.start - 1, self._shown[place : place + 1]
        label = self._marks.labels.get(above)
        if label not in SECTIONS or above < self._asker_end or not self._suits(label, run):
            return False
        is_shown = above in self._shown[place - 1 : place]
        is_one_of_strip = above - 1 in self._marks.labels
        names_other = bool(toggle_sections) and label not in toggle_sections
        if not is_shown or is_one_of_strip or names_other or self._has_twin(above, label):
            return False
        is_in_place = label in LISTS or self._ends_text(above)
        may_open = bool(toggle_sections) or _is_pressed(self._lines[above])
        is_named = label in LISTS and bool(toggle_sections)  # and ends with its entries
        return may_open and is_in_place and (is_named or all(map(self._begins_other_part, below)))

    def _has_twin(self, index: int, label: Label) -> bool:
        """Whether another shown line may be the label of a section as well."""
        starts = {run.start for run in self._runs.values()}
        others = (i for i in self._shown if i != index and self._marks.labels.get(i) is label)
        return any(i in self._labels or i + 1 in starts for i in others)

    def _ends_text(self, index: int) -> bool:
        """Whether a line stands below the asker or a reply, but for furniture of the page."""
        ends = (self._asker_end, *(mark.end for mark in self._marks.reply_dates.values()))
        end = max((end for end in ends if end <= index), default=0)
        texts = [self._lines[i].text for i in range(end, index)]
        return all(is_page_furniture(text, 1) and not is_closing(text) for text in texts)

    def _begins_other_part(self, index: int) -> bool:
        """Whether a line cannot belong to the section above it."""
        landmark, above = self._lines[index].landmark, self._lines[index - 1].landmark
        is_apart = landmark in APART or landmark == "aside" != above
        is_label = self._marks.labels.get(index) in SECTIONS
        return is_apart or is_label or is_page_end(self._lines, index)

    def _below_doctor(self, run: range) -> range:
        """Hidden lines with the doctor line right above them, as on their button.

        Not where that line begins what is shown below them, or stands below words of its own.
        """
        above = (mark.start for mark in self._marks.doctors.values() if mark.end == run.start)
        start = next(above, run.start)
        marks = (*self._marks.doctors, *self._marks.labels, *self._marks.reply_dates)
        below = min((index for index in marks if index >= run.stop), default=None)
        is_cut = below in self._marks.reply_dates
        is_own = start in self._shown and not is_cut and self._ends_text(start)
        return range(start, run.stop) if is_own else run

    def _parts(self, run: range, reply: range) -> Iterator[_Part]:
        """The parts of the question in hidden lines, if they stand in the order of the page.

        Below an asker line of its own it is another question.
        """
        if any(ask.start in run for ask in self._marks.asks):
            return
        replies = list(self._replies(reply))
        label = self._marks.labels.get(run.start)
        if replies and self._is_in_order(Label.REPLY_DATE, run):
            yield from replies
        elif label in SECTIONS and self._is_in_order(label, run) and self._suits(label, run[1:]):
            line = self._lines[run.start]
            if line.heading is not None or not line.links:
                yield _Part(label)

    def _are_own_replies(self, run: range) -> bool:
        """Whether replies are this question's: not older than it, and no translation.

        Below words of its own a reply is another question's.
        """
        first = next(index for index in run if index in self._marks.doctors)
        above = [self._lines[index].text for index in run if index < first]
        words = [text for text in above if not is_page_furniture(text, 1)]
        days = [part.day for part in self._replies(run) if part.day is not None]
        dates = [self._lines[index].text for index in run if index in self._marks.reply_dates]
        return (
            len(words) <= 1
            and all(day >= self._asked_on for day in days)
            and all(language_of_dated(text) in self._languages for text in dates)
        )

    def _replies(self, indices: Sequence[int]) -> Iterator[_Part]:
        """The replies in lines, each at its date."""
        doctor = None
        for index in indices:
            doctor = self._marks.doctors[index].line if index in self._marks.doctors else doctor
            replied = self._marks.reply_dates.get(index)
            if doctor is not None and replied is not None and replied.day is not None:
                yield _Part(Label.REPLY_DATE, doctor.name, replied.day)

    def _is_in_order(self, label: Label, run: range) -> bool:
        """Whether the shown labels above and below hidden lines are those of the page's order."""
        rank = _ORDER.index(label)
        return all(
            (_ORDER.index(other) < rank) == (index < run.start) and other is not label
            for index, other in self._labels.items()
        )

    def _suits(self, label: Label, run: range) -> bool:
        """Whether lines may be what a label announces: entries of a list, text for an essay."""
        lines = [self._lines[index] for index in run]
        if label not in LISTS:
            return not all(line.links for line in lines)
        has_links = any(line.links for line in lines)
        return has_links or (label is Label.RELATED and any(map(_ends_with_field, lines)))
