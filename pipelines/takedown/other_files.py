"""Blanks quotations in other files of an archive's folder: logs, notes, copies of exports."""

import gzip
import os
import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import chain
from pathlib import Path
from typing import IO, NamedTuple, cast

from pipelines.layout import DATABASE, EXPORTS, LOCK, STAGES, WARCS
from pipelines.takedown.quotations import Quotations, blanked, decode_line, delimiter_of, lines_of
from scraper.files import put_in_place
from scraper.tombstone_keys import KEYS
from scraper.tombstones import TOMBSTONES

_ARCHIVE_FILES = {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", LOCK, TOMBSTONES, KEYS}
_SAMPLE = 8_192  # bytes; a file with a NUL among them is not text
_AS_OF = re.compile(r"-as-of-\d{8}T\d{6}Z")
_PART = ".part"
_GZIP_ERRORS = (EOFError, gzip.BadGzipFile, zlib.error)  # truncated, or not all gzip


class OtherFiles(NamedTuple):
    """What a takedown did to the other files of an archive's folder."""

    lines: int  # blanked in text files, gzipped or not; rows, in tables
    removed: tuple[str, ...]  # exports made with --as-of, which have to be made again
    unsearched: tuple[Path, ...]  # files that could not be searched whole


def redact_other_files(folder: Path, quotations: Quotations, exports: set[str]) -> OtherFiles:
    """Blank each line of other files in the folder that names or quotes a forgotten page.

    `exports`: names under exports/ that the caller writes anew. Raises OSError.
    """
    removed = tuple(remove_old_exports(folder / EXPORTS, exports))
    lines, unsearched = 0, []
    for path in list(_other_files(folder, exports)):
        if path.is_symlink():
            unsearched.append(Path(os.path.realpath(path)))
            continue
        try:
            count, is_sure = _blank_lines(path, quotations) if _is_text(path) else (0, False)
        except _GZIP_ERRORS:
            count, is_sure = 0, False
        lines += count
        if not is_sure:
            unsearched.append(path)
    return OtherFiles(lines, removed, tuple(unsearched))


def remove_old_exports(folder: Path, exports: set[str]) -> Iterator[str]:
    """Remove exports made with --as-of, yielding their names, and remains of killed exports."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        is_as_of = _AS_OF.sub("", path.name) in exports - {path.name}
        is_remains = path.name.startswith(".") and path.suffix in {_PART, ".old"}
        if path.is_symlink() or not (is_as_of or is_remains):
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
        if is_as_of:
            yield path.name


def _other_files(folder: Path, exports: set[str]) -> Iterator[Path]:
    """Yield other files in the archive's folder, and links that lead out of it."""
    top = folder.resolve()
    links = [folder / name for name in (WARCS, EXPORTS) if (folder / name).is_symlink()]
    for path in sorted(chain(*(place.rglob("*") for place in (folder, *links)))):
        first, *rest = path.relative_to(folder).parts
        is_archive = bool(STAGES & {first, *rest}) if rest else first in _ARCHIVE_FILES
        is_warc = first == WARCS and len(rest) == 1 and path.name.endswith(".warc.gz")
        is_export = first == EXPORTS and bool(rest) and rest[0] in exports
        if is_archive or is_warc or path in links:
            continue
        if path.is_symlink():
            is_rewritten = is_export and len(rest) == 1 and path.exists()
            if not is_rewritten and not Path(os.path.realpath(path)).is_relative_to(top):
                yield path
        elif path.is_file() and not is_export:
            yield path


def _is_text(path: Path) -> bool:
    try:
        with _opened(path) as file:
            return b"\0" not in file.read(_SAMPLE)
    except OSError:
        return False


def _opened(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if _is_gzip(path) else path.open("rb")


def _is_gzip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def _blank_lines(path: Path, quotations: Quotations) -> tuple[int, bool]:
    """How many lines were blanked, and whether the encoding of every line is sure."""
    new, delimiter = path.with_name(f".{path.name}{_PART}"), delimiter_of(path.name)
    count, is_sure = 0, True
    try:
        with _opened(path) as file, new.open("wb") as raw:
            packed = gzip.GzipFile(fileobj=raw, mode="wb") if _is_gzip(path) else nullcontext(raw)
            with packed as out:
                for line in lines_of(file, delimiter):
                    text = decode_line(line)
                    is_match = quotations.are_in(text)
                    out.write(blanked(text, delimiter) if is_match else line)
                    count += is_match
                    is_sure = is_sure and text.is_sure
        if count:
            put_in_place(new, path)
    finally:
        new.unlink(missing_ok=True)
    return count, is_sure
