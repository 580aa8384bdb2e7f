"""The CSS properties that class names of well-known style libraries stand for."""

import re
from functools import lru_cache

from scraper.reading.css.styles import Properties

# Names of classes of Bootstrap, Tailwind, Bulma, Foundation, UIkit, Vuetify, Materialize, W3.CSS,
# Drupal, WordPress, Elementor, KaTeX and HTML5 boilerplate: how an element is displayed, which way
# its children run, whether it is seen, whether it keeps line breaks. The text of icon fonts is an
# icon's name.
_DISPLAYS = "none block flex grid inline inline-block inline-flex inline-grid"
_DISPLAY = {
    **{name: name for name in _DISPLAYS.split() if name != "none"},
    **{f"d-{name}": name for name in _DISPLAYS.split()},
    "hidden": "none", "hstack": "flex", "vstack": "grid",
    "contents": "revert",  # Tailwind's, or a text box of that name
}  # fmt: skip
_DIRECTION = {
    "flex-row": "row", "flex-col": "col", "flex-column": "col", "flex-col-reverse": "col",
}  # fmt: skip
# What a library or a house puts before its names: `ng-hide`, `u-hidden`, `a11y-hidden`. Other
# words tell what is hidden, which may be a part or elsewhere: `field--label-hidden`, `sm-hide`.
_HOUSE = (
    r"(?:(?!(?:no|un|xs|sm|md|sp|o[vf]?)[-_])"
    r"(?:[a-z]{1,2}|[a-z]+\d[a-z\d]*|mfp|ion|layui|slds|ui-helper|element)[-_]{1,2})?"
)
_UNSEEN = re.compile(
    r"(?!not-)(?:[\w-]+[-_])?"
    r"(?:sr-only|visually-?hidden|screen-?readers?-(?:text|only)|assistive-text)(?:-focusable)?"
    rf"|(?!hidden$){_HOUSE}(?:hide|hidden|invisible|hid(?:e|den)-(?:accessible|visually)|off-?screen"
    r"|no-?display|display-?none|(?:hide|hidden)(?:-on|-for)?-screen"
    r"|(?:visible|show|only)(?:-for|-on)?-print(?:-[a-z-]+)?|print-?only)"
    r"|(?!.*(?:overflow|scroll|label|print|mobile|phone|small))[\w-]+--(?:hide|hidden)"
    r"|show-for-sr|elementor-screen-only|hidden-(?:md|lg)|katex-mathml"
    r"|[a-z]+[-_]{1,2}slide-{1,2}(?:duplicate|cloned?)|(?:slick-)?cloned"  # of a slide there too
    r"|(?:google-)?material-(?:icons|symbols)(?:-[\w-]+)?|google-symbols"
    r"|rsbtn|kk-star-ratings|post-ratings|rt-reading-time"  # of plugins, not of any text
)
_SEEN = ("not-sr-only", "visible")
_PREFIX = re.compile(r"!|(?<![\w-])tw[-:]")  # "!hidden", "tw-hidden"
_KEPT = frozenset(
    (
        *(f"whitespace-{how}" for how in ("pre", "pre-line", "pre-wrap", "break-spaces")),
        *("text-pre", "text-pre-line", "text-pre-wrap", "pre-line", "pre-wrap"),
    )
)
_NARROW = re.compile(
    r"visible-(?:xs|sm|phone|tablet)(?:-\w+)*|hidden-(?:desktop|(?:xs|sm|md|lg)-(?:and-)?up)"
    r"|hidden-lg-(?:only|and-down)|hide-on-(?:med-and-up|large-only)"
    r"|is-hidden-(?:tablet|desktop|widescreen)|elementor-hidden-desktop|uk-hidden@[sml]"
    r"|show-for-small-only|hide-for-(?:medium|large)|w3-hide-large"
    r"|(?:mobile|phone|sp)-only|only-(?:mobile|sp)"
)
_OF_GOOGLE = ("goog-te-", "VIpgJd-")
_SMALL = frozenset(("mobile", "only"))
_WIDE = re.compile(r"visible-(?:md|lg|desktop)(?:-\w+)*|computer")
_MARGIN = re.compile(r"m[lrxse]-(?:[1-9]\d*|px)")
_CLOSED = re.compile(rf"{_HOUSE}(?:modal|offcanvas|dropdown-(?:menu|content))")
_FADED = frozenset(("opacity-0", "pointer-events-none"))
_OPEN = re.compile(rf"{_HOUSE}(?:show|in|open|active|visible)|(?:d-)?block")
# From some width on: "md:block", "d-md-block", "flex-lg-row". Pages are read on a wide screen.
_SIZED = re.compile(r"(sm|md|lg|xl|2xl):([\w-]+)|(d|flex)-(sm|md|lg|xl|xxl)-([\w-]+)")
_SHOWN = re.compile(
    r"(?:(?:sm|md|lg|xl|2xl):|d-(?:sm|md|lg|xl|xxl)-)"
    r"(?:inline-)?(?:table(?:-[a-z-]+)?|flow-root|list-item|initial|\[display:(?!none)[a-z-]+\])"
)
_WIDTHS = {name: rank for rank, name in enumerate(("sm", "md", "lg", "xl", "2xl"), 1)}
_WIDTHS["xxl"] = _WIDTHS["2xl"]


