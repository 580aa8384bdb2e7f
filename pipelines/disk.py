"""What reaches the disk, and what lies there."""

import hashlib
import os
from pathlib import Path

from pipelines.errors import StorageError

_CHUNK = 1 << 20  # bytes


def sha256_of(path: Path, size: int) -> str:
    """The digest, in hex, of a file's first bytes. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while size and (data := file.read(min(size, _CHUNK))):
            digest.update(data)
            size -= len(data)
    return digest.hexdigest()


def sync(path: Path) -> None:
    """Force a file, or the names in a folder, to disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def refuse_changed(path: Path, held: os.stat_result, size: int | None = None) -> None:
    """Raise StorageError when a file that is held open lies there no more, or with another size.

    What is written into it is kept by nobody.
    """
    try:
        there = path.stat()
    except FileNotFoundError:
        raise StorageError(f"another program has moved or removed {path}") from None
    if not os.path.samestat(there, held) or size not in {None, there.st_size}:
        raise StorageError(f"another program has changed {path}")
