"""The archive's lock, for one writer at a time; the system releases it when its holder dies."""

import fcntl
import os
from pathlib import Path
from typing import IO

from pipelines.database import check_whole
from pipelines.errors import ArchiveBusyError, StorageError
from pipelines.layout import LOCK
from pipelines.rebuilding.staging import finish


def take(folder: Path) -> IO[str]:
    """Make the folder if need be and lock it; closing the file gives the lock back.

    Raises ArchiveBusyError at once when another process holds it, StorageError when the folder
    cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / LOCK).open("a+", encoding="ascii")
    except OSError as error:
        raise StorageError(
            f"{folder} cannot be written ({error.strerror}):"
            " make room, mend its rights, or work on a copy."
        ) from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.seek(0)
        holder = file.read().strip() or "unknown"
        file.close()
        raise ArchiveBusyError(
            f"process {holder} is writing {folder}: wait for it, or use another --archive."
        ) from error
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    try:
        finish(folder)
    except StorageError:
        file.close()
        raise
    return file


def claim(folder: Path) -> IO[str]:
    """Take the archive's lock, and check its database.

    Raises ArchiveBusyError or StorageError.
    """
    held = take(folder)
    try:
        check_whole(folder)
    except BaseException:
        held.close()
        raise
    return held
