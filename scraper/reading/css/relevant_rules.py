"""Selects the rules of style sheets that bear on text, each split by its selectors."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from tinycss2.ast import Declaration, IdentToken, StringToken

from scraper.reading.css.elements import FLOWS
from scraper.reading.css.rules import SheetReader, StyleRule
from scraper.reading.css.selectors import Selector, Specificity
from scraper.reading.css.styles import (
    BREAKS,
    COLOURS,
    SILENT,
    Properties,
    Style,
    declared_by,
    is_zero_opacity,
    style_of,
)

_PLACED = frozenset(("absolute", "fixed"))
_EMPTY = frozenset(("none", "normal"))  # of `content`
_OUTSIDE = (math.inf,)  # the layer of the rules that are in none
_MOST = 10_000  # compounds of a page's selectors


class UnreadableSheetsError(Exception):
    """Style sheets have too many rules."""


class Weight(NamedTuple):
    """The rank of a rule in the cascade: of two that set a property the greater one wins."""

    is_important: bool  # and so wins over the element's own style attribute
    is_toggled: bool  # as `Selector.is_toggled`
    layer: tuple[float, ...]
    specificity: Specificity
    position: int  # in the style sheets


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """One selector with the properties that its rule sets."""

    weight: Weight
    selector: Selector
    properties: Properties


def rules_of(sheets: Iterable[str]) -> list[Rule]:
    """The rules of style sheets that are worth a look at every element they may be for."""
    reader = SheetReader()
    style_rules = chain.from_iterable(map(reader.rules, sheets))
    rules, size = [], 0
    for position, style_rule in enumerate(style_rules):
        for rule in _split(style_rule, position):
            size += rule.selector.size
            if size > _MOST:
                raise UnreadableSheetsError
            rules.append(rule)
    styles = [style_of(rule.properties) for rule in rules]
    muted = frozenset(name for style in styles for name in style.mutes)
    hiding = [rule for rule, style in zip(rules, styles, strict=True) if style.flow == "unseen"]
    hidden = _anchors(hiding)
    retractable = _anchors(rule for rule in hiding if ("display", "none") not in rule.properties)
    return [
        rule
        for rule, style in zip(rules, styles, strict=True)
        if _may_matter(rule.selector, style, muted, hidden, retractable)
    ]


def _anchors(rules: Iterable[Rule]) -> frozenset[str]:
    return frozenset(anchor for rule in rules for anchor in rule.selector.subject.anchors)


def _split(style_rule: StyleRule, position: int) -> Iterator[Rule]:
    """Yield a style rule by its selectors, and again with its `!important` properties only."""
    declared = declared_by(style_rule.declarations)
    for is_important, pairs in zip((False, True), declared, strict=True):
        # Nearly every rule sets a colour, and hardly one to hide words.
        properties = tuple(pair for pair in pairs if pair[0] not in COLOURS)
        if properties:
            yield from _by_selector(style_rule, position, properties, is_important=is_important)


def _by_selector(
    style_rule: StyleRule, position: int, properties: Properties, *, is_important: bool
) -> Iterator[Rule]:
    without_opacity_0 = tuple(pair for pair in properties if not is_zero_opacity(*pair))
    layer = (*style_rule.layer, *_OUTSIDE)
    if is_important:
        layer = tuple(-number for number in layer)
    breaks = _breaks_line(style_rule.declarations, properties)
    for selector in style_rule.selectors:
        weight = Weight(is_important, selector.is_toggled, layer, selector.specificity, position)
        if selector.pseudo_element:
            if breaks:
                yield Rule(weight=weight, selector=selector, properties=BREAKS)
        elif not selector.awaits_script:
            # Where a script has set the attribute, it will show the element as well.
            shown = without_opacity_0 if selector.subject.attributes else properties
            yield Rule(weight=weight, selector=selector, properties=shown)


def _breaks_line(declarations: Iterable[Declaration], properties: Properties) -> bool:
    """Whether a pseudo-element is a line feed, or a block between the words and what follows."""
    content = [each.value for each in declarations if each.lower_name == "content"]
    placed = dict(properties)
    afloat = placed.get("float", "none") != "none" or placed.get("position") in _PLACED
    if not content or afloat:
        return False
    if any(isinstance(token, IdentToken) and token.lower_value in _EMPTY for token in content[-1]):
        return False
    style = style_of(properties)
    strings = (token.value for token in content[-1] if isinstance(token, StringToken))
    fed = bool(style.kept) and any("\n" in text for text in strings)
    return style.flow != "unseen" and (fed or ("display", "block") in properties)


def _may_matter(
    selector: Selector,
    style: Style,
    muted: frozenset[str],
    hidden: frozenset[str],
    retractable: frozenset[str],
) -> bool:
    """Whether a rule can hide, show or move text.

    `muted`: inherited properties by which rules hide text. `hidden`: anchors of elements that rules
    hide; `retractable`: in ways that rules of another property can take back.
    """
    subject = selector.subject
    hides = style.flow == "unseen" or bool(style.mutes)
    named = subject.anchors == {subject.tag or "*"}
    only_named = named and subject.tag != "" and not selector.scopes
    if selector.is_toggled:
        return not hides and not (only_named and not selector.ancestors)
    if hides or style.unmutes & muted:
        return True
    if FLOWS.get(subject.tag, "inline") != "inline":
        style = style._replace(parted=False)  # `p{margin:1em}`
    if style._replace(unmutes=frozenset(), is_inherited=style.kept is not None) == SILENT:
        return not retractable.isdisjoint(subject.anchors) or (bool(retractable) and not named)
    # `nav li` says little, unless it takes back `li{display:none}`.
    return not (only_named and selector.ancestors) or not hidden.isdisjoint((subject.tag, "*"))
