"""Where a page keeps the line feeds of its source: told by style sheets, and around a text."""

import re

from lxml import etree
from lxml.html import HtmlElement

from scraper.reading.css.sheets import Rules, page_rules
from scraper.reading.visible.blocks import Keeps, keeps_lines
from scraper.reading.visible.contexts import Context
from scraper.reading.visible.lines import Walk, visible_lines

_KEEPING = re.compile(r"white-space\s*:\s*(?:pre|break)", re.IGNORECASE)


class Kept:
    """What the elements of a page say of the line feeds in them."""

    def __init__(self, root: HtmlElement) -> None:
        self._by_sheets = _by_sheets(root)
        self._within: dict[HtmlElement | None, bool | None] = {}  # remembered: pages nest deeply

    def in_text(self, top: HtmlElement) -> Keeps:
        """Return what tells this of `top`, with what is around it, and of each element in it."""
        return lambda element: self._around(element) if element is top else self._own(element)

    def _own(self, element: HtmlElement) -> bool | None:
        return self._by_sheets[element] if element in self._by_sheets else keeps_lines(element)

    def _around(self, element: HtmlElement) -> bool | None:
        passed, above, said = [], element, None
        while above is not None and above not in self._within and said is None:
            passed.append(above)
            said = self._own(above)
            above = above.getparent()
        said = self._within.get(above) if said is None else said
        self._within.update(dict.fromkeys(passed, said))
        return said


def _by_sheets(root: HtmlElement) -> dict[etree._Element, bool]:
    """What style sheets say of it, if they do: a walk is twice the price of all else."""
    if not any(_KEEPING.search(sheet.text or "") for sheet in root.iter("style")):
        return {}
    walk = _Noting(page_rules(root))
    visible_lines(root, walk)
    return walk.said


class _Noting(Walk):
    """The walk that makes the visible lines, remembering what elements lend to them."""

    def __init__(self, rules: Rules) -> None:
        super().__init__(rules)
        self.said: dict[etree._Element, bool] = {}

    def _push(self, element: etree._Element, context: Context) -> None:
        super()._push(element, context)
        self.said[element] = context.kept
