"""Nodes of schema.org data, made of extruct's microdata items."""

from typing import Any

from scraper.reading.qapage.schema_org import NAMES, TEXTS, Node, listed, types_of
from scraper.reading.sameness import is_distinctive, without_dots
from scraper.reading.visible.blocks import fold


def node_of(item: dict[str, Any]) -> Node:
    """The node of an item as extruct gives it."""
    told = item.get("properties") or item["value"]
    properties = {name: [_value(name, one) for one in listed(held)] for name, held in told.items()}
    for name in TEXTS.intersection(properties):
        texts = [value for value in properties[name] if isinstance(value, str)]
        properties[name] = ["\n".join(_pieces(texts))]
    if accepted := _joined(properties.get("acceptedAnswer", [])):
        properties["acceptedAnswer"] = [accepted]
    return Node(types_of(item.get("type")), properties, item.get("htmlNode"), item.get("id"))


def _joined(accepted: list[Node | str]) -> Node | None:
    """The answer of which each paragraph is an `acceptedAnswer` of no item: there is but one."""
    bare = [one for one in accepted if isinstance(one, Node) and one.element is None]
    texts = [text for one in bare for text in one.texts("text")]
    is_whole = len(bare) == len(accepted) == len(texts) > 0
    return Node(frozenset({"Answer"}), {"text": ["\n".join(texts)]}) if is_whole else None


def _value(name: str, value: Any) -> Node | str:
    if isinstance(value, Node):
        return value
    if isinstance(value, dict):
        return node_of(value)
    return fold(str(value)) if name in NAMES else str(value)


def _pieces(texts: list[str]) -> list[str]:
    """Return the pieces of one text, without those that another one of them holds already."""
    signs: dict[str, str] = {}
    for text in texts:
        signs.setdefault("".join(without_dots(text).split()), text)
    return [
        text
        for own, text in signs.items()
        if not (is_distinctive(text) and any(own in other for other in signs if other != own))
    ]
