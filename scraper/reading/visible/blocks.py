"""The text of one element or HTML fragment, line by line, as a record keeps it."""

import math
import re
from collections.abc import Iterable, Sequence

from lxml import etree
from lxml.html import HTMLParser, fromstring

from scraper.reading.css.elements import FLOWS, HEADINGS, PREFORMATTED, TAGS
from scraper.reading.css.sheets import NO_RULES, Rules
from scraper.reading.css.styles import Flow, Style
from scraper.reading.mending import with_void_elements_closed
from scraper.reading.powers import raise_exponents
from scraper.reading.sameness import is_distinctive
from scraper.reading.visible import flow
from scraper.reading.visible.folds import teaser_start
from scraper.reading.visible.lines import Walk, visible_lines
from scraper.reading.visible.openers import (
    control_before,
    control_behind,
    is_dots,
    is_pressed,
    is_short,
    text_in,
    unfolds,
    unspaced,
)
from scraper.reading.visible.signs import folded

_NAMES = ("class", "id", "onclick")
_MORE = re.compile(r"(?i)(?:\b|_)(?:read|show|see|view)?(?:more|expand(?:er|s)?|unfold)(?:\b|_)")
_ACTION = re.compile(  # what a button in a heading does, as most are what the heading says
    r"(?:(?:un)?follow|share|copy|edit|save|report|bookmark|subscribe|print)"
    r"(?: (?:this|the|link|post|question|thread|topic))*"
    r"|\+? ?(?:[關关]注|追[蹤踪]|分享|收藏|檢舉|举报|編輯|编辑)(?:問題|问题)?"
    r"|[複复][製制](?:連結|链接)",
    re.IGNORECASE,
)
_MOST_BUTTONS = 1_000  # of a page that are looked at
_LINE_TAG = re.compile(r"</?(?:br|p|div)\b", re.IGNORECASE)
_PARSER = HTMLParser(encoding="utf-8")
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, at which the parser stops
_PARTS = ",".join(sorted(TAGS["block"] - PREFORMATTED - {"blockquote"}))
_OF_FRAGMENTS = Rules(f"{_PARTS}{{white-space:normal}}")


def fold(text: str) -> str:
    """Return `text` with inner runs of white space as one space and no edge space."""
    return " ".join(text.split())


def block_text(element: etree._Element) -> str:
    """Return the visible lines of an element, whatever is around it."""
    return Texts().alone(element)


def html_text(html: str) -> str:
    """Return the text of an HTML fragment as `block_text`; plain text keeps its own lines.

    So does text around lists and quotations, as WordPress stores it, where no tag marks lines.
    """
    if "<" not in html and "&" not in html:
        return "\n".join(filter(None, map(fold, html.split("\n"))))
    whole = _SURROGATE.sub("\ufffd", html.replace("\0", ""))
    space = "normal" if _LINE_TAG.search(html) else "pre-line"
    written = with_void_elements_closed(f'<div style="white-space:{space}">{whole}</div>'.encode())
    root = raise_exponents(fromstring(written, parser=_PARSER))
    return Texts(_OF_FRAGMENTS).alone(root)


