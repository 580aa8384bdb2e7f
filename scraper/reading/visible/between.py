"""Text that a page holds between two of its visible lines and does not show."""

from collections.abc import Iterator

from lxml import etree

from scraper.reading.visible.flow import FLOWS
from scraper.reading.visible.lines import Line

_SILENT = [tag for tag, how in FLOWS.items() if how == "unseen"]
_APART = ("nav", "aside", "footer")


def hides_text(above: Line, below: Line) -> bool:
    """Whether text stands between two lines that nothing seen stands between."""
    for element in _following(above.last, below.first):
        if element is below.first:
            return False
        if (element.text or "").strip() and element.tag not in _SILENT:
            return next(element.iterancestors(*_SILENT, *_APART), None) is None
    return False


def _following(element: etree._Element, until: etree._Element) -> Iterator[etree._Element]:
    """The elements behind one, or in it where it holds the last."""
    if element in until.iterancestors():
        yield from element.iterdescendants(etree.Element)
        return
    for level in (element, *element.iterancestors()):
        for sibling in level.itersiblings():
            yield from sibling.iter(etree.Element)
