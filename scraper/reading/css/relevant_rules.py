"""The rules of a style sheet that bear on text, each for one selector."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from scraper.reading.css.elements import FLOWS
from scraper.reading.css.rules import Declared, style_rules
from scraper.reading.css.selectors import Selector, selectors_in
from scraper.reading.css.styles import (
    BREAKS,
    COLOURS,
    SILENT,
    Properties,
    Style,
    is_zero_opacity,
    judged,
    properties_in,
)

_CONTENT = re.compile(r"\bcontent\s*:\s*(?!none|normal)([^;]*)", re.IGNORECASE)
_LINE_FEED = re.compile(r"\\0{0,5}a(?![0-9a-f])", re.IGNORECASE)
_AFLOAT = re.compile(r"\bfloat\s*:\s*(?!none)|\bposition\s*:\s*(?:absolute|fixed)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """One selector with what its rule says."""

    weight: tuple[bool, bool, bool, tuple[int, int, int], int]  # the heavier one wins
    selector: Selector
    properties: Properties

    @property
    def important(self) -> bool:
        """Whether it wins over what an element says of itself."""
        return self.weight[0]


def rules_of(sheet: str) -> list[Rule]:
    """The rules of a style sheet that are worth a look at every element they may be for."""
    rules = [
        rule
        for place, declared in enumerate(style_rules(sheet))
        for important in (False, True)
        for rule in _rules_with(declared, place, important=important)
    ]
    styles = [judged(rule.properties) for rule in rules]
    muted = frozenset(name for style in styles for name in style.mutes)
    hidden = {
        rule.selector.last.anchor
        for rule, style in zip(rules, styles, strict=True)
        if style.flow == "unseen" and ("display", "none") not in rule.properties
    }
    return [
        rule
        for rule, style in zip(rules, styles, strict=True)
        if _may_matter(rule.selector, style, muted, hidden)
    ]


def _rules_with(declared: Declared, place: int, *, important: bool) -> Iterator[Rule]:
    text = declared.declarations
    if important:
        text = ";".join(each for each in text.split(";") if "!" in each)
    # Nearly every rule sets a colour, and hardly one to hide words.
    properties = tuple(pair for pair in properties_in(text) if pair[0] not in COLOURS)
    if not properties:
        return
    without_start = tuple(pair for pair in properties if not is_zero_opacity(*pair))
    outranks = declared.layered if important else not declared.layered
    yield from (
        Rule(
            weight=(important, selector.opened, outranks, selector.weight, place),
            selector=selector,
            # where a script has set the attribute, it will show the element as well
            properties=without_start if selector.last.attributes else properties,
        )
        for selector in selectors_in(declared.selectors)
        if not selector.waits
    )
    if (beside := _beside(declared.selectors)) and _breaks_line(text, properties):
        for selector in selectors_in(beside):
            weight = (important, selector.opened, outranks, selector.weight, place)
            yield Rule(weight=weight, selector=selector, properties=BREAKS)


def _beside(selectors: str) -> str:
    """Those of a list that mean what stands before or after an element; the elements."""
    if ":after" not in selectors and ":before" not in selectors:
        return ""
    parts = (each.strip().rpartition(":") for each in selectors.split(","))
    return ",".join(
        base.removesuffix(":") for base, _, name in parts if name in ("after", "before")
    )


def _breaks_line(declarations: str, properties: Properties) -> bool:
    """Whether a pseudo-element is a line feed, or a block between the words and what follows."""
    content = _CONTENT.search(declarations)
    if content is None or _AFLOAT.search(declarations):
        return False
    style = judged(properties)
    fed = bool(style.kept and _LINE_FEED.search(content[1]))
    return style.flow != "unseen" and (fed or ("display", "block") in properties)


def _may_matter(
    selector: Selector, style: Style, muted: frozenset[str], hidden: AbstractSet[str]
) -> bool:
    """Whether a rule does anything; `muted` and `hidden` tell what others may have hidden."""
    last = selector.last
    hides = style.flow == "unseen" or bool(style.mutes)
    bare = last.anchor == last.tag and not selector.scope
    if selector.opened:
        return not hides and not (bare and not selector.above)
    if hides or style.unmutes & muted:
        return True
    if FLOWS.get(last.tag, "inline") != "inline":
        style = style._replace(parted=False)  # `p{margin:1em}`
    if style._replace(unmutes=frozenset(), is_inherited=style.kept is not None) == SILENT:
        return last.anchor in hidden or (bool(hidden) and last.anchor != last.tag)
    return not (bare and selector.above)  # `nav li` says little
