"""What a walk makes of hidden elements: those that a person may open are read as if they were."""

from dataclasses import replace
from typing import NamedTuple

from lxml import etree

from scraper.reading.css import elements
from scraper.reading.css.sheets import Rules
from scraper.reading.css.styles import Flow, Style
from scraper.reading.visible import flow, silent
from scraper.reading.visible.folds import Folds, is_prose, leads_away, teaser_start
from scraper.reading.visible.line import Line
from scraper.reading.visible.openers import is_dots, text_in, unfolds, unspaced
from scraper.reading.visible.signs import NOTE
from scraper.reading.visible.styled import Styled

_NEAR, _FAR = 30, 20_000  # lines and characters in which a copy is looked for


class Closed(NamedTuple):
    """A hidden element that is no part of the text around it."""

    element: etree._Element
    above: int  # lines done before it


class Hidden:
    """The lines done, the line being put together, and what was hidden on the way."""

    def __init__(self, rules: Rules) -> None:
        self.lines: list[Line] = []
        self.path: list[etree._Element] = []
        self.parts: list[str] = []
        self.behind: etree._Element | None = None  # what the open line hides
        self.items: dict[etree._Element, Flow] = {}  # children of boxes that have no inline ones
        self.styled = Styled(rules)
        self.folds = Folds()
        self.hidden: set[etree._Element] = set()
        self.closed: list[Closed] = []
        self.opened: frozenset[etree._Element] = frozenset()  # what is read whatever tells of it

    def looked_behind(self, element: etree._Element, how: Flow, style: Style) -> tuple[Flow, Style]:
        """Flow and style of a hidden element, those of a shown one where a person may open it."""
        if element.tag in elements.FRAMES or flow.fades_in(element):
            return "block", style
        if element.tag not in elements.TAGS["unseen"] and self._opens(element):
            return elements.FLOWS.get(element.tag, "block"), style._replace(mutes=frozenset())
        return how, style

    def _opens(self, element: etree._Element) -> bool:
        """Whether a person may bring a hidden element into view; note words that nobody can."""
        if element in self.opened:
            return True
        self.hidden.add(element)
        if (words := self.folds.words(element)) is None:
            return False
        opener = self.opener(element, words)
        if opener is None:
            self.closed.append(Closed(element, len(self.lines) + bool(self.parts)))
        tells = words and (is_prose(words) or leads_away(element))
        if not (opener is not None or tells) or self._says(element):
            return False
        if opener is None:
            self.note_hidden(element)
            return False
        self._make_way(element, opener)
        return True

    def opener(self, element: etree._Element, words: str) -> etree._Element | None:
        """What tells that a person may bring a hidden element into view."""
        return self.folds.opener(element, words, self._shows)

    @property
    def shown(self) -> list[str]:
        """The texts of the lines, with that of the open one."""
        texts = [line.text for line in self.lines]
        if self.parts:
            texts.append("".join(self.parts))
        return [NOTE.sub("", text) for text in texts]

    def _make_way(self, element: etree._Element, opener: etree._Element) -> None:
        """Take away what a hidden element replaces: dots, the button, its own beginning."""
        if unfolds(control := text_in(opener)):
            self.items[opener] = "unseen"
        if self.parts and (
            is_dots(self.parts[-1]) or unspaced(self.parts[-1]) == unspaced(control)
        ):
            self.parts.pop()
        shown = self.shown
        is_opened = not self._is_below_heading()
        start = teaser_start(shown, unspaced(text_in(element)), is_opened=is_opened)
        if start < len(shown):
            self.parts.clear()
        self.take_back(start)

    def _is_below_heading(self) -> bool:
        """Whether a heading stands above, or above the button; that is no teaser."""
        if self.parts and not unfolds("".join(self.parts)):
            return False
        last = next((line for line in reversed(self.lines) if not unfolds(line.text)), None)
        return last is not None and last.heading is not None

    def take_back(self, start: int) -> None:
        """Forget the lines from `start` on."""
        del self.lines[start:]

    def _says(self, element: etree._Element) -> bool:
        """Whether the words of an element have been shown just before."""
        shown = "".join([*(line.text for line in self.lines[-_NEAR:]), *self.parts])
        return unspaced(text_in(element)) in unspaced(shown[-_FAR:])

    def _shows(self, element: etree._Element) -> bool:
        """Whether an element beside the one that is entered is not hidden."""
        if element in self.hidden:
            return False
        names = list(map(str, element.keys()))
        style, _ = self.styled.look(element, names, self.path)
        return flow.of(element, names, style.flow) != "unseen" and not style.mutes

    def is_shown(self, element: etree._Element) -> bool:
        """Whether an element that is not read out is seen."""
        return silent.is_shown(element, self._shows)

    def note_hidden(self, element: etree._Element) -> None:
        """Let a line tell of words that nobody can bring into view."""
        if self.parts:
            self.behind = element
        elif self.lines:
            self.lines[-1] = replace(self.lines[-1], behind=element)
