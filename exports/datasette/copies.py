"""Copies of the database for a site, removed when their process ends.

A killed process leaves its copy but not its lock on the copy's folder. So the next copy, and
`qarchive forget`, find and remove copies that nobody uses any more.
"""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from pipelines.database import open_reader
from pipelines.errors import ArchiveBusyError, StorageError
from pipelines.history.asof import put_back
from pipelines.layout import DATABASE
from pipelines.lock import locked

_PREFIX = ".qarchive-served-"


@contextmanager
def snapshot(archive: Path, as_of: datetime | None = None) -> Iterator[Path]:
    """A folder for `build` with a copy of the database as it is, or was; gone afterwards.

    Raises NoArchiveError, or StorageError when there is no room for it.
    """
    sweep()
    with TemporaryDirectory(prefix=_PREFIX) as folder, _in_use(Path(folder)):
        with open_reader(archive) as db:
            try:
                db.execute("VACUUM INTO ?", (str(Path(folder) / DATABASE),))
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
        with suppress(OSError, ArchiveBusyError), _in_use(folder):  # else another user's
            files = list(folder.glob(f"{DATABASE}*"))  # none: it is perhaps being made
            for file in files:
                file.unlink()
            if files:
                folder.rmdir()


def _in_use(folder: Path) -> AbstractContextManager[None]:
    return locked(folder, fcntl.LOCK_EX, f"{folder} is in use")
