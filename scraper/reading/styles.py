"""What style sheets do to the flow of text: CSS declarations, and well-known names of classes."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

# How an element's text meets the text around it; a spaced one is an inline box that never
# touches its neighbours.
Flow = Literal["inline", "spaced", "block", "unseen"]


class Style(NamedTuple):
    """What a style says of an element; None where it is silent."""

    flow: Flow | None = None
    kept: bool | None = None  # whether the source's line breaks are kept
    items: Flow | None = None  # flow of its inline children: a flex box has no inline ones


SILENT = Style()
_DECLARATION = re.compile(
    r"(?:^|;)\s*(display|visibility|white-space|opacity|font-size|flex-direction|flex-flow"
    r"|height|width|overflow|position|left|top|text-indent|clip|clip-path)\s*:\s*([\w.-]+)"
)
_ZERO = re.compile(r"0?\.?0+(?:px|em|rem|pt|%)?")
_FAR = re.compile(r"-\d{3,}")  # pixels, em or percent
_HIDDEN = ("hidden", "collapse")


@lru_cache(maxsize=1024)
def style_of(declarations: str) -> Style:
    """What CSS declarations say."""
    declared = dict(_DECLARATION.findall(declarations.lower()))
    space = declared.get("white-space")
    kept = None if space is None else space.startswith(("pre", "break"))
    display = declared.get("display", "")
    unseen = display == "none" or declared.get("visibility") in _HIDDEN or _is_away(declared)
    if unseen or any(_ZERO.fullmatch(declared.get(name, "1")) for name in ("opacity", "font-size")):
        return Style("unseen", kept)
    direction = declared.get("flex-direction") or declared.get("flex-flow", "")
    return Style(_flow(display), kept, _items(display, direction))


def _is_away(declared: dict[str, str]) -> bool:
    """Whether text is moved off the screen or put in a box of no size, for screen readers."""
    if declared.get("position") in ("absolute", "fixed"):
        moved = (declared.get("left", ""), declared.get("top", ""))
        if any(map(_FAR.match, moved)) or "clip" in declared or "clip-path" in declared:
            return True
    if _FAR.match(declared.get("text-indent", "")):
        return True
    sizes = (declared.get("height", ""), declared.get("width", ""))
    return declared.get("overflow") == "hidden" and any(map(_ZERO.fullmatch, sizes))


def _flow(display: str) -> Flow | None:
    if display in ("inline", "contents"):
        return "inline"
    if display.startswith("inline"):
        return "spaced"
    return "block" if display and display != "inherit" else None


def _items(display: str, direction: str) -> Flow | None:
    if display.endswith("grid"):
        return "block"
    if display.endswith("flex"):
        return "block" if direction.startswith("col") else "spaced"
    return None


# Names of classes of Bootstrap, Tailwind, Vuetify, WordPress and HTML5 boilerplate: how an element
# is displayed, which way its children run, whether it is seen, whether it keeps line breaks. The
# text of the icon fonts is the name of an icon.
_DISPLAYS = "none block flex grid inline inline-block inline-flex inline-grid contents"
_DISPLAY = {
    **{name: name for name in _DISPLAYS.split() if name != "none"},
    **{f"d-{name}": name for name in _DISPLAYS.split()},
    "hidden": "none", "hstack": "flex", "vstack": "grid",
}  # fmt: skip
_DIRECTION = {
    "flex-row": "row", "flex-col": "col", "flex-column": "col", "flex-col-reverse": "col",
}  # fmt: skip
_UNSEEN = """
    invisible sr-only visually-hidden visuallyhidden screen-reader-text
    visible-xs visible-sm hidden-md hidden-lg
    material-icons material-icons-outlined material-icons-round
    material-symbols-outlined material-symbols-rounded
"""
_SEEN = {**dict.fromkeys(_UNSEEN.split(), False), "not-sr-only": True, "visible": True}
_KEPT = frozenset(
    (
        *(f"whitespace-{how}" for how in ("pre", "pre-line", "pre-wrap", "break-spaces")),
        *("text-pre", "text-pre-line", "text-pre-wrap", "pre-line", "pre-wrap"),
    )
)
# From some width on: "md:block", "d-md-block", "flex-lg-row". Pages are read on a wide screen.
_SIZED = re.compile(r"(sm|md|lg|xl|2xl):([\w-]+)|(d|flex)-(sm|md|lg|xl|xxl)-([\w-]+)")
_WIDTHS = {name: rank for rank, name in enumerate(("sm", "md", "lg", "xl", "2xl"), 1)}
_WIDTHS["xxl"] = _WIDTHS["2xl"]


@lru_cache(maxsize=4096)
def style_of_classes(value: str) -> Style:
    """What the names in a class attribute say."""
    display, direction, seen, kept = "", "", True, None
    for name in _on_wide_screens(value.split()):
        display = _DISPLAY.get(name, display)
        direction = _DIRECTION.get(name, direction)
        seen = _SEEN.get(name, seen)
        kept = True if name in _KEPT else kept
    if display == "none" or not seen:
        return Style("unseen", kept)
    return Style(_flow(display), kept, _items(display, direction))


def _on_wide_screens(names: list[str]) -> list[str]:
    """The names without their widths, those for wider screens last."""
    ranked = []
    for name in names:
        match = _SIZED.fullmatch(name)
        if match is None:
            ranked.append((0, name))
        elif match[1]:
            ranked.append((_WIDTHS[match[1]], match[2]))
        else:
            ranked.append((_WIDTHS[match[4]], f"{match[3]}-{match[5]}"))
    return [name for _, name in sorted(ranked, key=lambda pair: pair[0])]


def class_hides(value: str) -> bool:
    """Whether a class attribute's value names a hiding class of a common style sheet."""
    return style_of_classes(value).flow == "unseen"
