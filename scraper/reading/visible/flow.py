"""What an element does to the flow of text, told without its style sheet."""

from collections.abc import Callable
from itertools import islice
from operator import attrgetter

from lxml import etree

from scraper.reading.css.elements import FLOWS, HEADINGS, TAGS
from scraper.reading.css.names import class_hides
from scraper.reading.css.styles import Flow, Properties, declared_in, is_zero_opacity, style_of

_TAG = attrgetter("tag")
_OF_HEADS = TAGS["unseen"] | {etree.Comment, etree.PI}

_HIDING_NAMES = frozenset(("hidden", "popover", "aria-hidden", "shadowrootmode"))
# Attributes whose elements are looked at one by one.
TELLING = _HIDING_NAMES | {"style", "role", "open"}
LOOKED_AT = TELLING | {"id"}  # other attributes than a class that may tell something
_PARTS = frozenset(
    ("article", "section", "aside", "blockquote", "details", "fieldset", "figure", "li")
)
_PHRASING = TAGS["inline"] - {"a", "label", "img", "output"}
_OF_PHRASES = _PHRASING | {"p", *HEADINGS}  # what may hold no block
_BUTTONS = frozenset(("a", "button"))
_NEAR = 12  # siblings of an unknown element that are looked at
_LEVELS = frozenset("123456")
_LONGEST = 2_000  # characters of a style or class that are looked at


def of(
    element: etree._Element,
    names: list[str],
    how: Flow | None,
    is_shown: Callable[[etree._Element], bool] | None = None,
) -> Flow | None:
    """Flow of an element that has attributes `names` and by its style would flow as `how`.

    `is_shown` tells whether it is seen though it is not read out.
    """
    for name in names:
        if name == "class":
            if class_hides(element.get("class", "")[:_LONGEST]):
                return "unseen"
        elif name in _HIDING_NAMES and element.get(name) != "until-found":  # folded
            if name == "shadowrootmode":
                return "block"
            if name != "aria-hidden":
                return "unseen"
            if element.get(name) == "true" and not (is_shown and is_shown(element)):
                return "unseen"
    return "block" if element.tag == "dialog" and "open" in names else how


def of_unknown(element: etree._Element) -> Flow:
    """Flow of an element of unknown name: inline when it stands in a run of text, else a block.

    A head holds what nobody sees, unless the parser has put an element of the body into it.
    """
    if element.tag == "head":
        return "unseen" if _OF_HEADS.issuperset(map(_TAG, element)) else "block"
    parent = element.getparent()
    if parent is not None and parent.tag in _OF_PHRASES:
        return "inline"
    if next(element.iterancestors("math"), None) is not None:
        return "inline"
    if _tells(element.tail) or _follows_text(element) or _precedes_text(element):
        return "inline"
    return "inline" if _touches_blank(element) else "block"


def is_in_midst(element: etree._Element) -> bool:
    """Whether words stand on both sides of an element in its line."""
    return _follows_text(element) and (_tells(element.tail) or _precedes_text(element))


def _follows_text(element: etree._Element) -> bool:
    """Whether text stands before an element in its parent, with no block between."""
    for before in islice(element.itersiblings(preceding=True), _NEAR):
        if _tells(before.tail) or _is_phrase(before):
            return True
        if _flow(before) == "block":
            return False
    parent = element.getparent()
    return parent is not None and _tells(parent.text)


def _precedes_text(element: etree._Element) -> bool:
    for after in islice(element.itersiblings(), _NEAR):
        if _flow(after) == "block":
            return False
        if _is_phrase(after) or _tells(after.tail):
            return True
    return False


def _touches_blank(element: etree._Element) -> bool:
    """Whether words right beside an element have a blank on its side alone.

    `<span>I take </span>`: what a template writes has one on both, `<span> I take it. </span>`.
    """
    before, after = element.getprevious(), element.getnext()
    sides = []
    if before is not None and not before.tail:
        sides.append(_words(before)[::-1])
    if after is not None and not element.tail:
        sides.append(_words(after))
    return any(words.startswith(" ") and not words[-1].isspace() for words in sides)


def _words(element: etree._Element) -> str:
    """The text of an inline element that holds no other."""
    return element.text or "" if not len(element) and _flow(element) == "inline" else ""


def _flow(element: etree._Element) -> Flow | None:
    names = list(map(str, element.keys()))
    own = own_properties(element) if "style" in names else ()
    return of(element, names, style_of(own).flow or FLOWS.get(element.tag))


def _is_phrase(element: etree._Element) -> bool:
    """Whether an element is words of a line; a span may as well be a line of its own."""
    tag = element.tag
    return (
        tag in _PHRASING and tag != "span" and _tells(element.text) and _flow(element) == "inline"
    )


def _tells(text: str | None) -> bool:
    return text is not None and text.strip() != ""


def is_initial(element: etree._Element) -> bool:
    """Whether an element is a word's first letter, set large beside its lines."""
    text = (element.text or "").strip()
    return len(text) == 1 and text.isalpha() and (element.tail or "")[:1].isalpha()


def is_letter(element: etree._Element) -> bool:
    """Whether an element is one sign and no button, as where scripts part a word."""
    text = (element.text or "").strip()
    return len(text) == 1 and not len(element) and element.tag not in _BUTTONS


def touches_link(element: etree._Element) -> bool:
    """Whether a link stands right behind another: two buttons, never one word."""
    before = element.getprevious()
    return before is not None and before.tag == "a" and not before.tail


def is_inner_footer(path: list[etree._Element]) -> bool:
    """Whether a footer with these elements around it closes a part of the page, not the page.

    In a <main> anything around it is such a part, elsewhere what is one by its name; what holds
    the page's title is its frame.
    """
    around = next((e for e in reversed(path) if e.tag in _PARTS), None)
    if around is not None and around.tag != "section":
        return True
    place = next((at for at, e in enumerate(path) if e.tag == "main"), None)
    if place is not None and place < len(path) - 1:
        around = path[-1]
    return around is not None and next(around.iter("main", "h1"), None) is None


def is_page(element: etree._Element) -> bool:
    """Whether a dialog holds what a page is about."""
    return next(element.iter("main", "article", "h1"), None) is not None


def fades_in(element: etree._Element) -> bool:
    """Whether an element holds the page and its own style makes it transparent for the moment."""
    own = own_properties(element)
    rest = tuple(each for each in own if not is_zero_opacity(*each))
    return rest != own and style_of(rest).flow != "unseen" and is_page(element)


def heading_level(element: etree._Element) -> int:
    """Level that `aria-level` gives an element with the role of a heading; 2 without."""
    level = element.get("aria-level", "")
    return int(level) if level in _LEVELS else 2


def own_properties(element: etree._Element) -> Properties:
    """What an element's `style` sets."""
    return declared_in(own_style(element)).every


def own_style(element: etree._Element) -> str:
    """The `style` of an element."""
    return element.get("style", "")[:_LONGEST]
