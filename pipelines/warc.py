"""Appending to `warc/*.warc.gz`: one gzip member a record, nothing ever rewritten."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter

from pipelines.errors import StorageError

FOLDER = "warc"
ROTATE_AT = 1_000_000_000  # bytes: what others' tools still handle with ease
_GROUP_BYTES = 200_000_000  # more than one group of the largest pages, requests included


@dataclass(frozen=True, slots=True)
class Position:
    """Where a record lies: the file's name under `warc/`, its first byte, its length."""

    warc: str
    offset: int
    length: int


class WarcFile:
    """One file being appended to. Bytes past what `sync` returned may be lost by a crash."""

    def __init__(self, path: Path) -> None:
        """Make the file, which must not exist, and its warcinfo record."""
        self.name = path.name
        self._file: IO[bytes] = path.open("xb")
        self.writer = WARCWriter(self._file, gzip=True, warc_version="1.1")
        _sync_folder(path.parent)

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._file.tell()

    def append(self, record: ArcWarcRecord) -> Position:
        """Write one record. Raises OSError."""
        offset = self.size
        self.writer.write_record(record)
        return Position(self.name, offset, self.size - offset)

    def sync(self) -> int:
        """Force everything to disk; the size that is safe now. Raises OSError."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return self.size

    def close(self) -> None:
        """Close without syncing: what was not committed never happened."""
        self._file.close()


def cut_back(folder: Path, committed: dict[str, int]) -> None:
    """Drop what one group wrote after the last commit.

    Raises StorageError, having changed nothing, when more than that differs: then the database
    is not this archive's latest, and cutting would destroy evidence. Raises OSError.
    """
    unnamed = [path for path in sorted(folder.glob("*.warc.gz")) if path.name not in committed]
    sizes = {name: _size(folder / name) for name in committed}
    for name, size in committed.items():
        if sizes[name] < size:
            raise StorageError(
                f"{folder / name} holds {sizes[name]} of {size} bytes: restore it from a backup."
            )
    extra = sum(max(0, sizes[name] - size) for name, size in committed.items())
    if len(unnamed) > 1 or extra + sum(map(_size, unnamed)) > _GROUP_BYTES:
        raise StorageError(f"{folder} is newer than the database: restore the latest archive.db.")
    for path in unnamed:
        path.unlink()
    for name, size in committed.items():
        if sizes[name] > size:
            os.truncate(folder / name, size)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
