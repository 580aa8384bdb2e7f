"""What elements lend to every line in them: landmark, heading, kept line breaks, being seen."""

from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from scraper.reading.css import elements
from scraper.reading.css.styles import Style
from scraper.reading.visible import flow

APART = frozenset(("nav", "footer"))  # landmarks that hold for all that is in them
_DIALOGS = ("dialog", "alertdialog")


class Context(NamedTuple):
    """What an element lends to every line in it."""

    landmark: str | None = None
    heading: int | None = None
    kept: bool = False  # line breaks of the source are line breaks
    muted: frozenset[str] = frozenset()  # inherited properties by which text is not seen


@lru_cache(maxsize=1024)
def inner(outer: Context, tag: str, style: Style) -> Context:
    """Context within an element of this style."""
    landmark = outer.landmark if outer.landmark in APART else elements.LANDMARKS.get(tag)
    muted = (outer.muted | style.mutes) - style.unmutes
    return Context(
        landmark or outer.landmark,
        elements.HEADINGS.get(tag, outer.heading),
        (outer.kept or tag in elements.PREFORMATTED) if style.kept is None else style.kept,
        frozenset() if tag in elements.FRAMES else muted,
    )


def told(context: Context, outer: Context, element: etree._Element) -> Context:
    """Context within an element whose role is looked at as well."""
    landmark, heading, kept, muted = context
    role = element.get("role", "")
    if outer.landmark not in APART and not (role in _DIALOGS and flow.is_page(element)):
        landmark = elements.ROLES.get(role) or landmark
    if role == "heading":
        heading = flow.heading_level(element)
    return Context(landmark, heading, kept, muted)


def tag_of(element: etree._Element, path: list[etree._Element]) -> str:
    """Name under which an element lends: that of a <div> where it is no landmark."""
    tag: str = element.tag
    if tag == "footer" and flow.is_inner_footer(path):
        return "div"
    return "div" if tag == "dialog" and flow.is_page(element) else tag