@lru_cache(maxsize=4096)
def class_hides(value: str) -> bool:
    """Whether a class attribute's value names a hiding class of a common style sheet."""
    return ("display", "none") in properties_of_classes(value)


@lru_cache(maxsize=4096)
def properties_of_classes(value: str) -> Properties:
    """The CSS properties that the names in a class attribute stand for."""
    properties, is_seen = {}, True
    names = _PREFIX.sub("", value).split()
    for name in _on_wide_screens(names):
        if name in _DISPLAY:
            properties["display"] = _DISPLAY[name]
        elif name in _DIRECTION:
            properties["flex-direction"] = _DIRECTION[name]
        elif name in _KEPT:
            properties["white-space"] = "pre-line"
        elif _MARGIN.fullmatch(name):
            properties["margin-left"] = "1em"
        is_seen = name in _SEEN or (is_seen and not _UNSEEN.fullmatch(name))
    is_shown = is_seen and not _is_translator(names)
    if not is_shown or _is_closed(names) or _is_for_narrow_screens(names):
        properties["display"] = "none"
    return tuple(properties.items())


def _is_translator(names: list[str]) -> bool:
    """Whether an element is one that Google Translate puts into a page; pages use its mark too."""
    return "skiptranslate" in names and any(name.startswith(_OF_GOOGLE) for name in names)


def _is_for_narrow_screens(names: list[str]) -> bool:
    """Whether an element is shown on narrow screens only, as the mobile copy of another one."""
    narrow = any(map(_NARROW.fullmatch, names)) or _SMALL.issubset(names)
    return narrow and not any(map(_WIDE.fullmatch, names))


def _is_closed(names: list[str]) -> bool:
    """Whether an element is a closed dialog or menu, which opens on a click."""
    closed = any(map(_CLOSED.fullmatch, names)) or _FADED.issubset(names)
    return closed and not any(map(_OPEN.fullmatch, names))


def _on_wide_screens(names: list[str]) -> list[str]:
    """The class names without their screen widths, those for wider screens last."""
    ranked = []
    for name in names:
        match = _SIZED.fullmatch(name)
        if _SHOWN.fullmatch(name):
            ranked.append((1, "contents"))
        elif match is None:
            ranked.append((0, name))
        elif match[1]:
            ranked.append((_WIDTHS[match[1]], match[2]))
        else:
            ranked.append((_WIDTHS[match[4]], f"{match[3]}-{match[5]}"))
    return [name for _, name in sorted(ranked, key=lambda pair: pair[0])]
