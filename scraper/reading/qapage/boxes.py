"""Items of a page's theme around parts of a question: `<article itemscope>` says nothing of one."""

from collections.abc import Mapping

from lxml.html import HtmlElement

from scraper.reading.qapage.schema_org import ANSWERS, VOCABULARY, types_of

_OF_QUESTIONS = frozenset({"QAPage", "Question", "Answer"})
_WORKS = frozenset({"Article", "BlogPosting", "CreativeWork"})
_BOXES = _WORKS | {"Blog", "ItemList", "UserComments", "WebPageElement"}
_ENTITY = "mainEntity"

Owned = dict[HtmlElement | None, list[HtmlElement]]


def names_of(node: HtmlElement) -> list[str]:
    """The properties that an element is, without the vocabulary's address."""
    return [VOCABULARY.sub("", name) for name in node.get("itemprop", "").split()]


def is_answer(element: HtmlElement) -> bool:
    """Whether an element says by its itemprop that it is an answer."""
    return any(name in ANSWERS for name in names_of(element))


def is_box(item: HtmlElement) -> bool:
    """Whether an item may be a theme's, if it is nobody's property."""
    return _BOXES.issuperset(_types_of(item))


def open_boxes(
    document: HtmlElement, owned: Owned, boxes: Mapping[HtmlElement, HtmlElement | None]
) -> None:
    """Give questions and answers the answers in the boxes within them, a page its main entity.

    Words, people and days in a box may be a comment's, a reviewer's or another page's.
    `boxes`: with the item around each, which may be a box; the outer ones first.
    """
    homes: dict[HtmlElement, HtmlElement] = {}
    for box, item in boxes.items():
        if item is not None and (item in homes or _may_have_parts(item)):
            homes[box] = homes.get(item, item)
    complete = {home for home in homes.values() if _ENTITY in _names(owned.get(home, []))}
    for box, home in homes.items():
        held = owned.pop(box, [])
        parts = _answers_in(box, held) | ({_ENTITY} if home not in complete else set())
        for element in held:
            is_part = not parts.isdisjoint(names_of(element))
            owned.setdefault(home if is_part else box, []).append(element)
    places = {element: place for place, element in enumerate(document.iter())} if homes else {}
    for home in owned.keys() & set(homes.values()):
        owned[home].sort(key=places.__getitem__)


def _may_have_parts(item: HtmlElement) -> bool:
    return is_answer(item) or not _OF_QUESTIONS.isdisjoint(_types_of(item))


def _answers_in(box: HtmlElement, held: list[HtmlElement]) -> set[str]:
    """The properties that are answers, but in a work with a name and in a link to another page."""
    names = _names(held)
    is_named = not names.isdisjoint(("name", "headline")) and _WORKS.issuperset(_types_of(box))
    return set() if is_named or "url" in names else set(ANSWERS)


def _names(elements: list[HtmlElement]) -> set[str]:
    return {name for element in elements for name in names_of(element)}


def _types_of(item: HtmlElement) -> frozenset[str]:
    return types_of(item.get("itemtype", "").split())
