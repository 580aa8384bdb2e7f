"""What style sheets within a page hide, break or keep: `.note{display:none}`.

The more special selector wins, then the later rule; what is important wins over both. A rule for
a bare name is looked at only where it may hold: `.menu li` within what has the class `menu`.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from scraper.reading.css.media import on_screen
from scraper.reading.css.rules import Declared, style_rules
from scraper.reading.css.selectors import Selector, classes_in, selectors_in
from scraper.reading.css.styles import SILENT, Flow, Style, class_hides, style_of, style_of_classes
from scraper.reading.visible.flow import FLOWS, PLAIN

_LONGEST = 200_000  # characters of a page's style sheets that are looked at


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """One selector with what its rule says."""

    weight: tuple[bool, bool, tuple[int, int, int], int]  # the heavier one wins
    selector: Selector
    scope: str
    style: Style


class Told(NamedTuple):
    """What is known of an element by its name, classes and id; flow, kept and items as in Style."""

    flow: Flow | None
    kept: bool | None
    items: Flow | None
    opened: frozenset[str]  # scopes that it opens for the elements in it
    doubtful: tuple[Rule, ...]  # the rules that may hold for it


class Rules:
    """The rules of a page that bear on its text."""

    def __init__(self, sheet: str) -> None:
        """Read a style sheet; never raises."""
        alone: defaultdict[str, list[Rule]] = defaultdict(list)
        below: defaultdict[str, list[Rule]] = defaultdict(list)
        scopes: defaultdict[str, set[str]] = defaultdict(set)
        for rule in _rules_of(sheet):
            last = rule.selector.last
            looked_at = rule.selector.above or last.attributes or last.others
            (below if looked_at else alone)[last.anchor].append(rule)
            if rule.scope:
                scopes[rule.scope].add(last.tag)
        self.alone, self.below, self.scopes = dict(alone), dict(below), dict(scopes)
        anywhere = {anchor for anchor, rules in below.items() if not all(r.scope for r in rules)}
        self.plain = {tag: PLAIN[tag] for tag in PLAIN.keys() - self.alone.keys() - anywhere}
        self.attributes = frozenset(anchor[1:] for anchor in below if anchor.startswith("["))
        self.style = lru_cache(maxsize=1024)(self._style)
        self.of = lru_cache(maxsize=1024)(self._of)
        self.plain_in = lru_cache(maxsize=1024)(self._plain_in)

    def around(
        self, element: etree._Element, doubtful: tuple[Rule, ...], path: Sequence[etree._Element]
    ) -> tuple[Rule, ...]:
        """The rules that hold for an element because of its attributes or `path`, those around."""
        for name in self.attributes.intersection(element.keys()):
            doubtful += tuple(self.below[f"[{name}"])
        return tuple(rule for rule in doubtful if rule.selector.holds(element, path))

    def _plain_in(self, scopes: frozenset[str]) -> dict[str, Flow]:
        """Flow of the names that tell all there is to know within scopes."""
        looked_at = {tag for scope in scopes for tag in self.scopes[scope]}
        return {tag: how for tag, how in self.plain.items() if tag not in looked_at}

    def _style(self, tag: str, classes: str, identity: str, around: tuple[Rule, ...] = ()) -> Style:
        """What an element's name and the rules say of it."""
        rules = [*_fitting(self.alone, tag, classes, identity), *around]
        found = [rule.style for rule in sorted(rules, key=lambda rule: rule.weight)]
        if (named := style_of_classes(classes)).flow != "unseen":
            found.append(named)
        flows = [style.flow for style in found if style.flow is not None]
        kept = [style.kept for style in found if style.kept is not None]
        items = [style.items for style in found if style.items is not None]
        flow = flows[-1] if flows else FLOWS.get(tag)
        parted = any(style.parted for style in found)
        return Style(
            "spaced" if parted and flow == "inline" else flow,
            kept[-1] if kept else None,
            items[-1] if items else None,
        )

    def _of(
        self,
        tag: str,
        classes: str,
        identity: str,
        scopes: frozenset[str],
        around: tuple[Rule, ...] = (),
    ) -> Told:
        """The same where classes may hide the element, and what else is told within scopes."""
        style = self.style(tag, classes, identity, around)
        below = _fitting(self.below, tag, classes, identity)
        return Told(
            "unseen" if class_hides(classes) else style.flow,
            style.kept,
            style.items,
            frozenset(self.scopes.keys() & _anchors(classes, identity)),
            tuple(rule for rule in below if not rule.scope or rule.scope in scopes),
        )


def _rules_of(sheet: str) -> Iterator[Rule]:
    for place, declared in enumerate(style_rules(sheet)):
        text = declared.declarations
        yield from _rules_with(declared, text, place, important=False)
        if "!important" in text.replace(" ", ""):
            text = ";".join(each for each in text.split(";") if "!" in each)
            yield from _rules_with(declared, text, place, important=True)


def _rules_with(
    declared: Declared, declarations: str, place: int, *, important: bool
) -> Iterator[Rule]:
    if style_of(declarations) == SILENT:
        return
    for selector in selectors_in(declared.selectors):
        last, style = selector.last, style_of(declarations)
        if last.attributes and style.flow == "unseen":
            style = style_of(declarations.replace("opacity", ""))  # a script will show it
        if _may_matter(selector, style):
            outranks = declared.layered if important else not declared.layered
            weight = (important, outranks, selector.weight, place)
            yield Rule(weight=weight, selector=selector, scope=selector.scope, style=style)


def _may_matter(selector: Selector, style: Style) -> bool:
    """Whether a rule is worth a look at every element that it may be for."""
    last = selector.last
    if style == SILENT:
        return False
    if style._replace(parted=False) == SILENT and FLOWS.get(last.tag, "inline") != "inline":
        return False  # `p{margin:1em}`
    everywhere = selector.above and last.anchor == last.tag and not selector.scope
    return style.flow == "unseen" or not everywhere  # `nav li` says little


def _anchors(classes: str, identity: str) -> list[str]:
    return [*(f".{name}" for name in classes_in(classes)), f"#{identity}"]


def _fitting(rules: dict[str, list[Rule]], tag: str, classes: str, identity: str) -> Iterator[Rule]:
    names = classes_in(classes)
    for anchor in dict.fromkeys((tag, *_anchors(classes, identity))):
        for rule in rules.get(anchor, ()):
            if rule.selector.last.fits(tag, names, identity):
                yield rule


def page_rules(root: etree._Element) -> Rules:
    """The rules of the page's <style> elements."""
    sheets = [text for each in root.iter("style") if (text := each.text) and _counts(each)]
    return _rules("\n".join(sheets)[:_LONGEST])


def _counts(sheet: etree._Element) -> bool:
    """Whether a sheet is for the screen of a browser that runs scripts."""
    media = sheet.get("media")
    return (media is None or on_screen(media)) and all(
        around.get("shadowrootmode") is not None
        for around in sheet.iterancestors("noscript", "template")
    )


@lru_cache(maxsize=64)
def _rules(sheet: str) -> Rules:
    return Rules(sheet)
