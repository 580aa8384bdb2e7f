"""Reads CSS declarations, as far as they bear on the flow of text and on whether it is seen.

Properties are kept one by one, so that a later rule can override an earlier one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from tinycss2 import parse_blocks_contents, serialize
from tinycss2.ast import Declaration

from scraper.reading.css.tokens import is_deep

# How an element's text meets the text around it; a spaced one is an inline box that never
# touches its neighbours.
Flow = Literal["inline", "spaced", "block", "unseen"]
Properties = tuple[tuple[str, str], ...]


class Style(NamedTuple):
    """The effect of style properties on an element; None where they have none."""

    flow: Flow | None = None
    kept: bool | None = None  # whether the source's line breaks are kept
    items: Flow | None = None  # flow of its inline children: a flex box has no inline ones
    parted: bool = False  # whether, inline, it stands apart: floats, is placed, has a margin
    mutes: frozenset[str] = frozenset()  # inherited properties by which text in it is not seen
    unmutes: frozenset[str] = frozenset()  # those by which it is seen again
    is_inherited: bool = False  # whether it says anything of the text in the elements within


class Declared(NamedTuple):
    """The properties that bear on text in a block of declarations, each with its value."""

    every: Properties  # in order, `!important` ones last
    important: Properties


SILENT = Style()
BREAKS = (("::after", "break"),)  # of an element whose pseudo-element breaks the line
_READ = (
    "display visibility white-space opacity font-size flex-direction flex-flow height width"
    " max-height max-width overflow position float clear left top inset text-indent clip clip-path"
    " margin margin-left margin-right margin-inline margin-inline-start margin-inline-end"
    " animation animation-name transition transition-property transform scale will-change"
    " content-visibility filter color background-clip -webkit-background-clip text-shadow"
)
_NAMES = frozenset(_READ.split())
_OF_ALL = " inherit initial unset revert revert-layer"
_DISPLAYS = (
    "none block inline inline-block flex inline-flex grid inline-grid table inline-table"
    " table-row table-cell table-caption table-row-group table-header-group table-footer-group"
    " table-column table-column-group list-item flow flow-root contents math ruby ruby-text"
    " -webkit-box -webkit-inline-box -webkit-flex -webkit-inline-flex"
)
# Browsers leave out a declaration with another value, unless it may come from a variable.
_KEYWORDS = {
    "display": frozenset((_DISPLAYS + _OF_ALL).split()),
    "visibility": frozenset(("visible hidden collapse" + _OF_ALL).split()),
}
_UNIT = "(?:px|r?em|pt|%)?"
_ZERO = re.compile(rf"0?\.?0+{_UNIT}")
_ONE = re.compile(r"[01](?:px)?")
_GAP = re.compile(rf"\d*\.?\d+{_UNIT}")
_FAR = re.compile(r"-\d{3,}")  # pixels, em or percent
_FARTHER = re.compile(r"-\d{4,}(?!\d*%)|-\d{3,}r?em")  # columns are set by margins of -300px, -100%
_CLEAR = re.compile(
    r"transparent|#(?:[\da-f]{3}0|[\da-f]{6}00)"
    r"|(?:rgb|hsl)a?\((?:(?:[^,]*,){3}|[^/]*/) ?0?\.?0+%? ?\)"
)
COLOURS = frozenset(("color", "background-clip", "-webkit-background-clip", "text-shadow"))
_FILTERED = re.compile(r"(?:.*\s)?opacity\( ?0?\.?0+%? ?\).*")
_CUT = re.compile(r"rect\( ?[01](?:px)?[ ,]|inset\( ?(?:50|100)%|circle\( ?0")
_NO_SCALE = re.compile(r"scale\( ?0?\.?0+(?:[ ,)]|$)")
_RELATIVE = re.compile(r"[\d.]+(?:em|%)|inherit|unset|smaller|larger")  # to the size around
_MOVING = frozenset(("animation", "animation-name", "transition", "transition-property"))
_ENTERING = _MOVING | {"transform", "will-change"}  # with which opacity 0 is a beginning


@lru_cache(maxsize=1024)
def declared_in(style: str) -> Declared:
    """What a style attribute sets."""
    nodes = parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
    return declared_by(node for node in nodes if isinstance(node, Declaration))


def declared_by(declarations: Iterable[Declaration]) -> Declared:
    """What declarations set."""
    normal: list[tuple[str, str]] = []
    important: list[tuple[str, str]] = []
    for each in declarations:
        if each.lower_name in _NAMES and not is_deep(each.value):
            value = " ".join(serialize(each.value).lower().split())
            (important if each.important else normal).extend(_expanded(each.lower_name, value))
    return Declared((*normal, *important), tuple(important))


def _expanded(name: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield a property, or the properties that a shorthand stands for."""
    known = _KEYWORDS.get(name)
    if not value or (known and "var(" not in value and not known.issuperset(value.split())):
        return
    if name == "margin":
        yield from (("margin-left", _sides(value)[-1]), ("margin-right", _sides(value)[0]))
    elif name == "inset":
        yield from (("top", value), ("left", _sides(value)[-1]))
    elif name == "flex-flow":
        yield ("flex-direction", value)
    elif name.endswith(("height", "width")) and not _ONE.fullmatch(value):
        # How large does not matter, unless it fills the line.
        yield (name, value if value == "100%" else "0" if _ZERO.fullmatch(value) else "auto")
    else:
        yield (name, value)


