"""Leaves out buttons and links at the end of a line that are no words of it.

<h2>Causes <button aria-expanded="true">Collapse</button></h2>      <h2>Causes [edit]</h2>
"""

import re
from dataclasses import replace
from itertools import islice

from lxml import etree

from scraper.reading.adoctor.people.doctors import begins_doctor
from scraper.reading.adoctor.words.labels import (
    LISTS,
    Label,
    begins_read_more,
    dated,
    is_dated,
    label_of,
)
from scraper.reading.css.elements import FLOWS
from scraper.reading.visible.folds import STOPS
from scraper.reading.visible.line import Line, holders
from scraper.reading.visible.openers import folded_text, folds_or_unfolds, is_pressed, is_short
from scraper.reading.visible.signs import NOTE

_CONTROL_DEPTH = 4  # elements from a button to its text
_ANCHORS = ("¶", "#", "§", "🔗")
_EDITS = ("edit", "編輯")
_EDIT = re.compile(rf"\s*\[(?:{'|'.join(_EDITS)})\]$", re.IGNORECASE)


def without_edit_links(lines: list[Line]) -> list[Line]:
    """The lines without the link `[edit]` that MediaWiki puts beside or below each heading."""
    if not any(line.links and line.text[-1] == "]" for line in lines):
        return lines
    kept = []
    for line in lines:
        link = _EDIT.search(line.text) if line.text[-1] == "]" and _ends_with_edit(line) else None
        if link is None:
            kept.append(line)
        elif link.start():
            kept.append(replace(line, text=line.text[: link.start()], links=line.links[:-1]))
    return kept


def _ends_with_edit(line: Line) -> bool:
    return bool(line.links) and line.links[-1][0].strip("[] ").lower() in _EDITS


def without_buttons(lines: list[Line]) -> list[Line]:
    """The lines without buttons at their ends, but for what may end a card of a list."""
    several = (i for i, line in enumerate(lines) if line.first is not line.last)
    trimmed = {i: line for i in several if (line := _trimmed(lines[i])) is not lines[i]}
    if not trimmed:
        return lines
    result, is_in_list = [], False
    for index, line in enumerate(lines):
        if (label := label_of(line.text)) in LISTS or is_dated(line.text):
            is_in_list = label in LISTS
        shorter = trimmed.get(index, line)
        may_end_card = is_in_list and folds_or_unfolds(line.text.removeprefix(shorter.text).strip())
        result.append(line if may_end_card else shorter)
    return result


def _trimmed(line: Line) -> Line:
    """A line without the buttons at its end, and the one at its beginning."""
    return _without_first(_without_last(line))


def _without_last(line: Line) -> Line:
    """A line without the buttons at its end: what toggles a text, or follows all of one."""
    if (box := _button_around(line.last, line.first)) is None:
        return line
    words = folded_text(map(str, box.itertext()))
    text = line.text.removesuffix(words).rstrip()
    if text in ("", line.text):
        return line
    links = line.links[:-1] if box.tag == "a" else line.links
    shorter = replace(line, text=text, links=links, last=_before(box))
    is_button = _is_button(box, words, line)
    shortest = _without_last(shorter)
    is_none = _is_toggle(words, text) or (is_button and _precedes_button(shorter, words))
    return shortest if is_none or (is_button and shortest is not shorter) else line


def _button_around(element: etree._Element, other: etree._Element) -> etree._Element | None:
    """The button around an element, but not around another one."""
    if FLOWS.get(element.tag) == "block":
        return None
    box = next(filter(is_pressed, islice(holders(element), _CONTROL_DEPTH)), None)
    return None if box is None or box in holders(other) or not is_short(box) else box


def _before(box: etree._Element) -> etree._Element:
    """What holds the words before an element."""
    before = box.getprevious()
    if before is None or (before.tail or "").strip() or not isinstance(before.tag, str):
        return next(box.iterancestors())
    return before


def _is_toggle(words: str, before: str) -> bool:
    if not (folds_or_unfolds(words) or words in _ANCHORS):
        return False  # below: a word of the text, `a lung collapse`
    return not words[0].islower() or before.endswith(STOPS)


def _is_button(box: etree._Element, words: str, line: Line) -> bool:
    """Whether a box is a button, and no label, sentence, day or part of a doctor line."""
    if label_of(words) is not None or begins_read_more(words) or is_dated(words):
        return False
    if words.endswith(STOPS) or begins_doctor(words) or begins_doctor(line.text):
        return False
    return box.tag == "button" or box.get("role") == "button"


def _precedes_button(line: Line, words: str) -> bool:
    """Whether a button behind a line is none of it: it is a sentence, a heading or a day."""
    if line.text.endswith(STOPS) or not any(map(str.isalnum, words)):
        return True
    if is_dated(line.text):
        return line.text[-1].isdigit()
    return line.heading is not None and line.text[-1].isalnum() and _begins_anew(words)


def _without_first(line: Line) -> Line:
    """A line without the button at its beginning, above all of a sentence, heading or label."""
    if (box := _button_around(line.first, line.last)) is None:
        return line
    words = folded_text(map(str, box.itertext()))
    text = line.text.removeprefix(words).lstrip()
    if text in ("", line.text) or not _is_button(box, words, line):
        return line
    is_glued = NOTE.sub("", box.tail or "")[:1].isalnum()
    is_word = is_glued or box.get("aria-expanded") or not _is_whole(text, line)
    if is_word and any(map(str.isalnum, words)):
        return line
    return replace(line, text=text, first=next(box.iterancestors()))


def _is_whole(text: str, line: Line) -> bool:
    """Whether the end of a line is a heading, a sentence, a doctor line or a day with its label."""
    if is_dated(text):
        return (dated(text, Label.REPLY_DATE) or " ")[0] == ""
    is_part = line.heading is not None or text.endswith(STOPS) or begins_doctor(text)
    return is_part and _begins_anew(text)


def _begins_anew(text: str) -> bool:
    return text[0].isalpha() and not text[0].islower()
