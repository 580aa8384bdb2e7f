"""The visible lines of a page in reading order.

    <p><b>Ask Date:</b> <span>2020/10/26</span></p><div hidden>More Info</div><p>a<br>b</p>

reads as the three lines `Ask Date: 2020/10/26`, `a` and `b`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import filterfalse
from typing import Any, NamedTuple

from lxml import etree

from scraper.reading.css import elements
from scraper.reading.css.sheets import Rules, page_rules
from scraper.reading.css.styles import Flow, Style
from scraper.reading.visible import flow, word_boxes
from scraper.reading.visible.contexts import Context, inner, tag_of, told
from scraper.reading.visible.hidden import Hidden
from scraper.reading.visible.line import Head, Line
from scraper.reading.visible.signs import folded

_NEWLINE = re.compile(r"\r\n?|\n")


class _Anchor(NamedTuple):
    """An open link."""

    element: etree._Element
    href: str
    start: int  # index of its first part in the line


def visible_lines(  # noqa: C901, PLR0912 (one loop, unrolled)
    root: etree._Element, walk: "Walk | None" = None
) -> list[Line]:
    """Walk the tree once and return what a reader sees, line by line; `walk` takes it down."""
    walk = walk or Walk(page_rules(root))
    path, flows, parts, lenders = walk.path, walk.flows, walk.parts, walk.lenders
    items, looked_at = walk.items, flow.LOOKED_AT
    how: Flow | None
    levels: list[Iterator[Any]] = [iter((root,))]
    while True:  # runs for every element: no call that can be spared
        element: Any = next(levels[-1], None)
        if element is None:
            levels.pop()
            element = path[-1]
        else:
            names = element.keys()
            if not names:
                how = walk.plain.get(element.tag)
            elif looked_at.isdisjoint(names):
                how = walk.ordinary.get((element.tag, element.get("class", "")))
            else:
                how = None
            if how is None or element in items:
                how = walk.enter(element, names) if isinstance(element.tag, str) else "unseen"
            elif parts and how == "block":
                walk.end_line()
            path.append(element)
            flows.append(how)
            if how != "unseen":
                if (text := element.text) and (parts or not text.isspace()):
                    walk.write(text)
                if len(element):
                    levels.append(iter(element))
                    continue
        how = flows.pop()
        if parts and how != "inline":
            walk.separate(how)
        if lenders[-1] is element:
            walk.leave()
        path.pop()
        if not flows:
            break
        if (text := element.tail) and (parts or not text.isspace()):
            walk.write(text)
    walk.end_line()
    return walk.lines


class Walk(Hidden):
    """The open elements, the line being put together, the lines done."""

    def __init__(self, rules: Rules) -> None:
        super().__init__(rules)
        self.flows: list[Flow] = []
        self.first: etree._Element
        self.last: etree._Element
        self.links: list[tuple[str, str]] = []
        self.anchors: list[_Anchor] = []
        self.contexts = [Context()]
        self.lenders: list[etree._Element | None] = [None]  # what lends a context or is a link
        self.apart = False  # whether text is not just taken as a piece of the line
        self.plain, self.ordinary = rules.plain, self.styled.ordinary
        self.heads: dict[etree._Element, Head] = {}  # what is read above the words of elements

    def without(
        self, strips: Iterable[etree._Element], heads: Mapping[etree._Element, Head]
    ) -> None:
        """Leave elements out, and read words above those of others."""
        self.heads.update(heads)
        self.items.update(dict.fromkeys(heads, "block"))
        self.items.update(dict.fromkeys(strips, "unseen"))

    def enter(self, element: etree._Element, names: list[str]) -> Flow:
        """Flow of an element about to be opened; take note of what it lends to the text in it."""
        tag, telling = element.tag, not flow.TELLING.isdisjoint(names)
        if (
            self.items.get(element) == "unseen"
            or (tag == "input" and element.get("type", "").lower() == "hidden")
            or (telling and "id" in names and element.get("role") == "tooltip")  # words name it
        ):
            return "unseen"
        style, opened = self.styled.look(element, names, self.path)
        self.plain, self.ordinary = self.styled.plain, self.styled.ordinary
        how = flow.of(element, names, style.flow, self.is_shown) if telling else style.flow
        if how is None or how in ("inline", "spaced"):
            how = self._settled(element, how, style)
        if style.items is not None:
            untold = filterfalse(self.items.__contains__, element)
            self.items.update(dict.fromkeys(untold, style.items))
        if how == "unseen" or style.mutes:
            how, style = self.looked_behind(element, how, style)
            if how == "unseen":
                return how
        if self.parts and how != "inline":
            self.separate(how)
        if tag == "a":
            self._open_link(element)
        if style.is_inherited or (tag != "a" and (telling or tag in elements.LENDING)):
            self._lend(element, style, telling=telling)
        if opened and self.styled.open(element, opened):
            self._push(element, self.contexts[-1])
            self.plain, self.ordinary = self.styled.plain, self.styled.ordinary
        self._write_head(element)
        return how

    def _write_head(self, element: etree._Element) -> None:
        """Put the line above those of an element that is to be read there."""
        if element not in self.heads or self.contexts[-1].muted:
            return
        self.end_line()
        self.first = self.last = element
        words, holder = self.heads[element]
        self.path.append(holder)
        self.parts.append(words)
        self.end_line()
        self.path.pop()

    def _settled(self, element: etree._Element, how: Flow | None, style: Style) -> Flow:
        """Flow of an element that may be part of a line, by what is around it."""
        item = self.items.get(element)
        if how != "spaced" and (how := item or how or flow.of_unknown(element)) != "spaced":
            return how
        is_word = item is None and not style.parted and word_boxes.runs_on(element)
        begins = style.parted and not self.parts and flow.is_initial(element)
        within = self.flows[-1:] == ["spaced"]  # a word's box
        return "inline" if is_word or begins or (within and flow.is_letter(element)) else how

    def _open_link(self, element: etree._Element) -> None:
        if (href := element.get("href")) is not None:
            if self.parts and flow.touches_link(element):
                self.parts.append(" ")
            self.anchors.append(_Anchor(element, href, len(self.parts)))
            self._push(element, self.contexts[-1])

    def _lend(self, element: etree._Element, style: Style, *, telling: bool) -> None:
        outer = self.contexts[-1]
        context = inner(outer, tag_of(element, self.path), style)
        if telling:
            context = told(context, outer, element)
        if context != outer:
            self._push(element, context)

    def _push(self, element: etree._Element, context: Context) -> None:
        if self.lenders[-1] is element:
            self.contexts[-1] = context
        else:
            self.lenders.append(element)
            self.contexts.append(context)
        self.apart = context.kept or bool(context.muted)

    def leave(self) -> None:
        """Close the innermost element that lends something."""
        element = self.lenders.pop()
        self.contexts.pop()
        context = self.contexts[-1]
        self.apart = context.kept or bool(context.muted)
        if self.anchors and self.anchors[-1].element is element:
            self._note(self.anchors.pop())
        if self.styled.openers:
            self.styled.close(element)
            self.plain, self.ordinary = self.styled.plain, self.styled.ordinary

    def _note(self, anchor: _Anchor) -> None:
        """Give the line the part of a link that stands in it, if any does."""
        if len(self.parts) > anchor.start:
            self.links.append((folded(self.parts[anchor.start :]), anchor.href))

    def separate(self, how: Flow) -> None:
        """Part the text before a boundary of a block or of a box from what follows."""
        if how == "block":
            self.end_line()
        elif how == "spaced":
            self.parts.append(" ")

    def write(self, text: str) -> None:
        """Take text of the innermost open element."""
        if self.apart:
            self._write_apart(text)
            return
        self.last = self.path[-1]
        if not self.parts:
            self.first = self.last
        self.parts.append(text)

    def _write_apart(self, text: str) -> None:
        """Take text whose line breaks are line breaks on the screen, unless it is not seen."""
        if self.contexts[-1].muted:
            return
        for number, piece in enumerate(_NEWLINE.split(text)):
            if number:
                self.end_line()
            if self.parts or (piece and not piece.isspace()):
                self.last = self.path[-1]
                if not self.parts:
                    self.first = self.last
                self.parts.append(piece)

    def end_line(self) -> None:
        """Close the line, if one is open."""
        if not self.parts:
            return
        if self.anchors:
            for position, anchor in enumerate(self.anchors):
                self._note(anchor)
                self.anchors[position] = anchor._replace(start=0)
        if text := folded(self.parts):
            context = self.contexts[-1]
            line = Line(
                text, tuple(self.links), context.landmark, context.heading,
                self.first, self.last, self.behind,
            )  # fmt: skip
            self.lines.append(line)
            self.behind = None
        self.parts.clear()
        self.links.clear()