class Texts(Walk):
    """The walk that makes the visible lines, for one element of a page after another.

    Each is read as if it and what is around it were shown, and without what is nobody's words:
    buttons, but for those in the midst of a line.
    """

    def __init__(self, rules: Rules = NO_RULES, without: Iterable[etree._Element] = ()) -> None:
        """Leave elements out of every text that is not within them."""
        super().__init__(rules)
        self.items.update(dict.fromkeys(without, "unseen"))
        self._places: dict[etree._Element | None, int] = {}  # in the path: pages nest deeply
        self._shown: float = 0  # levels that are, whatever they say
        self._buttons = _MOST_BUTTONS
        self._unseen: list[etree._Element] = []
        self.hides = False  # whether the last text may go on in words that nothing brings into view

    def of(self, element: etree._Element) -> str:
        """The visible text of an element in its surroundings."""
        own = element.text or ""
        if not len(element) and "\n" not in own and "\r" not in own:
            return folded([own])  # a line, whatever is around it
        around = []
        above = element.getparent()
        while above is not None and above not in self._places:
            around.append(above)
            above = above.getparent()
        self._leave_to(self._places.get(above, -1) + 1)
        within = [one for one in (element, *around) if self.items.get(one) == "unseen"]
        for one in within:
            del self.items[one]
        self._shown = math.inf
        for one in reversed(around):
            self.enter(one, list(map(str, one.keys())))
            self._places[one] = len(self.path)
            self.path.append(one)
        text = self.alone(element)
        self.items.update(dict.fromkeys(within, "unseen"))
        return text

    def _leave_to(self, depth: int) -> None:
        while len(self.path) > depth:
            left = self.path.pop()
            del self._places[left]
            if self.lenders[-1] is left:
                self.leave()

    def alone(self, element: etree._Element) -> str:
        """The visible text of an element; where it shows nothing, what it hides."""
        self.items[element] = "block"
        text = self._text(element, len(self.path) + 1)
        if not text and not is_distinctive(text := self._text(element, math.inf)):
            text = ""
        del self.items[element]
        return text

    def _text(self, element: etree._Element, shown: float) -> str:
        self._shown = shown
        self._unseen.clear()
        lines = visible_lines(element, self)
        text = "\n".join(line.text for line in lines)
        lines.clear()
        key = unspaced(text) if self._unseen else ""
        self.hides = any(unspaced(text_in(unseen)) not in key for unseen in self._unseen)
        return text

    def note_hidden(self, element: etree._Element) -> None:
        """Take note of words that nobody can bring into view."""
        self._unseen.append(element)

    def enter(self, element: etree._Element, names: list[str]) -> Flow:
        """As the page's walk, but for buttons, and for words that are only not read out."""
        if self.items.get(element) == "unseen" and FLOWS.get(element.tag) == "block":
            self.end_line()  # somebody else's words stand between
        if len(self.path) >= self._shown and self._buttons and is_pressed(element):
            self._buttons -= 1
            if _is_nobodys(element):
                return "unseen"
        return super().enter(element, [name for name in names if name != "aria-hidden"])

    def looked_behind(self, element: etree._Element, how: Flow, style: Style) -> tuple[Flow, Style]:
        """As the page's walk, but for what is read as if it were shown."""
        is_silent = self._shown == math.inf and element.tag in TAGS["unseen"]
        if len(self.path) >= self._shown or is_silent:
            return super().looked_behind(element, how, style)
        how = "inline" if FLOWS.get(element.tag) == "inline" else "block"
        return how, style._replace(mutes=frozenset())

    def opener(self, element: etree._Element, words: str) -> etree._Element | None:
        """As the page's walk, and signs in any language: dots in its place, a button's names."""
        if self.parts and is_dots(self.parts[-1]):
            return element
        for control in (control_behind(element), control_before(element)):
            if control is not None and _MORE.search(" ".join(control.get(n, "") for n in _NAMES)):
                self.items[control] = "unseen"
                return control
        whole, behind = unspaced(text_in(element)), element.getnext()
        if behind is not None and _begins([text_in(behind)], whole):
            self.items[behind] = "unseen"
            return element
        return element if _begins(self.shown, whole) else super().opener(element, words)


def _begins(lines: Sequence[str], whole: str) -> bool:
    """Whether lines end in what only begins a hidden text."""
    return is_distinctive("".join(lines[teaser_start(lines, whole, is_opened=False) :]))


def _is_nobodys(control: etree._Element) -> bool:
    """Whether a button is neither a word in the midst of a line nor a heading's words."""
    if not is_short(control):
        return False
    if unfolds(text_in(control)):
        return True
    is_button = control.tag == "button" or control.get("role") == "button"
    if not is_button or control.get("aria-expanded") or flow.is_in_midst(control):
        return False
    in_heading = next(control.iterancestors(*HEADINGS), None) is not None
    words = text_in(control)
    return not (in_heading and words) or _ACTION.fullmatch(words) is not None
