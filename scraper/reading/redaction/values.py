"""Finds the texts in a value: of an attribute, a comment, a script, a string, an HTTP header."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from scraper.reading.redaction.escapes import base64_texts, script_string
from scraper.reading.redaction.markup import texts_of
from scraper.reading.redaction.urls import EXTENSION, decoded_query_parts
from scraper.reading.sameness import is_distinctive

# An escaped quote opens no string; else each of many would be tried as an opening one in vain.
STRING = r"(?<!\\)(?:\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`)"
_STRING = re.compile(STRING, re.DOTALL)
_QUOTED = re.compile(r"\"([^\"]*)\"")
_HOLDS = re.compile(r"[\"'`<%+\n]")
_MAX_DEPTH = 4  # of JSON in a string of JSON


def texts_in(value: str) -> set[str]:
    r"""A value, and its strings, parts of queries, texts between tags and lines, all unescaped.

    >>> sorted(texts_in(r"show({t: 'Cold feet\u0020at night'})"))[0]
    'Cold feet at night'
    """
    found, outer = {value}, {value}
    for _ in range(_MAX_DEPTH):
        outer = {part for text in outer for part in _parts(text) if is_distinctive(part)} - found
        if not outer:
            break
        found |= outer
    return found


def strings_in(script: str) -> Iterator[str]:
    r"""Yield the string literals of a script or of JSON, unescaped.

    >>> list(strings_in(r"x = t.replace(/\"/, 'Cold feet')"))
    ['Cold feet']
    """
    for literal in _STRING.findall(script):
        yield script_string(literal[1:-1]) if "\\" in literal else literal[1:-1]


def texts_in_header(value: bytes) -> set[str]:
    """The texts that an HTTP header's value may hold: all of it, its parts, names of files in it.

    >>> "Cold Feet" in texts_in_header(b"inline; filename*=UTF-8''Cold%20Feet.html")
    True
    """
    try:
        text = value.decode()
    except UnicodeDecodeError:
        text = value.decode("latin-1")
    found = {text, *_QUOTED.findall(text)}
    for part in text.split(";"):
        found |= {part, part.partition("=")[2].removeprefix("UTF-8''"), *part.split(",")}
    found |= {part.replace("+", " ") for part in found}
    found = {unquote(part).strip("\"' ") for part in found}
    return found | {EXTENSION.sub("", part) for part in found}


def _parts(text: str) -> Iterator[str]:
    plain = unescape(text) if "&" in text else text
    yield from base64_texts(plain)
    if _HOLDS.search(plain) is None:
        return
    yield from strings_in(plain)
    yield from decoded_query_parts(plain)
    if "<" in plain:
        yield from texts_of(plain)
    if "\n" in plain:
        yield from plain.split("\n")
