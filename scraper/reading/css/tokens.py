"""What stands within the blocks and functions of a style sheet."""

from collections.abc import Iterator, Sequence

from tinycss2.ast import LiteralToken, Node

_DEEPEST = 32  # levels that are read


def is_sign(token: Node | None, sign: str) -> bool:
    """Whether a token is a sign such as a comma."""
    return isinstance(token, LiteralToken) and token.value == sign


def is_deep(tokens: Sequence[Node]) -> bool:
    """Whether too many braces and parentheses stand in each other."""
    for _ in range(_DEEPEST):
        tokens = [inner for token in tokens for inner in _within(token)]
        if not tokens:
            return False
    return True


def all_in(tokens: Sequence[Node]) -> Iterator[Node]:
    """Yield tokens and those in them, in order."""
    rest = list(reversed(tokens))
    while rest:
        token = rest.pop()
        yield token
        rest += reversed(_within(token))


def _within(token: Node) -> list[Node]:
    """What a rule, block, function or declaration holds; in others these are no lists."""
    names = ("prelude", "content", "arguments", "value")
    parts = (getattr(token, name, None) for name in names)
    return [inner for part in parts if isinstance(part, list) for inner in part]
