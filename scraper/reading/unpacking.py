"""Unpacks sitemaps that are gzip files."""

import zlib

from scraper.errors import SitemapError

GZIP = b"\x1f\x8b"
LARGEST = 50 * 1024 * 1024  # bytes unpacked, the most that the protocol allows
_MAX_MEMBERS = 256  # of a gzip stream; each costs a copy of what follows it


def unpacked(body: bytes) -> tuple[bytes, SitemapError | None]:
    """The body, decompressed if it is gzip, and the error, if any, that ended it early."""
    if not body.startswith(GZIP):
        return body, None
    plain = b""
    for _ in range(_MAX_MEMBERS):
        if not body.startswith(GZIP):
            return plain, None
        member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            plain += member.decompress(body, LARGEST - len(plain) + 1)
        except zlib.error as error:
            return plain, SitemapError(code="body-corrupt", detail=f"gzip: {error}")
        if len(plain) > LARGEST:
            detail = f"the sitemap is above {LARGEST:,} bytes"
            return plain, SitemapError(code="body-too-big", detail=detail)
        if not member.eof:
            return plain, SitemapError(
                code="body-cut", detail="the sitemap is cut: the gzip stream does not end"
            )
        body = member.unused_data
    return plain, SitemapError(code="body-corrupt", detail=f"gzip: above {_MAX_MEMBERS} members")
