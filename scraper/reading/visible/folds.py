"""What a page hides and a person may bring into view: the rest of a text, slides, list entries.

<p>My knee hurts.<span hidden> It began in May.</span></p><button>Read more</button>
<li><a href="/faq/1">Knee</a></li><li hidden><a href="/faq/2">Hip</a></li>

A button tells it, or an entry of the same kind that is shown. Without such a sign it stays hidden.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from lxml import etree

from scraper.reading.css.elements import HEADINGS, TAGS
from scraper.reading.sameness import is_distinctive
from scraper.reading.visible.openers import (
    WITHIN,
    Named,
    control_before,
    control_behind,
    folded_text,
    is_pressed,
    is_short,
    is_toggle,
    text_in,
    unfolds,
    unspaced,
)

# Of classes, ids and roles: what is no part of the text that it stands in.
_APART = re.compile(
    r"(?<![a-z])(?:sr|screen|readers?|visually|assistive|accessible|print|off(?:screen|canvas)"
    r"|cloned?|duplicate|modal|(?:alert)?dialog|pop-?(?:up|over)|tooltip[a-z]*|dropdown|menu|listbox"
    r"|lightbox|overlay|toast|template|tpl|prototype|skeleton|placeholder|mobile|desktop|phone"
    r"|tablet|cookies?|consent|shar(?:e|ing)|alert|status|no-?js|loading|success|error|thanks?|thx"
    r"|feedback|copied|icons?|symbols|goog-te|vipgjd)(?![a-z])"
)
_BOXES_APART = ("head", "nav", "aside", "footer", "form", "header", "main")
_FIELDS = ("form", "input", "select", "textarea")
_TABBED = re.compile(r"(?<![a-z])(?:tabs?|tabpanel|pane|panel)(?![a-z])")
_SLIDE = re.compile(r"slid|swip|carousel")
_UNFILLED = re.compile(r"\{[{%]|\$\{|<%|__[A-Za-z]\w*__")
STOPS = (".", "!", "?", "…", "。", "！", "？")
_CUT = re.compile(r"(?P<words>.*)(?:\.\.\.|…)\W*(?P<rest>.*)", re.DOTALL)
_BESIDE, _MOST = 30, 300  # siblings, and hidden elements of a page looked at
_DEAR = 1_000  # characters and pieces that count as another element


class _Kind(NamedTuple):
    """What an entry of a list is made of, and where it leads."""

    parts: frozenset[str]
    hrefs: frozenset[str]


class Folds:
    """The hidden elements of one page, asked one after another."""

    def __init__(self) -> None:
        self._left = _MOST
        self._named = Named()
        self._kinds: dict[etree._Element, _Kind] = {}

    def words(self, element: etree._Element) -> str | None:
        """What a hidden element says but for links; None where it is no part of the text around."""
        if self._left <= 0 or _is_apart(element):
            return None
        pieces = own_pieces(element)
        words = folded_text(pieces)
        self._left -= 1 + (len(words) + len(pieces)) // _DEAR
        return None if _is_unfilled(element, words) else words

    def opener(
        self, element: etree._Element, words: str, shows: Callable[[etree._Element], bool]
    ) -> etree._Element | None:
        """What tells that a person may bring it into view: a control, or the element itself."""
        if self._is_entry(element, shows):
            return element
        if element.tag in ("a", "button", "label", "summary") or not words:
            return None
        if element.get("role") == "tabpanel":
            tabs = (each for each in _siblings(element) if each.get("role") == "tabpanel")
            return None if any(map(shows, tabs)) else element
        beside = (control_behind(element), control_before(element))
        near = (one for one in beside if one is not None and unfolds(text_in(one)))
        named = filter(_opens, self._named.of(element))
        return next(chain(near, named), None)

    def toggles(self, element: etree._Element) -> list[etree._Element]:
        """The controls that open and close an element, whatever they say."""
        before = control_before(element)
        beside = [before] if before is not None and before.get("aria-expanded") else []
        return [*beside, *filter(is_toggle, self._named.of(element))]

    def _is_entry(self, element: etree._Element, shows: Callable[[etree._Element], bool]) -> bool:
        """Whether entries of its kind are shown beside it, and it leads where none of them does.

        What leads to the same places is a copy.
        """
        if element.tag in ("section", "p") or _is_tab(element) or not _leads_as_entry(element):
            return False
        parts, hrefs = self._kind(element)
        headings = parts.intersection(HEADINGS) if _is_slide(element) else frozenset()
        led: set[str] = set()
        for other in _siblings(element):
            others = self._kind(other).parts
            if (others == parts or headings & others) and _is_like(element, other) and shows(other):
                led |= self._kind(other).hrefs
        return bool(led) and not hrefs <= led

    def _kind(self, element: etree._Element) -> _Kind:
        if element not in self._kinds:
            parts = frozenset(each.tag for each in element.iterdescendants(etree.Element))
            hrefs = frozenset(each.get("href", "") for each in element.iter("a") if _leads(each))
            self._kinds[element] = _Kind(parts, hrefs)
        return self._kinds[element]


def teaser_start(lines: Sequence[str], whole: str, *, is_opened: bool) -> int:
    """The first of the last lines that only begin what a hidden text says whole.

    These end with dots, or with a sentence where it is known that a person opens the text, and
    perhaps with the button that does it.
    """
    end = len(lines) - 1 if lines and unfolds(lines[-1]) else len(lines)
    start, text = len(lines), ""
    if end and (begun := _beginning(lines[end - 1], is_opened=is_opened)):
        for index in range(end - 1, max(end - _BESIDE, 0) - 1, -1):
            text = unspaced(begun if index == end - 1 else lines[index]) + text
            if text and whole.startswith(text):
                start = index
    return start


def _beginning(line: str, *, is_opened: bool) -> str | None:
    """The words of a line that may be the last one of a teaser."""
    if (cut := _CUT.fullmatch(line)) is None:
        return line if is_opened and is_prose(line) else None
    return cut["words"] if not cut["rest"] or unfolds(cut["rest"]) else None


def leads_away(element: etree._Element) -> bool:
    """Whether an element holds a link to another page."""
    return any(map(_leads, element.iter("a")))


def is_prose(words: str) -> bool:
    """Whether words are no label or note, but a person's."""
    return words.endswith(STOPS) and is_distinctive(words)


