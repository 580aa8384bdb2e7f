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

VOCABULARY = re.compile(  # before the name of a type or property
    r"^(?:(?:(?:https?:)?//)?(?:[\w-]+\.)?schema\.org/|schema:)", re.IGNORECASE
)
_LAYERS = 30  # deeper nesting is no data of a real page
NAMES = frozenset(  # of one line
    {"name", "headline", "author", "givenName", "familyName", "alternateName"}
)
TEXTS = frozenset({"text", "articleBody", "description"})
HIDES = "hides"  # no property of schema.org: of an item with a text that may go on unseen
ANSWERS = ("acceptedAnswer", "suggestedAnswer")
_POINTERS = frozenset({"author", *ANSWERS})  # whose strings may be ids
_AUTHORS = frozenset(  # no page or site, whose URL may stand for its author
    """Corporation Hospital IndividualPhysician MedicalBusiness MedicalClinic MedicalOrganization
    Organization Patient Person Physician PhysiciansOffice""".split()  # noqa: SIM905
)
_HOLDERS = ("@value", "@list", "@set")
_PARTS = frozenset({"QAPage", "Question", "Answer"})  # of which one `@id` may well name several
# As scripts leave it: variables, perhaps with a filter.
_VARIABLE = r"(?:undefined|null|\[object Object\]|\{\{\s*[\w.$]+\s*(?:\|[^{}]*)?\}\})"
_UNFILLED = re.compile(rf"{_VARIABLE}(?:\s+{_VARIABLE})*")
_BLANK = re.compile(r'"_:([\w.-]+)"')  # an `@id` that is its script's own
_PREFIX = re.compile(r'"([\w-]+)"\s*:\s*"https?:\\?/\\?/schema\.org\\?/"')  # of an `@context`
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

    def texts(self, *names: str) -> Iterator[str]:
        """Yield the texts under these properties that are not empty or a template's."""
        values = (value for name in names for value in self.properties.get(name, ()))
        texts = (value for value in values if isinstance(value, str) and value)
        return (text for text in texts if not is_unfilled(text))

    def text(self, *names: str) -> str | None:
        """Return the first of them."""
        return next(self.texts(*names), None)


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
        for item in flat_values(parsed(_BLANK.sub(rf'"_:{number}.\1"', _with_prefix(script))))
        if isinstance(item, dict)
    ]
    items = list(_flattened(documents))  # kept, as the graph knows objects by their place in memory
    graph = _Graph(documents, url)
    return [graph.node(item, _LAYERS) for item in items]


def _with_prefix(script: str) -> str:
    """The script with `schema:` for the name that its context gives to schema.org.

    Only in what may be a key or a type: a sentence may begin so, too.
    """
    for name in set(_PREFIX.findall(script)):
        script = re.sub(rf'"{name}:(?=\w+"\s*[]:,}}])', '"schema:', script)
    return script


