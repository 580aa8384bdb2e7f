"""Which item of a page's microdata owns which property, also where `itemscope` was forgotten."""

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import count

from lxml import etree
from lxml.html import HtmlElement

from scraper.errors import NotAQuestionError
from scraper.reading.qapage.boxes import Owned, is_answer, is_box, names_of, open_boxes
from scraper.reading.qapage.schema_org import ANSWERS, NAMES, TEXTS

_TIMES = 30  # an item has one name, and few descriptions; of more the first are looked at
_MOST_PIECES = 500  # of an item's text, which are compared with each other
_FEW = NAMES | TEXTS
ONCE = _FEW - {"author"}
_ROLES = frozenset(ANSWERS)


def owned_properties(document: HtmlElement) -> Owned:
    """Return the elements with itemprop by the nearest item around them; none of a template.

    Raises NotAQuestionError when an item has too many texts.
    """
    unused, bare = in_templates(document), set(_people_without_itemscope(document))
    owned: Owned = {}
    around = _ItemsAround(bare)
    times: Counter[tuple[HtmlElement | None, str | None]] = Counter()
    for element in document.xpath("//*[@itemprop]"):
        if element in unused:
            continue
        owner = around.find(element)
        role = (owner, " ".join(names_of(element)))
        times[role] += 1
        if owner is not None and role[1] == "text" and times[role] > _MOST_PIECES:
            raise NotAQuestionError("an item has its text in too many pieces")
        if times[role] <= _TIMES or role[1] == "text" or _FEW.isdisjoint(names_of(element)):
            owned.setdefault(owner, []).append(element)
        if (owner, "text") in times and owner not in bare and _is_bare_comment(element):
            bare.add(element)
    boxes = filter(is_box, document.xpath("//*[@itemscope and not(@itemprop)]"))
    open_boxes(document, owned, {box: around.find(box) for box in boxes})
    return owned


class _ItemsAround:
    """Finds the item around an element; those passed are remembered: pages nest without end."""

    def __init__(self, bare: Collection[HtmlElement]) -> None:
        self._bare = bare
        self._known: dict[HtmlElement, HtmlElement | None] = {}

    def find(self, element: HtmlElement) -> HtmlElement | None:
        passed, above = [], element.getparent()
        while not (above is None or above in self._known or above in self._bare or _is_item(above)):
            passed.append(above)
            above = above.getparent()
        owner = None if above is None else self._known.get(above, above)
        self._known.update(dict.fromkeys(passed, owner))
        return owner


def _people_without_itemscope(document: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements that are an author and hold the author's name: it is not a question's."""
    for element in document.xpath("//*[contains(@itemprop, 'author') and not(@itemscope)]"):
        if "author" in names_of(element):
            within = element.iterdescendants(etree.Element)
            if any("name" in names_of(one) for one in within):
                yield element


def _is_bare_comment(element: HtmlElement) -> bool:
    """Whether a comment forgot its itemscope; what holds an answer is none, whatever it says."""
    if "comment" not in names_of(element):
        return False
    within = element.iterdescendants(etree.Element)
    return all(_ROLES.isdisjoint(names_of(one)) for one in within)


def _is_item(element: HtmlElement) -> bool:
    """Whether what is in the element is an item's, also where `itemscope` was forgotten."""
    written = element.attrib
    return "itemscope" in written or "itemtype" in written or is_bare_answer(element)


def is_bare_answer(element: HtmlElement) -> bool:
    """Whether an answer is no item."""
    return "itemscope" not in element.attrib and is_answer(element)


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
