"""Tells the boxes of a line that are words of a sentence from those that are a row of boxes."""

import re
from itertools import islice

from lxml import etree

from scraper.reading.css.elements import HEADINGS, TAGS
from scraper.reading.visible import flow

_WORDS = TAGS["inline"] - {"span", "label", "img", "output"}  # what stands around words, no badge
_STOPS = tuple(",.;!?)，。、；！？）」』”’")
# Ends of two words, or of a sentence and the next.
_TWO_WORDS = re.compile(r"[a-z\d,.;:!?)%][a-z\d(]", re.IGNORECASE)
_NEAREST = 24  # parts of a line that are looked at
_LONGEST_END = 200  # characters of the end of each


def runs_on(element: etree._Element) -> bool:
    """Whether a box that is no wider than its words is part of a sentence: `<a>X-ray</a>, then`.

    Words without blanks between them go on behind one at their beginning: `<a>神經</a>很痛。`.
    A row of boxes has no stop, 陳小姐<b>女性</b>20~29歲, or would make one word of two Latin ones.
    """
    tail = element.tail or ""
    if element.tag not in TAGS["inline"]:
        return False
    if tail.startswith(_STOPS) or (flow.is_in_midst(element) and _is_in_sentence(element)):
        return not _touches_word(element)
    is_han = "\u3400" <= tail[:1] <= "\u9fff"
    return is_han and element.tag in _WORDS and not set(tail).isdisjoint(_STOPS)


def _is_in_sentence(element: etree._Element) -> bool:
    """Whether the words around are a heading's, or one of their parts has a stop near its end."""
    parent = element.getparent()
    if parent is None or parent.tag in HEADINGS:
        return True
    parts = (str(part)[-_LONGEST_END:] for part in islice(parent.itertext(), _NEAREST))
    return not all(map(set(_STOPS).isdisjoint, parts))


def _touches_word(element: etree._Element) -> bool:
    """Whether a Latin word and an element's, more than a letter, have no blank between them."""
    if not len(element) and len(element.text or "") == 1:
        return False
    before, after, parent = element.getprevious(), element.getnext(), element.getparent()
    ahead = parent.text if before is None and parent is not None else None
    start = (ahead or "")[-1:] if before is None else (before.tail or "")[-1:] or _last_sign(before)
    end = (element.tail or "")[:1] or ("" if after is None else _first_sign(after))
    seams = (start + _first_sign(element), _last_sign(element) + end)
    return any(map(_TWO_WORDS.fullmatch, seams))


def _first_sign(element: etree._Element) -> str:
    return "".join(map(str, islice(element.itertext(), 1)))[:1]


def _last_sign(element: etree._Element) -> str:
    while len(element):
        element = element[-1]
        if element.tail:
            return element.tail[-1]
    return (element.text or "")[-1:]
