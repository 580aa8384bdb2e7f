"""Cuts lists of CSS selectors: into selectors, those into compounds, and what brackets hold."""

from collections.abc import Iterator, Sequence

from tinycss2.ast import IdentToken, LiteralToken, Node, StringToken

from scraper.reading.css.selectors import Attribute
from scraper.reading.css.tokens import is_sign

_COMBINATORS = frozenset(">~+")


class InvalidError(Exception):
    """A selector is not valid."""


def items_in(tokens: Sequence[Node]) -> Iterator[list[Node]]:
    """Yield the items of a list."""
    item: list[Node] = []
    for token in tokens:
        if is_sign(token, ","):
            yield item
            item = []
        else:
            item.append(token)
    yield item


def compounds_in(tokens: Sequence[Node]) -> Iterator[tuple[str, list[Node]]]:
    """Yield the compounds of a selector, each with the sign before it."""
    sign, part = "", list[Node]()
    for token in tokens:
        is_part = not (isinstance(token, LiteralToken) and token.value in _COMBINATORS)
        if is_part and token.type != "whitespace":
            part.append(token)
            continue
        if part:
            yield sign, part
            sign, part = "", []
        if isinstance(token, LiteralToken):
            if sign:
                raise InvalidError
            sign = token.value
    if part:
        yield sign, part
    elif sign:
        raise InvalidError


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
