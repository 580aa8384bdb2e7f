"""Files that lie in an archive's folder and are not the archive's own: logs, notes, copies."""

import gzip
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, NamedTuple, cast

from pipelines.database import NAME
from pipelines.moving import EXPORTS, STAGES
from pipelines.warc import FOLDER
from scraper.reading.redaction.checking import squeezed, undone
from scraper.reading.units import long_enough

_OWN = {NAME, f"{NAME}-wal", f"{NAME}-shm", "lock", "forgotten.jsonl", "forgotten.key"}
_LONGEST_LINE = 16 << 20  # bytes
_BEGINNING = 8_192  # bytes in which a NUL tells a file that is no text
_OF_A_DAY = re.compile(r"-as-of-\d{8}T\d{6}Z")
_PART = ".part"


class Tidied(NamedTuple):
    """What was done about other files."""

    lines: int  # blanked in plain or gzipped text
    removed: tuple[str, ...]  # exports of a day, that are to be made anew
    left: tuple[Path, ...]  # no text, so that nobody can tell what they hold


def tidy(folder: Path, urls: Iterable[str], phrases: Iterable[str], exports: set[str]) -> Tidied:
    """Blank each line of other files in the folder that holds a URL or phrase.

    `exports` are the names of those under exports/, which are made anew whole. Raises OSError.
    """
    removed = tuple(_remove_old(folder / EXPORTS, exports))
    quoted = _Quoted(urls, phrases)
    lines, left = 0, []
    for path in list(_others(folder, exports)):
        if _is_text(path):
            lines += _blank(path, quoted)
        else:
            left.append(path)
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
        own = first in (STAGES if rest else _OWN)
        ours = first == FOLDER and len(rest) == 1 and path.name.endswith(".warc.gz")
        export = first == EXPORTS and rest and rest[0] in exports
        if path.is_file() and not path.is_symlink() and not (own or ours or export):
            yield path


class _Quoted:
    """The URLs and texts looked for, as they may stand in a line."""

    def __init__(self, urls: Iterable[str], phrases: Iterable[str]) -> None:
        every = sorted(map(re.escape, urls), key=len, reverse=True)
        self._urls = re.compile("|".join(f"{url}(?![\\w/-])" for url in every) or r"(?!)")
        self._phrases = tuple(squeezed(text) for text in phrases if long_enough(text))

    def stands_in(self, line: bytes) -> bool:
        plain = undone(line.decode("utf-8", "replace"))
        tight = squeezed(plain)
        return bool(self._urls.search(plain)) or any(one in tight for one in self._phrases)


def _is_text(path: Path) -> bool:
    try:
        with _opened(path) as file:
            return b"\0" not in file.read(_BEGINNING)
    except (OSError, EOFError):  # no gzip after all
        return False


def _opened(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if _is_packed(path) else path.open("rb")


def _is_packed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def _blank(path: Path, quoted: _Quoted) -> int:
    new, count = path.with_name(f".{path.name}{_PART}"), 0
    with ExitStack() as stack:
        lines = stack.enter_context(_opened(path))
        raw = stack.enter_context(new.open("wb"))
        packed = _is_packed(path)
        out = stack.enter_context(gzip.GzipFile(fileobj=raw, mode="wb")) if packed else raw
        while line := lines.readline(_LONGEST_LINE):
            holds = quoted.stands_in(line)
            out.write(b"[removed]\n" if holds else line)
            count += holds
    if count:
        shutil.copymode(path, new)
        with new.open("rb") as written:
            os.fsync(written.fileno())
        new.replace(path)
    else:
        new.unlink()
    return count
