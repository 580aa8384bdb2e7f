"""Text that a page holds between two of its visible lines and does not show."""

from collections.abc import Iterator

from lxml import etree

from scraper.reading.css.elements import TAGS
from scraper.reading.visible.line import Line, holders

_SILENT = TAGS["unseen"]
_APART = ("nav", "aside", "footer")


def hides_text(above: Line, below: Line | None) -> bool:
    """Whether text stands between two lines that nothing seen stands between; None is the end."""
    until = None if below is None else below.first
    for element in _following(above.last, until):
        if element is until:
            return False
        if (element.text or "").strip() and element.tag not in _SILENT:
            outer = element.iterancestors(*_SILENT, *_APART)
            return element.tag not in _APART and next(outer, None) is None
    return False


def _following(element: etree._Element, until: etree._Element | None) -> Iterator[etree._Element]:
    """The elements behind one, or in it where it holds the last."""
    if until is not None and element in until.iterancestors():
        yield from element.iterdescendants(etree.Element)
        return
    for level in holders(element):
        for sibling in level.itersiblings():
            yield from sibling.iter(etree.Element)
