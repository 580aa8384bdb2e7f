"""The cheap test, without parsing, whether a page may quote a forgotten one.

It has false positives and no false negatives: a page that it clears holds no link to a forgotten
page and no whole text of one.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from scraper.reading.ehospital.repeats import links_of_repeated
from scraper.reading.redaction.markup import Token, base_of, line_texts, scan, values_in
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.urls import is_url, urls_in
from scraper.reading.redaction.values import strings_in, texts_in
from scraper.reading.sameness import is_distinctive

_VALUE = re.compile(r"=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))")
_HREF = re.compile(r"href\s*=\s*[\"']?([^\s\"'<>]+)")
_JSON = ("{", "[")


def links_or_quotes(text: str, base: str, forgotten: Forgotten) -> bool:
    """Whether a decoded page may link to a forgotten page, name its id, or quote a unit of it.

    Units are recognised by their hashes; phrases are the business of `narrowed`.
    """
    plain = unescape(text) if "&" in text else text
    base = base_of(text, base)
    if any(forgotten.links_to_forgotten(base, href) for href in hrefs(plain)):
        return True
    if any(map(forgotten.is_forgotten_id, _ids(plain))):
        return True
    return any(map(forgotten.matches_hash, _texts(text)))


def hrefs(text: str) -> set[str]:
    """Everything in a page's source that may be a URL, relative ones included."""
    values = {double or single or bare for double, single, bare in _VALUE.findall(text)}
    found = {value for value in values if "/" in value or "?" in value}
    found.update(_HREF.findall(text))
    found.update(urls_in(text))
    found.update(links_of_repeated(text))
    return found


_ID = re.compile(r"[\"'](?:\w*_?id|\w*Id|q_?no|number)[\"']\s*:\s*[\"']?(\d{1,9})\b")


def _ids(text: str) -> set[str]:
    """Numbers under keys such as `id` in the JSON of scripts, as decimal digits."""
    return set(_ID.findall(text.replace('\\"', '"')))


def _texts(text: str) -> set[str]:
    """The distinctive texts: lines, pieces of lines, scripts, comments and attribute values."""
    tokens = list(scan(text))
    found = set(line_texts(text, tokens))
    for value in (*filter(is_url, found), *_values(text, tokens)):
        found |= texts_in(value)
    return {" ".join(text.split()) for text in found if is_distinctive(text)}


def _values(text: str, tokens: Iterable[Token]) -> Iterator[str]:
    if text.lstrip().startswith(_JSON):
        yield from strings_in(text)
    for token in tokens:
        if token.kind == "tag":
            yield from filter(is_distinctive, values_in(text, token))
        elif token.kind == "comment":
            yield text[token.start : token.end]
        elif token.kind == "raw":
            yield from strings_in(text[token.start : token.end])
