"""Sitemaps and sitemap indexes (https://www.sitemaps.org/protocol.html), whole or damaged."""

import codecs
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import NamedTuple

from lxml import etree

from scraper.errors import SitemapError

_LARGEST = 50 * 1024 * 1024  # bytes unpacked, the most that the protocol allows
_GZIP = b"\x1f\x8b"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\0", b"\0<")
_ROOTS = frozenset({"urlset", "sitemapindex"})
_TAGS = [f"{{*}}{name}" for name in ("urlset", "sitemapindex", "url", "sitemap")]
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_BARE_AMPERSAND = re.compile(rb"&(?!#?\w+;)")
_END_OF_ENTRY = re.compile(rb"</(?:\w+:)?(?:url|sitemap)\s*>")
_END = re.compile(rb"(?:</(?:\w+:)?(?:urlset|sitemapindex)|<(?:urlset|sitemapindex)[^>]*/)\s*>")


class Entry(NamedTuple):
    """One URL of a sitemap."""

    url: str
    lastmod: str | None = None  # as written
    further: bool = False  # it is a sitemap itself, named by an index


def sitemap_entries(body: bytes) -> Iterator[Entry]:
    """Yield the entries of a sitemap, which may be gzipped, or plain text of one URL a line.

    Raises SitemapError when it is none, and for a damaged one after what could be read of it.
    """
    plain, flaw = unpacked(body)
    is_utf_16 = plain.startswith(_UTF_16)
    if is_utf_16:
        plain = _text_of_utf_16(plain).encode()
    plain = plain.removeprefix(codecs.BOM_UTF8).lstrip()
    if plain.startswith(b"<"):
        entries = _in_markup(plain, "utf-8" if is_utf_16 else None)
    else:
        entries = _in_lines(plain)
    if flaw is None:
        yield from entries
        return
    with suppress(SitemapError):
        yield from entries
    raise flaw


def unpacked(body: bytes) -> tuple[bytes, SitemapError | None]:
    """The body, gunzipped where it is gzipped, and what is wrong with it then."""
    if not body.startswith(_GZIP):
        return body, None
    plain = b""
    while body.startswith(_GZIP):  # there may be several members
        member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            plain += member.decompress(body, _LARGEST - len(plain) + 1)
        except zlib.error as error:
            return plain, SitemapError(code="body-corrupt", detail=f"gzip: {error}")
        if len(plain) > _LARGEST:
            detail = f"the sitemap is above {_LARGEST:,} bytes"
            return plain, SitemapError(code="body-too-big", detail=detail)
        if not member.eof:
            return plain, _cut("the gzip stream does not end")
        body = member.unused_data
    return plain, None


def _cut(why: str) -> SitemapError:
    return SitemapError(code="body-cut", detail=f"the sitemap is cut: {why}")


def _text_of_utf_16(plain: bytes) -> str:
    has_mark = plain.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    unmarked = "utf-16-le" if plain.startswith(b"<") else "utf-16-be"
    return plain.decode("utf-16" if has_mark else unmarked, "replace")


def _in_lines(plain: bytes) -> Iterator[Entry]:
    lines = plain.decode("utf-8", "replace").split()
    urls = [line for line in lines if line.startswith(("http://", "https://"))]
    if not urls:
        raise SitemapError(code="not-a-sitemap", detail="neither XML nor a line that is a URL")
    yield from map(Entry, urls)


def _in_markup(plain: bytes, encoding: str | None) -> Iterator[Entry]:
    """Parse piece by piece, so that a large one costs little, and with recovery.

    An entry without its end tag is left out: its URL may be cut.
    """
    plain = _COMMENT.sub(b"", plain)
    whole, read = len(_END_OF_ENTRY.findall(plain)), 0
    for entry in _elements(_BARE_AMPERSAND.sub(b"&amp;", plain), encoding):
        if read == whole:
            break
        read += 1
        if url := _child(entry, "loc"):
            is_sitemap = etree.QName(entry).localname == "sitemap"
            yield Entry(url, _child(entry, "lastmod"), is_sitemap)
        entry.clear()
    if read < whole:
        raise _cut(f"{whole - read:,} of {whole:,} entries cannot be read")
    if not _END.search(plain):
        raise _cut("it has no end tag")


def _elements(plain: bytes, encoding: str | None) -> Iterator[etree._Element]:
    """Yield the root's entries as they end; what `image:` and its like hold is none."""
    parsing = etree.iterparse(
        BytesIO(plain), events=("start", "end"), tag=_TAGS, encoding=encoding, recover=True,
        huge_tree=True, resolve_entities=False, no_network=True,
    )  # fmt: skip
    root = None
    with suppress(etree.XMLSyntaxError):  # what is missing is counted
        for event, element in parsing:
            if root is None:
                root = _checked(element)
            elif event == "end" and element.getparent() is root:
                yield element
                while (done := element.getprevious()) is not None:
                    root.remove(done)
    if root is None:
        raise SitemapError(code="not-a-sitemap", detail="it starts as XML and is no sitemap")


def _checked(root: etree._Element) -> etree._Element:
    if root.getparent() is not None or etree.QName(root).localname not in _ROOTS:
        raise SitemapError(code="not-a-sitemap", detail="its outermost element is no sitemap's")
    return root


def _child(entry: etree._Element, name: str) -> str | None:
    return (entry.findtext(f"{{*}}{name}") or "").strip() or None
