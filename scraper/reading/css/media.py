"""Whether what a style sheet says under a condition holds on the screen pages are read on.

    @media screen and (min-width: 48em)    @media (width < 600px), print

A condition that is not understood does not hold.
"""

import operator
import re
from functools import lru_cache

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
    "(prefers-reduced-motion:no-preference)": True,
}  # fmt: skip


@lru_cache(maxsize=1024)
def on_screen(condition: str) -> bool:
    """Whether a media condition holds; an empty one does."""
    queries = " ".join(condition.lower().split()).split(",")
    return queries == [""] or any(map(_holds, queries))


def supported(condition: str) -> bool:
    """Whether browsers of today do what an @supports asks for; tests for one browser fail."""
    condition = condition.strip().lower()
    return not condition.startswith(("not", "selector")) and "(-" not in condition


def _holds(query: str) -> bool:
    query = query.strip().removeprefix("only ")
    asked = query.removeprefix("not ")
    answers = [_answer(part) for part in _AND.split(asked)]
    return None not in answers and all(answers) == (asked == query)


def _answer(part: str) -> bool | None:
    """What the screen answers to one part of a query; None when it is not understood."""
    try:
        if bound := _BOUND.fullmatch(part):
            return bool(_BOUNDS[bound[1]](_SCREEN[bound[2]], _pixels(bound[3], bound[4])))
        if asked := _RANGE.fullmatch(part):
            low, unit, above, side, below, high, other = asked.groups()
            return (above is None or bool(_SIGNS[above](_pixels(low, unit), _SCREEN[side]))) and (
                below is None or bool(_SIGNS[below](_SCREEN[side], _pixels(high, other)))
            )
    except ValueError:  # "1.2.3px"
        return None
    return _FEATURES.get(part.replace(" ", ""))


def _pixels(number: str, unit: str) -> float:
    return float(number) * _UNITS[unit]