def _is_apart(element: etree._Element) -> bool:
    if element.tag in _BOXES_APART:
        return True
    names = " ".join(filter(None, map(element.get, ("class", "id", "role")))).lower()
    return (
        _APART.search(names) is not None
        or _is_in_another_language(element)
        or next(element.iterancestors("a", "button", "label", "summary"), None) is not None
        or next(element.iter(*_FIELDS), None) is not None
    )


def _is_in_another_language(element: etree._Element) -> bool:
    if (own := element.get("lang")) is None:
        return False
    around = next(filter(None, (each.get("lang") for each in element.iterancestors())), own)
    return own != around


def _siblings(element: etree._Element) -> Iterator[etree._Element]:
    sides = (element.itersiblings(etree.Element, preceding=before) for before in (True, False))
    return chain.from_iterable(islice(side, _BESIDE) for side in sides)


def _is_tab(element: etree._Element) -> bool:
    names = element.get("class", "").lower()
    if _TABBED.search(names):
        return True
    return element.get("role") == "tabpanel" and not _is_slide(element)


def _is_slide(element: etree._Element) -> bool:
    return _SLIDE.search(element.get("class", "").lower()) is not None


def _is_unfilled(element: etree._Element, words: str) -> bool:
    """Whether an element is a template's, of which a script makes others."""
    links = ((text_in(link), link.get("href", "")) for link in element.iter("a"))
    return any(map(_UNFILLED.search, chain((words,), *links)))


def _leads_as_entry(element: etree._Element) -> bool:
    """Whether an element holds a link to another page that stands for itself."""
    return any(_leads(link) and not _is_in_sentence(link) for link in element.iter("a"))


def _is_in_sentence(link: etree._Element) -> bool:
    """Whether a link's text has words on both sides, or ends as sentences do."""
    previous, around = link.getprevious(), link.getparent()
    before = previous.tail if previous is not None else around.text if around is not None else ""
    behind = (link.tail or "").rstrip()
    return behind.endswith(STOPS) or all(any(map(str.isalpha, x or "")) for x in (before, behind))


def _is_like(element: etree._Element, other: etree._Element) -> bool:
    if element.tag != other.tag:
        return False
    names, others = element.get("class", "").split(), other.get("class", "").split()
    return not (names and others) or not set(names).isdisjoint(others)


def _leads(link: etree._Element) -> bool:
    return not (link.get("href") or "#").startswith(WITHIN)


def _opens(control: etree._Element) -> bool:
    """Whether a control that names a hidden element opens it as a part of the text."""
    if not is_short(control):
        return False
    if unfolds(text_in(control)):
        return True
    is_heading = next(control.iterancestors(*HEADINGS), None) is not None
    return is_heading and not control.get("aria-haspopup")


def own_pieces(element: etree._Element) -> list[str | None]:
    """The texts of an element that are no link's and no button's."""
    pieces = []
    walker = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        skipped = node is not element and (
            node.tag in TAGS["unseen"] or node.tag == "a" or is_pressed(node)
        )
        if event == "start" and not skipped:
            pieces.append(node.text)
        elif event == "start":
            walker.skip_subtree()
        elif node is not element:
            pieces.append(node.tail)
    return pieces
