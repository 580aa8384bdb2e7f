"""schema.org items, the same for JSON-LD and microdata; and those of JSON-LD."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement

from scraper.reading.qapage.json_scripts import parsed, scripts_of
from scraper.reading.qapage.schema_text import name_of_string, text_of_string

_SCHEMA = re.compile(r"^(?:(?:(?:https?:)?//)?(?:[\w-]+\.)?schema\.org/|schema:)", re.IGNORECASE)
_LAYERS = 30  # deeper nesting is no data of a real page
NAMES = frozenset(  # of one line
    {"name", "headline", "author", "givenName", "familyName", "alternateName"}
)
TEXTS = frozenset({"text", "articleBody", "description"})
HIDES = "hides"  # no property of schema.org: of an item with a text that may go on unseen
ANSWERS = ("acceptedAnswer", "suggestedAnswer")
_POINTERS = frozenset({"author", *ANSWERS})  # whose strings may be ids
_HOLDERS = ("@value", "@list", "@set")
_PARTS = frozenset({"QAPage", "Question", "Answer"})  # of which one `@id` may well name several
# As scripts leave it: variables, perhaps with a filter.
_VARIABLE = r"(?:undefined|null|\[object Object\]|\{\{\s*[\w.$]+\s*(?:\|[^{}]*)?\}\})"
_UNFILLED = re.compile(rf"{_VARIABLE}(?:\s+{_VARIABLE})*")
_BLANK = re.compile(r'"_:([\w.-]+)"')  # an `@id` that is its script's own
_ADDRESS = re.compile(r"#\S+|\S+://\S*")


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One item. Every property is a list; a value is text, as visible lines, or another Node."""

    types: frozenset[str]  # without the vocabulary's address: "Question"
    properties: dict[str, list["Node | str"]]
    element: HtmlElement | None = field(default=None, repr=False)  # of microdata
    address: str | None = None  # its `@id` or `itemid`, as written
    names: tuple[HtmlElement, ...] = field(default=(), repr=False)  # what says its name
    place: int | None = None  # of its element among the page's

    def nodes(self, *names: str) -> list["Node"]:
        """Return the items under these properties."""
        values = (value for name in names for value in self.properties.get(name, ()))
        return [value for value in values if isinstance(value, Node)]

    def texts(self, *names: str) -> list[str]:
        """Return the texts under these properties that are not empty or a template's."""
        values = (value for name in names for value in self.properties.get(name, ()))
        texts = (value for value in values if isinstance(value, str) and value)
        return [text for text in texts if not is_unfilled(text)]

    def text(self, *names: str) -> str | None:
        """Return the first of them."""
        return next(iter(self.texts(*names)), None)


def is_unfilled(text: str) -> bool:
    """Whether a text is nothing but variables that a script was to fill."""
    return _UNFILLED.fullmatch(text) is not None


def json_ld(root: HtmlElement, url: str = "") -> list[Node]:
    """Return the top-level items of all JSON-LD scripts; those that are no JSON are left out.

    `url`: the page's, which relative ids belong to.
    """
    documents = [
        item
        for number, script in enumerate(scripts_of(root))
        for item in listed(parsed(_BLANK.sub(rf'"_:{number}.\1"', script)))
        if isinstance(item, dict)
    ]
    items = list(_unfolded(documents))  # kept, as the graph knows objects by their place in memory
    graph = _Graph(documents, url)
    return [graph.node(item, _LAYERS) for item in items]


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


