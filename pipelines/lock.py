"""The archive's locks, for one writer at a time; the system releases them when a holder dies.

Exports go on beside a writer, so a takedown, after which none of them may hold the page, has a lock
of its own to keep them off.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import IO

from pipelines.database import check_whole, is_there
from pipelines.errors import ArchiveBusyError, StorageError, WrongPlaceError
from pipelines.layout import EXPORTS, LOCK, WARCS
from pipelines.rebuilding.staging import finish, is_waiting

_PATIENCE = 1.0  # seconds, as a reader may be asking whether the lock is held


def take(folder: Path) -> IO[str]:
    """Make the folder if need be and lock it; closing the file gives the lock back.

    Raises ArchiveBusyError when another process goes on holding it, StorageError when the folder
    cannot be written, WrongPlaceError for a part of an archive.
    """
    _refuse_part(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / LOCK).open("a+", encoding="ascii")
    except OSError as error:
        raise StorageError(
            f"{folder} cannot be written ({error.strerror}):"
            " make room, mend its rights, or work on a copy."
        ) from error
    try:
        _wait_for(file)
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


def _refuse_part(folder: Path) -> None:
    place = folder.resolve()
    if is_there(place):  # a copy that was put there is an archive of its own
        return
    for path in (place, *place.parents):
        if path.name in {WARCS, EXPORTS} and is_there(path.parent):
            raise WrongPlaceError(f"{folder} is a part of the archive {path.parent}: name that.")


def _wait_for(file: IO[str]) -> None:
    """Lock the file. Raises OSError when that takes too long."""
    until = monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() > until:
                raise
            sleep(_PATIENCE / 100)
        else:
            return


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


def may_be_held(folder: Path) -> bool:
    """Whether a process writes the archive now, or that cannot be asked."""
    try:
        with (folder / LOCK).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


@contextmanager
def exporting(folder: Path) -> Iterator[None]:
    """Hold takedowns off while something is written into the archive's exports.

    What a killed takedown has made ready is put in place first. Raises ArchiveBusyError beside a
    takedown, and as `take`.
    """
    with locked(folder.resolve(), fcntl.LOCK_SH, f"pages are being taken down from {folder}"):
        if is_waiting(folder):
            take(folder).close()
        yield


@contextmanager
def taking_down(folder: Path) -> Iterator[None]:
    """Hold exports into the archive off. Raises ArchiveBusyError while one is being written."""
    with locked(folder.resolve(), fcntl.LOCK_EX, f"an export is being written into {folder}"):
        yield


def is_taking_down(folder: Path) -> bool:
    """Whether a takedown is going on. Raises OSError."""
    try:
        with locked(folder.resolve(), fcntl.LOCK_SH, ""):
            return False
    except ArchiveBusyError:
        return True


@contextmanager
def locked(folder: Path, how: int, why_not: str) -> Iterator[None]:
    """Lock a folder, but no symlink. Raises OSError; ArchiveBusyError, with `why_not`, if it is."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        try:
            fcntl.flock(descriptor, how | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ArchiveBusyError(f"{why_not}: wait for it.") from error
        yield
    finally:
        os.close(descriptor)
