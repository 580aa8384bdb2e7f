"""Decodes HTTP bodies as far as anybody could read them, damaged ones included."""

from scraper.politeness.encoding import RAW_DEFLATE, ZLIB, content_codings, gunzip, inflate, undo
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
    """The part of a truncated body that can be decoded; None where a crawl refuses the body."""
    for coding in reversed(codings):
        results = [gunzip(body, LARGEST)]
        if coding == "deflate":
            results = [inflate(body, wbits, LARGEST) for wbits in (ZLIB, RAW_DEFLATE)]
        decoded = [
            plain
            for plain, rest, error in results
            if not rest and isinstance(error, BodyCutError | None)
        ]
        if not decoded:
            return None
        body = decoded[0]
    return body
