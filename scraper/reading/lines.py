"""The visible lines of a page in reading order.

    <p><b>Ask Date:</b> <span>2020/10/26</span></p><div hidden>More Info</div><p>a<br>b</p>

reads as the three lines `Ask Date: 2020/10/26`, `a` and `b`.
"""

import re
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from scraper.reading import flow
from scraper.reading.flow import Flow
from scraper.reading.sheets import Rules, page_rules

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphen, zero-width space and joiner
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


def visible_lines(root: HtmlElement) -> list[Line]:  # noqa: C901 (one loop, unrolled)
    """Walk the tree once and return what a reader sees, line by line."""
    rules = page_rules(root)
    walk = _Walk(rules)
    path, flows, parts = walk.path, walk.flows, walk.parts
    events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in events:  # runs for every element: no call that can be spared
        if event == "start":
            tag = element.tag
            plain = None if tag in rules or element.keys() else flow.PLAIN.get(tag)
            how = plain or walk.enter(element)
            if plain is None:
                pass
            elif parts and how == "block":
                walk.end_line()
            path.append(element)
            flows.append(how)
            if how == "unseen":
                events.skip_subtree()
                continue
            text = element.text
        else:
            if event == "end":
                how = flows.pop()
                if parts and how != "inline" and how != "unseen":  # noqa: PLR1714 (the quicker)
                    walk.separate(how)
                if walk.lenders[-1] == len(path):
                    walk.leave()
                path.pop()
            text = element.tail
        if text and path and (parts or not text.isspace()):
            if walk.kept:
                walk.write_kept(text)
                continue
            if not parts:
                walk.first = path[-1]
            walk.last = path[-1]
            parts.append(text)
    walk.end_line()
    return walk.lines


class _Walk:
    """The open elements, the line being put together, the lines done."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.lines: list[Line] = []
        self.path: list[HtmlElement] = []
        self.flows: list[Flow] = []
        self.parts: list[str] = []
        self.first: HtmlElement | None = None
        self.last: HtmlElement | None = None
        self.links: list[tuple[str, str]] = []
        self.anchors: list[tuple[int, str, int]] = []  # depth, href, index of its first part
        self.contexts = [_Context()]
        self.lenders = [0]  # depths of the elements that lend a context or are links
        self.kept = False

    def enter(self, element: HtmlElement) -> Flow:
        """Flow of an element about to be opened; take note of what it lends to the text in it."""
        tag, names, kept = element.tag, element.keys(), None
        how = flow.FLOWS.get(tag)
        if self.rules and (names or tag in self.rules):
            style = self.rules.of(tag, element.get("class", ""), element.get("id", ""))
            how, kept = style[0] or how, style[1]
        if names:
            how = flow.of(element, names, how)
        if how is None:
            how = flow.of_unknown(element)
        if how != "unseen":
            if self.parts and how != "inline":
                self.separate(how)
            if (
                tag in flow.LENDING
                or kept is not None
                or (names and not flow.LENDING_NAMES.isdisjoint(names))
            ):
                self._lend(element, kept)
        return how

    def _lend(self, element: HtmlElement, kept: bool | None) -> None:  # noqa: FBT001
        depth, outer, tag = len(self.path) + 1, self.contexts[-1], element.tag
        if tag == "a":
            if (href := element.get("href")) is not None:
                if self.parts and flow.touches_link(element):
                    self.parts.append(" ")
                self.anchors.append((depth, href, len(self.parts)))
                self._push(depth, outer)
            return
        landmark, heading = outer.landmark, flow.HEADINGS.get(tag, outer.heading)
        role = element.get("role", "")
        if landmark not in ("nav", "footer"):
            landmark = flow.ROLES.get(role) or flow.LANDMARKS.get(tag) or landmark
        if role == "heading":
            heading = flow.heading_level(element)
        inherited = outer.kept if kept is None else kept
        context = _Context(landmark, heading, flow.keeps_lines(element, inherited=inherited))
        if context != outer:
            self._push(depth, context)

    def _push(self, depth: int, context: _Context) -> None:
        self.lenders.append(depth)
        self.contexts.append(context)
        self.kept = context.kept

    def leave(self) -> None:
        """Undo what the element about to be closed lent."""
        depth = self.lenders.pop()
        self.contexts.pop()
        self.kept = self.contexts[-1].kept
        if self.anchors and self.anchors[-1][0] == depth:
            _, href, start = self.anchors.pop()
            if len(self.parts) > start:
                self.links.append((_fold(self.parts[start:]), href))

    def separate(self, how: Flow) -> None:
        """Part the text before a boundary of a block or of a box from what follows."""
        if how == "block":
            self.end_line()
        elif self.parts:
            self.parts.append(" ")

    def write_kept(self, text: str) -> None:
        """Take text whose line breaks are line breaks on the screen."""
        for number, piece in enumerate(_NEWLINE.split(text)):
            if number:
                self.end_line()
            if self.parts or (piece and not piece.isspace()):
                if not self.parts:
                    self.first = self.path[-1]
                self.last = self.path[-1]
                self.parts.append(piece)

    def end_line(self) -> None:
        """Close the line, if one is open."""
        if not self.parts:
            return
        text = _fold(self.parts)
        for position, (depth, href, start) in enumerate(self.anchors):
            self.links.append((_fold(self.parts[start:]), href))
            self.anchors[position] = (depth, href, 0)
        if text:
            landmark, heading, _ = self.contexts[-1]
            links = tuple(self.links)
            self.lines.append(Line(text, links, landmark, heading, self.first, self.last))
        self.parts.clear()
        self.links.clear()


def _fold(parts: list[str]) -> str:
    text = "".join(parts) if len(parts) > 1 else parts[0]
    if not text.isascii() and _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())
