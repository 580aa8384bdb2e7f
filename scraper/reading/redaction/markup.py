"""Cuts markup into tokens with their places, and tells the lines in it.

Every step of redaction sees the same tokens: the test whether a page may quote, the search in
markup that is a value or a text itself, and the blanking.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import NamedTuple

from scraper.reading.css.elements import FLOWS
from scraper.reading.urls import join

_MARKUP = re.compile(
    r"<!--(?P<comment>.*?)(?:--!?>|\Z)"
    r"|<!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)"
    r"|<(?P<tag>[a-zA-Z][^\s/>]*+)(?:[^>\"'=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+|[\"'])*+(?:>|\Z)"
    r"|<(?:[!?]|/(?P<end>[^\s/>]*+))(?P<bogus>[^>]*+)(?:>|\Z)",  # a comment to browsers, or nothing
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"(?<![^\s=/>\"'])(?P<name>[^\s=/>\"'][^\s=/>]*+)\s*+=\s*+"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>\"'][^\s>]*)"
    r"|[\"'](?P<cut>[^>]*+)\Z)"  # of a body that ends there
)
_CLOSINGS = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "xmp")
}
_RAW = ("script", "style")
_KINDS = {"comment": "comment", "cdata": "text", "bogus": "comment"}
_BASE = re.compile(r"<base\b", re.IGNORECASE)
_EMPTY_HREF = re.compile(r"\shref[\s/>=]", re.IGNORECASE)
_BLOCKS = frozenset(tag for tag, how in FLOWS.items() if how != "inline")


class Token(NamedTuple):
    """One piece; `start` and `end` are the offsets of its content."""

    kind: str  # text, tag, end (a closing tag), raw (the inside of script or style), comment
    start: int
    end: int
    name: str = ""  # of the tag, or of the element a raw piece is in


def scan(text: str) -> Iterator[Token]:
    """Cut a document into its pieces, in order; what stands between them is markup's own."""
    place = 0
    while match := _MARKUP.search(text, place):
        if match.start() > place:
            yield Token("text", place, match.start())
        place, group = match.end(), match.lastgroup or ""
        if group != "tag":
            if match["end"]:
                yield Token("end", match.start(), place, match["end"].lower())
            if match[group]:
                yield Token(_KINDS[group], *match.span(group))
            continue
        name = match["tag"].lower()
        yield Token("tag", match.start(), place, name)
        if (closing := _CLOSINGS.get(name)) is not None:
            found = closing.search(text, place)
            end = found.start() if found else len(text)
            if end > place:
                yield Token("raw" if name in _RAW else "text", place, end, name)
            place = end
    if place < len(text):
        yield Token("text", place, len(text))


def attributes_in(text: str, tag: Token) -> Iterator[tuple[str, int, int]]:
    """Yield name, start and end of each attribute of a tag that has a value."""
    for match in _ATTRIBUTE.finditer(text, tag.start + 1 + len(tag.name), tag.end):
        yield match["name"].lower(), *match.span(match.lastgroup or "bare")


def values_in(text: str, tag: Token) -> Iterator[str]:
    """Yield the values of a tag's attributes."""
    found = _ATTRIBUTE.findall(text, tag.start + 1 + len(tag.name), tag.end)
    return (double or single or bare or cut for _, double, single, bare, cut in found)


def base_of(text: str, url: str) -> str:
    """The URL that relative links resolve against: that of the first `<base>`, or the page's."""
    if _BASE.search(text) is None:
        return url
    bases = (token for token in scan(text) if token.kind == "tag" and token.name == "base")
    for base in bases:
        found = attributes_in(text, base)
        href = next((text[start:end] for name, start, end in found if name == "href"), "")
        if href or _EMPTY_HREF.search(text, base.start, base.end):
            return join(url, unescape(href)) or url
    return url


def text_lines(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the pieces of text of each line: those between two tags of blocks."""
    line: list[Token] = []
    for token in tokens:
        if token.kind == "text":
            line.append(token)
        if line and token.name in _BLOCKS:
            yield line
            line = []
    if line:
        yield line


def line_texts(text: str, tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the lines of markup, their pieces, and the lines of each that white space keeps."""
    for line in text_lines(tokens):
        parts = [text[token.start : token.end] for token in line]
        joined = [*parts, "".join(parts), "\n".join(parts)] if len(parts) > 1 else parts
        for part in joined:
            yield part
            if "\n" in part:
                yield from part.splitlines()


def texts_of(markup: str) -> Iterator[str]:
    """Yield the text of an HTML fragment as one string, then line by line."""
    tokens = list(scan(markup))
    yield "".join(markup[token.start : token.end] for token in tokens if token.kind == "text")
    yield from line_texts(markup, tokens)
