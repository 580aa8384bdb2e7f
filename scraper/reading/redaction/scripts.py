"""Blanks strings in JSON and scripts: those that quote, and those beside a forgotten link."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

from scraper.reading.redaction.escapes import script_string
from scraper.reading.redaction.markup import Token
from scraper.reading.redaction.matching import Forgotten, Target
from scraper.reading.redaction.source import MARK, NOWHERE, Source, offsets
from scraper.reading.redaction.urls import WHOLE_URL, is_url
from scraper.reading.redaction.values import STRING

_TOKEN = re.compile(rf"{STRING}|[{{}}\[\],:]|-?\d+", re.DOTALL)
_MAX_DEPTH = 40  # containers around a string that list it
_QUOTES = "\"'`"
_TYPE = re.compile(r"@type|(?:\w*_)?type|__typename|kind")
_KEPT = re.compile(r"@.*|(?:\w*_)?type|__typename|lang(?:uage)?|kind|date.*|\w+_(?:at|on)")
# Which numbers are ids of questions, and not of users or departments.
_QUESTION = r"question|article|post|topic|thread|discussion|qa"
_NAMED = re.compile(rf"(?:{_QUESTION}|q)_?(?:id|no|number)", re.ASCII | re.IGNORECASE)
_PLAIN = re.compile(r"_?id|number", re.ASCII | re.IGNORECASE)
_OF_QUESTIONS = re.compile(_QUESTION, re.IGNORECASE)
_OF_OTHERS = re.compile(
    "user|author|asker|doctor|member|person|people|expert|badge|tag|categor|department|board"
    "|hospital|clinic|menu",
    re.IGNORECASE,
)
_ASKING = frozenset(("title", "headline", "subject", "question", "answers", "replies", "excerpt"))


@dataclass(eq=False, slots=True)
class _Node:
    """An object or array."""

    parent: Self | None
    is_object: bool
    name: str  # the key of its value, or of the array it is in
    keys: set[str] = field(default_factory=set)
    kind: str = ""  # the type that it says it is of
    urls: set[str] = field(default_factory=set)  # of questions, nested ones included
    own_urls: set[str] = field(default_factory=set)  # of questions, among its own values
    strings: list["_String"] = field(default_factory=list)  # its values, those inside included


@dataclass(slots=True)
class _String:
    start: int
    end: int
    value: str
    key: str
    node: _Node
    target: Target | None = None


def blank_script(source: Source, token: Token, base: str, forgotten: Forgotten) -> list[str]:
    """Blank strings of a script, of data in one, or of a JSON document; returns their values."""
    text = source.text(token.start, token.end)
    strings = list(_strings(text, base, forgotten))
    chosen = {string.start: string for string in strings if _is_quotation(string, base, forgotten)}
    cited: list[_String] = []
    for string in list(chosen.values()):
        if found := _cited_urls(text, string, base, forgotten):
            cited += found
            del chosen[string.start]
    for string in strings:
        if string.target is not None and string.target.is_forgotten:
            chosen.update({beside.start: beside for beside in _beside(string)})
    if not chosen and not cited:
        return []
    if not _put(source, token, text, [*chosen.values(), *cited]):
        return []
    return [string.value for string in chosen.values() if string.target is None]


def blank_values(source: Source, token: Token, holds: Callable[[str], bool]) -> None:
    """Blank the values that hold something; the whole script when no single value does."""
    text = source.text(token.start, token.end)
    if not holds(text):
        return
    quoting = [string for string in _values(text) if holds(string.value)]
    rest, done = [], 0
    for string in quoting:
        rest.append(text[done : string.start])
        done = string.end
    if holds("".join([*rest, text[done:]])):
        source.put(token.start, token.end, b"")
    else:
        _put(source, token, text, quoting)


def _put(source: Source, token: Token, text: str, strings: Iterable[_String]) -> bool:
    """Blank strings; False when their places are unknown and the whole script is blanked."""
    plain, places = offsets(source.body[token.start : token.end], source.codec)
    if len(plain) != len(text):  # bytes of several encodings
        source.put(token.start, token.end, b"")
        return False
    for string in strings:
        if string.value.isdecimal():
            continue  # a number reveals nothing
        is_link = string.target is not None and string.target.is_forgotten
        start, end = (token.start + places[at] for at in (string.start, string.end))
        source.put(start, end, NOWHERE if is_link or is_url(string.value) else MARK)
    return True


def _is_quotation(string: _String, base: str, forgotten: Forgotten) -> bool:
    if string.target is not None and string.target.is_forgotten:
        return bool(string.value)
    return forgotten.matches_value(string.value) or forgotten.cites(base, string.value)


def _cited_urls(text: str, string: _String, base: str, forgotten: Forgotten) -> list[_String]:
    """The forgotten URLs cited in somebody's words, if nothing else there is of those pages."""
    if string.target is not None or "<" in string.value or forgotten.matches_value(string.value):
        return []
    found = []
    for match in WHOLE_URL.finditer(text, string.start, string.end):
        url = match[0].replace("\\/", "/")
        if url != string.value and forgotten.links_to_forgotten(base, url):
            found.append(_String(*match.span(), url, "", string.node))
    return found


