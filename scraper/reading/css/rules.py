"""Splits style sheets into rules, without those whose conditions do not apply to the screen."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tinycss2 import parse_blocks_contents, parse_rule_list, parse_stylesheet, serialize
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

from scraper.reading.css.media import on_screen, supported
from scraper.reading.css.selector_lists import selectors_in
from scraper.reading.css.selectors import Selectors
from scraper.reading.css.tokens import is_deep

Layer = tuple[int, ...]  # its number, behind those of the layers around


@dataclass(kw_only=True, eq=False)
class StyleRule:
    """One rule: what stands before its brace, and its declarations."""

    prelude: Sequence[Node]
    declarations: list[Declaration]
    around: "StyleRule | None"  # the rule that it stands in
    layer: Layer

    @cached_property
    def selectors(self) -> Selectors:
        """The selectors that are supported."""
        return selectors_in(self.prelude, None if self.around is None else self.around.selectors)


class SheetReader:
    """Reads the style sheets of a page, one after another."""

    def __init__(self) -> None:
        self.layers: dict[tuple[Layer, str], int] = {}

    def rules(self, sheet: str) -> Iterator[StyleRule]:
        """Yield the rules of a sheet that apply, in order; never raises."""
        nodes = parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
        yield from self._rules([node for node in nodes if not is_deep([node])], None, ())

    def _rules(
        self, nodes: Sequence[Node], around: StyleRule | None, layer: Layer
    ) -> Iterator[StyleRule]:
        """Yield the rules among the contents of a sheet or block."""
        own = [node for node in nodes if isinstance(node, Declaration)]
        if around and own:
            yield replace(around, declarations=own, layer=layer)
        for node in nodes:
            if isinstance(node, QualifiedRule):
                rule = StyleRule(prelude=node.prelude, declarations=[], around=around, layer=layer)
                yield from self._rules(_contents(node.content), rule, layer)
            elif isinstance(node, AtRule):
                yield from self._at_rule(node, around, layer)

    def _at_rule(self, rule: AtRule, around: StyleRule | None, layer: Layer) -> Iterator[StyleRule]:
        name, condition = rule.lower_at_keyword, serialize(rule.prelude)
        if name == "layer":
            layers = [self._layer(layer, each.strip()) for each in condition.split(",")]
            layer = layers[0]
        applies = (
            name == "layer"
            or (name == "media" and on_screen(condition))
            or (name == "supports" and supported(rule.prelude))
        )
        if applies and rule.content is not None:
            # Outside of rules a stray semicolon is a part of what follows.
            read = parse_rule_list if around is None else _contents
            yield from self._rules(read(rule.content), around, layer)

    def _layer(self, outer: Layer, name: str) -> Layer:
        """Number the layer `a` or `a.b` within `outer`; one without a name is always new."""
        for part in name.split(".", 8):
            number = len(self.layers)
            name = part or f" {number}"  # no name in CSS begins with a blank
            outer = (*outer, self.layers.setdefault((outer, name), number))
        return outer


def _contents(tokens: Iterable[Node]) -> list[Node]:
    return list(parse_blocks_contents(tokens, skip_comments=True, skip_whitespace=True))
