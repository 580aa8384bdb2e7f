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
    parted: bool = False  # whether, inline, it stands apart from its neighbours by a margin


SILENT = Style()
_DECLARATION = re.compile(
    r"(?:^|;)\s*(display|visibility|white-space|opacity|font-size|flex-direction|flex-flow"
    r"|(?:max-)?(?:height|width)|overflow|position|left|top|text-indent|clip|clip-path"
    r"|margin(?:-left|-right|-inline(?:-start|-end)?)?"
    r"|animation(?:-name)?|transition(?:-property)?|transform|will-change)\s*:([^;]*)"
)
_UNIT = "(?:px|r?em|pt|%)?"
_ZERO = re.compile(rf"0?\.?0+{_UNIT}")
_ONE = re.compile(r"[01](?:px)?")
_GAP = re.compile(rf"\d*\.?\d+{_UNIT}")
_FAR = re.compile(r"-\d{3,}")  # pixels, em or percent
_CUT = re.compile(r"rect\( ?[01](?:px)?[ ,]|inset\( ?(?:50|100)%|circle\( ?0")
_HIDDEN = ("hidden", "collapse")
_MOVING = frozenset(("animation", "animation-name", "transition", "transition-property"))
_ENTERING = _MOVING | {"transform", "will-change"}  # with which opacity 0 is a beginning


@lru_cache(maxsize=1024)
def style_of(declarations: str) -> Style:
    """What CSS declarations say."""
    whole = {
        name: " ".join(value.replace("!important", "").split())
        for name, value in _DECLARATION.findall(declarations.lower())
    }
    declared = {name: value.partition(" ")[0] for name, value in whole.items()}
    space = declared.get("white-space")
    kept = None if space is None else space.startswith(("pre", "break"))
    display = declared.get("display", "")
    if (
        display == "none"
        or declared.get("visibility") in _HIDDEN
        or _ZERO.fullmatch(declared.get("font-size", ""))
        or (_ZERO.fullmatch(declared.get("opacity", "")) and _ENTERING.isdisjoint(declared))
        or _is_away(declared, whole)
    ):
        return Style("unseen", kept)
    direction = declared.get("flex-direction") or declared.get("flex-flow", "")
    return Style(_flow(display), kept, _items(display, direction), _is_parted(whole))


def _is_away(declared: dict[str, str], whole: dict[str, str]) -> bool:
    """Whether text is moved off the screen or put in a box of no size, for screen readers."""
    clipped = declared.get("overflow") in ("hidden", "clip")
    if declared.get("position") in ("absolute", "fixed"):
        moved = (declared.get("left", ""), declared.get("top", ""))
        if any(map(_FAR.match, moved)) or any(
            _CUT.match(whole.get(name, "")) for name in ("clip", "clip-path")
        ):
            return True
        sizes = (declared.get("height", ""), declared.get("width", ""))
        if clipped and all(map(_ONE.fullmatch, sizes)):
            return True
    if _FAR.match(declared.get("text-indent", "")):
        return True
    sides = ["height", "width"]
    if _MOVING.isdisjoint(declared):  # else it is folded, to be opened
        sides += ["max-height", "max-width"]
    return clipped and any(_ZERO.fullmatch(declared.get(side, "")) for side in sides)


def _is_parted(declared: dict[str, str]) -> bool:
    """Whether there is a margin to the left or right."""
    sides = _sides(declared.get("margin", "").split())
    sides += [value for name, value in declared.items() if name.startswith("margin-")]
    return any(_GAP.fullmatch(side) and not _ZERO.fullmatch(side) for side in sides)


def _sides(values: list[str]) -> list[str]:
    """Left and right of what a property says for all sides."""
    return values if len(values) < 2 else values[1::2]  # noqa: PLR2004 (one value: for all sides)


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


# Names of classes of Bootstrap, Tailwind, Bulma, Foundation, UIkit, Vuetify, Drupal, WordPress and
# HTML5 boilerplate: how an element is displayed, which way its children run, whether it is seen,
# whether it keeps line breaks. The text of the icon fonts is the name of an icon.
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
    visually-hidden-focusable element-invisible show-for-sr is-sr-only is-hidden uk-hidden
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
_MARGIN = re.compile(r"m[lrxse]-(?:[1-9]\d*|px)")
_OPEN = frozenset(("show", "in", "open", "active", "d-block", "block"))
# From some width on: "md:block", "d-md-block", "flex-lg-row". Pages are read on a wide screen.
_SIZED = re.compile(r"(sm|md|lg|xl|2xl):([\w-]+)|(d|flex)-(sm|md|lg|xl|xxl)-([\w-]+)")
_WIDTHS = {name: rank for rank, name in enumerate(("sm", "md", "lg", "xl", "2xl"), 1)}
_WIDTHS["xxl"] = _WIDTHS["2xl"]


@lru_cache(maxsize=4096)
def style_of_classes(value: str) -> Style:
    """What the names in a class attribute say."""
    display, direction, seen, kept = "", "", True, None
    names = value.split()
    for name in _on_wide_screens(names):
        display = _DISPLAY.get(name, display)
        direction = _DIRECTION.get(name, direction)
        seen = _SEEN.get(name, seen)
        kept = True if name in _KEPT else kept
    if display == "none" or not seen or _is_closed(names):
        return Style("unseen", kept)
    parted = any(map(_MARGIN.fullmatch, names))
    return Style(_flow(display), kept, _items(display, direction), parted)


def _is_closed(names: list[str]) -> bool:
    """Whether it is a dialog or menu of Bootstrap that opens on a click."""
    closed = "dropdown-menu" in names or ("modal" in names and "fade" in names)
    return closed and _OPEN.isdisjoint(names)


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
