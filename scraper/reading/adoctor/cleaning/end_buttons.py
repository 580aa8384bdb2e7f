"""Leaves out buttons and links at the end of a line that are no words of it.

<h2>Causes <button aria-expanded="true">Collapse</button></h2>      <h2>Causes [edit]</h2>
"""

import re
from dataclasses import replace
from itertools import islice

from scraper.reading.adoctor.words.labels import LISTS, is_dated, label_of
from scraper.reading.css.elements import FLOWS
from scraper.reading.visible.blocks import fold
from scraper.reading.visible.folds import STOPS
from scraper.reading.visible.line import Line, holders
from scraper.reading.visible.openers import folds_or_unfolds, is_pressed, is_short

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
    """The lines without buttons at their ends, but for those of lists, where one may end a card."""
    several = (i for i, line in enumerate(lines) if line.first is not line.last)
    trimmed = {i: line for i in several if (line := _without_button(lines[i])) is not lines[i]}
    if not trimmed:
        return lines
    result, is_in_list = [], False
    for index, line in enumerate(lines):
        if (label := label_of(line.text)) in LISTS or is_dated(line.text):
            is_in_list = label in LISTS
        result.append(line if is_in_list else trimmed.get(index, line))
    return result


def _without_button(line: Line) -> Line:
    """A line of a text without what toggles it, or links to it, at its end."""
    if FLOWS.get(line.last.tag) == "block":
        return line
    box = next(filter(is_pressed, islice(holders(line.last), _CONTROL_DEPTH)), None)
    around = None if box is None or box in holders(line.first) else box.getparent()
    if box is None or around is None or not is_short(box):
        return line
    words = fold("".join(map(str, box.itertext())))
    text = line.text.removesuffix(words).rstrip()
    if text == line.text or not (folds_or_unfolds(words) or words in _ANCHORS):
        return line
    if words[0].islower() and not text.endswith(STOPS):  # a word of the text: `a lung collapse`
        return line
    links = line.links[:-1] if box.tag == "a" else line.links
    return replace(line, text=text, links=links, last=around)
