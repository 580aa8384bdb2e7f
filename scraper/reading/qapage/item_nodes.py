"""Nodes of schema.org data, made of extruct's microdata items."""

from typing import Any

from scraper.reading.qapage.schema_org import NAMES, TEXTS, Node, flat_values, types_of
from scraper.reading.sameness import is_distinctive, without_dots
from scraper.reading.visible.blocks import fold


def node_of(item: dict[str, Any]) -> Node:
    """The node of an item as extruct gives it."""
    values = item.get("properties") or item["value"]
    properties = {
        name: [_value(name, value) for value in flat_values(written)]
        for name, written in values.items()
    }
    for name in TEXTS.intersection(properties):
        texts = [value for value in properties[name] if isinstance(value, str)]
        properties[name] = ["\n".join(_without_repeated(texts))]
    if accepted := _joined_answer(properties.get("acceptedAnswer", [])):
        properties["acceptedAnswer"] = [accepted]
    return Node(types_of(item.get("type")), properties, item.get("htmlNode"), item.get("id"))


def _joined_answer(accepted: list[Node | str]) -> Node | None:
    """The accepted answer of a page that has `itemprop=acceptedAnswer` on each paragraph of it."""
    bare = [value for value in accepted if isinstance(value, Node) and value.element is None]
    texts = [text for node in bare for text in node.texts("text")]
    is_whole = len(bare) == len(accepted) == len(texts) > 0
    return Node(frozenset({"Answer"}), {"text": ["\n".join(texts)]}) if is_whole else None


def _value(name: str, value: Any) -> Node | str:
    if isinstance(value, Node):
        return value
    if isinstance(value, dict):
        return node_of(value)
    return fold(str(value)) if name in NAMES else str(value)


def _without_repeated(texts: list[str]) -> list[str]:
    """The pieces of a text but for those that are a part of another piece."""
    signs: dict[str, str] = {}
    for text in texts:
        signs.setdefault("".join(without_dots(text).split()), text)
    return [
        text
        for own, text in signs.items()
        if not (is_distinctive(text) and any(own in other for other in signs if other != own))
    ]
