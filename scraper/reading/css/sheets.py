"""Applies the style sheets within a page to its elements: `.note{display:none}`.

The cascade: the more specific selector wins, then the later rule; `!important` wins over both. A
rule is tried only where it may match: `.menu li` within an element of the class `menu`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from lxml import etree

from scraper.reading.css.elements import FLOWS, PLAIN
from scraper.reading.css.media import on_screen
from scraper.reading.css.names import properties_of_classes
from scraper.reading.css.relevant_rules import Rule, rules_of
from scraper.reading.css.selectors import classes_in
from scraper.reading.css.styles import Flow, Properties, Style, style_of

_MAX_CHARACTERS = 200_000  # of a page's style sheets that are read


class Lookup(NamedTuple):
    """The rules for an element, as far as its name, classes and id tell."""

    style: Style
    opened: frozenset[str]  # scopes that it opens for the elements in it
    candidates: tuple[Rule, ...]  # the rules that may match it
    cost: int  # the number of rules tried; 0 where attributes cannot matter


class Rules:
    """The rules of a page that bear on its text."""

    def __init__(self, sheet: str) -> None:
        """Read a style sheet; never raises."""
        alone: defaultdict[str, list[Rule]] = defaultdict(list)
        below: defaultdict[str, list[Rule]] = defaultdict(list)
        within: defaultdict[str, dict[str, list[Rule]]] = defaultdict(dict)
        for rule in rules_of(sheet):
            subject, scope = rule.selector.subject, rule.selector.scope
            if scope and not subject.anchor.startswith("["):
                within[scope].setdefault(subject.anchor, []).append(rule)
            elif rule.selector.ancestors or subject.attributes or subject.excluded:
                below[subject.anchor].append(rule)
            else:
                alone[subject.anchor].append(rule)
        self.alone, self.below, self.within = dict(alone), dict(below), dict(within)
        self.plain = {tag: PLAIN[tag] for tag in PLAIN.keys() - alone.keys() - below.keys()}
        self.attributes = frozenset(anchor[1:] for anchor in below if anchor.startswith("["))
        self.opening = frozenset(scope[1:] for scope in within if scope.startswith("["))
        self.style = lru_cache(maxsize=1024)(self._style)
        self.of = lru_cache(maxsize=1024)(self._of)
        self.plain_in = lru_cache(maxsize=1024)(self._plain_in)
        self.ordinary_in = lru_cache(maxsize=1024)(_empty)

    def with_attribute(self, names: Sequence[str]) -> tuple[Rule, ...]:
        """The rules for elements of any name that have one of these attributes."""
        known = self.attributes.intersection(names)
        return tuple(rule for name in sorted(known) for rule in self.below[f"[{name}"])

    def opened_by(self, names: Sequence[str]) -> set[str]:
        """The scopes that an element opens by its attributes."""
        return {f"[{name}" for name in self.opening.intersection(names)}

    def _plain_in(self, scopes: frozenset[str]) -> dict[str, Flow]:
        """Flow of the elements whose name alone decides it within scopes."""
        looked_at = {tag for scope in scopes for tag in self.within[scope]}
        return {tag: how for tag, how in self.plain.items() if tag not in looked_at}

    def _style(
        self,
        tag: str,
        classes: str,
        identity: str,
        around: tuple[Rule, ...] = (),
        own: Properties = (),
    ) -> Style:
        """The style of an element by its name, classes, own properties and rules."""
        anchors = _anchors(tag, classes, identity)
        rules = [*_matching(_under(self.alone, anchors), tag, classes, identity), *around]
        rules.sort(key=lambda rule: rule.weight)
        normal = (rule.properties for rule in rules if not rule.weight.is_important)
        important = (rule.properties for rule in rules if rule.weight.is_important)
        cascaded = chain(*normal, properties_of_classes(classes), own, *important)
        style = style_of(tuple(dict(cascaded).items()))
        flow = "unseen" if tag.endswith("-icon") else style.flow or FLOWS.get(tag)
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


def _empty(scopes: frozenset[str]) -> dict[tuple[str, str], Flow]:
    del scopes
    return {}


def _anchors(tag: str, classes: str, identity: str) -> dict[str, None]:
    """The keys under which rules for an element are indexed, in order."""
    return dict.fromkeys((tag, *(f".{name}" for name in classes_in(classes)), f"#{identity}"))


def _under(rules: dict[str, list[Rule]], anchors: Iterable[str]) -> list[Rule]:
    return [rule for anchor in anchors for rule in rules.get(anchor, ())]


def _matching(rules: list[Rule], tag: str, classes: str, identity: str) -> Iterator[Rule]:
    names = classes_in(classes)
    return (rule for rule in rules if rule.selector.subject.may_match(tag, names, identity))


def page_rules(root: etree._Element) -> Rules:
    """The rules of the page's <style> elements."""
    sheets = [sheet.text for sheet in root.iter("style") if sheet.text and _applies(sheet)]
    return _rules("\n".join(sheets)[:_MAX_CHARACTERS])


def _applies(sheet: etree._Element) -> bool:
    """Whether a sheet is for the screen of a browser that runs scripts."""
    media = sheet.get("media")
    return (media is None or on_screen(media)) and all(
        around.get("shadowrootmode") is not None
        for around in sheet.iterancestors("noscript", "template")
    )


@lru_cache(maxsize=16)
def _rules(sheet: str) -> Rules:
    return Rules(sheet)


NO_RULES = Rules("")