class _Graph:
    """Makes nodes of objects, each once: others may refer to it, in rings too.

    Objects of one `@id` that do not contradict each other are one; one that says nothing but its
    `@id` and type stands for the first that says something.
    """

    def __init__(self, documents: list[dict[str, Any]], url: str) -> None:
        self._url = url
        self._first: dict[str, dict[str, Any]] = {}  # by `@id`
        self._said: dict[tuple[str, frozenset[str]], dict[str, Any]] = {}
        self._whole: dict[int, dict[str, Any]] = {}  # what an object is a part of
        self._made: dict[int, Node] = {}
        for document in documents:
            self._note(document, _LAYERS)

    def node(self, item: dict[str, Any], layers: int) -> Node:
        item = self._meant(item)
        if id(item) in self._made:
            return self._made[id(item)]
        address = item.get("@id")
        made = Node(
            types_of(item.get("@type")), {}, address=address if isinstance(address, str) else None
        )
        self._made[id(item)] = made
        for written, held in item.items():
            if not written.startswith("@") and layers:
                name = _SCHEMA.sub("", written)
                made.properties[name] = self._values(name, listed(held), layers - 1)
        return made

    def _values(self, name: str, held: list[Any], layers: int) -> list[Node | str]:
        if name in ANSWERS:
            held = [value for value in held if not isinstance(value, str) or value.strip()]
        values = [self._value(name, value, layers) for value in held]
        if name in TEXTS and all(isinstance(value, str) for value in values):
            return ["\n".join(filter(None, map(str, values)))]
        return values

    def _value(self, name: str, value: Any, layers: int) -> Node | str:
        if isinstance(value, dict):
            return self.node(value, layers)
        if not isinstance(value, str) or name not in _POINTERS:
            return _text(name, value)
        is_id = _ADDRESS.fullmatch(value.strip()) is not None
        if value in self._first or (is_id and self._absolute(value) in self._first):
            return self.node({"@id": value}, layers)
        return _answer(value) if name in ANSWERS else _text(name, value)

    def _absolute(self, name: str) -> str:
        with suppress(ValueError):
            return urljoin(self._url, name) if name and not name.startswith("_:") else name
        return name

    def _meant(self, item: dict[str, Any]) -> dict[str, Any]:
        if id(item) in self._whole:
            return self._whole[id(item)]
        name = item.get("@id")
        if not isinstance(name, str) or _says_something(item):
            return item
        name = self._absolute(name)
        if not item.get("@type"):
            return self._first.get(name, item)
        return self._said.get((name, _part(item)), item)

    def _note(self, value: Any, layers: int) -> None:
        if not layers:
            return
        if isinstance(value, dict):
            name = value.get("@id")
            if isinstance(name, str) and _says_something(value):
                self._add(self._absolute(name), value)
        members = value.values() if isinstance(value, dict) else value
        for member in members if isinstance(value, dict | list) else ():
            self._note(member, layers - 1)

    def _add(self, name: str, value: dict[str, Any]) -> None:
        whole = self._said.setdefault((name, _part(value)), {})
        said = {key: held for key, held in value.items() if held is not None}
        if any(whole.get(key, held) != held for key, held in said.items() if key[:1] != "@"):
            return
        for key, held in said.items():
            whole.setdefault(key, held)
        self._whole[id(value)] = whole
        self._first.setdefault(name, whole)


def _answer(value: str) -> Node:
    """An answer that is no object but its mere text, or where it stands."""
    if _ADDRESS.fullmatch(value.strip()):
        return Node(frozenset({"Answer"}), {"url": [value]})
    return Node(frozenset({"Answer"}), {"text": [text_of_string(value)]})


def _says_something(item: dict[str, Any]) -> bool:
    return any(not name.startswith("@") for name in item)


def _part(item: dict[str, Any]) -> frozenset[str]:
    return types_of(item.get("@type")) & _PARTS


def listed(value: Any) -> list[Any]:
    """Return a property's values, nulls and truth values left out; there may be any number."""
    values: list[Any] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            holder = next((name for name in _HOLDERS if name in one), None)
            if holder is None:
                values.append(one)
            else:
                waiting.append(one[holder])
        elif isinstance(one, list):
            waiting += reversed(one)
        elif one is not None and not isinstance(one, bool):
            values.append(one)
    return values


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        return str(value)
    if name in NAMES:
        return name_of_string(value)
    return text_of_string(value) if name in TEXTS else value.strip()


def types_of(value: Any) -> frozenset[str]:
    """Return the names of types without the vocabulary's address, however that is written."""
    names = (name for name in listed(value) if isinstance(name, str))
    return frozenset(_SCHEMA.sub("", name.strip()).rstrip("/") for name in names)
