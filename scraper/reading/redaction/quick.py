"""The cheap test, without parsing, whether a page may quote a forgotten one.

It has false positives and no false negatives: a page that it clears holds no link to a forgotten
page and no whole text of one.
"""

import re
from collections.abc import Iterator
from html import unescape

from scraper.reading.css.elements import FLOWS
from scraper.reading.ehospital.repeats import links_of_repeated
from scraper.reading.redaction.escapes import TAG
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.urls import urls_in
from scraper.reading.redaction.values import strings_in, texts_in
from scraper.reading.sameness import is_distinctive

_VALUE = re.compile(r"=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))")
_HREF = re.compile(r"href\s*=\s*[\"']?([^\s\"'<>]+)")
_BASE = re.compile(r"<base\b[^>]*?\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_BLOCKS = "|".join(sorted(tag for tag, how in FLOWS.items() if how != "inline"))
_BREAK = re.compile(rf"</?(?:{_BLOCKS})\b[^>]*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(.*?)-->|<[!?]([^>]*)>", re.DOTALL)
_ATTRIBUTE = re.compile(r"=\s*(?:\"([^\"]{6,})\"|'([^']{6,})')")
_RAW = re.compile(r"<(?:script|style)\b[^>]*>(.*?)</(?:script|style)", re.DOTALL | re.IGNORECASE)
_JSON = ("{", "[")


def links_or_quotes(text: str, base: str, forgotten: Forgotten) -> bool:
    """Whether a decoded page may link to a forgotten page, name its id, or quote a unit of it.

    Units are recognised by their hashes; phrases are the business of `narrowed`.
    """
    plain = unescape(text) if "&" in text else text
    base = base_of(plain, base)
    if any(forgotten.links_to_forgotten(base, href) for href in hrefs(plain)):
        return True
    if any(map(forgotten.is_forgotten_id, _ids(plain))):
        return True
    return any(map(forgotten.matches_hash, _texts(text)))


def base_of(text: str, url: str) -> str:
    """The URL that relative links resolve against: that of `<base>`, or else the page's."""
    found = _BASE.search(text)
    return found[1] if found and found[1].startswith(("http://", "https://")) else url


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
    found: set[str] = set()
    for line in _BREAK.split(text):
        parts = TAG.split(line)
        found.update(("".join(parts), "\n".join(parts), *parts) if len(parts) > 1 else parts)
    for value in _values(text):
        found.update(texts_in(value))
    return {" ".join(text.split()) for text in found if is_distinctive(text)}


def _values(text: str) -> Iterator[str]:
    yield from (double or single for double, single in _ATTRIBUTE.findall(text))
    yield from (inside or rest for inside, rest in _COMMENT.findall(text))
    for script in [text] if text.lstrip().startswith(_JSON) else _RAW.findall(text):
        yield from strings_in(script)
