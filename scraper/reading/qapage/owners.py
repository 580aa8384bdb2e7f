"""Which item of a page's microdata owns which property, also where `itemscope` was forgotten."""

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import count

from lxml import etree
from lxml.html import HtmlElement

from scraper.errors import NotAQuestionError
from scraper.reading.qapage.schema_org import ANSWERS, NAMES, TEXTS, WRITERS

_MOST_NAMES = 30  # of an item, which has one; of more the first are looked at
_MOST_PIECES = 500  # of an item's text, which are compared with each other
ONCE = (NAMES | TEXTS) - {*WRITERS}
_NAMED_SO = " or ".join(f"contains(@itemprop, '{name}')" for name in (*WRITERS, "comment"))
_BARE = f"//*[@itemprop and not(@itemscope)][{_NAMED_SO}]"
_ROLES = frozenset(ANSWERS)


def names_of(node: HtmlElement) -> list[str]:
    return str(node.get("itemprop", "")).split()


def owned_properties(document: HtmlElement) -> dict[HtmlElement | None, list[HtmlElement]]:
    """Return the elements with itemprop by the nearest item around them; none of a template.

    Raises NotAQuestionError when an item has too many texts.
    Elements passed on the way up are remembered: hostile pages nest without end.
    """
    unused, bare = in_templates(document), set(_items_without_itemscope(document))
    owned: dict[HtmlElement | None, list[HtmlElement]] = {}
    owner_of: dict[HtmlElement, HtmlElement | None] = {}
    times: Counter[tuple[HtmlElement | None, str | None]] = Counter()
    for element in document.xpath("//*[@itemprop]"):
        if element in unused:
            continue
        passed, above = [], element.getparent()
        while not (above is None or above in owner_of or above in bare or _is_item(above)):
            passed.append(above)
            above = above.getparent()
        owner = owner_of.get(above, above) if above is not None else None
        owner_of.update(dict.fromkeys(passed, owner))
        role = (owner, element.get("itemprop"))
        times[role] += 1
        names = names_of(element)
        if owner is not None and times[role] > _MOST_PIECES and not TEXTS.isdisjoint(names):
            raise NotAQuestionError("an item has its text in too many pieces")
        if times[role] <= _MOST_NAMES or NAMES.isdisjoint(names):
            owned.setdefault(owner, []).append(element)
    return owned


def _items_without_itemscope(document: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the authors that hold their name, which is not a question's, and the comments.

    What holds an answer is no comment, whatever it says.
    """
    for element in document.xpath(_BARE):
        names = names_of(element)
        inner = {name for one in element.iterdescendants(etree.Element) for name in names_of(one)}
        is_author = "name" in inner and not set(WRITERS).isdisjoint(names)
        if is_author or ("comment" in names and _ROLES.isdisjoint(inner)):
            yield element


def _is_item(element: HtmlElement) -> bool:
    """Whether what is in the element is an item's, also where `itemscope` was forgotten."""
    written = element.attrib
    return "itemscope" in written or "itemtype" in written or is_bare_answer(element)


def is_bare_answer(element: HtmlElement) -> bool:
    """Whether an answer is no item."""
    return "itemscope" not in element.attrib and is_answer(element)


def is_answer(element: HtmlElement) -> bool:
    """Whether an element says by its itemprop that it is an answer."""
    return not _ROLES.isdisjoint(names_of(element))


def in_templates(document: HtmlElement) -> set[HtmlElement]:
    """What is in a `<template>`, which a script may or may not copy into the page."""
    found: set[HtmlElement] = set()
    for template in document.iter("template"):
        if template not in found:
            found.update(template.iterdescendants())
    return found


def levels_around(items: Collection[HtmlElement]) -> int:
    """How many elements are around these, counted for each of them."""
    depths: dict[HtmlElement | None, int] = {None: -1}
    for item in items:
        passed, above = [], item
        while above not in depths:
            passed.append(above)
            above = above.getparent()
        depths.update(zip(reversed(passed), count(depths[above] + 1), strict=False))
    return sum(depths[item] for item in items)
