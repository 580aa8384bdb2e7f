"""Undoing Content-Encoding, within a bound on the decompressed size (RFC 9110, 8.4)."""

import re
import zlib
from collections.abc import Callable, Iterable

from scraper.politeness.errors import (
    BodyCorruptError,
    BodyCutError,
    BodyTooBigError,
    EncodingUnknownError,
)

_MAX_LAYERS = 3
MAX_MEMBERS = 256  # of one gzip stream; each costs a copy of what follows it
GZIP, ZLIB, RAW_DEFLATE = 31, 15, -15  # zlib's wbits
_PADDING = b"\0\r\n \t"  # that servers and proxies append to a gzip stream
_BINARY = re.compile(rb"[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]")  # binary data bytes (WHATWG mimesniff, 3)


def combined(values: Iterable[bytes]) -> str:
    """The value of several header lines with one name that is a list (RFC 9110, 5.2)."""
    return b", ".join(values).decode("latin-1")


def content_codings(content_encoding: str | None) -> list[str]:
    """The codings in the combined value of Content-Encoding, in the order they were applied."""
    tokens = (content_encoding or "").lower().split(",")
    return [token.strip() for token in tokens if token.strip() not in {"", "identity"}]


def undo(raw: bytes, codings: list[str], limit: int) -> bytes:
    """The decoded body, at most `limit` bytes long in every layer.

    An unknown coding of a body that is text is ignored: some servers send `none` or `utf-8`.
    Raises BodyCutError, BodyCorruptError, BodyTooBigError or EncodingUnknownError.
    """
    reason = f"cannot undo Content-Encoding {', '.join(codings)[:80]}"
    if len(codings) > _MAX_LAYERS:
        raise EncodingUnknownError(reason)
    for coding in reversed(codings):
        if coding in _DECODERS:
            raw = _DECODERS[coding](raw, limit)
        elif _BINARY.search(raw):
            raise EncodingUnknownError(reason)
    return raw


def _gunzip(raw: bytes, limit: int) -> bytes:
    """Decompress one or more gzip members (RFC 1952), checking CRC and length of each."""
    parts: list[bytes] = []
    size = 0
    for _ in range(MAX_MEMBERS):
        part, raw = _inflate(raw, GZIP, limit - size)
        parts.append(part)
        size += len(part)
        if not raw.strip(_PADDING):
            return b"".join(parts)
    raise BodyCorruptError(f"gzip stream of more than {MAX_MEMBERS} members")


def _undeflate(raw: bytes, limit: int) -> bytes:
    # "deflate" means zlib's format (RFC 1950), but many servers send the bare stream (RFC 1951).
    try:
        body, rest = _inflate(raw, ZLIB, limit)
    except BodyCorruptError:
        if _has_zlib_header(raw):
            raise
        body, rest = _inflate(raw, RAW_DEFLATE, limit)
    if rest.strip(_PADDING):
        raise BodyCorruptError(f"{len(rest)} bytes after the end of the deflate stream")
    return body


def _has_zlib_header(raw: bytes) -> bool:
    return len(raw) > 1 and raw[0] & 0x0F == 8 and int.from_bytes(raw[:2]) % 31 == 0  # noqa: PLR2004


def _inflate(raw: bytes, wbits: int, limit: int) -> tuple[bytes, bytes]:
    """Decompress one stream; returns its content and the bytes after its end."""
    stream = zlib.decompressobj(wbits)
    try:
        body = stream.decompress(raw, limit + 1)
    except zlib.error as error:
        raise BodyCorruptError(f"compressed body is damaged: {error}") from error
    if len(body) > limit:
        raise BodyTooBigError(f"body is above {limit} bytes once decompressed")
    if not stream.eof:
        raise BodyCutError("compressed body ends too early")
    return body, stream.unused_data


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
}
