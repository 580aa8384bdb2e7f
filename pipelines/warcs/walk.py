"""Reads a WARC record by record, each a gzip member of its own, skipping damaged bytes."""

import hashlib
import io
import zlib
from base64 import b32encode
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import IO, NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecord

MAGIC = b"\x1f\x8b\x08\x00\x00\x00\x00\x00"  # as every member of ours begins
_VERSION, _END = b"WARC/1.", b"\r\n\r\n"
_CHUNK = 1 << 18  # bytes
LARGEST = 64 << 20  # bytes of one record; a page has 8 MiB at the most
# What is wrong with a range of bytes, if not what zlib says:
CUT, TOO_LARGE, NO_RECORD = "it is cut", "it is larger than any page", "no WARC record is in it"


class Damage(NamedTuple):
    """A range of bytes without a valid record."""

    path: Path
    offset: int
    length: int
    why: str

    @property
    def end(self) -> int:
        return self.offset + self.length


class Member(NamedTuple):
    """A whole gzip member with a valid checksum."""

    offset: int
    length: int
    content: bytes  # one WARC record
    raw: bytes  # as it is in the file

    @property
    def end(self) -> int:
        return self.offset + self.length


class Record:
    """One WARC record."""

    def __init__(self, member: Member, record: WarcRecord) -> None:
        """Copy what is needed from fastwarc's record, which is valid only until the next one."""
        self.offset, self.length = member.offset, member.length
        self.headers = {str(name): str(value) for name, value in record.headers.items()}
        self.content: bytes = member.content[-record.content_length - 4 : -4]

    @property
    def end(self) -> int:
        return self.offset + self.length

    @property
    def kind(self) -> str:
        return self.headers.get("WARC-Type", "")

    @property
    def id(self) -> str:
        return self.headers.get("WARC-Record-ID", "")

    @property
    def has_its_digest(self) -> bool:
        """Whether its content matches its WARC-Block-Digest."""
        block = hashlib.sha1(self.content, usedforsecurity=False).digest()
        return self.headers.get("WARC-Block-Digest") == f"sha1:{b32encode(block).decode()}"

    @cached_property
    def _http(self) -> tuple[list[bytes], bytes]:
        head, _, body = self.content.partition(b"\r\n\r\n")
        return head.split(b"\r\n"), body

    @property
    def http_status(self) -> int:
        """The status of a response or revisit. Raises ValueError when there is none."""
        return int(self._http[0][0].split(b" ", 2)[1])

    @property
    def http_headers(self) -> list[tuple[bytes, bytes]]:
        """The HTTP headers of a response, revisit or request, as they stand there."""
        pairs = (line.partition(b":") for line in self._http[0][1:])
        return [(name, value.strip()) for name, _, value in pairs]

    @property
    def http_body(self) -> bytes:
        """The body, still content-encoded; empty in a revisit."""
        return self._http[1]


def records(path: Path, end: int | None = None, begin: int = 0) -> Iterator[Record | Damage]:
    """Yield every record between two offsets, and each damaged range. Raises OSError."""
    for member in members(path, end, begin):
        yield member if isinstance(member, Damage) else record_in(path, member)


def record_in(path: Path, member: Member) -> Record | Damage:
    try:
        record = next(ArchiveIterator(io.BytesIO(member.content), parse_http=False), None)
    except (OSError, ValueError):
        record = None
    *_, rest = member.content.partition(_END)
    if record is None or len(rest) != record.content_length + 4 or not rest.endswith(_END):
        return Damage(path, member.offset, member.length, NO_RECORD)
    return Record(member, record)


def is_readable(member: Member) -> bool:
    """Whether other programs can read the record: many take at most 32 KiB of HTTP headers."""
    try:
        return next(ArchiveIterator(io.BytesIO(member.content)), None) is not None
    except OSError:
        return False


def members(path: Path, end: int | None = None, begin: int = 0) -> Iterator[Member | Damage]:
    """Yield every gzip member, and each range between that is none. Raises OSError."""
    with path.open("rb") as file:
        size = path.stat().st_size if end is None else end
        offset = begin
        while offset < size:
            item: Member | Damage | str = _member(file, offset, size)
            if isinstance(item, str):
                next_member = _next_member(file, offset + 1, size)
                item = Damage(path, offset, next_member - offset, why=item)
            yield item
            offset = item.end


def _member(file: IO[bytes], offset: int, end: int) -> Member | str:
    """The member at an offset, or what is wrong with it."""
    file.seek(offset)
    inflate = zlib.decompressobj(31)
    parts, chunks, content, read = [], [], 0, offset
    try:
        while not inflate.eof:
            data = file.read(min(_CHUNK, end - read))
            if not data:
                return CUT
            read += len(data)
            chunks.append(data)
            parts.append(inflate.decompress(data, LARGEST - content))
            content += len(parts[-1])
            if inflate.unconsumed_tail:
                return TOO_LARGE
    except zlib.error as error:
        return str(error)
    length = read - len(inflate.unused_data) - offset
    return Member(offset, length, b"".join(parts), b"".join(chunks)[:length])


def is_torn(damage: Damage) -> bool:
    """Whether a crash may have left it at a file's end: a begun record, zeros behind it, or both.

    Where a database tells what was committed, `tails` takes more for a crash's. Raises OSError.
    """
    with damage.path.open("rb") as file:
        end = _end_without_zeros(file, damage.offset, damage.end)
        return _member(file, damage.offset, end) == CUT


def _end_without_zeros(file: IO[bytes], offset: int, end: int) -> int:
    while offset < end:
        begin = max(offset, end - _CHUNK)
        file.seek(begin)
        data = file.read(end - begin).rstrip(b"\0")
        if data:
            return begin + len(data)
        end = begin
    return offset


def end_of_records(path: Path) -> int:
    """Where what a crash may have left begins: behind the last record. Raises OSError."""
    end = 0
    for item in members(path):
        if isinstance(item, Member) or not is_torn(item):
            end = item.end
    return end


def _next_member(file: IO[bytes], offset: int, end: int) -> int:
    """The offset of the next whole member, or the end."""
    file.seek(offset)
    window, start = b"", offset
    while data := file.read(min(_CHUNK, end - start - len(window))):
        window += data
        place = window.find(MAGIC)
        while place >= 0:
            member = _member(file, start + place, end)
            if isinstance(member, Member) and member.content.startswith(_VERSION):
                return start + place  # and not inside a page that was stored compressed
            file.seek(start + len(window))
            place = window.find(MAGIC, place + 1)
        overlap = len(MAGIC) - 1
        start, window = start + len(window) - overlap, window[-overlap:]
    return end