def _strings(text: str, base: str, forgotten: Forgotten) -> Iterator[_String]:
    """Yield the strings, keys left out, each with the containers around it."""
    for string in _values(text):
        string.target = _target(string, base, forgotten)
        if string.target is None and string.value.lstrip("-").isdecimal():
            continue
        if string.target is not None:
            string.node.own_urls.add(string.target.url)
        node: _Node | None = string.node
        for _ in range(_MAX_DEPTH):
            if node is None:
                break
            node.strings.append(string)
            if string.target is not None:
                node.urls.add(string.target.url)
            node = node.parent
        yield string


def _values(text: str) -> list[_String]:
    """The strings and numbers, each with its key."""
    node, key, last = _Node(None, is_object=False, name=""), "", ""
    found: list[_String] = []
    for match in _TOKEN.finditer(text):
        sign = match[0]
        if sign in "{[":
            name = key or ("" if node.is_object else node.name)
            node, key = _Node(node, is_object=sign == "{", name=name), ""
        elif sign in "}]":
            node = node.parent or node
        elif sign == ":":
            if node.is_object and last and last[0] in _QUOTES:
                key = found.pop().value
                node.keys.add(key)
        elif sign == ",":
            key = ""
        else:
            quote = int(sign[0] in _QUOTES)
            start, end = match.start() + quote, match.end() - quote
            found.append(_String(start, end, _value(sign), key, node))
            if node.is_object and _TYPE.fullmatch(key):
                node.kind = found[-1].value
        last = sign
    return found


def _target(string: _String, base: str, forgotten: Forgotten) -> Target | None:
    value = string.value
    if value.isdecimal():
        node = string.node
        if not node.is_object or not _is_of_question(string.key, node.kind, node.name, node.keys):
            return None
        return Target(f"#{value}", forgotten.is_forgotten_id(value))
    if " " in value or not ("/" in value or "?" in value):
        return None
    return forgotten.target(base, value)


def _value(literal: str) -> str:
    if literal[0] not in _QUOTES:
        return literal
    if "\\" not in literal:
        return literal[1:-1]
    if literal[0] == '"':
        with suppress(ValueError):
            return str(json.loads(literal, strict=False))
    return script_string(literal[1:-1])


def _beside(string: _String) -> Iterator[_String]:
    """Yield the strings of the largest object around a link that names no other question."""
    assert string.target is not None
    own = {url for url in string.node.own_urls if url.startswith("#")} | {string.target.url}
    node, best = string.node, string.node
    while node.parent is not None and node.parent.urls <= own:
        node = node.parent
        best = node if node.is_object else best
    if node.parent is None:  # nothing else is named: then no more than the next object
        best = string.node
    if not best.is_object:
        return
    for candidate in best.strings:
        if candidate.target is not None or _KEPT.fullmatch(candidate.key):
            continue
        if candidate.value.strip() and not _is_in_another(candidate, best, own):
            yield candidate


def _is_in_another(string: _String, around: _Node, own: set[str]) -> bool:
    """Whether a string belongs to another question that is named inside `around`."""
    node: _Node | None = string.node
    while node is not None and node is not around:
        if node.own_urls - own:
            return True
        node = node.parent
    return False


def _is_of_question(key: str, kind: str, container: str, keys: set[str]) -> bool:
    """Whether the number at `key` of a JSON object is a question's id.

    Told by the key, or else by the object's type (`kind`), the key at which the object stands
    (`container`) and its own `keys`.

    >>> _is_of_question("q_no", "", "", set())
    True
    >>> _is_of_question("id", "", "topUsers", {"id", "title"})
    False
    """
    if _NAMED.fullmatch(key):
        return True
    if not _PLAIN.fullmatch(key):
        return False
    if kind:
        return _OF_QUESTIONS.search(kind) is not None
    return not _OF_OTHERS.search(container) and not keys.isdisjoint(_ASKING)
