"""What style sheets within a page hide, break or keep: `.note{display:none}`.

Selectors of names, classes and ids count, alone or below one another (`div.a > p.b.c`), and rules
of @media that hold on a wide screen; the more special selector wins, then the later one.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from scraper.reading.flow import FLOWS, PLAIN
from scraper.reading.styles import SILENT, Style, class_hides, style_of, style_of_classes

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_RULE = re.compile(r"@([\w-]+)([^{};]*)(?:;|\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\})")
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{1,2000})\}")
_MEDIA = re.compile(
    r"(?:only )?(?:screen|all)|(?:(?:only )?(?:screen|all) and )?\(min-width: ?(\d+)(?:\.\d+)?px\)"
)
_WIDE = 1280  # pixels of the screen on which pages are read
_COMPOUND = re.compile(r"([a-z][a-z0-9-]*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_LONGEST = 200_000  # characters of a page's style sheets that are looked at
_MOST_CLASSES = 20
_MOST_COMPOUNDS = 4


class _Compound(NamedTuple):
    """What one element must be: `p.a.b`."""

    tag: str  # "" for any
    classes: frozenset[str]
    identity: str  # "" for any

    def fits(self, tag: str, classes: Sequence[str], identity: str) -> bool:
        """Whether an element is of this kind."""
        return (
            self.tag in ("", tag)
            and self.identity in ("", identity)
            and self.classes.issubset(classes)
        )


class _Rule(NamedTuple):
    """One selector with what its rule says."""

    weight: tuple[int, int, int, int]  # ids, classes and names of the selector, place in the sheet
    last: _Compound
    above: tuple[tuple[_Compound, bool], ...]  # innermost first; whether it must be the parent
    style: Style


class Rules:
    """The rules of a page that bear on its text."""

    def __init__(self, sheet: str) -> None:
        """Read a style sheet; never raises."""
        alone: defaultdict[str, list[_Rule]] = defaultdict(list)
        below: defaultdict[str, list[_Rule]] = defaultdict(list)
        for rule in _rules_of(sheet):
            (below if rule.above else alone)[_anchor(rule.last)].append(rule)
        self.alone, self.below = dict(alone), dict(below)
        self.plain = {tag: how for tag, how in PLAIN.items() if tag not in self.alone | self.below}
        self.candidates = lru_cache(maxsize=1024)(self._candidates)
        self.style = lru_cache(maxsize=1024)(self._style)
        self.of = lru_cache(maxsize=1024)(self._of)

    def around(
        self, path: Sequence[etree._Element], tag: str, classes: str, identity: str
    ) -> tuple[_Rule, ...]:
        """The rules that hold for an element because of the open elements it stands in."""
        if not self.below or not (rules := self.candidates(tag, classes, identity)):
            return ()
        return tuple(rule for rule in rules if _holds(rule, path))

    def _candidates(self, tag: str, classes: str, identity: str) -> tuple[_Rule, ...]:
        return tuple(_fitting(self.below, tag, classes, identity))

    def _style(
        self, tag: str, classes: str, identity: str, around: tuple[_Rule, ...] = ()
    ) -> Style:
        """What an element's name and the rules say of it."""
        rules = sorted((*_fitting(self.alone, tag, classes, identity), *around))
        found = [rule.style for rule in rules]
        if (named := style_of_classes(classes)).flow != "unseen":
            found.append(named)
        flows = [style.flow for style in found if style.flow is not None]
        kept = [style.kept for style in found if style.kept is not None]
        items = [style.items for style in found if style.items is not None]
        return Style(
            flows[-1] if flows else FLOWS.get(tag),
            kept[-1] if kept else None,
            items[-1] if items else None,
        )

    def _of(self, tag: str, classes: str, identity: str, around: tuple[_Rule, ...] = ()) -> Style:
        """The same where classes may hide the element."""
        style = self.style(tag, classes, identity, around)
        return style._replace(flow="unseen") if class_hides(classes) else style


