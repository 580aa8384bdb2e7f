"""Replaces an archive by a rebuilt one, all of it or nothing.

The new archive is made in `.next/`. When it is complete and on disk, `.next/` is renamed to
`.ready/`, from which moment it counts: whoever takes the lock next finishes the move, however
often that is killed. Files are only renamed, which needs no room: what goes into `warc/` and
`exports/` is made there, as they may be links or mounts, and what an export links to beside that.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from errno import EACCES
from pathlib import Path

from pipelines.database import is_there
from pipelines.disk import is_forbidden, link_or_copy
from pipelines.errors import StorageError
from pipelines.layout import DATABASE, EXPORTS, NEXT, READY, WARCS
from pipelines.warcs.names import warcs_in
from scraper.clock import now
from scraper.files import sync, take_rights
from scraper.tombstones import TOMBSTONES

_GONE = "gone.json"


@contextmanager
def staged(folder: Path, parts: Iterable[str] = (WARCS,)) -> Iterator[Path]:
    """An empty folder that takes the archive's place when the block ends well.

    Raises StorageError when there is no room for it, or no right to write into one of the `parts`
    (`WARCS`, `EXPORTS`), or the database or a WARC is a link: the archive is then as it was. Else
    as `finish`.
    """
    stage = folder / NEXT
    _refuse_links(folder)
    try:
        begin(folder, parts)
        yield stage
        for path in (*_all_paths(stage), stage):
            take_rights(path, folder / path.relative_to(stage))
            sync(path)
        stage.rename(folder / READY)
    except (OSError, sqlite3.Error) as error:
        message, todo = f"{folder} could not be made ({error}).", "Make room"
        if is_there(folder):
            message = f"{folder} could not be rebuilt ({error}): its data is as it was."
            todo = "Make room for a second copy"
        if is_forbidden(error):
            todo = "Mend the rights"
        raise StorageError(f"{message} {todo}, and give the command again.") from error
    finally:
        _clear(folder)
    finish(folder)


def is_waiting(folder: Path) -> bool:
    """Whether a complete stage has still to be moved into place."""
    return (folder / READY).exists()


def refuse_half_replaced(folder: Path) -> None:
    """Raise StorageError while a complete stage has still to be moved into place."""
    if is_waiting(folder):
        raise StorageError(
            f"{folder} is being replaced by what a command has rebuilt: wait for it, or, if that"
            " was killed, give the command again."
        )


def finish(folder: Path) -> None:
    """Move a complete stage into place; remove an incomplete one. The lock is the caller's.

    Raises StorageError; whoever takes the lock next goes on with it.
    """
    ready = folder / READY
    try:
        _clear(folder)
        if ready.exists():
            sync(folder)
            _put_in_place(ready, folder)
            ready.rename(folder / NEXT)  # done: the rest can be removed
        _clear(folder)
    except OSError as error:
        raise StorageError(
            f"{folder} is being replaced, and {error.filename or folder} cannot be"
            f" written ({error.strerror}): check disk and rights, and give the command again."
        ) from error


def _put_in_place(ready: Path, folder: Path) -> None:
    for part in ready.iterdir():
        part.stat()  # raises where the part of another disk is not there
    (folder / WARCS).mkdir(exist_ok=True)
    for name in json.loads((ready / _GONE).read_text("utf-8")) if (ready / _GONE).exists() else ():
        (folder / WARCS / name).unlink(missing_ok=True)
    for name in names_of(ready):
        (ready / WARCS / name).replace(folder / WARCS / name)
    for kept in ready.glob(f"{DATABASE}.*"):
        kept.replace(folder / kept.name)
    if (ready / DATABASE).exists():
        for ending in ("-wal", "-shm"):
            (folder / f"{DATABASE}{ending}").unlink(missing_ok=True)
        (ready / DATABASE).replace(folder / DATABASE)
    for export in (ready / EXPORTS).glob("*"):
        _replace(export, folder / EXPORTS / export.name)
    if (ready / TOMBSTONES).exists():  # the last: they say that the page is gone
        (ready / TOMBSTONES).replace(folder / TOMBSTONES)
    for place in filter(Path.exists, (folder / WARCS, folder / EXPORTS, folder)):
        sync(place)


def _refuse_links(folder: Path) -> None:
    """Raise StorageError for a link to a file: what it leads to would stay as it is."""
    for path in (folder / DATABASE, *warcs_in(folder / WARCS)):
        if path.is_symlink():
            raise StorageError(
                f"{path} is a link, and the file that it leads to would stay as it is: move that"
                f" file here (only all of {WARCS}/ may be a link), and give the command again."
            )


def begin(folder: Path, parts: Iterable[str] = (WARCS,)) -> None:
    """Make an empty stage, its parts within the folders that they go into. Raises OSError."""
    _clear(folder)
    (folder / NEXT).mkdir(0o700, parents=True)  # until all in it has the rights of the old
    for name in parts:
        here, part = folder / name, folder / NEXT / name
        if here.exists():
            (here / NEXT).mkdir(0o700)
            sync(here)
            part.symlink_to(Path("..") / name / NEXT)
        else:
            part.mkdir()


def export_in(stage: Path, name: str) -> Path:
    """Where to make an export anew: beside what the archive's leads to, if that is a link."""
    old, new = stage.parent / EXPORTS / name, stage / EXPORTS / name
    if old.is_symlink():
        place = Path(os.path.realpath(old))
        new.symlink_to(place.with_name(f".{place.name}{NEXT}"))
    return new


def _clear(folder: Path) -> None:
    """Remove an incomplete stage, with its parts on other disks."""
    for path in (folder / NEXT / EXPORTS).glob("*"):
        place = Path(os.path.realpath(path))
        shutil.rmtree(place, ignore_errors=True)
        with suppress(OSError):
            place.unlink()
    shutil.rmtree(folder / NEXT, ignore_errors=True)
    if not (folder / READY).exists():
        for name in (WARCS, EXPORTS):
            shutil.rmtree(folder / name / NEXT, ignore_errors=True)


def _all_paths(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        yield path
        if path.is_symlink():
            yield from _all_paths(path)


def _replace(new: Path, old: Path) -> None:
    old.parent.mkdir(exist_ok=True)
    if new.is_symlink():
        new, old = (Path(os.path.realpath(path)) for path in (new, old))
    if new.exists() or not old.exists():  # else it was moved before a kill
        if old.is_dir():
            shutil.rmtree(old)
        new.replace(old)
    sync(old.parent)


def refuse_unwritable(folders: Iterable[Path]) -> None:
    """Raise PermissionError for a folder that may not be replaced, where it is one."""
    for folder in folders:
        if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(EACCES, os.strerror(EACCES), str(folder))


def leave_out(stage: Path, names: Iterable[str]) -> None:
    """Have these WARCs of the archive removed when the stage takes its place."""
    (stage / _GONE).write_text(json.dumps(sorted(names)), encoding="utf-8")


def keep_database(folder: Path, stage: Path) -> str:
    """Have the old database stay beside the new one. Returns its name there. Raises OSError."""
    name = f"{DATABASE}.{now():%Y%m%dT%H%M%SZ}"
    for ending in ("", "-wal"):
        if (old := folder / f"{DATABASE}{ending}").exists():
            link_or_copy(old, stage / f"{name}{ending}")
    return name


def kept_databases(folder: Path) -> list[Path]:
    """The files of old databases that repairs have kept."""
    return sorted(folder.glob(f"{DATABASE}.*Z*"))


def names_of(folder: Path) -> list[str]:
    """The names of an archive's WARCs. Raises OSError."""
    return [path.name for path in warcs_in(folder / WARCS)]
