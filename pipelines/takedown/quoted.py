"""Whether a line of a log, or a row of a table, names or quotes what is to be forgotten."""

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import StringIO
from typing import IO, NamedTuple

from scraper.bases import origin
from scraper.reading.big5 import decode_big5
from scraper.reading.redaction.escapes import undone
from scraper.reading.sameness import long_enough, squeezed

_LONGEST_LINE = 16 << 20  # bytes
_LONGEST_ROW = 1 << 20  # bytes; beyond it some quotation mark was no CSV
_MARK = "[removed]"
_ROWS = {".csv": ",", ".tsv": "\t"}


class Read(NamedTuple):
    """A line as text."""

    ways: tuple[str, ...]  # in which its bytes may be meant
    is_sure: bool  # whether they mean something in UTF-8 or Big5


class Quoted:
    """The ids, URLs and texts looked for, as they may stand in a line."""

    def __init__(self, ids: Iterable[str], urls: Iterable[str], phrases: Iterable[str]) -> None:
        """Ids of one language stand for all languages."""
        urls = set(urls)
        every = sorted(map(re.escape, urls), key=len, reverse=True)
        paths = sorted({re.escape(path) for path in map(_path, urls) if len(path) > 1})
        questions = sorted({re.escape(one.rpartition(":")[0]) for one in ids})
        named = [
            *(f"{url}(?![\\w/-])" for url in every),
            *(f"{_BEFORE_A_PATH}{path}(?![\\w/-])" for path in paths),
            *(f"{_BEFORE}{q}:[a-z]" for q in questions),
        ]
        self._names = re.compile("|".join(named) or r"(?!)")
        self._phrases = tuple(squeezed(text) for text in phrases if long_enough(text))

    def stands_in(self, line: Read) -> bool:
        """Whether one of them stands there, however it is written."""
        return any(self._stands_in(undone(text)) for text in line.ways)

    def _stands_in(self, plain: str) -> bool:
        tight = squeezed(plain)
        return bool(self._names.search(plain)) or any(one in tight for one in self._phrases)


_BEFORE = r"(?<![\w.-])"  # the id of another host may end like it
_BEFORE_A_PATH = r"(?<![\w./:\]-])"  # so may its URL


def _path(url: str) -> str:
    """What an access log tells of a URL."""
    return url[len(origin(url)) :]


def read(line: bytes) -> Read:
    """Decode a line of a file of which nobody said how it is written."""
    with suppress(UnicodeDecodeError):
        return Read((line.decode(),), is_sure=True)
    ways = [line.decode("utf-8", "replace"), line.decode("latin-1")]
    try:
        return Read((decode_big5(line, "strict"), *ways), is_sure=True)
    except UnicodeDecodeError:
        return Read((decode_big5(line, "replace"), *ways), is_sure=False)


def delimiter_of(name: str) -> str | None:
    """What stands between the cells of a table, by its file's name; None for other files."""
    return next(
        (sign for end, sign in _ROWS.items() if name.removesuffix(".gz").endswith(end)), None
    )


def lines_of(file: IO[bytes], delimiter: str | None) -> Iterator[bytes]:
    """Yield the lines of a file, or the rows of a table, whose cells may hold several lines."""
    parts: list[bytes] = []
    size = marks = 0
    while line := file.readline(_LONGEST_LINE):
        parts.append(line)
        size, marks = size + len(line), marks + line.count(b'"')
        if delimiter is None or marks % 2 == 0:
            yield b"".join(parts)
        elif size > _LONGEST_ROW:
            yield from parts
        else:
            continue
        parts, size, marks = [], 0, 0
    yield from parts


def blank(line: Read, delimiter: str | None) -> bytes:
    """What stands in its place; a row keeps its number of cells."""
    if delimiter is None:
        return f"{_MARK}\n".encode()
    text = line.ways[0]
    cells: list[str] = []
    with suppress(csv.Error):  # of a cell that is too long for it
        cells = next(csv.reader(StringIO(text, newline=""), delimiter=delimiter), [])
    end = "\r\n" if text.endswith("\r\n") else "\n"
    return f"{_MARK}{delimiter * (len(cells) - 1)}{end}".encode()
