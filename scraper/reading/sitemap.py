"""Reads sitemaps and sitemap indexes (https://www.sitemaps.org/protocol.html), even damaged."""

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple

from lxml import etree

from scraper.errors import SitemapError
from scraper.items import Kind, Link, Via
from scraper.origins import origin
from scraper.politeness.encoding import GZIP_MAGIC
from scraper.reading.sameness import shortened
from scraper.reading.unpacking import unpacked
from scraper.reading.urls import below, join

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\0", b"\0<")
_ROOTS = frozenset({"urlset", "sitemapindex"})
_TAGS = [f"{{*}}{name}" for name in ("urlset", "sitemapindex", "url", "sitemap")]
_ROOT = rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s/>]"
_BEGINNING = re.compile(_ROOT)
_SITEMAP = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>)*+" + _ROOT, re.DOTALL
)
_HAS_CHILDREN = re.compile(rb"<[^<>]*>(?:\s|<!--.*?-->)*+<\w", re.DOTALL)
_HEAD = 10_000  # bytes within which its outermost element begins
_BARE_AMPERSAND = re.compile(rb"(<!\[CDATA\[.*?(?:\]\]>|\Z))|&(?!#?\w+;)", re.DOTALL)
_MARK = re.compile(
    rb"<(?:!--.*?(?:-->|\Z)|!\[CDATA\[.*?(?:\]\]>|\Z)"
    rb"|(?P<entry>/(?:\w+:)?(?:url|sitemap)\s*>|(?:\w+:)?(?:url|sitemap)(?:\s[^<>]*)?/>)"
    rb"|(?P<end>/(?:\w+:)?(?:urlset|sitemapindex)\s*>|(?:urlset|sitemapindex)[^<>]*/\s*>))",
    re.DOTALL,
)
_LINE = re.compile(rb"(?<!\S)(?i:https?)://\S+")
_PIECE = 1 << 18  # bytes that the parser takes at a time
# Bounds of one sitemap in memory: twice as many URLs as the protocol allows, of 160 characters.
_MAX_URLS, _MAX_CHARACTERS = 100_000, 16_000_000


class Entry(NamedTuple):
    """One URL of a sitemap."""

    url: str
    lastmod: str | None = None  # as written
    is_sitemap: bool = False  # named by a sitemap index


def sitemap_entries(body: bytes) -> Iterator[Entry]:
    """Yield the entries of a sitemap, which may be gzipped, or plain text of one URL a line.

    Raises SitemapError when it is none, and for a damaged one after what could be read of it.
    """
    plain, flaw = unpacked(body)
    is_utf_16 = plain.startswith(_UTF_16)
    if is_utf_16:
        plain = _text_of_utf_16(plain).encode()
    plain = _without_preamble(plain.removeprefix(codecs.BOM_UTF8).lstrip())
    if plain.startswith(b"<"):
        entries = _bounded(_in_markup(plain, "utf-8" if is_utf_16 else None))
    else:
        entries = _bounded(_in_lines(plain))
    if flaw is None:
        yield from entries
        return
    with suppress(SitemapError):
        yield from entries
    raise flaw


Classify = Callable[[str, str], tuple[str, Kind] | None]
"""(url, home) -> canonical URL and kind, None for what is no page of the site."""


def own_links(body: bytes, home: str, classify: Classify) -> Iterator[Link]:
    """Yield the site's pages and further sitemaps that a sitemap names.

    Raises SitemapError as `sitemap_entries`, and for one that names pages of other hosts alone.
    """
    stray, is_own = None, False
    for entry in sitemap_entries(body):
        found = classify(entry.url, home) or classify(join(home, entry.url) or entry.url, home)
        if entry.is_sitemap:
            url = found[0] if found else own_sitemap(entry.url, home)
            found = (url, Kind.SITEMAP) if url else None
        if found is not None:
            yield Link(url=found[0], kind=found[1], via=Via.SITEMAP, lastmod=entry.lastmod)
        elif not is_own and own_sitemap(entry.url, home) is None:
            stray = entry.url
            continue
        is_own = True
    if stray and not is_own:
        detail = f"it names no page of {origin(home)}, but such as {shortened(stray, 200)}"
        raise SitemapError(code="sitemap-off-site", detail=detail)


def own_sitemap(url: str, home: str) -> str | None:
    """The URL of a sitemap at the site's host, whatever its name; None at another."""
    site = f"{origin(home)}/"
    place = below(url, site)
    if place is None:
        return None
    path, query = place
    return f"{site}{path}?{query}" if query else f"{site}{path}"


def is_sitemap(body: bytes) -> bool:
    """Whether a body is a sitemap: gzip, as no page is, or XML with a sitemap's root."""
    return body.startswith(GZIP_MAGIC) or _SITEMAP.match(body, 0, _HEAD) is not None


def _cut(why: str) -> SitemapError:
    return SitemapError(code="body-cut", detail=f"the sitemap is cut: {why}")


