"""Evaluates media queries and `@supports` for the screen that pages are read on.

    @media screen and (min-width: 48em)    @media (width < 600px), print

A query that is not understood does not match.
"""

import operator
import re
from collections.abc import Sequence
from functools import lru_cache

from tinycss2 import serialize
from tinycss2.ast import FunctionBlock, IdentToken, LiteralToken, Node, ParenthesesBlock

_SCREEN = {"width": 1280, "height": 800}  # pixels
_UNITS = {"px": 1, "em": 16, "rem": 16, "": 1}
_AND = re.compile(r"\s*\band\b\s*")
_LENGTH = r"([\d.]{1,9})(px|r?em|)"
_SIDE = r"(?:device-)?(width|height)"
_BOUND = re.compile(rf"\((min|max)-{_SIDE}: ?{_LENGTH}\)")
_RANGE = re.compile(rf"\((?:{_LENGTH} ?([<>]=?) ?)?{_SIDE} ?(?:([<>]=?) ?{_LENGTH})?\)")
_BOUNDS = {"min": operator.ge, "max": operator.le}
_SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_FEATURES = {
    "screen": True, "all": True, "print": False, "speech": False, "projection": False,
    "handheld": False, "tv": False, "(hover)": True, "(hover:hover)": True, "(hover:none)": False,
    "(any-hover:hover)": True, "(pointer:fine)": True, "(pointer:coarse)": False,
    "(orientation:landscape)": True, "(orientation:portrait)": False,
    "(prefers-color-scheme:light)": True, "(prefers-color-scheme:dark)": False,
    "(prefers-reduced-motion)": False, "(prefers-reduced-motion:reduce)": False,
    "(prefers-reduced-motion:no-preference)": True, "(color)": True, "(scripting:enabled)": True,
}  # fmt: skip

_ASKING = ("selector", "font-tech", "font-format", "at-rule")  # functions of @supports


@lru_cache(maxsize=1024)
def on_screen(condition: str) -> bool:
    """Whether a media query list matches the screen; an empty one does."""
    queries = " ".join(condition.lower().split()).split(",")
    return queries == [""] or any(map(_matches_screen, queries))


def supported(condition: Sequence[Node]) -> bool:
    """Whether an @supports condition holds in today's browsers; vendor prefixes do not."""
    match [token for token in condition if token.type != "whitespace"]:
        case [IdentToken(lower_value="not"), negated]:
            return not supported([negated])
        case [IdentToken() as name, LiteralToken(value=":"), *_]:
            return not name.value.startswith("-") or name.value.startswith("--")
        case [ParenthesesBlock() as block]:
            return supported(block.content)
        case [FunctionBlock(lower_name=name) as function] if name in _ASKING:
            return "-moz-" not in serialize(function.arguments).lower()
        case [_, IdentToken(lower_value="and" | "or") as sign, *_] as parts:
            holds = all if sign.lower_value == "and" else any
            return holds(supported([part]) for part in parts[::2])
    return False


def _matches_screen(query: str) -> bool:
    query = query.strip().removeprefix("only ")
    features = query.removeprefix("not ")
    answers = [_evaluated(part) for part in _AND.split(features)]
    return None not in answers and all(answers) == (features == query)


def _evaluated(part: str) -> bool | None:
    """Whether one media feature matches the screen; None when it is not understood."""
    try:
        if bound := _BOUND.fullmatch(part):
            return bool(_BOUNDS[bound[1]](_SCREEN[bound[2]], _pixels(bound[3], bound[4])))
        if bounds := _RANGE.fullmatch(part):
            low, low_unit, above, side, below, high, high_unit = bounds.groups()
            size = _SCREEN[side]
            if above and not _SIGNS[above](_pixels(low, low_unit), size):
                return False
            return not below or bool(_SIGNS[below](size, _pixels(high, high_unit)))
    except ValueError:  # "1.2.3px"
        return None
    return _FEATURES.get(part.replace(" ", ""))


def _pixels(number: str, unit: str) -> float:
    return float(number) * _UNITS[unit]