def _rules_of(sheet: str) -> Iterator[_Rule]:
    sheet = _AT_RULE.sub(_on_wide_screen, _COMMENT.sub("", sheet))
    for place, (selectors, declarations) in enumerate(_RULE.findall(sheet)):
        if (style := style_of(declarations)) != SILENT:
            for selector in selectors.split(","):
                if (rule := _rule(selector, place, style)) is not None:
                    yield rule


def _on_wide_screen(rule: re.Match[str]) -> str:
    """The rules of an @media that holds on a wide screen; nothing of any other."""
    condition = _MEDIA.fullmatch(" ".join(rule[2].lower().split()))
    if rule[1] != "media" or condition is None or int(condition[1] or 0) > _WIDE:
        return ""
    return rule[3] or ""


def _rule(selector: str, place: int, style: Style) -> _Rule | None:
    """The rule of one selector; None when it asks for more than names, classes and ids."""
    pieces = selector.replace(">", " > ").split()
    compounds, direct, child = [], [], False
    for piece in pieces:
        if piece == ">":
            child = True
        elif (compound := _compound(piece)) is None:
            return None
        else:
            compounds.append(compound)
            direct.append(child)
            child = False
    if not compounds or child or direct[0] or len(compounds) > _MOST_COMPOUNDS:
        return None
    if (
        len(compounds) > 1
        and _anchor(compounds[-1]) == compounds[-1].tag
        and style.flow != "unseen"
    ):
        return None  # `nav li`, which says little and would cost a look at every item
    above = tuple(zip(compounds[-2::-1], direct[:0:-1], strict=True))
    ids = sum(bool(compound.identity) for compound in compounds)
    classes = sum(len(compound.classes) for compound in compounds)
    names = sum(bool(compound.tag) for compound in compounds)
    return _Rule((ids, classes, names, place), compounds[-1], above, style)


def _compound(text: str) -> _Compound | None:
    match = _COMPOUND.fullmatch(text)
    if match is None:
        return None
    signs = re.findall(r"([.#])([\w-]+)", match[2])
    identities = [name for sign, name in signs if sign == "#"]
    classes = frozenset(name for sign, name in signs if sign == ".")
    return _Compound((match[1] or "").lower(), classes, identities[-1] if identities else "")


def _anchor(compound: _Compound) -> str:
    """The one thing of a compound under which it is looked up."""
    if compound.identity:
        return f"#{compound.identity}"
    return f".{min(compound.classes)}" if compound.classes else compound.tag


def _fitting(
    rules: dict[str, list[_Rule]], tag: str, classes: str, identity: str
) -> Iterator[_Rule]:
    names = classes.split()[:_MOST_CLASSES]
    for anchor in dict.fromkeys((tag, *(f".{name}" for name in names), f"#{identity}")):
        for rule in rules.get(anchor, ()):
            if rule.last.fits(tag, names, identity):
                yield rule


def _holds(rule: _Rule, path: Sequence[etree._Element]) -> bool:
    """Whether the elements that a rule asks for are around."""
    place = len(path)
    for compound, direct in rule.above:
        lowest = place - 1 if direct else 0
        place = next((i for i in range(place - 1, lowest - 1, -1) if _is(path[i], compound)), -1)
        if place < 0:
            return False
    return True


def _is(element: etree._Element, compound: _Compound) -> bool:
    tag, classes = str(element.tag), element.get("class", "")
    return compound.fits(tag, classes.split()[:_MOST_CLASSES], element.get("id", ""))


def page_rules(root: etree._Element) -> Rules:
    """The rules of the page's <style> elements."""
    sheets = [text for element in root.iter("style") if (text := element.text)]
    return _rules("\n".join(sheets)[:_LONGEST])


@lru_cache(maxsize=64)
def _rules(sheet: str) -> Rules:
    return Rules(sheet)
