"""Undoing Content-Encoding, within a bound on the decompressed size (RFC 9110, 8.4)."""

import re
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress

from isal import isal_zlib

from scraper.politeness.errors import (
    BodyCorruptError,
    BodyCutError,
    BodyError,
    BodyTooBigError,
    EncodingUnknownError,
)

_MAX_LAYERS = 3
MAX_MEMBERS = 256  # of one gzip stream; each costs a copy of what follows it
GZIP, ZLIB, RAW_DEFLATE = 31, 15, -15  # zlib's wbits
GZIP_MAGIC = b"\x1f\x8b"
_UNKNOWN_FLAGS = 0xE0  # of a gzip header
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


def gunzip(raw: bytes, limit: int) -> tuple[bytes, bytes, BodyError | None]:
    """Decompress one or more gzip members (RFC 1952); their CRC and length are checked.

    Returns as `inflate`.
    """
    parts: list[bytes] = []
    size = 0
    for _ in range(MAX_MEMBERS):
        part, raw, error = inflate(raw, GZIP, limit - size)
        parts.append(part)
        size += len(part)
        if error is not None or not raw.startswith(GZIP_MAGIC):
            return b"".join(parts), raw, error
    error = BodyCorruptError(f"gzip stream of more than {MAX_MEMBERS} members")
    return b"".join(parts), raw, error


def inflate(raw: bytes, wbits: int, limit: int) -> tuple[bytes, bytes, BodyError | None]:
    """Decompress a stream. Returns its content, the bytes after it, and the error that ended it."""
    if wbits == GZIP and (sound := _sound_member(raw, limit)) is not None:
        return *sound, None
    stream = zlib.decompressobj(wbits)
    try:
        body = stream.decompress(raw, limit + 1)
    except zlib.error as error:
        return b"", b"", BodyCorruptError(f"compressed body is damaged: {error}")
    if len(body) > limit:
        return body, b"", BodyTooBigError(f"body is above {limit} bytes once decompressed")
    cut = None if stream.eof else BodyCutError("compressed body ends too early")
    return body, stream.unused_data, cut


def _sound_member(raw: bytes, limit: int) -> tuple[bytes, bytes] | None:
    """The content of a gzip member and the bytes after it, by ISA-L, which is faster than zlib.

    None when it is damaged, cut or too big: only zlib tells these apart, and unknown flags at all.
    """
    if raw[3:4] and raw[3] & _UNKNOWN_FLAGS:
        return None
    stream = isal_zlib.decompressobj(GZIP)
    with suppress(isal_zlib.error):  # type: ignore[arg-type]
        body = stream.decompress(raw, limit + 1)
        if stream.eof and len(body) <= limit:
            return body, stream.unused_data
    return None


def _gunzip(raw: bytes, limit: int) -> bytes:
    return _whole(*gunzip(raw, limit))


def _undeflate(raw: bytes, limit: int) -> bytes:
    # "deflate" means zlib's format (RFC 1950), but many servers send the bare stream (RFC 1951).
    inflated = inflate(raw, ZLIB, limit)
    if isinstance(inflated[2], BodyCorruptError) and not _has_zlib_header(raw):
        inflated = inflate(raw, RAW_DEFLATE, limit)
    return _whole(*inflated)


def _has_zlib_header(raw: bytes) -> bool:
    return len(raw) > 1 and raw[0] & 0x0F == 8 and int.from_bytes(raw[:2]) % 31 == 0  # noqa: PLR2004


def _whole(body: bytes, rest: bytes, error: BodyError | None) -> bytes:
    if error is not None:
        raise error
    if rest.strip(_PADDING):
        raise BodyCorruptError(f"{len(rest)} bytes after the end of the compressed stream")
    return body


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
}
