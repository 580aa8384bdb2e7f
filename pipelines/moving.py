"""Putting a rebuilt archive in the place of the old one, all of it or nothing.

What is new is made in `.next/`. When it is whole and on disk it becomes `.ready/`, which is the
moment it counts: whoever takes the lock next finishes the move, however often that is killed.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.database import NAME
from pipelines.disk import sync
from pipelines.errors import StorageError
from pipelines.warc import FOLDER

EXPORTS = "exports"
_NEXT, _READY, _LIST = ".next", ".ready", "warcs.json"
STAGES = {_NEXT, _READY}


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """An empty folder that takes the archive's place when the block ends well.

    Raises StorageError when there is no room for it; the archive is then as it was.
    """
    stage = folder / _NEXT
    shutil.rmtree(stage, ignore_errors=True)
    (stage / FOLDER).mkdir(parents=True)
    try:
        yield stage
        (stage / _LIST).write_text(json.dumps(names_of(stage)), encoding="utf-8")
        for path in (*stage.rglob("*"), stage):
            sync(path)
        stage.rename(folder / _READY)
        sync(folder)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(
            f"{folder} could not be made anew ({error}): its data is as it was. Make room for a"
            " second copy, and give the command again."
        ) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    finish(folder)


def finish(folder: Path) -> None:
    """Move what is ready into place; remove what is not. The lock is the caller's.

    Raises OSError.
    """
    shutil.rmtree(folder / _NEXT, ignore_errors=True)
    ready = folder / _READY
    if not ready.exists():
        return
    names = json.loads((ready / _LIST).read_text("utf-8"))
    (folder / FOLDER).mkdir(exist_ok=True)
    for path in (folder / FOLDER).glob("*.warc.gz"):
        if path.name not in names:
            path.unlink()
    for name in names:
        if (ready / FOLDER / name).exists():
            (ready / FOLDER / name).replace(folder / FOLDER / name)
    if (ready / NAME).exists():
        for ending in ("-wal", "-shm"):
            (folder / f"{NAME}{ending}").unlink(missing_ok=True)
        (ready / NAME).replace(folder / NAME)
    for export in (ready / EXPORTS).glob("*"):
        _put(export, folder / EXPORTS / export.name)
    sync(folder / FOLDER)
    sync(folder)
    ready.rename(folder / _NEXT)  # done: what is left of it is rubbish
    shutil.rmtree(folder / _NEXT)


def _put(new: Path, old: Path) -> None:
    old.parent.mkdir(exist_ok=True)
    if old.is_dir():
        shutil.rmtree(old)
    new.replace(old)


def keep(source: Path, into: Path) -> None:
    """The same file under a second name, or a copy where the file system knows no such thing."""
    try:
        os.link(source, into)
    except OSError:
        shutil.copyfile(source, into)


def names_of(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / FOLDER).glob("*.warc.gz"))
