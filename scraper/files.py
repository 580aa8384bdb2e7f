"""Writes files atomically, and forces them to disk."""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, lines: Iterable[str], mode: int) -> None:
    """Replace a file atomically; it is on disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    put_in_place(new, path)


def put_in_place(new: Path, old: Path) -> None:
    """Let a written file replace another, with its rights; content and name are on disk then.

    Raises OSError.
    """
    take_rights(new, old)
    sync(new)
    new.replace(old)
    sync(old.parent)


def take_rights(new: Path, old: Path) -> None:
    """Let those alone read and write a path who could do so with the one that it is to replace."""
    if not old.exists():
        return
    rights, given = old.stat(), new.stat()
    mode = stat.S_IMODE(rights.st_mode)
    if (given.st_uid, given.st_gid) != (rights.st_uid, rights.st_gid):
        if not _chown(new, rights.st_uid, rights.st_gid) and not _chown(new, -1, rights.st_gid):
            mode &= ~stat.S_IRWXG  # they were another group's
        given = new.stat()
    if stat.S_IMODE(given.st_mode) != mode:
        new.chmod(mode)


def _chown(path: Path, owner: int, group: int) -> bool:
    """Whether owner and group could be set: root alone gives files away."""
    with suppress(PermissionError):
        os.chown(path, owner, group)
        return True
    return False


def sync(path: Path) -> None:
    """Force a file, or the names in a folder, to disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
