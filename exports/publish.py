"""Publishes an export as a whole, or not at all.

It is written beside its place as `.NAME.PID.part`, and renamed when it is whole and on disk. A
killed export leaves the old one or the new one; the next export removes its temporary files.
"""

import ctypes
import glob
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EBUSY, EEXIST, EISDIR, ENAMETOOLONG, ENOTDIR
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TextIO

from pipelines.errors import StorageError, WrongPlaceError
from scraper.files import put_in_place, sync, take_rights

P = ParamSpec("P")
_AT_FDCWD = -100  # Linux: fcntl.h
_RENAME_EXCHANGE = 2  # Linux: fs.h
_WRONG_PLACE = {EBUSY, EEXIST, EISDIR, ENAMETOOLONG, ENOTDIR}


@contextmanager
def published_path(out: Path) -> Iterator[Path]:
    """A path to write; the file becomes `out`, or what `out` links to, if the block succeeds.

    Raises StorageError, at once when `out` exists and is no file.
    """
    with _errors_in_one_line(out):
        place = _resolved(out)
        if out.exists() and not out.is_file():
            raise WrongPlaceError(f"{out} is no file: name another place with --out.")
        with _part(place) as part:
            if place.exists():
                part.touch(0o600)  # until it has the rights of the old one
            yield part
            put_in_place(part, place)


@contextmanager
def published_file(out: Path) -> Iterator[TextIO]:
    """A UTF-8 text stream; the file becomes `out` if the block succeeds. Raises StorageError."""
    with published_path(out) as part, part.open("w", encoding="utf-8", newline="") as stream:
        yield stream


def as_file(
    write_to: Callable[Concatenate[Path, TextIO, P], int],
) -> Callable[Concatenate[Path, Path, P], int]:
    """The `write` of a format that is one text, which `write_to` writes to an open stream."""

    @wraps(write_to)
    def write(archive: Path, out: Path, /, *args: P.args, **kwargs: P.kwargs) -> int:
        with published_file(out) as stream:
            return write_to(archive, stream, *args, **kwargs)

    return write


@contextmanager
def published_folder(out: Path, names: frozenset[str], mark: str) -> Iterator[Path]:
    """An empty folder that becomes `out`, or what `out` links to, if the block succeeds.

    Raises StorageError, also when `out` holds anything and is no earlier export: one has the file
    `mark`, and others only of `names`.
    """
    place = _resolved(out)
    with _errors_in_one_line(out), _part(place) as part:
        _refuse_foreign(place, names, mark)
        part.mkdir(0o700 if place.exists() else 0o777)
        yield part
        for path in [*part.iterdir(), part]:
            take_rights(path, place / path.relative_to(part))
            sync(path)
        _swap(part, place)
        sync(place.parent)


def _resolved(out: Path) -> Path:
    return Path(os.path.realpath(out))  # Path.resolve() has an error of its own for a circle


@contextmanager
def _part(out: Path) -> Iterator[Path]:
    """This process's temporary path. Removes those of killed processes first, and it at last."""
    out.parent.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    part = out.parent / f".{out.name}.{os.getpid()}.part"
    try:
        yield part
    finally:
        _remove(part)


def _sweep(out: Path) -> None:
    name = glob.escape(out.name)
    if not out.exists():  # a process was killed between the two renames of _swap
        for old in out.parent.glob(f".{name}.*.old"):
            old.rename(out)
    for stray in [*out.parent.glob(f".{name}.*.part"), *out.parent.glob(f".{name}.*.old")]:
        pid = stray.suffixes[-2][1:]
        if pid.isdecimal() and not _is_alive(int(pid)):
            _remove(stray)


def _is_alive(pid: int) -> bool:
    if pid == os.getpid():  # reused, as in containers: the former process is dead
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _refuse_foreign(out: Path, names: frozenset[str], mark: str) -> None:
    if not out.exists():
        return
    held = {path.name for path in out.iterdir()} if out.is_dir() else {""}
    if held and not {mark} <= held <= names | {mark}:
        raise WrongPlaceError(
            f"{out} is no earlier export: move it away, or name another place with --out."
        )


def _swap(part: Path, out: Path) -> None:
    """Rename `part` to `out`; an earlier `out` becomes `part`, or is removed."""
    if not out.exists():
        part.rename(out)
    elif not _exchange(part, out):
        old = part.with_suffix(".old")
        out.rename(old)
        part.rename(out)
        shutil.rmtree(old)


def _exchange(part: Path, out: Path) -> bool:
    """Exchange two paths atomically; False where the system or file system cannot."""
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    if renameat2 is None:
        return False
    names = os.fsencode(part), os.fsencode(out)
    return bool(renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)


@contextmanager
def _errors_in_one_line(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"{out} cannot be written ({error.strerror or error})"
        if error.errno in _WRONG_PLACE:
            raise WrongPlaceError(f"{message}: name another place with --out.") from error
        raise StorageError(f"{message}: check space and rights.") from error
