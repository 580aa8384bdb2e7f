"""schema.org items of a page, JSON-LD and microdata alike, as extruct reads them."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from extruct.jsonld import JsonLdExtractor
from extruct.w3cmicrodata import MicrodataExtractor
from lxml.html import Element, HtmlElement

from scraper.reading.blocks import block_text, fold, html_text

_SCHEMA = re.compile(r"(?:https?://(?:www\.)?schema\.org/|schema:)", re.IGNORECASE)
_LAYERS = 30  # deeper nesting is no data of a real page
# "a < b" is text, "<p>a</p>" is markup
_MARKUP = re.compile(r"</[a-z][a-z0-9]*\s*>|<(?:br|hr|img)\b[^>]*>", re.IGNORECASE)
_ESCAPED_HTML = re.compile(r"\s*&lt;(?:p|div|span|ul|ol|pre|h\d|blockquote)\b", re.IGNORECASE)
_TEXTUAL = frozenset({"name", "headline", "text", "articleBody"})
_TIMES = 9  # an item has one name and one text; of more only the first are looked at
_WANTED = _TEXTUAL | {"author", "dateCreated", "datePublished", "answerCount"}


@dataclass(frozen=True, slots=True)
class Node:
    """One item. Every property is a list; a value is text, as visible lines, or another Node."""

    types: frozenset[str]  # without the vocabulary's address: "Question"
    properties: dict[str, list["Node | str"]]
    element: HtmlElement | None = field(default=None, repr=False, compare=False)  # of microdata

    def nodes(self, *names: str) -> list["Node"]:
        """Return the items under these properties."""
        values = (value for name in names for value in self.properties.get(name, ()))
        return [value for value in values if isinstance(value, Node)]

    def text(self, *names: str) -> str | None:
        """Return the first text under these properties that is not empty."""
        values = (value for name in names for value in self.properties.get(name, ()))
        return next((value for value in values if isinstance(value, str) and value), None)


def json_ld(root: HtmlElement) -> list[Node]:
    """Return the top-level items of all JSON-LD scripts; those that are no JSON are left out."""
    documents = [item for script in root.iter("script") for item in _items_of(script)]
    known: dict[str, dict[str, Any]] = {}
    for document in documents:
        _index(document, known, _LAYERS)
    graph = _Graph(known)
    return [graph.node(item, _LAYERS) for item in _unfolded(documents)]


def microdata(root: HtmlElement, url: str) -> list[Node]:
    """Return the top-level items of the page's microdata."""
    items = _Microdata(add_html_node=True).extract_items(root, url)
    return [_from_microdata(item) for item in items]


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
            (node.tag == "a" and node.get("itemprop") in _TEXTUAL)
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
        if times[role] <= _TIMES or role[1] not in _TEXTUAL:
            owned.setdefault(owner, []).append(element)
    return owned


def _items_of(script: HtmlElement) -> list[dict[str, Any]]:
    kind = script.get("type", "").partition(";")[0].strip().lower()
    if kind != "application/ld+json":
        return []
    plain = Element("script", type=kind)
    plain.text = script.text
    try:
        items = JsonLdExtractor().extract_items(plain)
    except (ValueError, RecursionError):
        return []
    return [item for item in items if isinstance(item, dict)]


def _unfolded(items: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Yield the members of `@graph` in place of the object that only holds them."""
    for item in items:
        if isinstance(item, dict):
            graph = item.get("@graph")
            if graph is None:
                yield item
            else:
                yield from _unfolded(graph if isinstance(graph, list) else [graph])
                if item.get("@type"):
                    yield {name: value for name, value in item.items() if name != "@graph"}


def _index(value: Any, known: dict[str, dict[str, Any]], layers: int) -> None:
    """Note which object an `@id` stands for: the one that says more than the `@id`."""
    if not layers:
        return
    if isinstance(value, dict):
        name = value.get("@id")
        if isinstance(name, str) and len(value) > 1:
            known.setdefault(name, value)
    members = value.values() if isinstance(value, dict) else value
    for member in members if isinstance(value, dict | list) else ():
        _index(member, known, layers - 1)


class _Graph:
    """Makes nodes of objects; one that others refer to is made once, as they may do so in rings."""

    def __init__(self, known: dict[str, dict[str, Any]]) -> None:
        self.known = known
        self.made: dict[str, Node] = {}

    def node(self, item: dict[str, Any], layers: int) -> Node:
        name = item.get("@id")
        if set(item) == {"@id"} and isinstance(name, str) and name in self.known:
            if name not in self.made:
                self.made[name] = Node(frozenset(), {})  # what a ring comes back to
                self.made[name] = self.node(self.known[name], layers)
            return self.made[name]
        properties = {
            name: [self._value(name, value, layers - 1) for value in _listed(held)]
            for name, held in item.items()
            if not name.startswith("@") and layers
        }
        return Node(_types(item.get("@type")), properties)

    def _value(self, name: str, value: Any, layers: int) -> Node | str:
        return self.node(value, layers) if isinstance(value, dict) else _text(name, value)


def _listed(value: Any) -> list[Any]:
    values = value if isinstance(value, list) else [value]
    return [value for value in values if value is not None and not isinstance(value, list)]


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        return str(value)
    if name in ("name", "headline"):
        return fold(html.unescape(value))
    return text_of_string(value) if name in _TEXTUAL else value.strip()


def text_of_string(value: str) -> str:
    r"""Return the lines of a JSON string that may be plain text, escaped text, or HTML.

    >>> text_of_string("if a &lt; b<br>stop")
    'if a < b\nstop'
    """
    if not _MARKUP.search(value) and _ESCAPED_HTML.match(value):
        value = html.unescape(value)
    if _MARKUP.search(value):
        return html_text(value)
    return "\n".join(filter(None, map(fold, html.unescape(value).splitlines())))


def _from_microdata(item: dict[str, Any]) -> Node:
    properties = {
        name: [
            _from_microdata(value) if isinstance(value, dict) else str(value)
            for value in _listed(held)
        ]
        for name, held in item.get("properties", {}).items()
    }
    return Node(_types(item.get("type")), properties, item.get("htmlNode"))


def _types(value: Any) -> frozenset[str]:
    names = (name for name in _listed(value) if isinstance(name, str))
    return frozenset(_SCHEMA.sub("", name.strip()).rstrip("/") for name in names)