def _without_preamble(plain: bytes) -> bytes:
    """The sitemap without anything before it, such as a PHP warning."""
    root = _BEGINNING.search(plain, 0, _HEAD)
    if root is None:
        return plain
    declared = plain.rfind(b"<?xml ", 0, root.start())
    return plain[declared if declared >= 0 else root.start() :]


def _text_of_utf_16(plain: bytes) -> str:
    has_mark = plain.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    unmarked = "utf-16-le" if plain.startswith(b"<") else "utf-16-be"
    return plain.decode("utf-16" if has_mark else unmarked, "replace")


def _bounded(entries: Iterator[Entry]) -> Iterator[Entry]:
    characters = 0
    for count, entry in enumerate(entries):
        characters += len(entry.url)
        if count >= _MAX_URLS or characters > _MAX_CHARACTERS:
            detail = f"only the first {count:,} URLs of the sitemap are followed"
            raise SitemapError(code="body-too-big", detail=detail)
        yield entry


def _in_lines(plain: bytes) -> Iterator[Entry]:
    line = None
    for line in _LINE.finditer(plain):
        yield Entry(line[0].decode("utf-8", "replace"))
    if line is None:
        raise SitemapError(code="not-a-sitemap", detail="neither XML nor a line that is a URL")


def _in_markup(plain: bytes, encoding: str | None) -> Iterator[Entry]:
    """Parse piece by piece, so that a large one costs little, and with recovery.

    An entry without its end tag is left out: its URL may be cut.
    """
    marks = Counter(mark.lastgroup for mark in _MARK.finditer(plain))
    whole, read, urls = marks["entry"], 0, 0
    for entry, is_foreign in _elements(plain, encoding):
        if read == whole:
            break
        read += 1
        if not is_foreign and (url := _child(entry, "loc")):
            urls += 1
            is_sitemap = _name(entry) == "sitemap"
            yield Entry(url, _child(entry, "lastmod"), is_sitemap)
        entry.clear()
    if read < whole:
        raise _cut(f"{whole - read:,} of {whole:,} entries cannot be read")
    if not marks["end"]:
        raise _cut("it has no end tag")
    root = None if urls else _BEGINNING.search(plain)
    if root is not None and _HAS_CHILDREN.match(plain, root.start()):
        detail = (
            f"none of its {read:,} entries has a <loc> that is plain text"
            if read
            else "it holds no <url>"
        )
        raise SitemapError(code="not-a-sitemap", detail=detail)


def _elements(plain: bytes, encoding: str | None) -> Iterator[tuple[etree._Element, bool]]:
    """Yield the root's entries as they end, and those of an extension within one (True)."""
    parsing = etree.iterparse(
        _Escaped(plain), events=("start", "end"), tag=_TAGS, encoding=encoding, recover=True,
        huge_tree=True, resolve_entities=False, no_network=True,
    )  # fmt: skip
    root = None
    with suppress(etree.XMLSyntaxError):  # what is missing is counted
        for event, element in parsing:
            if root is None:
                root = _checked(element)
            elif event == "end" and element.getparent() is root:
                yield element, False
                while (done := element.getprevious()) is not None:
                    root.remove(done)
            elif event == "end" and _space(element) != _space(root):
                yield element, True
    if root is None:
        raise SitemapError(code="not-a-sitemap", detail="it starts as XML and is no sitemap")


class _Escaped:
    """A file of the sitemap, in which a URL's bare `&` is written as XML wants it."""

    def __init__(self, plain: bytes) -> None:
        self._pieces = _pieces(plain)

    def read(self, _: int) -> bytes:
        """Return the next piece, whatever size is asked for; none at the end."""
        return next(self._pieces, b"")


def _pieces(plain: bytes) -> Iterator[bytes]:
    """Yield pieces that end before a tag, so that no entity is torn; but long text may be."""
    start = 0
    while start < len(plain):
        end = plain.find(b"<", start + _PIECE, start + 2 * _PIECE)
        end = end if end > 0 else start + 2 * _PIECE
        yield _BARE_AMPERSAND.sub(lambda found: found[1] or b"&amp;", plain[start:end])
        start = end


def _checked(root: etree._Element) -> etree._Element:
    if root.getparent() is not None or _name(root) not in _ROOTS:
        raise SitemapError(code="not-a-sitemap", detail="its outermost element is no sitemap's")
    return root


def _child(entry: etree._Element, name: str) -> str | None:
    """The text of a child; None where it holds more, such as the sitemap's own entities."""
    found = entry.find(f"{{*}}{name}")
    if found is None:
        children = entry.iterchildren("{*}*")
        found = next((child for child in children if _name(child).lower() == name), None)
    if found is None or any(
        isinstance(child.tag, str) or child.tag is etree.Entity for child in found
    ):
        return None
    text = "".join([found.text or "", *(child.tail or "" for child in found)])
    return text.strip() or None


def _name(element: etree._Element) -> str:
    """Its local name; with the prefix if that is not declared."""
    return str(element.tag).rpartition("}")[2]


def _space(element: etree._Element) -> str:
    """Its namespace, and the prefix if that is not declared."""
    return str(element.tag).removesuffix(_name(element).rpartition(":")[2])
