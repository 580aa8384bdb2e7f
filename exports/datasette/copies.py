"""Copies of the database for a site to show, which end with the process that made them.

A killed process leaves its copy; the lock on the copy's folder goes with the process, so that the
next copy, and `qarchive forget`, tell what nobody shows any more and remove it.
"""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from pipelines.database import NAME, open_reader
from pipelines.errors import StorageError
from pipelines.queries.asof import put_back

_PREFIX = ".qarchive-served-"


@contextmanager
def snapshot(archive: Path, as_of: datetime | None = None) -> Iterator[Path]:
    """A folder for `build` with a copy of the database as it is, or was; gone afterwards.

    Raises NoArchiveError, or StorageError when there is no room for it.
    """
    sweep()
    with TemporaryDirectory(prefix=_PREFIX) as folder, _locked(Path(folder)):
        with open_reader(archive) as db:
            try:
                db.execute("VACUUM INTO ?", (str(Path(folder) / NAME),))
            except sqlite3.Error as error:
                raise StorageError(
                    f"no copy of {archive} could be made in {folder} ({error}):"
                    " free some space or set TMPDIR."
                ) from error
        if as_of is not None:
            put_back(Path(folder), as_of)
        yield Path(folder)


def sweep() -> None:
    """Remove the copies whose process is dead."""
    for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError), _locked(folder):  # not ours, or somebody shows it
            files = list(folder.glob(f"{NAME}*"))  # none: it may be about to be locked
            for file in files:
                file.unlink()
            if files:
                folder.rmdir()


@contextmanager
def replaced(archive: Path) -> Iterator[Callable[[], bool]]:
    """Tells whether another database has taken the place of the one that is there now.

    `qarchive forget` and repairs put one there. Raises NoArchiveError or StorageError.
    """
    with open_reader(archive):
        path = archive / NAME
    with path.open("rb") as held:  # as long as it is open, no other file gets its number

        def told() -> bool:
            with suppress(OSError):  # it is away
                return not os.path.samestat(os.fstat(held.fileno()), path.stat())
            return False

        yield told


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)
