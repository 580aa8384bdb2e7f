"""What reaches the disk, and what lies there."""

import hashlib
import os
from pathlib import Path

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
