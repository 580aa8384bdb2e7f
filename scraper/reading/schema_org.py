"""schema.org items, the same for JSON-LD and microdata; and JSON-LD, as extruct reads it."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml.html import Element, HtmlElement

from scraper.reading.blocks import fold, html_text

_SCHEMA = re.compile(r"(?:https?://(?:www\.)?schema\.org/|schema:)", re.IGNORECASE)
_LAYERS = 30  # deeper nesting is no data of a real page
# "a < b" is text, "<p>a</p>" is markup
_MARKUP = re.compile(r"</[a-z][a-z0-9]*\s*>|<(?:br|hr|img)\b[^>]*>", re.IGNORECASE)
_ESCAPED_HTML = re.compile(r"\s*&lt;(?:p|div|span|ul|ol|pre|h\d|blockquote)\b", re.IGNORECASE)
# What hides a script from old browsers and parsers of XML: `<!--`, `//<![CDATA[`, their ends.
_OPENING = re.compile(r"\A(?:\s|//|/\*|\*/|-->|<!--|<!\[CDATA\[|>)+")
_CLOSING = re.compile(r"(?:\s|//|/\*|\*/|-->|(?:<!)?\]\]>)+\Z")
TEXTUAL = frozenset({"name", "headline", "text", "articleBody"})


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


def _items_of(script: HtmlElement) -> list[dict[str, Any]]:
    kind = script.get("type", "").partition(";")[0].strip().lower()
    if kind != "application/ld+json":
        return []
    from extruct.jsonld import JsonLdExtractor  # slow to import, and other sites need it not

    plain = Element("script", type=kind)
    plain.text = _unwrapped(script.text or "")
    try:
        items = JsonLdExtractor().extract_items(plain)
    except (ValueError, RecursionError):
        return []
    return [item for item in items if isinstance(item, dict)]


def _unwrapped(script: str) -> str:
    """A script without comment signs around it."""
    inner = script[match.end() :] if (match := _OPENING.match(script)) else script
    tail = max(len(inner) - _LONGEST_TAIL, 0)
    return inner[:tail] + _CLOSING.sub("", inner[tail:])


_LONGEST_TAIL = 200  # characters of comment signs behind a script


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
            name: [self._value(name, value, layers - 1) for value in listed(held)]
            for name, held in item.items()
            if not name.startswith("@") and layers
        }
        return Node(types_of(item.get("@type")), properties)

    def _value(self, name: str, value: Any, layers: int) -> Node | str:
        return self.node(value, layers) if isinstance(value, dict) else _text(name, value)


def listed(value: Any) -> list[Any]:
    """Return a property's values, nulls left out; there may be one, several or none."""
    values = value if isinstance(value, list) else [value]
    return [value for value in values if value is not None and not isinstance(value, list)]


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        return str(value)
    if name in ("name", "headline"):
        return fold(html.unescape(value))
    return text_of_string(value) if name in TEXTUAL else value.strip()


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


def types_of(value: Any) -> frozenset[str]:
    """Return the names of types without the vocabulary's address, however that is written."""
    names = (name for name in listed(value) if isinstance(name, str))
    return frozenset(_SCHEMA.sub("", name.strip()).rstrip("/") for name in names)
