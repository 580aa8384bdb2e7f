"""What an element does to the flow of text, told without its style sheet."""

import re
from functools import lru_cache
from typing import Literal

from lxml import etree

# How an element's text meets the text around it; a spaced one is an inline box that never
# touches its neighbours.
Flow = Literal["inline", "spaced", "block", "unseen"]
Style = tuple[Flow | None, bool | None]  # flow, kept line breaks; None where a style is silent

_TAGS: dict[Flow, str] = {
    "unseen": "script style template dialog noscript head title meta link base svg canvas iframe"
    " object embed audio video textarea select datalist noframes rp param source track",
    "inline": "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd"
    " label mark math nobr output q rb rt rtc ruby s samp small span strike strong sub sup"
    " time tt u var wbr blink meter progress map area",
    "spaced": "button input",
    "block": "html body br hr div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead"
    " tbody tfoot tr td th pre xmp listing plaintext blockquote figure figcaption section"
    " article aside header footer main nav address form fieldset legend details summary"
    " center dir menu hgroup search frameset marquee colgroup col",
}
FLOWS = {tag: flow for flow, tags in _TAGS.items() for tag in tags.split()}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LANDMARKS = {tag: tag for tag in ("nav", "header", "main", "aside", "footer")}
ROLES = {
    "navigation": "nav",
    "menu": "nav",
    "menubar": "nav",
    "banner": "header",
    "main": "main",
    "complementary": "aside",
    "contentinfo": "footer",
}
PREFORMATTED = frozenset(("pre", "xmp", "listing", "plaintext"))

# Classes by which wide-spread style sheets (Bootstrap, Tailwind, WordPress, HTML5 boilerplate)
# take text off the screen, and those whose text is the name of an icon.
_HIDING = frozenset(
    (
        "hidden",
        "d-none",
        "invisible",
        "sr-only",
        "visually-hidden",
        "visuallyhidden",
        "screen-reader-text",
        "visible-xs",
        "visible-sm",
        "hidden-md",
        "hidden-lg",
        "material-icons",
        "material-icons-outlined",
        "material-icons-round",
        "material-symbols-outlined",
        "material-symbols-rounded",
    )
)
# Those that show or hide it from some width of the screen on; pages are read on a wide one.
_FROM_WIDTH = re.compile(
    r"(?:^|\s)(?:(?P<tw>sm|md|lg|xl):(?P<tw_how>hidden|block|flex|grid|inline|table|contents|not-sr-only|visible)"
    r"|d-(?P<bs>sm|md|lg|xl)-(?P<bs_how>none|block|flex|grid|inline|table))"
)
_WIDTHS = ("sm", "md", "lg", "xl")
_KEEPING = frozenset(
    (
        "whitespace-pre-line",
        "whitespace-pre-wrap",
        "whitespace-pre",
        "whitespace-break-spaces",
        "text-pre-line",
        "text-pre-wrap",
        "text-pre",
        "pre-line",
        "pre-wrap",
    )
)
_STYLE = re.compile(r"(?:^|;)\s*(display|visibility|white-space|opacity|font-size)\s*:\s*([\w.-]+)")
_ZERO = re.compile(r"0?\.?0+(?:px|em|rem|pt|%)?")
_HIDING_NAMES = frozenset(("style", "hidden", "popover", "aria-hidden", "shadowrootmode"))
TELLING = _HIDING_NAMES | {"role", "open"}  # attributes whose elements are looked at one by one
LENDING = frozenset(("a", *HEADINGS, *LANDMARKS, *PREFORMATTED))
PLAIN: dict[
    str, Flow
] = {  # names that tell all there is to know about an element without attributes
    tag: how for tag, how in FLOWS.items() if how in ("inline", "block") and tag not in LENDING
}
_PARTS = frozenset(
    ("article", "section", "aside", "blockquote", "details", "fieldset", "figure", "li")
)
_LEVELS = frozenset("123456")
_LONGEST = 2_000  # characters of a style or class that are looked at


def of(element: etree._Element, names: list[str], how: Flow | None) -> Flow | None:
    """Flow of an element that has attributes `names` and would without them flow as `how`."""
    for name in names:
        if name == "class":
            if class_hides(element.get("class", "")[:_LONGEST]):
                return "unseen"
        elif name in _HIDING_NAMES:
            value = element.get(name, "")
            if name == "style":
                how = style_of(value[:_LONGEST])[0] or how
            elif name == "shadowrootmode":
                return "block"
            elif name != "aria-hidden" or value == "true":
                return "unseen"
    return "block" if element.tag == "dialog" and "open" in names else how


def of_unknown(element: etree._Element) -> Flow:
    """Flow of an element of unknown name: inline when text touches it, else a block."""
    before, parent = element.getprevious(), element.getparent()
    touching = [element.tail]
    if before is not None:
        touching.append(before.tail)
    elif parent is not None:
        touching.append(parent.text)
    return "inline" if any(text and not text.isspace() for text in touching) else "block"


def touches_link(element: etree._Element) -> bool:
    """Whether a link stands right behind another: two buttons, never one word."""
    before = element.getprevious()
    return before is not None and before.tag == "a" and not before.tail


def is_inner_footer(path: list[etree._Element]) -> bool:
    """Whether a footer with these elements around it closes a part of the page, not the page."""
    around = next((e for e in reversed(path) if e.tag in _PARTS), None)
    if around is None or around.tag != "section":
        return around is not None
    return next(around.iter("main", "h1"), None) is None  # else it is the frame of the page


def heading_level(element: etree._Element) -> int:
    """Level that `aria-level` gives an element with the role of a heading; 2 without."""
    level = element.get("aria-level", "")
    return int(level) if level in _LEVELS else 2


def keeps_lines(element: etree._Element) -> bool | None:
    """Whether an element's own style keeps the source's line breaks; None where it is silent."""
    return style_of(element.get("style", "")[:_LONGEST])[1]


@lru_cache(maxsize=4096)
def class_hides(value: str) -> bool:
    """Whether a class attribute's value names a hiding class of a common style sheet."""
    found = [
        (_WIDTHS.index(match["tw"] or match["bs"]), match["tw_how"] or match["bs_how"])
        for match in _FROM_WIDTH.finditer(value)
    ]
    if found:
        return max(found)[1] in ("hidden", "none")
    return not _HIDING.isdisjoint(value.split())


@lru_cache(maxsize=4096)
def class_keeps_lines(value: str) -> bool | None:
    """Whether a class of a common style sheet keeps the source's line breaks; else None."""
    return True if not _KEEPING.isdisjoint(value.split()) else None


@lru_cache(maxsize=1024)
def style_of(value: str) -> Style:
    """What CSS declarations say of an element's flow and of kept line breaks."""
    declared = dict(_STYLE.findall(value.lower()))
    space = declared.get("white-space")
    kept = None if space is None else space.startswith(("pre", "break"))
    display = declared.get("display", "")
    if display == "none" or declared.get("visibility") in ("hidden", "collapse"):
        return "unseen", kept
    if any(_ZERO.fullmatch(declared.get(name, "1")) for name in ("opacity", "font-size")):
        return "unseen", kept
    if display in ("inline", "contents"):
        return "inline", kept
    if display.startswith("inline"):
        return "spaced", kept
    return ("block" if display and display != "inherit" else None), kept