def _flattened(items: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Yield the members of `@graph` in place of the object that only holds them."""
    for item in items:
        if isinstance(item, dict):
            graph = item.get("@graph")
            if graph is None:
                yield item
            else:
                yield from _flattened(graph if isinstance(graph, list) else [graph])
                if item.get("@type"):
                    yield {name: value for name, value in item.items() if name != "@graph"}


class _Graph:
    """Makes one node of each JSON object, as objects may refer to each other, in rings too.

    Objects with one `@id` are merged unless they contradict each other. An object with nothing but
    `@id` and `@type` is a reference to the first with properties.
    """

    def __init__(self, documents: list[dict[str, Any]], url: str) -> None:
        self._url = url
        self._by_id: dict[str, dict[str, Any]] = {}
        self._by_id_and_part: dict[tuple[str, frozenset[str]], dict[str, Any]] = {}
        self._merged: dict[int, dict[str, Any]] = {}  # by the place in memory of its parts
        self._nodes: dict[int, Node] = {}  # by the place in memory of their objects
        for document in documents:
            self._index(document, _LAYERS)

    def node(self, item: dict[str, Any], layers: int) -> Node:
        item = self._resolved(item)
        if id(item) in self._nodes:
            return self._nodes[id(item)]
        address = item.get("@id")
        address = address if isinstance(address, str) else None
        node = Node(types_of(item.get("@type")), {}, address=address)
        self._nodes[id(item)] = node
        for key, value in item.items():
            if not key.startswith("@") and layers:
                name = VOCABULARY.sub("", key)
                node.properties[name] = self._values(name, flat_values(value), layers - 1)
        return node

    def _values(self, name: str, written: list[Any], layers: int) -> list[Node | str]:
        if name in ANSWERS:
            written = [value for value in written if not isinstance(value, str) or value.strip()]
        values = [self._value(name, value, layers) for value in written]
        if name in TEXTS and all(isinstance(value, str) for value in values):
            return ["\n".join(filter(None, map(str, values)))]
        return values

    def _value(self, name: str, value: Any, layers: int) -> Node | str:
        if isinstance(value, dict):
            return self.node(value, layers)
        if not isinstance(value, str) or name not in _POINTERS:
            return _text(name, value)
        is_id = _ADDRESS.fullmatch(value.strip()) is not None
        named = self._by_id.get(value) or (is_id and self._by_id.get(self._absolute(value)))
        if named:
            is_author = types_of(named.get("@type")) <= _AUTHORS
            return self.node({"@id": value}, layers) if is_author or name != "author" else ""
        return _answer(value) if name in ANSWERS else _text(name, value)

    def _absolute(self, name: str) -> str:
        with suppress(ValueError):
            return urljoin(self._url, name) if name and not name.startswith("_:") else name
        return name

    def _resolved(self, item: dict[str, Any]) -> dict[str, Any]:
        """The object that an object is merged into or refers to, else itself."""
        if id(item) in self._merged:
            return self._merged[id(item)]
        name = item.get("@id")
        if not isinstance(name, str) or _has_properties(item):
            return item
        name = self._absolute(name)
        if not item.get("@type"):
            return self._by_id.get(name, item)
        return self._by_id_and_part.get((name, _parts_of(item)), item)

    def _index(self, value: Any, layers: int) -> None:
        if not layers:
            return
        if isinstance(value, dict):
            name = value.get("@id")
            if isinstance(name, str) and _has_properties(value):
                self._index_object(self._absolute(name), value)
        members = value.values() if isinstance(value, dict) else value
        for member in members if isinstance(value, dict | list) else ():
            self._index(member, layers - 1)

    def _index_object(self, name: str, item: dict[str, Any]) -> None:
        merged = self._by_id_and_part.setdefault((name, _parts_of(item)), {})
        members = {key: value for key, value in item.items() if value is not None}
        for key, value in members.items():
            if not key.startswith("@") and merged.get(key, value) != value:
                return
        for key, value in members.items():
            merged.setdefault(key, value)
        self._merged[id(item)] = merged
        self._by_id.setdefault(name, merged)


def _answer(value: str) -> Node:
    """The answer that a string stands for: its text, or its address."""
    if _ADDRESS.fullmatch(value.strip()):
        return Node(frozenset({"Answer"}), {"url": [value]})
    return Node(frozenset({"Answer"}), {"text": [text_of_string(value)]})


def _has_properties(item: dict[str, Any]) -> bool:
    return any(not name.startswith("@") for name in item)


def _parts_of(item: dict[str, Any]) -> frozenset[str]:
    return types_of(item.get("@type")) & _PARTS


def flat_values(value: Any) -> list[Any]:
    """The values of a property, of lists in lists too; nulls and booleans are left out."""
    values: list[Any] = []
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            holder = next((name for name in _HOLDERS if name in item), None)
            if holder is None:
                values.append(item)
            else:
                waiting.append(item[holder])
        elif isinstance(item, list):
            waiting += reversed(item)
        elif item is not None and not isinstance(item, bool):
            values.append(item)
    return values


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        return str(value)
    if name in NAMES:
        return name_of_string(value)
    return text_of_string(value) if name in TEXTS else value.strip()


def types_of(value: Any) -> frozenset[str]:
    """Return the names of types without the vocabulary's address, however that is written."""
    names = (name for name in flat_values(value) if isinstance(name, str))
    return frozenset(VOCABULARY.sub("", name.strip()).rstrip("/") for name in names)
