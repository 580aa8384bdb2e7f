"""What a page's style sheets say of its elements, asked one after another.

Sheets that would hold up the reader are given up: the rest of the page reads as without them.
"""

from lxml import etree

from scraper.reading.css import elements
from scraper.reading.css.relevant_rules import Rule
from scraper.reading.css.selectors import Tries
from scraper.reading.css.sheets import NO_RULES, Rules
from scraper.reading.css.styles import Flow, Style
from scraper.reading.visible import flow

_LONGEST_NAME = 2_000  # characters of a class or id that are looked at
_MOST_OPENERS = 200
_MOST_ORDINARY = 4_096
_MOST_TRIES = 200_000  # elements compared with selectors: less than a second


class Styled:
    """The rules of a page and what is around the element that is looked at."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.plain = rules.plain  # flow of the names that tell all there is to know
        # Flow of the names with classes that tell it all, as far as they were met.
        self.ordinary = rules.ordinary_in(frozenset())
        self.gave_up = not rules.is_read
        self.tries = Tries(_MOST_TRIES)
        self.scopes: frozenset[str] = frozenset()  # around, for which style sheets ask
        self.openers: list[tuple[etree._Element, frozenset[str]]] = []  # with the scopes before

    def look(
        self, element: etree._Element, names: list[str], path: list[etree._Element]
    ) -> tuple[Style, frozenset[str]]:
        """Style of an element below `path`, and the scopes that it opens."""
        tag = element.tag
        classes = element.get("class", "")[:_LONGEST_NAME] if "class" in names else ""
        identity = element.get("id", "")[:_LONGEST_NAME] if "id" in names else ""
        style, opened, doubtful, cost = self.rules.of(tag, classes, identity, self.scopes)
        around: tuple[Rule, ...] = ()
        if cost:
            doubtful += self.rules.with_attribute(names)
            opened |= self.rules.opened_by(names)
            self.tries.left -= cost
            around = tuple(
                rule for rule in doubtful if rule.selector.matches(element, path, self.tries)
            )
            if self.tries.left < 0:
                self._give_up()
                return self.look(element, names, path)
        if doubtful or "style" in names:
            own = flow.own_style(element)
            style = self.rules.style(tag, classes, identity, around, own)
        elif not opened and tag not in elements.LENDING and self._is_ordinary(names, tag, style):
            self._note(tag, classes, style.flow)
        return style, opened

    def _is_ordinary(self, names: list[str], tag: str, style: Style) -> bool:
        """Whether name and classes alone tell all, and the element does nothing but flow."""
        by_attribute = self.rules.attributes or self.rules.opening
        lends = tag in elements.FRAMES or style.items or style.is_inherited
        return not (by_attribute or lends) and flow.LOOKED_AT.isdisjoint(names)

    def _note(self, tag: str, classes: str, how: Flow | None) -> None:
        if how in ("inline", "block") and len(classes) < _LONGEST_NAME:
            if len(self.ordinary) == _MOST_ORDINARY:
                self.ordinary.clear()
            self.ordinary[tag, classes] = how

    def _give_up(self) -> None:
        self.gave_up, self.rules = True, NO_RULES
        self.tries.left = _MOST_TRIES
        self._be_in(frozenset())
        self.openers.clear()

    def open(self, element: etree._Element, opened: frozenset[str]) -> bool:
        """Be in an element that opens scopes, unless there are too many."""
        if len(self.openers) == _MOST_OPENERS:
            return False
        self.openers.append((element, self.scopes))
        self._be_in(self.scopes | opened)
        return True

    def close(self, element: etree._Element | None) -> None:
        """Leave an element, which may be such a one."""
        if self.openers and self.openers[-1][0] is element:
            self._be_in(self.openers.pop()[1])

    def _be_in(self, scopes: frozenset[str]) -> None:
        self.scopes, self.plain = scopes, self.rules.plain_in(scopes)
        self.ordinary = self.rules.ordinary_in(scopes)
