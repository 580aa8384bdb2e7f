"""Blanks texts and links wherever they stand: lines, attributes, comments, scripts."""

import re
from collections.abc import Sequence

from scraper.reading.redaction.blanking import Blanking
from scraper.reading.redaction.markup import Token, scan, text_lines
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.scripts import blank_script
from scraper.reading.redaction.source import MARK, NOWHERE, Source
from scraper.reading.redaction.tree import Placed
from scraper.reading.redaction.urls import is_named, is_url, urls_in

_LEADING = ("href", "src", "action", "cite")
_LINKING = (*_LEADING, "content", "value")
_URL_SIGN = re.compile(rb"[^\s\"'<>\\()\[\]]")  # one by which a URL goes on


def blank_lines(lines: Sequence[Placed], forgotten: Forgotten, blanking: Blanking) -> None:
    """Blank the visible lines that are or hold a text looked for."""
    for line, tokens in lines:
        for text in _quoting(line.text, forgotten) if not set(tokens) <= blanking.done else ():
            blanking.line(text, tokens)
            blanking.gone.append(text)


def blank_texts(base: str, forgotten: Forgotten, blanking: Blanking) -> None:
    """Blank the pieces of text, seen or unseen, that hold a link or text looked for."""
    for number, token in enumerate(blanking.source.tokens):
        if token.kind == "text" and number not in blanking.done:
            _text(number, token, base, forgotten, blanking)


def blank_unseen(base: str, forgotten: Forgotten, blanking: Blanking) -> None:
    """Blank attributes, comments and strings of scripts that hold a link or text looked for."""
    source = blanking.source
    for token in source.tokens:
        if token.kind == "tag":
            _attributes(source, token, base, forgotten)
        elif token.kind == "comment":
            text = source.text(token.start, token.end)
            if forgotten.matches_value(text) or forgotten.cites(base, text):
                source.put(token.start, token.end, b"")
        elif token.kind == "raw":
            blanking.gone += blank_script(source, token, base, forgotten)


def _attributes(source: Source, token: Token, base: str, forgotten: Forgotten) -> None:
    for attribute in source.attributes(token):
        value = attribute.value.strip()
        may_link = attribute.name in _LINKING or attribute.name.startswith("data-")
        if may_link and " " not in value and forgotten.links_to_forgotten(base, value):
            source.put(attribute.start, attribute.end, NOWHERE)
        elif forgotten.matches_value(attribute.value) or forgotten.cites(base, attribute.value):
            is_link = attribute.name in _LEADING or is_url(value)
            source.put(attribute.start, attribute.end, NOWHERE if is_link else MARK)


def _quoting(text: str, forgotten: Forgotten) -> list[str]:
    """The lines of a text, which may be markup itself, that are or hold a text looked for.

    A text without line breaks that does so only across its blocks is one line.
    """
    spans = (text[line[0].start : line[-1].end] for line in text_lines(list(scan(text))))
    lines = [" ".join(line.split()) for span in spans for line in span.splitlines()]
    if found := list(filter(forgotten.matches, filter(None, lines))):
        return found
    whole = text.strip()
    return [] if "\n" in whole or not forgotten.matches(whole) else [" ".join(whole.split())]


def _text(number: int, token: Token, base: str, forgotten: Forgotten, blanking: Blanking) -> None:
    shown = blanking.source.shown(token)
    if shown.isspace():
        return
    if is_url(shown.strip()) and forgotten.links_to_forgotten(base, shown.strip()):
        blanking.source.put(token.start, token.end, NOWHERE)
        return
    for line in _quoting(shown, forgotten):
        blanking.line(line, [number])
    for url in set(urls_in(shown)):
        if is_named(url) and forgotten.links_to_forgotten(base, url):
            for start, end in blanking.source.places(token, url):
                if not _URL_SIGN.match(blanking.source.body, end):
                    blanking.source.put(start, end, NOWHERE)
