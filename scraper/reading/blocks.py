"""The text of one element or HTML fragment, line by line, as a record keeps it."""

import re
from collections.abc import Iterator

from lxml.etree import iterwalk
from lxml.html import HtmlElement, fromstring

from scraper.reading.flow import FLOWS, PREFORMATTED, class_hides, style_of

BLOCKS = frozenset(tag for tag, how in FLOWS.items() if how == "block")
SILENT = frozenset(tag for tag, how in FLOWS.items() if how == "unseen")
_BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(BLOCKS))})\b", re.IGNORECASE)
_BREAK = "\x00"  # no parsed text holds it


def fold(text: str) -> str:
    """Return `text` with inner runs of white space as one space and no edge space."""
    return " ".join(text.split())


def block_text(element: HtmlElement) -> str:
    """Return the visible text of `element`, a line for each block or `<br>`, folded."""
    return _folded("".join(_pieces(element, preformatted=False)))


def html_text(html: str) -> str:
    """Return the text of an HTML fragment as `block_text`; plain text keeps its own lines."""
    if "<" not in html and "&" not in html:
        return _folded(html.replace("\n", _BREAK))
    root = fromstring(f"<div>{html.replace(_BREAK, '')}</div>")
    return _folded("".join(_pieces(root, preformatted=not _BLOCK_TAG.search(html))))


def _folded(text: str) -> str:
    return "\n".join(filter(None, map(fold, text.split(_BREAK))))


def _pieces(top: HtmlElement, *, preformatted: bool) -> Iterator[str]:
    """Yield texts and breaks below `top`. No recursion: hostile pages nest without end."""
    walker = iterwalk(top, events=("start", "end", "comment", "pi"))
    depth = int(preformatted)  # of elements whose line feeds count
    for event, node in walker:
        if event == "start":
            if node is not top and _is_hidden(node):
                walker.skip_subtree()
                continue
            depth += node.tag in PREFORMATTED
            yield from _around(node.tag, node.text, depth)
            continue
        if event == "end":
            depth -= node.tag in PREFORMATTED
        if node is not top:
            yield from _around(node.tag, node.tail, depth)


def _around(tag: object, text: str | None, depth: int) -> Iterator[str]:
    """Yield the break that a block's start or end tag makes, then the text behind the tag."""
    if tag in BLOCKS:
        yield _BREAK
    if text:
        yield text.replace("\n", _BREAK) if depth else text


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag in SILENT or "hidden" in element.attrib:
        return True
    classes, style = element.get("class"), element.get("style")
    return bool((classes and class_hides(classes)) or (style and style_of(style)[0] == "unseen"))
