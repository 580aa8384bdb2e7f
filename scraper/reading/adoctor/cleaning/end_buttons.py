"""Leaves out buttons and links at the end of a line that are no words of it.

<h2>Causes <button aria-expanded="true">Collapse</button></h2>      <h2>Causes [edit]</h2>
"""

import re
from dataclasses import replace
from itertools import islice

from lxml import etree

from scraper.reading.adoctor.words.labels import LISTS, is_dated, label_of
from scraper.reading.css.elements import FLOWS
from scraper.reading.visible.folds import STOPS
from scraper.reading.visible.line import Line, holders
from scraper.reading.visible.openers import folds_or_unfolds, is_pressed, is_short, whole_text

_CONTROL_DEPTH = 4  # elements from a button to its text
_ANCHORS = ("¶", "#", "§", "🔗")
_EDITS = ("edit", "編輯")
_ACTION = re.compile(  # none that is a term as well: a report, 病毒複製
    r"(?:Copy|Quote|Edit|Save|Print|Bookmark|Listen|Translate|Explain|Report(?= ))"
    r"(?: (?:to|this|the|link|text|post|question|answer|reply|abuse))*\??"
    r"|複製(?:連結|網址|文字|內容)|引用|編輯|收藏|列印|朗讀|翻譯|檢舉"
)
_UNFOLDING = frozenset(("aria-expanded", "aria-controls"))
_EDIT = re.compile(rf"\s*\[(?:{'|'.join(_EDITS)})\]$", re.IGNORECASE)


def without_edit_links(lines: list[Line]) -> list[Line]:
    """The lines without the link `[edit]` that MediaWiki puts beside or below each heading."""
    if not any(line.links and line.text[-1] == "]" for line in lines):
        return lines
    kept = []
    for line in lines:
        is_edit = bool(line.links) and line.links[-1][0].strip("[] ").lower() in _EDITS
        link = _EDIT.search(line.text) if is_edit else None
        if link is None:
            kept.append(line)
        elif link.start():
            kept.append(replace(line, text=line.text[: link.start()], links=line.links[:-1]))
    return kept


def without_buttons(lines: list[Line]) -> list[Line]:
    """The lines without buttons at their ends, but for what may end a card of a list."""
    several = (i for i, line in enumerate(lines) if line.first is not line.last)
    trimmed = {
        i: line
        for i in several
        if (line := _without_first(_without_last(lines[i]))) is not lines[i]
    }
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


def _without_last(line: Line) -> Line:
    """A line without the buttons at its end."""
    if (box := _button_around(line.last, line.first)) is None:
        return line
    words = whole_text(box)
    text = line.text.removesuffix(words).rstrip()
    if text in ("", line.text):
        return line
    if not (_is_toggle(words, text) or _is_action(box, words)):
        return line
    links = line.links[:-1] if box.tag == "a" else line.links
    return _without_last(replace(line, text=text, links=links, last=_before(box)))


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


def behind(box: etree._Element) -> etree._Element:
    """What holds the words behind an element."""
    behind = box.getnext()
    if behind is None or (box.tail or "").strip() or not isinstance(behind.tag, str):
        return next(box.iterancestors())
    return behind


def _is_toggle(words: str, before: str) -> bool:
    if not (folds_or_unfolds(words) or words in _ANCHORS):
        return False  # below: a word of the text, `a lung collapse`
    return not words[0].islower() or before.endswith(STOPS)


def _is_action(box: etree._Element, words: str) -> bool:
    """Whether a button says what it does, or nothing, and no term that it explains or unfolds."""
    if box.tag != "button" and box.get("role") != "button":
        return False
    if not any(map(str.isalnum, words)):
        return True
    return _UNFOLDING.isdisjoint(box.keys()) and _ACTION.fullmatch(words) is not None


def _without_first(line: Line) -> Line:
    """A line without the button at its beginning."""
    if (box := _button_around(line.first, line.last)) is None:
        return line
    words = whole_text(box)
    text = line.text.removeprefix(words).lstrip()
    if text in ("", line.text) or not _is_action(box, words):
        return line
    return replace(line, text=text, first=behind(box))
