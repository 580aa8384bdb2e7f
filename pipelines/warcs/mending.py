"""Repairs gzip members of a WARC that are damaged only in the header or trailer, 18 bytes of each.

Both can be computed from the deflated content between them. The result is trusted where the
trailer differs in a few bits only, and the record matches its WARC-Block-Digest.
"""

import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from pipelines.warcs.walk import LARGEST, MAGIC, Damage, Member, Record, members, record_in

_HEADER, _TRAILER = 10, 8  # bytes
_MOST_DIFFERING = 8  # bits; by chance so few differ in one of 3,000,000,000 trailers


class _Repair(NamedTuple):
    """The header and trailer that a member was written with."""

    offset: int
    header: bytes
    trailer: bytes
    end: int


def mend(path: Path) -> list[Damage]:
    """Repair a WARC in place. Returns the ranges that were repaired. Raises OSError."""
    mendable = [item for item in members(path) if isinstance(item, Damage) and is_mendable(item)]
    if not mendable:
        return []
    with path.open("r+b") as file:
        repairs = [repair for damage in mendable for repair in _repairs(file, damage)]
        for repair in repairs:
            file.seek(repair.offset)
            file.write(repair.header)
            file.seek(repair.end - _TRAILER)
            file.write(repair.trailer)
        file.flush()
        os.fsync(file.fileno())
    return mendable


def is_mendable(damage: Damage) -> bool:
    """Whether `mend` can repair the whole range. Raises OSError."""
    if not damage.path.is_file():
        return False
    with damage.path.open("rb") as file:
        end = damage.offset
        for repair in _repairs(file, damage):
            end = repair.end
    return end == damage.end


def _repairs(file: IO[bytes], damage: Damage) -> Iterator[_Repair]:
    """Yield the repairs of successive members in a range, up to one that can't be repaired."""
    offset, end = damage.offset, damage.end
    while offset < end:
        file.seek(offset)
        repair = _repair(damage._replace(offset=offset), file.read(min(end - offset, LARGEST)))
        if repair is None:
            return
        yield repair
        offset = repair.end


def _repair(damage: Damage, data: bytes) -> _Repair | None:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = inflate.decompress(data[_HEADER:], LARGEST)
    except zlib.error:
        return None
    stored = inflate.unused_data[:_TRAILER]
    crc, size = zlib.crc32(content), len(content)
    trailer = crc.to_bytes(4, "little") + size.to_bytes(4, "little")
    differing = int.from_bytes(stored, "little") ^ int.from_bytes(trailer, "little")
    if not inflate.eof or len(stored) < _TRAILER or differing.bit_count() > _MOST_DIFFERING:
        return None
    length = len(data) - len(inflate.unused_data) + _TRAILER
    record = record_in(damage.path, Member(damage.offset, length, content, data[:length]))
    if not isinstance(record, Record) or not record.has_its_digest:
        return None
    header = MAGIC + data[len(MAGIC) : _HEADER]
    return _Repair(damage.offset, header, trailer, damage.offset + length)
