"""Helpers for files: digests, copies, rights, and whether an open file was replaced."""

import hashlib
import os
import shutil
from errno import EACCES, ENOENT, EPERM, EROFS
from pathlib import Path

from pipelines.errors import FileUnreadableError, StorageError

_CHUNK = 1 << 20  # bytes


def sha256_of(path: Path, size: int) -> str:
    """The digest, in hex, of a file's first bytes. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while size and (data := file.read(min(size, _CHUNK))):
            digest.update(data)
            size -= len(data)
    return digest.hexdigest()


def link_or_copy(source: Path, into: Path) -> None:
    """Make a hard link to a file, or a copy where the file system has none."""
    try:
        os.link(source, into)
    except OSError:
        shutil.copyfile(source, into)


def unreadable_file_error(path: Path, error: OSError) -> FileUnreadableError:
    """The error of a file that is missing or cut, or that the system refuses to read."""
    is_lost = error.errno in {None, ENOENT}
    todo = "restore it from a backup" if is_lost else "check disk, rights and limits"
    return FileUnreadableError(f"{path} cannot be read ({error.strerror or error}): {todo}.")


def is_forbidden(error: Exception) -> bool:
    """Whether rights are at fault, or a read-only disk, and neither room nor data."""
    return isinstance(error, OSError) and error.errno in {EACCES, EPERM, EROFS}


def refuse_changed(path: Path, opened: os.stat_result, size: int | None = None) -> None:
    """Raise StorageError when an open file was removed, replaced, or has another size on disk.

    What is written to it would be lost.
    """
    try:
        current = path.stat()
    except FileNotFoundError:
        raise StorageError(f"another program has moved or removed {path}") from None
    if not os.path.samestat(current, opened) or size not in {None, current.st_size}:
        raise StorageError(f"another program has changed {path}")
