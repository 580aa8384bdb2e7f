"""Leaves out what a person can press on a page: buttons, tabs, links within the page.

<button>Listen</button>   <a href="#reply">Reply</a>   <summary>Read more</summary>

A button that folds the words below it is their heading and stays:
`<button aria-expanded="true">Causes`.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, islice, pairwise

from lxml import etree

from scraper.reading.adoctor.cleaning.end_buttons import without_buttons, without_edit_links
from scraper.reading.adoctor.line_kinds import has_only_site_links
from scraper.reading.adoctor.marks import LONGEST_CARD, find_marks
from scraper.reading.adoctor.people.doctors import begins_doctor
from scraper.reading.adoctor.words.counters import is_surely_counter
from scraper.reading.adoctor.words.furniture import is_badge
from scraper.reading.adoctor.words.labels import LISTS, SECTIONS, Label, dated, is_dated, label_of
from scraper.reading.adoctor.words.share import is_share_label
from scraper.reading.css.elements import FLOWS
from scraper.reading.inner_links import OWN_URL
from scraper.reading.visible.blocks import block_text
from scraper.reading.visible.folds import is_prose
from scraper.reading.visible.line import Line, hand_up, holders
from scraper.reading.visible.openers import (
    WITHIN,
    is_pressed,
    is_short,
    text_in,
    unfolds,
)
from scraper.reading.visible.signs import NOTE

_LONGEST, _LONGEST_STRIP = 40, 120  # characters of a control, and of several in a line
_DEPTH = 4  # elements from a button to its text
_NEAR = 7  # lines that a broken label or name may take
_TOGGLES = ("data-toggle", "data-bs-toggle")
_ROLES = ("button", "tab")
_TAGS = ("button", "-tab")  # <md-tab>


def is_control(line: Line) -> bool:
    """Whether a line is buttons and links within its page, counters beside, and nothing else."""
    if len(line.text) > _LONGEST_STRIP or line.heading is not None or not _may_be_control(line):
        return False
    if line.text.endswith((":", "：")) or (first := _control_around(line.first)) is None:
        return False
    letters, letters_of_controls = _letters(line.text), ""
    may_be_strip = len(line.text) <= _LONGEST  # a longer one must have a tab of a section
    for box in chain((first,), first.itersiblings("*")):
        if len(letters_of_controls) >= len(letters):
            break
        if not is_short(box) or len(text := block_text(box)) > _LONGEST:
            return False
        if not (_is_control_element(box, box.tag) or is_surely_counter(text)):
            break
        letters_of_controls += _letters(text)
        may_be_strip = may_be_strip or label_of(text) in SECTIONS
    return may_be_strip and letters_of_controls == letters


def _is_opener(line: Line) -> bool:
    """Whether a line brings more into view, as `Show all`, whatever its element."""
    return unfolds(line.text) and any(
        is_pressed(box) and is_short(box) and text_in(box) == line.text
        for box in islice(holders(line.first), _DEPTH)
    )


def _summaries_of_replies(lines: Sequence[Line]) -> set[int]:
    """The lines that are the summary of a reply."""
    if not lines or next(lines[0].first.getroottree().iter("summary"), None) is None:
        return set()
    return {
        i
        for i, (line, below) in enumerate(pairwise(lines))
        if begins_doctor(below.text)
        and _is_summary(line)
        and 0 in find_marks(lines[i + 1 : i + 1 + _NEAR]).doctors
    }


def _is_summary(line: Line) -> bool:
    """Whether a line is the summary of what is folded: `Show the reply`."""
    if len(line.text) > _LONGEST or is_prose(line.text):
        return False
    return any(box.tag == "summary" for box in islice(holders(line.first), _DEPTH))


def _may_be_control(line: Line) -> bool:
    """Cheap, for every line of a page: most are blocks, or links that lead elsewhere."""
    if line.links:
        return line.links[0][1].startswith(WITHIN)
    return FLOWS.get(line.first.tag) != "block" or line.first.get("role") is not None


def _control_around(element: etree._Element | None) -> etree._Element | None:
    """The control that an element is or stands in, within one line."""
    for _ in range(_DEPTH):
        if element is None or _is_control_element(element, tag := element.tag):
            return element
        if FLOWS.get(tag) != "inline":
            return None
        element = element.getparent()
    return None


def _is_control_element(element: etree._Element, tag: str) -> bool:
    if tag == "a" and (href := element.get("href")) is not None:
        return href.startswith(WITHIN) and element.get(OWN_URL) is None  # a permalink has words
    return str(tag).endswith(_TAGS) or element.get("role") in _ROLES


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, NOTE.sub("", text)))


def without_controls(lines: list[Line]) -> list[Line]:
    """The lines without controls, but for labels, names, days, and what lists of links hold.

    A link to a section, labelled as that section itself is, goes too.
    """
    lines = without_buttons(without_edit_links(lines))
    controls = {
        i
        for i, line in enumerate(lines)
        if is_control(line) or (not line.unmarked and _is_opener(line))
    }
    controls |= _summaries_of_replies(lines)
    if not controls:
        return lines
    asked = next((index for index, line in enumerate(lines) if is_dated(line.text)), 0)
    menus_end = asked if dated(lines[asked].text, Label.ASK_DATE) else 0
    labels = {  # those above the asker line are a menu's
        label_of(line.text)
        for index, line in enumerate(lines)
        if index >= asked and index not in controls and line.landmark != "header"
    }
    kept: list[Line] = []
    for index, line in enumerate(lines):
        label = label_of(line.text)
        is_control_line = index in controls
        is_menu = is_control_line and index < menus_end and _names_sections(line)
        if is_menu and kept and is_badge(kept[-1].text):
            kept.pop()
        if is_menu or (is_control_line and _is_page_control(lines, index, controls, labels)):
            hand_up(line, kept)
            continue
        kept.append(line)
        if index >= asked and label in LISTS:
            return [*kept, *lines[index + 1 :]]
    return kept


def _names_sections(line: Line) -> bool:
    """Whether a line is links to sections, and nothing else."""
    labels = [label_of(words) for words, _ in line.links] or [label_of(line.text)]
    return all(label in SECTIONS for label in labels)


def _is_page_control(
    lines: Sequence[Line], index: int, controls: AbstractSet[int], labels: AbstractSet[Label | None]
) -> bool:
    """Whether a control is no label or name, no part of a text and no end of a card.

    `labels` are those of the sections, with the cards below theirs; a link to one of these has its
    words, and goes too. So does another share label.
    """
    line = lines[index]
    label = label_of(line.text)
    if label in SECTIONS and label in labels and _leads_elsewhere(line):
        return True
    if label is Label.SHARE and any(is_share_label(above.text) for above in lines[:index]):
        return True
    if not (_is_label_or_name(lines, index) or _is_part_of_text(lines, index, controls)):
        return True
    return unfolds(line.text) and not (labels.isdisjoint(LISTS) and _ends_card(lines, index))


def _ends_card(lines: Sequence[Line], index: int) -> bool:
    """Whether `Read More` stands below a link to another page of the site, as in a card."""
    for line in reversed(lines[max(index - LONGEST_CARD, 0) : index]):
        if label_of(line.text) is not None or is_dated(line.text):
            return False
        if has_only_site_links(line) and not is_share_label(line.text):
            return True
    return False


def _leads_elsewhere(line: Line) -> bool:
    """Whether a control is a link or a tab, and no button that is a section's label."""
    if line.links:
        return True
    box = _control_around(line.first)
    return box is not None and box.get("role") == "tab"


