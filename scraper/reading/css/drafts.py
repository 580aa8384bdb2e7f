"""Compound selectors in the making, and what keeps a selector from being read."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tinycss2.ast import IdentToken, LiteralToken, Node, StringToken

from scraper.reading.css.selectors import Attribute, Compound, Selector


class UnmatchedError(Exception):
    """A selector matches nothing on a page at rest: `:hover`."""


class UnsupportedError(UnmatchedError):
    """It is not told what a selector matches."""


class InvalidError(Exception):
    """A selector is not valid."""


def attribute_in(tokens: Sequence[Node]) -> Attribute:
    """What an attribute selector has between its brackets."""
    match [token for token in tokens if token.type != "whitespace"]:
        case [IdentToken() as name]:
            return Attribute(name.lower_value)
        case [
            IdentToken() as name,
            LiteralToken(value="=" | "~=" | "|=" | "^=" | "$=" | "*=" as operator),
            (IdentToken() | StringToken()) as wanted,
            *flags,
        ]:
            folded = [isinstance(each, IdentToken) and each.lower_value == "i" for each in flags]
            value = wanted.value.lower() if folded == [True] else wanted.value
            return Attribute(name.lower_value, operator[:-1], value, folded == [True])
    raise InvalidError


@dataclass(slots=True)
class Draft:
    """The parts of a compound."""

    tag: str = ""
    identity: str = ""
    classes: set[str] = field(default_factory=set)
    attributes: list[Attribute] = field(default_factory=list)
    choices: list[tuple[Selector, ...]] = field(default_factory=list)
    excluded: list[Selector] = field(default_factory=list)

    def compound(self) -> Compound:
        """The compound that they make."""
        return Compound(
            self.tag,
            frozenset(self.classes),
            self.identity,
            tuple(self.attributes),
            tuple(self.choices),
            tuple(self.excluded),
            self._anchors(),
        )

    def _anchors(self) -> frozenset[str]:
        if self.identity:
            return frozenset((f"#{self.identity}",))
        if self.classes:
            return frozenset((f".{min(self.classes)}",))
        chosen = [
            frozenset[str]().union(*(choice.subject.anchors for choice in choices))
            for choices in self.choices
        ]
        names = (each for each in chosen if all(anchor[0] in ".#" for anchor in each))
        if (named := next(names, None)) is not None:
            return named
        if self.tag:
            return frozenset((self.tag,))
        if self.attributes:
            return frozenset((f"[{self.attributes[0].name}",))
        return chosen[0] if chosen else frozenset("*")
