"""schema.org microdata, as extruct reads it."""

from collections import Counter
from typing import Any

from extruct.w3cmicrodata import MicrodataExtractor
from lxml.html import HtmlElement

from scraper.reading.blocks import block_text
from scraper.reading.schema_org import TEXTUAL, Node, listed, types_of

_TIMES = 9  # an item has one name and one text; of more only the first are looked at
_WANTED = TEXTUAL | {"author", "dateCreated", "datePublished", "answerCount"}


def microdata(root: HtmlElement, url: str) -> list[Node]:
    """Return the top-level items of the page's microdata."""
    items = _Microdata(add_html_node=True).extract_items(root, url)
    return [_from_microdata(item) for item in items]


def _from_microdata(item: dict[str, Any]) -> Node:
    properties = {
        name: [
            _from_microdata(value) if isinstance(value, dict) else str(value)
            for value in listed(held)
        ]
        for name, held in item.get("properties", {}).items()
    }
    return Node(types_of(item.get("type")), properties, item.get("htmlNode"))


class _Microdata(MicrodataExtractor):  # type: ignore[misc]
    """extruct's reader with our lines of text, and in time that grows with the page alone.

    Its own search for an item's properties takes time by the square of their number, and its
    text a copy of every subtree.
    """

    def extract_items(self, document: HtmlElement, base_url: str) -> list[dict[str, Any]]:
        self._owned = _owned_properties(document)
        items: list[dict[str, Any]] = super().extract_items(document, base_url)
        return items

    def _xp_prop(self, node: HtmlElement) -> list[HtmlElement]:
        return self._owned.get(node, [])

    def _extract_textContent(self, node: HtmlElement) -> str:  # noqa: N802
        return block_text(node) if _WANTED.intersection(node.get("itemprop", "").split()) else ""

    def _extract_property_value(self, node: HtmlElement, *args: Any, **kwargs: Any) -> Any:
        """Take the words of `<a itemprop="name" href>` and of a `<time>` without datetime."""
        value = super()._extract_property_value(node, *args, **kwargs)
        if node.get("itemscope") is None and (
            (node.tag == "a" and node.get("itemprop") in TEXTUAL)
            or (node.tag in ("time", "data") and not value)
        ):
            return block_text(node)
        return value


def _owned_properties(document: HtmlElement) -> dict[HtmlElement | None, list[HtmlElement]]:
    """Return the elements with itemprop by the nearest itemscope around them.

    Elements passed on the way up are remembered: hostile pages nest without end.
    """
    owned: dict[HtmlElement | None, list[HtmlElement]] = {}
    owner_of: dict[HtmlElement, HtmlElement | None] = {}
    times: Counter[tuple[HtmlElement | None, str | None]] = Counter()
    for element in document.xpath("//*[@itemprop]"):
        passed, above = [], element.getparent()
        while above is not None and above not in owner_of and "itemscope" not in above.attrib:
            passed.append(above)
            above = above.getparent()
        owner = owner_of.get(above, above) if above is not None else None
        owner_of.update(dict.fromkeys(passed, owner))
        role = (owner, element.get("itemprop"))
        times[role] += 1
        if times[role] <= _TIMES or role[1] not in TEXTUAL:
            owned.setdefault(owner, []).append(element)
    return owned
