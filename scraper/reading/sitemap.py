"""Sitemaps and sitemap indexes (https://www.sitemaps.org/protocol.html), whole or damaged."""

import re
import zlib
from itertools import islice

from lxml import etree

_LARGEST = 16 * 1024 * 1024  # bytes unpacked; 50,000 URLs, the most allowed, fit easily
_BARE_AMPERSAND = re.compile(rb"&(?!#?\w+;)")
_CLOSED = re.compile(rb"</(?:\w+:)?loc\s*>")


def sitemap_links(body: bytes) -> list[tuple[str, str | None]]:
    """Return each `loc` with its `lastmod` as written; what cannot be read is left out.

    `body` may be gzipped. A plain-text sitemap holds one URL a line.
    """
    plain = unpacked(body)
    root = _root(plain)
    if root is None:
        lines = plain.decode("utf-8", "replace").split()
        return [(line, None) for line in lines if line.startswith(("http://", "https://"))]
    closed = len(_CLOSED.findall(plain))  # a cut one is a wrong URL
    entries = (_entry(loc) for loc in islice(root.iter("{*}loc"), closed))
    return [entry for entry in entries if entry is not None]


def is_index(body: bytes) -> bool:
    """Tell whether the sitemap lists further sitemaps."""
    root = _root(unpacked(body))
    return root is not None and etree.QName(root).localname == "sitemapindex"


def unpacked(body: bytes) -> bytes:
    """The body, gunzipped where it is gzipped; empty when that fails."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(body, _LARGEST)
    except zlib.error:
        return b""


def _root(body: bytes) -> etree._Element | None:
    """Parse with recovery: a sitemap cut in the middle gives the entries before the cut."""
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return None
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(_BARE_AMPERSAND.sub(b"&amp;", body.lstrip()), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _entry(loc: etree._Element) -> tuple[str, str | None] | None:
    """Read one entry; image and video extensions have a `loc` of their own below it."""
    entry, url = loc.getparent(), (loc.text or "").strip()
    if entry is None or not url or etree.QName(entry).localname not in ("url", "sitemap"):
        return None
    lastmod = entry.findtext("{*}lastmod")
    return url, lastmod.strip() or None if lastmod else None