def _sides(value: str) -> list[str]:
    """What the value for four sides says of the right one, and of the left one if it differs."""
    return value.split()[1::2] or [value]


@lru_cache(maxsize=1024)
def style_of(properties: Properties) -> Style:
    """The style of an element with these properties; of two that are the same the later counts."""
    whole = dict(properties)
    declared = {
        name: value if name == "color" else value.partition(" ")[0] for name, value in whole.items()
    }
    space = declared.get("white-space")
    kept = None if space is None else space.startswith(("pre", "break"))
    display = declared.get("display", "")
    is_transparent = any(is_zero_opacity(*pair) for pair in whole.items())
    if (
        display == "none"
        or declared.get("content-visibility") == "hidden"
        or (is_transparent and not _has_any(_ENTERING, declared))
        or _is_off_screen(declared, whole)
    ):
        return Style("unseen", kept)
    flow = _flow(display)
    floats = declared.get("float") in ("left", "right")
    if flow in (None, "inline") and "::after" in whole:
        flow = "block"  # on one side too many, where a line is all that one element holds
    elif (floats or flow == "spaced") and _fills_line(declared):
        flow = "block"
    inherited = {name: hides for name, hides in _inherited(declared) if hides is not None}
    return Style(
        flow,
        kept,
        _items(display, declared.get("flex-direction", "")),
        floats or _is_placed(declared) or _has_gap(declared),
        frozenset(name for name, hides in inherited.items() if hides),
        frozenset(name for name, hides in inherited.items() if not hides),
        is_inherited=kept is not None or bool(inherited),
    )


def is_zero_opacity(name: str, value: str) -> bool:
    """Whether a property makes an element transparent."""
    zero = {"opacity": _ZERO, "filter": _FILTERED}.get(name)
    return zero is not None and zero.fullmatch(value) is not None


def _has_any(names: frozenset[str], declared: Mapping[str, str]) -> bool:
    return any(declared.get(name, "none") not in ("none", "auto") for name in names)


def _inherited(declared: Mapping[str, str]) -> Iterator[tuple[str, bool | None]]:
    """Yield inherited properties and whether they hide text; None: as in the parent."""
    if visibility := declared.get("visibility"):
        is_beginning = declared.get("animation-name") == "none"  # as WOW.js sets it
        is_as_parent = visibility in ("inherit", "unset") or is_beginning
        yield "visibility", None if is_as_parent else visibility in ("hidden", "collapse")
    if size := declared.get("font-size"):
        none = _ZERO.fullmatch(size) is not None
        yield "font-size", None if _RELATIVE.fullmatch(size) and not none else none
    if indent := declared.get("text-indent"):
        yield "text-indent", _FAR.match(indent) is not None
    if color := declared.get("color"):
        is_as_parent = color in ("inherit", "unset", "currentcolor")
        clear = _CLEAR.fullmatch(color) is not None and not _is_painted(declared)
        yield "color", None if is_as_parent else clear


def _is_painted(declared: Mapping[str, str]) -> bool:
    """Whether transparent text is visible by its background or its shadow."""
    clips = (declared.get("background-clip"), declared.get("-webkit-background-clip"))
    return "text" in clips or declared.get("text-shadow", "none") != "none"


def _is_off_screen(declared: Mapping[str, str], whole: Mapping[str, str]) -> bool:
    """Whether text is moved off the screen or clipped to nothing, as for screen readers."""
    if _FARTHER.match(declared.get("margin-left", "")):
        return True
    clipped = declared.get("overflow") in ("hidden", "clip")
    if _is_placed(declared):
        moved = (declared.get("left", ""), declared.get("top", ""))
        if any(map(_FAR.match, moved)) or any(
            _CUT.match(whole.get(name, "")) for name in ("clip", "clip-path")
        ):
            return True
        sizes = (declared.get("height", ""), declared.get("width", ""))
        if clipped and all(map(_ONE.fullmatch, sizes)):
            return True
    sides = ["height", "width"]
    if not _has_any(_MOVING, declared):  # else it is folded, to be opened
        sides += ["max-height", "max-width"]
        scales = (whole.get("transform", ""), f"scale({declared.get('scale', '')}")
        if _CUT.match(whole.get("clip-path", "")) or any(map(_NO_SCALE.match, scales)):
            return True
    return clipped and any(_ZERO.fullmatch(declared.get(side, "")) for side in sides)


def _is_placed(declared: Mapping[str, str]) -> bool:
    return declared.get("position") in ("absolute", "fixed")


def _fills_line(declared: Mapping[str, str]) -> bool:
    """Whether a box within a line takes the whole line."""
    return declared.get("width") == "100%" or declared.get("clear", "none") != "none"


def _has_gap(declared: Mapping[str, str]) -> bool:
    """Whether there is a margin to the left or right."""
    sides = (value for name, value in declared.items() if name.startswith("margin-"))
    return any(_GAP.fullmatch(side) and not _ZERO.fullmatch(side) for side in sides)


def _flow(display: str) -> Flow | None:
    if display in ("", "inherit", "revert", "revert-layer"):
        return None
    if display in ("inline", "contents", "initial", "unset"):
        return "inline"
    return "spaced" if display.startswith("inline") else "block"


def _items(display: str, direction: str) -> Flow | None:
    if display.endswith("grid"):
        return "block"
    if display.endswith("flex"):
        return "block" if direction.startswith("col") else "spaced"
    return None
