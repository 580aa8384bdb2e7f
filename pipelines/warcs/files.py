"""Appends records to WARC files, each as a gzip member of its own, and reads them back."""

import hashlib
import io
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from fastwarc.warc import ArchiveIterator, HeaderMap, WarcRecord, WarcRecordType
from isal import isal_zlib

from pipelines.disk import refuse_changed, unreadable_file_error
from pipelines.errors import StorageError
from scraper.files import sync
from scraper.politeness.encoding import GZIP, combined, content_codings, undo
from scraper.politeness.errors import BodyError
from scraper.reading.unpacking import LARGEST

_ENCODING = b"content-encoding"
_COMPRESSION = 1  # of ISA-L
ROTATE_AT = 1_000_000_000  # bytes, the usual size of a WARC
_BUFFER = 1_048_576  # bytes
_GZIP_BODY, _HEAD = b"\r\n\r\n\x1f\x8b", 4096  # a gzipped body's start, within that many bytes
_LONGEST_HEAD = 1_048_576  # bytes, in WARCs of other programs
# With O_APPEND, truncation by another program leaves no hole that would hide it.
_APPEND = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND


@dataclass(frozen=True, slots=True)
class Position:
    """The position of a record: the file's name under `warc/`, offset and length in bytes."""

    warc: str
    offset: int
    length: int


class WarcFile:
    """A file that is appended to. Bytes beyond those of the last `sync` may be lost by a crash."""

    def __init__(self, path: Path) -> None:
        """Make the file, which must not exist. Raises OSError."""
        self.name = path.name
        self._path = path
        self._file: IO[bytes] = os.fdopen(os.open(path, _APPEND, 0o666), "wb", _BUFFER)
        self.size = 0  # bytes written so far
        self.synced = 0  # of them, those that are safe
        self._digest = hashlib.sha256()
        sync(path.parent)

    @property
    def sha256(self) -> str:
        """The digest of the bytes written so far, in hex."""
        return self._digest.copy().hexdigest()

    def write(self, data: bytes) -> None:
        """Write compressed bytes. Raises OSError."""
        self._digest.update(data)
        self._file.write(data)
        self.size += len(data)

    def flush(self) -> None:
        """Let other readers see what was written; it is not safe yet. Raises OSError."""
        self._file.flush()

    def append(self, record: WarcRecord) -> Position:
        """Write one record as a gzip member of its own. Raises OSError."""
        offset, plain = self.size, io.BytesIO()
        record.write(plain, checksum_data=True)
        for piece in compressed(plain.getbuffer()):
            self.write(piece)
        return Position(self.name, offset, self.size - offset)

    def sync(self) -> int:
        """Force all bytes to disk. Returns the size that is safe. Raises OSError, StorageError."""
        self._file.flush()
        os.fsync(self._file.fileno())
        refuse_changed(self._path, os.fstat(self._file.fileno()), self.size)
        self.synced = self.size
        return self.size

    def close(self) -> None:
        """Close without `sync`: what was not committed need not reach the disk."""
        with suppress(OSError):
            self._file.close()


def compressed(record: bytes | memoryview) -> Iterator[bytes]:
    """Yield a record as one gzip member, in pieces. A gzipped body is not compressed again."""
    has_gzip_body = _GZIP_BODY in bytes(record[:_HEAD])
    library, level = (zlib, 0) if has_gzip_body else (isal_zlib, _COMPRESSION)
    if len(record) <= _BUFFER:
        yield library.compress(record, level, GZIP)
        return
    stream: Any = library.compressobj(level, zlib.DEFLATED, GZIP)
    for start in range(0, len(record), _BUFFER):
        yield stream.compress(record[start : start + _BUFFER])
    yield stream.flush()


class Stored(NamedTuple):
    """The HTTP response in a record."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes  # still content-encoded; empty in a revisit record

    @property
    def plain(self) -> bytes:
        """The body with its content-encoding undone."""
        return plain_body(self.headers, self.body)


def read_at(folder: Path, position: Position) -> Stored:
    """The response or revisit record at a position.

    Raises FileUnreadableError when its WARC cannot be opened, StorageError when it is damaged.
    """
    path = folder / position.warc
    try:
        file = path.open("rb")
    except OSError as error:
        raise unreadable_file_error(path, error) from error
    try:
        with file:
            file.seek(position.offset)
            member = file.read(position.length)
        return _stored(next(ArchiveIterator(io.BytesIO(member)), None))
    except (OSError, ValueError) as error:
        raise StorageError(
            f"{path} is damaged at bytes {position.offset} to"
            f" {position.offset + position.length} ({error}): run `qarchive verify`."
        ) from error


def _stored(record: WarcRecord | None) -> Stored:
    http = record.http_headers if record is not None else None
    if record is None or http is None or http.status_code is None:
        raise ValueError("no HTTP response is there")
    return Stored(http.status_code, _headers(http), _read_body(record))


def _headers(http: HeaderMap) -> tuple[tuple[bytes, bytes], ...]:
    return tuple(
        (name.encode(), value.encode("latin-1", "replace")) for name, value in http.items()
    )


class StoredResponse(NamedTuple):
    """A response read back from a WARC, its content-encoding undone."""

    url: str
    status: int
    content_type: str | None
    body: bytes
    captured_at: datetime


def responses(path: Path) -> Iterator[StoredResponse]:
    """Every HTTP response of a WARC, plain or gzipped. Raises StorageError when it is damaged."""
    with path.open("rb") as file:
        try:
            for record in ArchiveIterator(file, max_header_len=_LONGEST_HEAD):
                body, http = _read_body(record), record.http_headers
                if record.record_type is not WarcRecordType.response:
                    continue
                if http is None or http.status_code is None or record.record_date is None:
                    continue
                headers = _headers(http)
                yield StoredResponse(
                    url=record.headers["WARC-Target-URI"],
                    status=http.status_code,
                    content_type=by_name(headers).get(b"content-type"),
                    body=plain_body(headers, body),
                    captured_at=record.record_date,
                )
        except OSError as error:
            raise StorageError(f"{error}, near byte {file.tell()}") from error


def _read_body(record: WarcRecord) -> bytes:
    """Read a record's body. Raises OSError when it is shorter than its header says."""
    length = record.content_length
    body = record.reader.read()
    if len(body) < length:
        raise OSError(f"a record is cut after {len(body)} of {length} bytes")
    return body


def by_name(headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, str]:
    """Headers by lower-case name; of several with one name the last, but Content-Encoding whole."""
    pairs = [(name.lower(), value) for name, value in headers]
    values = {name: value.decode("latin-1") for name, value in pairs}
    if _ENCODING in values:
        values[_ENCODING] = combined(value for name, value in pairs if name == _ENCODING)
    return values


def plain_body(headers: Iterable[tuple[bytes, bytes]], body: bytes) -> bytes:
    """The body as a browser would see it; as stored when its encoding is broken or unknown."""
    codings = content_codings(by_name(headers).get(_ENCODING))
    with suppress(BodyError):
        return undo(body, codings, LARGEST) if codings else body
    return body
