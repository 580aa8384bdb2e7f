"""Applies the style sheets within a page to its elements: `.note{display:none}`.

The cascade: the more specific selector wins, then the later rule; `!important` wins over both. A
rule is tried only where it may match: `.menu li` within an element of the class `menu`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from lxml import etree

from scraper.reading.css.elements import FLOWS, NEVER_SEEN, PLAIN
from scraper.reading.css.media import on_screen
from scraper.reading.css.names import properties_of_classes
from scraper.reading.css.relevant_rules import Rule, UnreadableSheetsError, rules_of
from scraper.reading.css.selectors import classes_in
from scraper.reading.css.styles import Flow, Style, declared_in, style_of

_MAX_CHARACTERS = 200_000  # of a page's style sheets that are read


class Lookup(NamedTuple):
    """The rules for an element, as far as its name, classes and id tell."""

    style: Style
    opened: frozenset[str]  # scopes that it opens for the elements in it
    candidates: tuple[Rule, ...]  # the rules that may match it
    cost: int  # the number of rules tried; 0 where attributes cannot matter


class Rules:
    """The rules of a page that bear on its text."""

    is_read = True  # else there are too many, and none is known

    def __init__(self, *sheets: str) -> None:
        """Read style sheets; never raises."""
        alone: defaultdict[str, list[Rule]] = defaultdict(list)
        below: defaultdict[str, list[Rule]] = defaultdict(list)
        within: defaultdict[str, dict[str, list[Rule]]] = defaultdict(dict)
        try:
            rules = rules_of(sheets)
        except UnreadableSheetsError:
            rules = []
            self.is_read = False
        for rule in rules:
            subject = rule.selector.subject
            for anchor in subject.anchors:
                if rule.selector.scopes and not anchor.startswith("["):
                    for scope in rule.selector.scopes:
                        within[scope].setdefault(anchor, []).append(rule)
                elif rule.selector.ancestors or not subject.is_plain:
                    below[anchor].append(rule)
                else:
                    alone[anchor].append(rule)
        self.alone, self.below, self.within = dict(alone), dict(below), dict(within)
        self.plain = _without(PLAIN, alone.keys() | below.keys())
        self.attributes = frozenset(anchor[1:] for anchor in below if anchor.startswith("["))
        self.opening = frozenset(scope[1:] for scope in within if scope.startswith("["))
        self.style = lru_cache(maxsize=1024)(self._style)
        self.of = lru_cache(maxsize=1024)(self._of)
        self.plain_in = lru_cache(maxsize=1024)(self._plain_in)
        self.ordinary_in: Callable[[frozenset[str]], dict[tuple[str, str], Flow]]
        self.ordinary_in = lru_cache(maxsize=1024)(lambda _: {})

    def with_attribute(self, names: Sequence[str]) -> tuple[Rule, ...]:
        """The rules for elements of any name that have one of these attributes."""
        known = self.attributes.intersection(names)
        return tuple(rule for name in sorted(known) for rule in self.below[f"[{name}"])

    def opened_by(self, names: Sequence[str]) -> set[str]:
        """The scopes that an element opens by its attributes."""
        return {f"[{name}" for name in self.opening.intersection(names)}

    def _plain_in(self, scopes: frozenset[str]) -> dict[str, Flow]:
        """Flow of the elements whose name alone decides it within scopes."""
        return _without(self.plain, {tag for scope in scopes for tag in self.within[scope]})

    def _style(
        self,
        tag: str,
        classes: str,
        identity: str,
        around: tuple[Rule, ...] = (),
        own: str = "",
    ) -> Style:
        """The style of an element by its name, classes, own properties and rules."""
        anchors = _anchors(tag, classes, identity)
        rules = [*_matching(_under(self.alone, anchors), tag, classes, identity), *around]
        rules.sort(key=lambda rule: rule.weight)
        normal = (rule.properties for rule in rules if not rule.weight.is_important)
        important = (rule.properties for rule in rules if rule.weight.is_important)
        declared = declared_in(own)
        cascaded = chain(
            *normal,
            properties_of_classes(classes),
            declared.every,
            *important,
            declared.important,
        )
        style = style_of(tuple(dict(cascaded).items()))
        never_seen = tag in NEVER_SEEN or tag.endswith("-icon")
        flow = "unseen" if never_seen else style.flow or FLOWS.get(tag)
        return style._replace(flow="spaced" if style.parted and flow == "inline" else flow)

    def _of(self, tag: str, classes: str, identity: str, scopes: frozenset[str]) -> Lookup:
        """Look up an element that has no style attribute, within open scopes."""
        anchors = _anchors(tag, classes, identity)
        candidates = _under(self.below, anchors)
        for scope in scopes:
            candidates += _under(self.within[scope], anchors)
        return Lookup(
            self.style(tag, classes, identity),
            frozenset(self.within.keys() & anchors),
            tuple(_matching(candidates, tag, classes, identity)),
            len(scopes)
            + len(candidates)
            + len(_under(self.alone, anchors))
            + bool(self.attributes or self.opening),
        )


def _without(flows: dict[str, Flow], anchors: AbstractSet[str]) -> dict[str, Flow]:
    """Those of the elements for which no rules are under these anchors."""
    if "*" in anchors:
        return {}
    return {tag: how for tag, how in flows.items() if tag not in anchors}


def _anchors(tag: str, classes: str, identity: str) -> dict[str, None]:
    """The keys under which rules for an element are indexed, in order."""
    return dict.fromkeys((tag, *(f".{name}" for name in classes_in(classes)), f"#{identity}", "*"))


def _under(rules: dict[str, list[Rule]], anchors: Iterable[str]) -> list[Rule]:
    return [rule for anchor in anchors for rule in rules.get(anchor, ())]


def _matching(rules: list[Rule], tag: str, classes: str, identity: str) -> Iterator[Rule]:
    names = classes_in(classes)
    return (rule for rule in rules if rule.selector.subject.may_match(tag, names, identity))


def page_rules(root: etree._Element) -> Rules:
    """The rules of the page's <style> elements."""
    sheets, left = [], _MAX_CHARACTERS
    for sheet in root.iter("style"):
        if sheet.text and left and _applies(sheet):
            sheets.append(sheet.text[:left])
            left -= len(sheets[-1])
    return _rules(*sheets)


def _applies(sheet: etree._Element) -> bool:
    """Whether a sheet is for the screen of a browser that runs scripts."""
    if sheet.get("type", "").strip().lower() not in ("", "text/css"):
        return False
    media = sheet.get("media")
    return (media is None or on_screen(media)) and all(
        around.get("shadowrootmode") is not None
        for around in sheet.iterancestors("noscript", "template")
    )


@lru_cache(maxsize=16)
def _rules(*sheets: str) -> Rules:
    return Rules(*sheets)


NO_RULES = Rules()
