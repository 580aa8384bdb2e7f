"""Items of a page's theme around parts of a question: `<article itemscope>` says nothing of one."""

from collections import Counter
from collections.abc import Iterable, Mapping

from lxml.html import HtmlElement

from scraper.reading.qapage.schema_org import ANSWERS, TEXTS, VOCABULARY, types_of

_OF_QUESTIONS = frozenset({"QAPage", "Question", "Answer"})
_WORKS = frozenset({"Article", "BlogPosting", "CreativeWork"})
_LISTS = frozenset({"Blog", "ItemList", "UserComments"})
_BOXES = _WORKS | _LISTS | {"WebPageElement"}
_KINDS = {  # of what an item has once
    **dict.fromkeys(("name", "headline"), "name"),
    **dict.fromkeys(("dateCreated", "datePublished"), "day"),
    **dict.fromkeys(TEXTS, "text"),
    "author": "author",
    "mainEntity": "mainEntity",
    "url": "url",
}

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
    """Give questions, their pages and answers what is theirs in the boxes within them.

    `boxes`: with the item around each, which may be a box; the outer ones first.
    """
    homes: dict[HtmlElement, HtmlElement] = {}
    for box, item in boxes.items():
        if item is not None and (item in homes or _may_have_parts(item)):
            homes[box] = homes.get(item, item)
    kinds = {item: _kinds(owned.get(item, ())) for item in (*homes, *homes.values())}
    times = Counter((home, kind) for box, home in homes.items() for kind in kinds[box])
    for box, home in homes.items():
        told_twice = {kind for kind in kinds[box] if times[home, kind] > 1}
        held = owned.pop(box, [])
        parts = _parts(box, held, kinds[home], alone=boxes[box] is home and not told_twice)
        for element in held:
            is_part = not parts.isdisjoint(names_of(element))
            owned.setdefault(home if is_part else box, []).append(element)
    places = {element: place for place, element in enumerate(document.iter())} if homes else {}
    for home in owned.keys() & set(homes.values()):
        owned[home].sort(key=places.__getitem__)


def _may_have_parts(item: HtmlElement) -> bool:
    return is_answer(item) or not _OF_QUESTIONS.isdisjoint(_types_of(item))


def _parts(
    box: HtmlElement, held: list[HtmlElement], others: frozenset[str], *, alone: bool
) -> frozenset[str]:
    """The properties in a box that are those of the item around it, which has kinds of its own.

    Answers are, but in a work with a name. A main entity is if the item has none.
    Words are if they are `alone` and the item has none of their kinds: else the box may be a
    comment or, as if it has a URL, a link to another page. Beside an answer they may be its.
    """
    types, kinds = _types_of(box), _kinds(held)
    entity = frozenset({"mainEntity"}) - others
    is_of_other = not kinds.isdisjoint(others | {"url"}) or kinds == {"name"}
    is_of_answer = any(map(is_answer, held)) and kinds.isdisjoint(("name", "text"))
    if alone and not (is_of_other or is_of_answer or types & _LISTS):
        return entity.union(_KINDS, ANSWERS)
    return entity if "name" in kinds and _WORKS.issuperset(types) else entity.union(ANSWERS)


def _kinds(elements: Iterable[HtmlElement]) -> frozenset[str]:
    return frozenset(_KINDS[name] for one in elements for name in names_of(one) if name in _KINDS)


def _types_of(item: HtmlElement) -> frozenset[str]:
    return types_of(item.get("itemtype", "").split())
