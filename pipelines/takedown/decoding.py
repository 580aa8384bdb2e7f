"""Decodes HTTP bodies as far as anybody could read them, damaged ones included."""

import zlib

from scraper.politeness.encoding import GZIP, MAX_MEMBERS, RAW_DEFLATE, ZLIB, content_codings, undo
from scraper.politeness.errors import BodyCutError, BodyError
from scraper.reading.unpacking import LARGEST


def readable_body(body: bytes, content_encoding: str | None) -> bytes | None:
    """The body as a browser would see it; of a truncated one, the part that can be decoded.

    None when it is corrupt, too big or of an unknown encoding: some tool may read more of it than
    we do. An error page that only claims to be compressed is returned as it is.
    """
    codings = content_codings(content_encoding)
    try:
        return undo(body, codings, LARGEST) if body else b""
    except BodyCutError:
        return _decoded_beginning(body, codings)
    except BodyError:
        is_text = body.lstrip().startswith((b"<", b"{")) and b"\0" not in body
        return body if is_text else None


def _decoded_beginning(body: bytes, codings: list[str]) -> bytes | None:
    for coding in reversed(codings):
        formats = (ZLIB, RAW_DEFLATE) if coding == "deflate" else (GZIP,)
        decoded = None
        for wbits in formats:
            if decoded is None:
                decoded = _inflated_beginning(body, wbits)
        if decoded is None:
            return None
        body = decoded
    return body


def _inflated_beginning(body: bytes, wbits: int) -> bytes | None:
    """All members of a stream, the last as far as it goes; None where a crawl refuses the body."""
    parts: list[bytes] = []
    for _ in range(MAX_MEMBERS):
        stream = zlib.decompressobj(wbits)
        try:
            parts.append(stream.decompress(body, LARGEST))
        except zlib.error:
            return None
        body = stream.unused_data
        if not body:
            return b"".join(parts)
    return None
