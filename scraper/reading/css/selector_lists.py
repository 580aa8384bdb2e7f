"""Reads lists of CSS selectors.

Supported: type, class, id, attribute and `:not()`, `:is()` and `:where()`, combined by descendant
and child, and `&` in nested rules. `input:checked ~ .panel` is read as `.panel`, however the box
is set. Selectors that ask for siblings, places or states are left out.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tinycss2.ast import (
    FunctionBlock,
    HashToken,
    IdentToken,
    LiteralToken,
    Node,
    SquareBracketsBlock,
    WhitespaceToken,
)

from scraper.reading.css.selector_parts import (
    InvalidError,
    attribute_in,
    compounds_in,
    items_in,
)
from scraper.reading.css.selectors import Compound, Selector, Selectors, Specificity
from scraper.reading.css.tokens import all_in, is_sign

_RESTING = re.compile(r"(?:focus|active|hover)(?:-[a-z]+)?")
_CLICKED = frozenset(("checked", "target"))
_SIBLING_SIGNS = frozenset("~+")
_OTHER_BROWSERS = ("-moz-", "-ms-", "-o-")  # what makes a selector invalid elsewhere
_NAME, _CLASS, _ID = (0, 0, 1), (0, 1, 0), (1, 0, 0)
_MAX_COMPOUNDS = 8
_MAX_SIZE = 500  # compounds, those in parentheses included


class UnmatchedError(Exception):
    """A selector matches nothing on a page at rest: `:hover`."""


class UnsupportedError(UnmatchedError):
    """A selector asks for what is not known here: siblings, places (`:nth-child`)."""


def selectors_in(tokens: Sequence[Node], outer: tuple[Selector, ...] | None) -> Selectors:
    """The selectors of a list `.a, .b p` that are supported; none if one of them is invalid.

    `outer`: those of the rule around, for which `&` stands.
    """
    found = []
    for item in items_in(tokens):
        try:
            found.append(_Reader(outer).nested(item))
        except UnmatchedError:
            continue
        except InvalidError:
            return ()
    return tuple(found)


def _is_toggled(tokens: Sequence[Node]) -> bool:
    """Whether `:checked` or `:target` is in a selector."""
    return any(
        is_sign(colon, ":") and isinstance(token, IdentToken) and token.lower_value in _CLICKED
        for colon, token in pairwise(all_in(tokens))
    )


class _Reader:
    """Reads one complex selector."""

    def __init__(self, outer: Selectors | None, *, is_negated: bool = False) -> None:
        self.outer = outer
        self.is_negated = is_negated
        self.is_toggled = False
        # Raised at the end only, as an invalid part behind them spoils the whole list.
        self.is_unmatched = False
        self.is_unsupported = False
        self.specificity: Specificity = (0, 0, 0)
        self.size = 0
        self.pseudo_element = ""

    def nested(self, tokens: Sequence[Node]) -> Selector:
        """Read a selector of a rule, which may stand within another rule."""
        if self.outer is None or any(is_sign(token, "&") for token in all_in(tokens)):
            return self.selector(tokens)
        return self.selector([LiteralToken(0, 0, "&"), WhitespaceToken(0, 0, " "), *tokens])

    def selector(self, tokens: Sequence[Node]) -> Selector:
        self.is_toggled = _is_toggled(tokens)
        read: list[tuple[str, Compound]] = []
        for sign, part in compounds_in(tokens):
            if self.pseudo_element:
                raise InvalidError
            before = sign
            if sign in _SIBLING_SIGNS:
                if not read:
                    raise InvalidError
                self.is_unsupported |= not self.is_toggled
                before, _ = read.pop()
            read.append((before, self._compound(part)))
        if not read or read[0][0]:
            raise InvalidError
        if self.is_unmatched:
            raise UnmatchedError
        if self.is_unsupported or len(read) > _MAX_COMPOUNDS or self.size > _MAX_SIZE:
            raise UnsupportedError
        read.reverse()
        outer = zip(read[1:], read, strict=False)
        return Selector(
            read[0][1],
            tuple((compound, sign == ">") for (_, compound), (sign, _) in outer),
            self.specificity,
            self.size,
            self.is_toggled,
            self.pseudo_element,
        )

    def _compound(self, tokens: Sequence[Node]) -> Compound:
        self.size += 1
        compound = Compound()
        rest = iter(tokens)
        for place, token in enumerate(rest):
            match token:
                case IdentToken() if place == 0:
                    compound.tag = token.lower_value
                    self._add_specificity(_NAME)
                case LiteralToken(value="*") if place == 0:
                    pass
                case LiteralToken(value="&"):
                    self._nest(compound)
                case LiteralToken(value=":"):
                    self._pseudo(next(rest, None), rest, compound)
                case LiteralToken(value=".") if isinstance(name := next(rest, None), IdentToken):
                    compound.classes.add(name.value)
                    self._add_specificity(_CLASS)
                case HashToken(is_identifier=True):
                    self.is_unmatched |= compound.identity not in ("", token.value)
                    compound.identity = token.value
                    self._add_specificity(_ID)
                case SquareBracketsBlock():
                    compound.attributes.append(attribute_in(token.content))
                    self._add_specificity(_CLASS)
                case _:
                    raise InvalidError
        return compound

    def _nest(self, compound: Compound) -> None:
        """Read `&`, which stands for the selectors of the rule around."""
        if not self.outer:
            self.is_unsupported = True
            return
        self._choose(self.outer, compound)
        self.is_toggled |= any(selector.is_toggled for selector in self.outer)
        self._add_specificity(max(selector.specificity for selector in self.outer))

    def _choose(self, choices: Selectors, compound: Compound) -> None:
        compound.choices.append(choices)
        self.size += sum(choice.size for choice in choices)

    def _pseudo(self, token: Node | None, rest: Iterator[Node], compound: Compound) -> None:
        """Read what stands behind a colon."""
        is_element = is_sign(token, ":")
        token = next(rest, None) if is_element else token
        if isinstance(token, FunctionBlock):
            self._function(token, compound)
            return
        if not isinstance(token, IdentToken) or token.lower_value.startswith(_OTHER_BROWSERS):
            raise InvalidError
        name = token.lower_value
        if name in ("before", "after"):
            self.pseudo_element = name
            self._add_specificity(_NAME)
            return
        if name == "root" and not is_element:
            self.is_unmatched |= compound.tag not in ("", "html")
            compound.tag = "html"
        elif _RESTING.fullmatch(name):
            self.is_unmatched = True
        elif name not in _CLICKED or is_element:
            self.is_unsupported = True
        self._add_specificity(_CLASS)

    def _function(self, function: FunctionBlock, compound: Compound) -> None:
        name = function.lower_name
        if name.startswith(_OTHER_BROWSERS):
            raise InvalidError
        if name not in ("is", "where", "not"):
            self.is_unsupported |= not (name == "has" and self.is_toggled)
            return
        found = tuple(self._listed(function))
        if name == "not":
            compound.excluded += found
            self.size += sum(selector.size for selector in found)
        elif found:
            self._choose(found, compound)
        else:
            self.is_unmatched = True
        if name != "where" and found:
            self._add_specificity(max(selector.specificity for selector in found))

    def _listed(self, function: FunctionBlock) -> Iterator[Selector]:
        """Yield the selectors in parentheses that may match something."""
        is_not = function.lower_name == "not"
        is_negated = is_not or self.is_negated
        for item in items_in(function.arguments):
            try:
                selector = _Reader(self.outer, is_negated=is_negated).selector(item)
            except UnsupportedError:
                self.is_unsupported |= is_negated
            except UnmatchedError:
                continue
            except InvalidError:
                if is_not:
                    raise
            else:
                if is_negated or not (selector.awaits_script or selector.pseudo_element):
                    yield selector

    def _add_specificity(self, more: Specificity) -> None:
        ids, classes, names = self.specificity
        self.specificity = (ids + more[0], classes + more[1], names + more[2])
