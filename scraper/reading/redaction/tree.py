"""Parses a page so that its elements and texts know the tokens that they come from."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from lxml import etree

from scraper.reading.adoctor.cleaning.footers import without_inner_footers
from scraper.reading.adoctor.opened import walk_page
from scraper.reading.page import parsed
from scraper.reading.redaction.source import Source
from scraper.reading.visible.line import Line
from scraper.reading.visible.lines import Walk
from scraper.reading.visible.signs import NOTE, folded

_AT = "qarchive-at"
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"  # no characters of any text: a NOTE
_BEGINS = re.compile(r"(?:\A\ufeff?|[\r\n])[ \t\r\n\f]*+(?!\Z)")  # a line that may be kept


class Placed(NamedTuple):
    """A visible line, and the numbers of the pieces of text that it is made of."""

    line: Line
    tokens: tuple[int, ...]


def tree_of(source: Source) -> etree._Element:
    """The page's root element; raises NotAQuestionError for hostile markup."""
    parts, done = [], 0
    for number, token in enumerate(source.tokens):
        if token.kind == "tag":
            cut = token.start + 1 + len(token.name)
            parts += [source.text(done, cut), f' {_AT}="{number}"']
            done = cut
        elif token.kind == "text":
            text, note = source.text(token.start, token.end), f"{_OPEN}{number}{_CLOSE}"
            parts += [source.text(done, token.start), _BEGINS.sub(rf"\g<0>{note}", text)]
            done = token.end
    return parsed("".join([*parts, source.text(done, len(source.body))]))


def token_of(element: etree._Element) -> int | None:
    """The number of the tag that opened an element; None for one that the parser put in."""
    place = element.get(_AT)
    return int(place) if place and place.isdecimal() else None


def tokens_in(element: etree._Element) -> Iterator[int]:
    """Numbers of the pieces of text inside an element."""
    for inner in element.iter(etree.Element):
        yield from _places(inner.text)
        if inner is not element:
            yield from _places(inner.tail)


def tags_in(element: etree._Element) -> Iterator[int]:
    """Numbers of the tags that open an element and those inside it."""
    for inner in element.iter(etree.Element):
        if (number := token_of(inner)) is not None:
            yield number


def text_in(element: etree._Element) -> str:
    """All text inside an element."""
    return without_notes("".join(map(str, element.itertext(etree.Element))))


def own_text(element: etree._Element) -> str:
    """The text that stands in an element beside its children."""
    return without_notes("".join([element.text or "", *(child.tail or "" for child in element)]))


def without_notes(text: str) -> str:
    """Text without the notes that `tree_of` put in."""
    return NOTE.sub("", text)


def _places(text: str | None) -> Iterator[int]:
    return map(int, dict.fromkeys(NOTE.findall(text or "")))


def placed_lines(root: etree._Element, url: str) -> list[Placed]:
    """The visible lines of the page at `url`."""
    lines, tokens = [], []
    for line in walk_page(root, url, Walk)[0].lines:
        text = folded([without_notes(line.text)])
        links = tuple(
            (" ".join(without_notes(words).split()), without_notes(href))
            for words, href in line.links
        )
        if text:
            lines.append(replace(line, text=text, links=links))
            tokens.append(tuple(_places(line.text)))
    return list(map(Placed, without_inner_footers(lines), tokens))
