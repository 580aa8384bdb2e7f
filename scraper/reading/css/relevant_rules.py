"""Selects the rules of a style sheet that bear on text, each split by its selectors."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from scraper.reading.css.elements import FLOWS
from scraper.reading.css.rules import StyleRule, style_rules
from scraper.reading.css.selectors import Selector, selectors_in
from scraper.reading.css.styles import (
    BREAKS,
    COLOURS,
    SILENT,
    Properties,
    Style,
    is_zero_opacity,
    properties_in,
    style_of,
)

_CONTENT = re.compile(r"\bcontent\s*:\s*(?!none|normal)([^;]*)", re.IGNORECASE)
_LINE_FEED = re.compile(r"\\0{0,5}a(?![0-9a-f])", re.IGNORECASE)
_AFLOAT = re.compile(r"\bfloat\s*:\s*(?!none)|\bposition\s*:\s*(?:absolute|fixed)", re.IGNORECASE)


class Weight(NamedTuple):
    """The rank of a rule in the cascade: of two that set a property the greater one wins."""

    is_important: bool  # and so wins over the element's own style attribute
    is_toggled: bool  # as `Selector.is_toggled`
    outranks_layers: bool
    specificity: tuple[int, int, int]
    position: int  # in the style sheet


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """One selector with the properties that its rule sets."""

    weight: Weight
    selector: Selector
    properties: Properties


def rules_of(sheet: str) -> list[Rule]:
    """The rules of a style sheet that are worth a look at every element they may be for."""
    rules = [
        rule
        for position, style_rule in enumerate(style_rules(sheet))
        for is_important in (False, True)
        for rule in _split(style_rule, position, is_important=is_important)
    ]
    styles = [style_of(rule.properties) for rule in rules]
    muted = frozenset(name for style in styles for name in style.mutes)
    hidden = {
        rule.selector.subject.anchor
        for rule, style in zip(rules, styles, strict=True)
        if style.flow == "unseen" and ("display", "none") not in rule.properties
    }
    return [
        rule
        for rule, style in zip(rules, styles, strict=True)
        if _may_matter(rule.selector, style, muted, hidden)
    ]


def _split(style_rule: StyleRule, position: int, *, is_important: bool) -> Iterator[Rule]:
    """Yield a style rule by its selectors; if `is_important`, with `!important` properties only."""
    text = style_rule.declarations
    if is_important:
        text = ";".join(declaration for declaration in text.split(";") if "!" in declaration)
    # Nearly every rule sets a colour, and hardly one to hide words.
    properties = tuple(pair for pair in properties_in(text) if pair[0] not in COLOURS)
    if not properties:
        return
    without_start = tuple(pair for pair in properties if not is_zero_opacity(*pair))
    outranks_layers = style_rule.is_layered is is_important

    def weight(selector: Selector) -> Weight:
        return Weight(
            is_important, selector.is_toggled, outranks_layers, selector.specificity, position
        )

    for selector in selectors_in(style_rule.selectors):
        if not selector.awaits_script:
            # Where a script has set the attribute, it will show the element as well.
            shown = without_start if selector.subject.attributes else properties
            yield Rule(weight=weight(selector), selector=selector, properties=shown)
    originating = _originating_elements(style_rule.selectors)
    if originating and _breaks_line(text, properties):
        for selector in selectors_in(originating):
            yield Rule(weight=weight(selector), selector=selector, properties=BREAKS)


def _originating_elements(selectors: str) -> str:
    """The elements in a selector list that have `::before` or `::after`: `p` of `p::after, b`."""
    if ":after" not in selectors and ":before" not in selectors:
        return ""
    parts = (selector.strip().rpartition(":") for selector in selectors.split(","))
    return ",".join(
        base.removesuffix(":") for base, _, name in parts if name in ("after", "before")
    )


def _breaks_line(declarations: str, properties: Properties) -> bool:
    """Whether a pseudo-element is a line feed, or a block between the words and what follows."""
    content = _CONTENT.search(declarations)
    if content is None or _AFLOAT.search(declarations):
        return False
    style = style_of(properties)
    fed = bool(style.kept and _LINE_FEED.search(content[1]))
    return style.flow != "unseen" and (fed or ("display", "block") in properties)


def _may_matter(
    selector: Selector, style: Style, muted: frozenset[str], hidden: AbstractSet[str]
) -> bool:
    """Whether a rule can hide, show or move text.

    `muted`: inherited properties by which rules hide text. `hidden`: anchors of elements that
    rules hide in ways that another rule can take back.
    """
    subject = selector.subject
    hides = style.flow == "unseen" or bool(style.mutes)
    bare = subject.anchor == subject.tag and not selector.scope
    if selector.is_toggled:
        return not hides and not (bare and not selector.ancestors)
    if hides or style.unmutes & muted:
        return True
    if FLOWS.get(subject.tag, "inline") != "inline":
        style = style._replace(parted=False)  # `p{margin:1em}`
    if style._replace(unmutes=frozenset(), is_inherited=style.kept is not None) == SILENT:
        return subject.anchor in hidden or (bool(hidden) and subject.anchor != subject.tag)
    return not (bare and selector.ancestors)  # `nav li` says little
