"""The visible lines of a page in reading order.

    <p><b>Ask Date:</b> <span>2020/10/26</span></p><div hidden>More Info</div><p>a<br>b</p>

reads as the three lines `Ask Date: 2020/10/26`, `a` and `b`.
"""

import re
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from scraper.reading import flow

_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))
_NEWLINE = re.compile(r"\r\n?|\n")


class Line(NamedTuple):
    """One visible line: white space folded, never empty."""

    text: str
    links: tuple[tuple[str, str], ...]  # (anchor text, href as written) of links in the line
    landmark: str | None  # nav or footer when inside one, else the innermost of the five
    heading: int | None  # 1 to 6 when the line itself is (in) a heading element
    first: HtmlElement  # the element that holds the line's first piece of text
    last: HtmlElement  # and the one that holds its last

    @property
    def element(self) -> HtmlElement:
        """The innermost element that holds the whole line."""
        if self.first is self.last:
            return self.first
        around = {self.first, *self.first.iterancestors()}
        return next(e for e in (self.last, *self.last.iterancestors()) if e in around)

    @property
    def xpath(self) -> str:
        """XPath of `element`."""
        path: str = self.element.getroottree().getpath(self.element)
        return path


class _Context(NamedTuple):
    """What an element lends to every line in it."""

    landmark: str | None = None
    heading: int | None = None
    kept: bool = False  # line breaks of the source are line breaks


def visible_lines(root: HtmlElement) -> list[Line]:
    """Walk the tree once and return what a reader sees, line by line."""
    walk = _Walk()
    path, flows, parts = walk.path, walk.flows, walk.parts
    events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in events:  # every page's every element: no call that can be spared
        if event == "start":
            tag, names = element.tag, element.keys()
            how = flow.FLOWS.get(tag) if not names else flow.of(element, names)
            how = how or flow.of_unknown(element)
            path.append(element)
            flows.append(how)
            if how == "unseen":
                events.skip_subtree()
                continue
            if parts and how != "inline":
                walk.separate(how)
            if tag in flow.LENDING or (names and not flow.LENDING_NAMES.isdisjoint(names)):
                walk.enter(element)
            text = element.text
        else:
            if event == "end":
                walk.leave()
            if not path:
                break
            text = element.tail
        if text and (parts or not text.isspace()):
            walk.write(text)
    walk.end_line()
    return walk.lines


class _Walk:
    """The open elements, the line being put together, the lines done."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.path: list[HtmlElement] = []
        self.flows: list[str] = []
        self.parts: list[str] = []
        self.first: HtmlElement | None = None
        self.last: HtmlElement | None = None
        self.links: list[tuple[str, str]] = []
        self.anchors: list[tuple[int, str, int]] = []  # depth, href, index of its first part
        self.contexts = [(0, _Context())]  # depth of the element that lends it

    def enter(self, element: HtmlElement) -> None:
        """Take note of what the element just opened lends to the text in it."""
        tag = element.tag
        if tag == "a":
            if (href := element.get("href")) is not None:
                self.anchors.append((len(self.path), href, len(self.parts)))
            return
        outer = self.contexts[-1][1]
        landmark, heading = outer.landmark, flow.HEADINGS.get(tag, outer.heading)
        role = element.get("role", "")
        if landmark not in ("nav", "footer"):
            landmark = flow.ROLES.get(role) or flow.LANDMARKS.get(tag) or landmark
        if role == "heading":
            heading = flow.heading_level(element)
        context = _Context(landmark, heading, flow.keeps_lines(element, inherited=outer.kept))
        if context != outer:
            self.contexts.append((len(self.path), context))

    def leave(self) -> None:
        """Close the innermost open element."""
        how, depth = self.flows.pop(), len(self.path)
        if how == "block" or how == "spaced":
            self.separate(how)
        if self.contexts[-1][0] == depth:
            self.contexts.pop()
        if self.anchors and self.anchors[-1][0] == depth:
            _, href, start = self.anchors.pop()
            if len(self.parts) > start:
                self.links.append((_fold(self.parts[start:]), href))
        self.path.pop()

    def separate(self, how: str) -> None:
        """Part the text before a boundary of a block or of a box from what follows."""
        if how == "block":
            self.end_line()
        elif self.parts:
            self.parts.append(" ")

    def write(self, text: str) -> None:
        """Take text that stands in the innermost open element."""
        if not self.contexts[-1][1].kept:
            self._append(text)
            return
        head, *rest = _NEWLINE.split(text)
        self._append(head)
        for piece in rest:
            self.end_line()
            self._append(piece)

    def _append(self, text: str) -> None:
        if not self.parts:
            if not text or text.isspace():
                return
            self.first = self.path[-1]
        self.last = self.path[-1]
        self.parts.append(text)

    def end_line(self) -> None:
        """Close the line, if one is open."""
        if not self.parts:
            return
        text = _fold(self.parts)
        for position, (depth, href, start) in enumerate(self.anchors):
            self.links.append((_fold(self.parts[start:]), href))
            self.anchors[position] = (depth, href, 0)
        if text:
            landmark, heading, _ = self.contexts[-1][1]
            links = tuple(link for link in self.links) if self.links else ()
            self.lines.append(Line(text, links, landmark, heading, self.first, self.last))
        self.parts.clear()
        self.links.clear()


def _fold(parts: list[str]) -> str:
    text = "".join(parts) if len(parts) > 1 else parts[0]
    if not text.isascii():
        text = text.translate(_INVISIBLE)
    return " ".join(text.split())
