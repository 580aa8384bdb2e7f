"""The text of one element or HTML fragment, line by line, as a record keeps it."""

import re
from collections.abc import Callable

from lxml.etree import iterwalk
from lxml.html import HtmlElement, fromstring

from scraper.reading.css.elements import PREFORMATTED, TAGS
from scraper.reading.css.names import class_hides, properties_of_classes
from scraper.reading.css.styles import style_of

Keeps = Callable[[HtmlElement], bool | None]  # line feeds; None: as around
BLOCKS = TAGS["block"]
SILENT = TAGS["unseen"]
_LINE_TAG = re.compile(r"</?(?:br|p|div)\b", re.IGNORECASE)
_BREAK = "\x00"  # no parsed text holds it
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, at which the parser stops


def fold(text: str) -> str:
    """Return `text` with inner runs of white space as one space and no edge space."""
    return " ".join(text.split())


def is_hidden(element: HtmlElement) -> bool:
    """Whether the element's own attributes hide it."""
    if element.get("hidden") is not None:
        return True
    own = style_of(element.get("style", ""))
    return own.flow == "unseen" or bool(own.mutes) or class_hides(element.get("class", ""))


def keeps_lines(element: HtmlElement) -> bool | None:
    """Whether line feeds in the element are lines, by its own name, style and classes."""
    style, classes = element.get("style"), element.get("class")
    own = style_of(style).kept if style else None
    if own is not None:
        return own
    if classes and ("white-space", "pre-line") in properties_of_classes(classes):
        return True
    return True if element.tag in PREFORMATTED else None


def block_text(
    element: HtmlElement,
    leave_out: Callable[[HtmlElement], bool] = is_hidden,
    keeps: Keeps = keeps_lines,
) -> str:
    """Return the visible text of `element`, a line for each block or `<br>`, folded.

    `leave_out` is asked for each element below it that has attributes.
    """
    return _folded("".join(_pieces(element, leave_out, keeps, kept=False)))


def html_text(html: str) -> str:
    """Return the text of an HTML fragment as `block_text`; plain text keeps its own lines.

    So does text around lists and quotations, as WordPress stores it, where no tag marks lines.
    """
    if "<" not in html and "&" not in html:
        return _folded(html.replace("\n", _BREAK))
    whole = _SURROGATE.sub("\ufffd", html.replace(_BREAK, ""))
    root = fromstring(f"<div>{whole}</div>")

    def keeps(element: HtmlElement) -> bool | None:
        own = keeps_lines(element)
        is_part = element.tag in BLOCKS and element.tag != "blockquote" and element is not root
        return False if own is None and is_part else own

    return _folded("".join(_pieces(root, is_hidden, keeps, kept=not _LINE_TAG.search(html))))


def _folded(text: str) -> str:
    return "\n".join(filter(None, map(fold, text.split(_BREAK))))


def _pieces(
    top: HtmlElement, leave_out: Callable[[HtmlElement], bool], keeps: Keeps, *, kept: bool
) -> list[str]:
    """Return texts and breaks below `top`. No recursion: hostile pages nest without end."""
    walker = iterwalk(top, events=("start", "end", "comment", "pi"))
    pieces: list[str] = []
    around: list[tuple[HtmlElement, bool]] = []  # what tells of its line feeds, and those outside
    for event, node in walker:
        tag = node.tag
        if event == "start":
            if node is not top and (tag in SILENT or (node.keys() and leave_out(node))):
                walker.skip_subtree()
                continue
            said = keeps(node)
            if said is not None:
                around.append((node, kept))
                kept = said
            text = node.text
        else:
            if around and around[-1][0] is node:
                _, kept = around.pop()
            text = node.tail if node is not top else None
        if tag in BLOCKS:
            pieces.append(_BREAK)
        if text:
            pieces.append(text.replace("\n", _BREAK) if kept else text)
    return pieces
