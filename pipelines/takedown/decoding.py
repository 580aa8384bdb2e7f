"""What anybody can read of a body that came damaged."""

import zlib

from scraper.politeness.encoding import GZIP, MAX_MEMBERS, RAW_DEFLATE, ZLIB, content_codings, undo
from scraper.politeness.errors import BodyCutError, BodyError
from scraper.settings import DOWNLOAD_MAXSIZE


def readable(body: bytes, content_encoding: str | None) -> bytes | None:
    """The body as a browser would see it, or of one that came cut what a browser could show of it.

    None when it is damaged otherwise, too big, or of an unknown encoding: a tool may read more of
    it. Error pages that only claim to be compressed are plain.
    """
    codings = content_codings([content_encoding.encode("latin-1")] if content_encoding else [])
    try:
        return undo(body, codings, DOWNLOAD_MAXSIZE) if body else b""
    except BodyCutError:
        return _beginning(body, codings)
    except BodyError:
        return body if body.lstrip().startswith((b"<", b"{")) and b"\0" not in body else None


def _beginning(body: bytes, codings: list[str]) -> bytes | None:
    for coding in reversed(codings):
        formats = (ZLIB, RAW_DEFLATE) if coding == "deflate" else (GZIP,)
        read = [one for wbits in formats if (one := _inflated(body, wbits)) is not None]
        if not read:
            return None
        body = read[0]
    return body


def _inflated(body: bytes, wbits: int) -> bytes | None:
    """All members of a stream, the last as far as it goes; None for what a crawl takes for none."""
    parts: list[bytes] = []
    for _ in range(MAX_MEMBERS):
        stream = zlib.decompressobj(wbits)
        try:
            parts.append(stream.decompress(body, DOWNLOAD_MAXSIZE))
        except zlib.error:
            return None
        body = stream.unused_data
        if not body:
            return b"".join(parts)
    return None
