"""Gzip members of which nothing is damaged but the header or the trailer: 18 bytes of each.

The deflated content between them tells what both must be. It is believed where the trailer says
nearly the same and the record has its WARC-Block-Digest.
"""

import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from pipelines.warcs.walk import LARGEST, MAGIC, Damage, Member, Record, members, record_in

_HEADER, _TRAILER = 10, 8  # bytes
_HURT = 8  # bits: by chance as few differ in one of 3,000,000,000 trailers


class _Mended(NamedTuple):
    """A member with the header and trailer that it was written with."""

    offset: int
    header: bytes
    trailer: bytes
    end: int


def mend(path: Path) -> list[Damage]:
    """Write those bytes as they were, in place; where it was done. Raises OSError."""
    found = [one for one in members(path) if isinstance(one, Damage)]
    done = [one for one in found if is_mendable(one)]
    if done:
        with path.open("r+b") as file:
            for mended in [each for one in done for each in _in(file, one)]:
                file.seek(mended.offset)
                file.write(mended.header)
                file.seek(mended.end - _TRAILER)
                file.write(mended.trailer)
            file.flush()
            os.fsync(file.fileno())
    return done


def is_mendable(damage: Damage) -> bool:
    """Whether `mend` makes the whole range what it was. Raises OSError."""
    if not damage.path.is_file():
        return False
    with damage.path.open("rb") as file:
        *_, last = damage.offset, *(mended.end for mended in _in(file, damage))
    return last == damage.offset + damage.length


def _in(file: IO[bytes], damage: Damage) -> Iterator[_Mended]:
    """The members in a range one after the other, up to one that proves nothing."""
    offset, end = damage.offset, damage.offset + damage.length
    while offset < end:
        file.seek(offset)
        mended = _mended(damage._replace(offset=offset), file.read(min(end - offset, LARGEST)))
        if mended is None:
            return
        yield mended
        offset = mended.end


def _mended(damage: Damage, data: bytes) -> _Mended | None:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = inflate.decompress(data[_HEADER:], LARGEST)
    except zlib.error:
        return None
    told = inflate.unused_data[:_TRAILER]
    parts = zlib.crc32(content), len(content)
    trailer = b"".join(part.to_bytes(4, "little") for part in parts)
    differing = int.from_bytes(told, "little") ^ int.from_bytes(trailer, "little")
    if not inflate.eof or len(told) < _TRAILER or differing.bit_count() > _HURT:
        return None
    length = len(data) - len(inflate.unused_data) + _TRAILER
    record = record_in(damage.path, Member(damage.offset, length, content, data[:length]))
    if not isinstance(record, Record) or not record.has_its_digest:
        return None
    header = MAGIC + data[len(MAGIC) : _HEADER]
    return _Mended(damage.offset, header, trailer, damage.offset + length)
