"""Files that lie in an archive's folder and are not the archive's own: logs, notes, copies."""

import gzip
import os
import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, NamedTuple, cast

from pipelines.database import NAME
from pipelines.rebuilding.staging import EXPORTS, STAGES
from pipelines.takedown.quoted import Quoted, blank, delimiter_of, lines_of, read
from pipelines.warcs.names import FOLDER

_OWN = {NAME, f"{NAME}-wal", f"{NAME}-shm", "lock", "forgotten.jsonl", "forgotten.key"}
_BEGINNING = 8_192  # bytes in which a NUL tells a file that is no text
_OF_A_DAY = re.compile(r"-as-of-\d{8}T\d{6}Z")
_PART = ".part"
_NO_GZIP = (EOFError, gzip.BadGzipFile, zlib.error)  # one that is cut, or not all gzip


class Tidied(NamedTuple):
    """What was done about other files."""

    lines: int  # blanked in plain or gzipped text; rows, in tables
    removed: tuple[str, ...]  # exports of a day, that have to be exported again
    left: tuple[Path, ...]  # not all text, so that nobody can tell what they hold


def tidy(folder: Path, quoted: Quoted, exports: set[str]) -> Tidied:
    """Blank each line of other files in the folder that names or quotes what is looked for.

    `exports` are the names of those under exports/, which are written again whole. Raises OSError.
    """
    removed = tuple(_remove_old(folder / EXPORTS, exports))
    lines, left = 0, []
    for path in list(_others(folder, exports)):
        try:
            blanked, is_sure = _blank(path, quoted) if _is_text(path) else (0, False)
        except _NO_GZIP:
            blanked, is_sure = 0, False
        lines += blanked
        left += [] if is_sure else [path]
    return Tidied(lines, removed, tuple(left))


def _remove_old(folder: Path, exports: set[str]) -> Iterator[str]:
    """Remove exports of some day, and what a killed one left; names of the former."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        of_a_day = _OF_A_DAY.sub("", path.name) in exports - {path.name}
        if of_a_day or (path.name.startswith(".") and path.suffix in {_PART, ".old"}):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
            if of_a_day:
                yield path.name


def _others(folder: Path, exports: set[str]) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        first, *rest = path.relative_to(folder).parts
        own = STAGES & {first, *rest} if rest else first in _OWN
        ours = first == FOLDER and len(rest) == 1 and path.name.endswith(".warc.gz")
        export = first == EXPORTS and rest and rest[0] in exports
        if path.is_file() and not path.is_symlink() and not (own or ours or export):
            yield path


def _is_text(path: Path) -> bool:
    try:
        with _opened(path) as file:
            return b"\0" not in file.read(_BEGINNING)
    except OSError:
        return False


def _opened(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if _is_packed(path) else path.open("rb")


def _is_packed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def _blank(path: Path, quoted: Quoted) -> tuple[int, bool]:
    """How many lines were blanked, and whether every line could be read."""
    new = path.with_name(f".{path.name}{_PART}")
    try:
        count, is_sure = _written(path, new, quoted)
        if count:
            shutil.copymode(path, new)
            with new.open("rb") as written:
                os.fsync(written.fileno())
            new.replace(path)
    finally:
        if new.exists():
            new.unlink()
    return count, is_sure


def _written(path: Path, new: Path, quoted: Quoted) -> tuple[int, bool]:
    count, is_sure = 0, True
    delimiter = delimiter_of(path.name)
    with ExitStack() as stack:
        file = stack.enter_context(_opened(path))
        raw = stack.enter_context(new.open("wb"))
        packed = _is_packed(path)
        out = stack.enter_context(gzip.GzipFile(fileobj=raw, mode="wb")) if packed else raw
        for line in lines_of(file, delimiter):
            plain = read(line)
            holds = quoted.stands_in(plain)
            out.write(blank(plain, delimiter) if holds else line)
            count += holds
            is_sure = is_sure and plain.is_sure
    return count, is_sure
