"""Tabs that are called as sections are, and stand for the labels of what they open.

<ul><li><a role="tab" href="#i">More Info</a></li><li><a role="tab" href="#s">Similar Q&A</a></li>
</ul><div id="i"><p>A sore thumb heals.</p></div><div id="s"> ... </div>

A strip of tabs is no line of the page. What they open is read as if their words stood above it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, takewhile
from typing import cast

from lxml.etree import Element, _Element

from scraper.reading.adoctor.cleaning.controls import is_control
from scraper.reading.adoctor.words.headings import find_section_label, section_label
from scraper.reading.adoctor.words.labels import SECTIONS, Label, label_of
from scraper.reading.css.elements import FLOWS, HEADINGS
from scraper.reading.visible.blocks import block_text, fold
from scraper.reading.visible.contexts import APART
from scraper.reading.visible.folds import own_pieces
from scraper.reading.visible.line import Head, Line, holders
from scraper.reading.visible.lines import Walk
from scraper.reading.visible.openers import (
    WITHIN,
    ids_named_by,
    is_pressed,
    is_short,
    is_small,
    text_in,
)
from scraper.reading.visible.signs import NOTE

_LONGEST, _LONGEST_TAB = 120, 40  # characters of a line of tabs, and of one
_DEPTH, _MOST_ELEMENTS, _MOST = 4, 60, 12  # from words to their tab; of a strip; tabs of a page
_MOST_NAMES, _BESIDE = 4, 30  # ids that a tab names; siblings that are looked at
_BELOW = "following::*[@{}=$name][1]"

Tabs = Mapping[_Element, _Element]  # a tab, by what it opens


def find_tabs(lines: Sequence[Line]) -> Tabs:
    """The tabs on some lines that are called as sections are."""
    tabs: dict[_Element, _Element] = {}
    for tab in islice(_labelled(lines), _MOST):
        panel = _panel(tab)
        if panel is not None and not _heads(tab, panel):
            tabs.setdefault(panel, tab)
    boxes = [panel.getparent() for panel in tabs]
    return {
        panel: tab
        for panel, tab in tabs.items()
        if is_tab(tab) or panel.get("role") == "tabpanel" or boxes.count(panel.getparent()) > 1
    }


def strip_around(panel: _Element, tab: _Element) -> _Element:
    """The largest box around a tab that holds nothing but tabs."""
    strip = tab
    for box in islice(tab.iterancestors(), _DEPTH):
        if not is_small(box, _MOST_ELEMENTS) or box in holders(panel) or not _is_strip(box):
            break
        strip = box
    return strip


def heads_missing(tabs: Tabs, whole: Walk) -> dict[_Element, Head]:
    """The words of tabs, by what they open, where neither that nor the page has such a label.

    The walk is one without the tabs, and with what the page may hide.
    """
    labels: set[Label | None] = set()
    own: set[tuple[_Element, Label]] = set()
    for line in whole.lines if tabs else ():
        if (label := _label(line)) is None:
            continue
        around = set(holders(line.first))
        if around.isdisjoint(whole.opened):
            labels.add(label)
        own.update((panel, label) for panel in around.intersection(tabs))
    heads = {panel: Head(_words(tab), tab) for panel, tab in tabs.items()}
    return {
        panel: head
        for panel, head in heads.items()
        if (label := label_of(head.words)) not in labels and (panel, label) not in own
    }


def section_of(control: _Element) -> Label | None:
    """The section that a button or tab is called after."""
    may_be = is_pressed(control) and is_short(control)
    label = label_of(_words(control)) if may_be else None
    return label if label in SECTIONS else None


def sections_of(controls: Iterable[_Element]) -> set[Label]:
    """The sections that buttons or tabs are named after."""
    return {label for label in map(section_of, controls) if label is not None}


def is_tab(control: _Element) -> bool:
    """Whether a button opens one of several parts, and is no cookie notice's."""
    names = (control.get(name, "") for name in ("role", "class", "data-toggle", "data-bs-toggle"))
    return any("tab" in name for name in names)


def _labelled(lines: Sequence[Line]) -> Iterator[_Element]:
    """What may be pressed on some lines and is called as a section is."""
    for line in filter(_may_be_tabs, (line for line in lines if len(line.text) <= _LONGEST)):
        around = [*islice(holders(line.first), _DEPTH)]
        if any(map(is_pressed, around)):
            within = islice(line.element.iter(Element), _MOST_ELEMENTS)
            yield from (each for each in (*within, *around) if section_of(each) is not None)


def _may_be_tabs(line: Line) -> bool:
    """Cheap, for every line of a page: most are long, or blocks that are no label."""
    text, links = line.text, line.links
    if line.heading is not None:
        return False
    if links:
        return links[0][1].startswith(WITHIN) and find_section_label(text) is not None
    if FLOWS.get(line.first.tag) == "block":
        return label_of(text) is not None
    return find_section_label(text) is not None


def _panel(tab: _Element) -> _Element | None:
    """What a tab opens below it, of several the first that holds any words."""
    named = [("id", name) for name in islice(ids_named_by(tab), _MOST_NAMES)]
    if name := tab.get("id"):
        named.append(("aria-labelledby", name))
    below = [
        panel
        for attribute, name in named
        for panel in cast("list[_Element]", tab.xpath(_BELOW.format(attribute), name=name))
    ]
    return next(filter(text_in, below), next(iter(below), None))


def _heads(tab: _Element, panel: _Element) -> bool:
    """Whether a button is all that stands above what it opens, as its label."""
    for level in islice(holders(panel), _DEPTH):
        near = islice(level.itersiblings(preceding=True), _BESIDE)
        before = next(filter(text_in, near), None)
        if before is not None:
            return before in holders(tab) and text_in(before).endswith(text_in(tab))
    return False


def _label(line: Line) -> Label | None:
    """The section that a line is the label of, and no menu's entry or button."""
    label = section_label(line)
    if label not in SECTIONS or line.landmark in APART or is_control(line):
        return None
    return label if line.heading is not None or not line.links else None


def _words(tab: _Element) -> str:
    return NOTE.sub("", fold(block_text(tab)))


def _is_strip(box: _Element) -> bool:
    """Whether a box holds nothing but what may be pressed, all in elements of one kind.

    What leads to another page, a heading, or a text that ends with a link is no tab.
    """
    if any(any(map(str.isalnum, piece)) for piece in own_pieces(box) if piece):
        return False
    told = [each for each in box.iter(Element) if text_in(each)]
    tabs = [each for each in told if each.tag == "a" or is_pressed(each)]
    if any(each.tag in HEADINGS for each in told) or not all(
        is_pressed(each) and len(text_in(each)) <= _LONGEST_TAB for each in tabs
    ):
        return False
    around = {outer for each in tabs for outer in each.iterancestors()}
    return len({_kinds(each, box) for each in tabs if each not in around}) == 1


def _kinds(tab: _Element, box: _Element) -> tuple[str, ...]:
    """What a tab stands in."""
    return tuple(each.tag for each in takewhile(lambda outer: outer is not box, holders(tab)))[1:]
