"""Writes files atomically, and forces them to disk."""

import os
import shutil
from collections.abc import Iterable
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
    if old.exists() and new.stat().st_mode != old.stat().st_mode:
        shutil.copymode(old, new)


def sync(path: Path) -> None:
    """Force a file, or the names in a folder, to disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
