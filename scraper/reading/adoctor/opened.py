"""Walks a page together with the parts of its question that a button or a tab opens.

<button aria-controls="r">Show the reply</button>
<div id="r" hidden><p>Dr. Lin Moshan reply Neurology</p> ... <p>Reply Date: 2020/10/27</p></div>

What a button opens is known by the labels in it or above it, whatever the button says. A part
stands in the page's order and is shown nowhere else, unlike a menu or a copy.
"""

from collections.abc import Mapping
from typing import TypeVar

from lxml import etree

from scraper.reading.adoctor.folded_parts import WholePage
from scraper.reading.adoctor.people.doctors import begins_doctor
from scraper.reading.adoctor.tabs import find_tabs, heads_missing, sections_of, strip_around
from scraper.reading.adoctor.words.labels import ANSWERS
from scraper.reading.css.sheets import page_rules
from scraper.reading.inner_links import shorten_inner_links
from scraper.reading.visible.hidden import Closed
from scraper.reading.visible.line import Head
from scraper.reading.visible.lines import Walk, visible_lines
from scraper.reading.visible.openers import text_in
from scraper.reading.visible.signs import NOTE

_W = TypeVar("_W", bound=Walk)
_LONGEST_LABEL = 80  # characters of a label with what stands beside it


def walk_page(root: etree._Element, url: str, walk_type: type[_W]) -> tuple[_W, bool]:
    """Walk the page at `url` with the parts of its question that a person can open.

    Also whether it hides other parts of the question, which no control of the page shows. Links
    within the page that name its URL become `#x` in the tree.
    """
    shorten_inner_links(root, url)
    rules = page_rules(root)
    strips: frozenset[etree._Element] = frozenset()
    heads: Mapping[etree._Element, Head] = {}

    def walk(opened: frozenset[etree._Element]) -> _W:
        new_walk = walk_type(rules)
        new_walk.opened = opened
        new_walk.without(strips, heads)
        visible_lines(root, new_walk)
        return new_walk

    first = walk(frozenset())
    tabs = find_tabs(first.lines)
    likely = frozenset(closed.element for closed in first.closed if _may_hold_part(first, closed))
    if not (likely or tabs) or first.styled.gave_up:
        return first, False
    strips = frozenset(map(strip_around, tabs, tabs.values()))
    whole = walk(likely)
    if heads := heads_missing(tabs, whole):
        whole = walk(likely)
    opened, hides_part = WholePage(whole).parts_to_open()
    hides_part = hides_part or not all(map(text_in, heads))  # a tab loads it when it is opened
    if not (opened or tabs):
        return first, hides_part
    return (whole if opened == likely else walk(opened)), hides_part


def _may_hold_part(walk: Walk, closed: Closed) -> bool:
    """Whether a label in a hidden element, above it or on its button tells of a part."""
    text = text_in(closed.element)
    if (label := ANSWERS.search(text)) is not None and label[0] != text:
        return True
    above = walk.lines[closed.above - 1].text[:_LONGEST_LABEL] if closed.above else ""
    if ANSWERS.search(NOTE.sub("", above)):
        return True
    toggles = walk.folds.toggles(closed.element)
    words = filter(None, map(text_in, toggles))  # a hamburger button has none
    return bool(sections_of(toggles)) or any(map(begins_doctor, words))
