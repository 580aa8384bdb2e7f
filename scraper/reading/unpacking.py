"""Unpacks sitemaps that are gzip files."""

from scraper.errors import SitemapError
from scraper.politeness.encoding import GZIP_MAGIC, gunzip

LARGEST = 50 * 1024 * 1024  # bytes unpacked, the most that the protocol allows


def unpacked(body: bytes) -> tuple[bytes, SitemapError | None]:
    """The body, decompressed if it is gzip, and the error, if any, that ended it early."""
    if not body.startswith(GZIP_MAGIC):
        return body, None
    plain, _, error = gunzip(body, LARGEST)
    return plain, SitemapError(code=error.code, detail=f"gzip: {error.reason}") if error else None