def _is_part_of_text(lines: Sequence[Line], index: int, controls: AbstractSet[int]) -> bool:
    """Whether a control is the heading of a text or a link in its midst."""
    if index + 1 == len(lines):
        return False
    line, below = lines[index], lines[index + 1]
    if _toggles_text(line):
        return (index + 1 not in controls or _toggles_text(below)) and not _is_label_or_name(
            lines, index + 1
        )
    around = lines[index - 1].last if index else None
    return (
        around is below.first
        and around in line.element.iterancestors()
        and any(len(href) > 1 and href[0] == "#" for _, href in line.links)
    )


def _toggles_text(line: Line) -> bool:
    """Whether a line folds and unfolds something that is no menu."""
    boxes = list(islice(holders(line.element), _DEPTH))
    box = _control_around(line.first)
    if box is not None and "accordion" in box.get("class", ""):
        return True
    return any(
        box.get("aria-expanded") or "collapse" in map(box.get, _TOGGLES) for box in boxes
    ) and not any(box.get("aria-haspopup") for box in boxes)


def _is_label_or_name(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is a label, or part of an asker line, a doctor line or a reply date."""
    start = max(index - _NEAR, 0)
    marks = find_marks(lines[start : index + _NEAR])
    place = index - start
    people_and_days = chain(
        *(range(ask.start, ask.end) for ask in marks.asks),
        *(range(mark.start, mark.end) for mark in marks.doctors.values()),
        *(range(mark.start, mark.end) for mark in marks.reply_dates.values()),
    )
    return place in marks.labels or place in marks.read_more or place in people_and_days
