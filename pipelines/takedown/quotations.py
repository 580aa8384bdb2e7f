"""Finds and blanks lines of logs, and rows of tables, that name or quote a forgotten page."""

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import StringIO
from typing import IO, NamedTuple

from scraper.origins import origin
from scraper.reading.big5 import decode_big5
from scraper.reading.redaction.escapes import unescaped
from scraper.reading.redaction.source import MARK
from scraper.reading.sameness import is_distinctive, squeezed

_LONGEST_LINE = 16 << 20  # bytes
_LONGEST_ROW = 1 << 20  # bytes; beyond it a quotation mark opened no cell
_REMOVED = MARK.decode()
_DELIMITERS = {".csv": ",", ".tsv": "\t"}


class DecodedLine(NamedTuple):
    """A line as text."""

    readings: tuple[str, ...]  # by each encoding that it may have, the likeliest first
    is_sure: bool  # it is valid UTF-8 or Big5


class Quotations:
    """A search for ids, URLs and phrases in lines of text."""

    def __init__(self, ids: Iterable[str], urls: Iterable[str], phrases: Iterable[str]) -> None:
        """An id of one language stands for all languages."""
        urls = set(urls)
        paths = sorted({re.escape(path) for path in map(_path, urls) if len(path) > 1})
        questions = sorted({re.escape(record_id.rpartition(":")[0]) for record_id in ids})
        patterns = [
            *(f"{re.escape(url)}{_AFTER_A_PATH}" for url in urls),
            *(f"{_BEFORE_A_PATH}{path}{_AFTER_A_PATH}" for path in paths),
            *(f"{_BEFORE_AN_ID}{question}:[a-z]" for question in questions),
        ]
        self._names = re.compile("|".join(patterns) or _NOTHING)
        self._phrases = tuple(squeezed(text) for text in phrases if is_distinctive(text))

    def are_in(self, line: DecodedLine) -> bool:
        """Whether the line contains one of them, however it is escaped."""
        return any(self._are_in(unescaped(text)) for text in line.readings)

    def _are_in(self, text: str) -> bool:
        if self._names.search(text):
            return True
        squeezed_text = squeezed(text)
        return any(phrase in squeezed_text for phrase in self._phrases)


_NOTHING = r"(?!)"  # a pattern that never matches
_BEFORE_AN_ID = r"(?<![\w.-])"  # the id of another host may end like it
_BEFORE_A_PATH = r"(?<![\w./:\]-])"  # so may its URL
_AFTER_A_PATH = r"(?![\w/-])"


def _path(url: str) -> str:
    """The part of a URL that an access log shows."""
    return url[len(origin(url)) :]


def decode_line(line: bytes) -> DecodedLine:
    """Decode a line of a file in an unknown encoding."""
    with suppress(UnicodeDecodeError):
        return DecodedLine((line.decode(),), is_sure=True)
    others = [line.decode("utf-8", "replace"), line.decode("latin-1")]
    try:
        return DecodedLine((decode_big5(line, "strict"), *others), is_sure=True)
    except UnicodeDecodeError:
        return DecodedLine((decode_big5(line, "replace"), *others), is_sure=False)


def delimiter_of(name: str) -> str | None:
    """The delimiter between the cells of a table, by its file's name; None for other files."""
    for extension, delimiter in _DELIMITERS.items():
        if name.removesuffix(".gz").endswith(extension):
            return delimiter
    return None


def lines_of(file: IO[bytes], delimiter: str | None) -> Iterator[bytes]:
    """Yield the lines of a file, or the rows of a table, whose cells may contain line breaks."""
    parts: list[bytes] = []
    size = quotes = 0
    while line := file.readline(_LONGEST_LINE):
        parts.append(line)
        size, quotes = size + len(line), quotes + line.count(b'"')
        if delimiter is None or quotes % 2 == 0:
            yield b"".join(parts)
        elif size > _LONGEST_ROW:
            yield from parts
        else:
            continue
        parts, size, quotes = [], 0, 0
    yield from parts


def blanked(line: DecodedLine, delimiter: str | None) -> bytes:
    """What replaces the line; a row of a table keeps its number of cells."""
    if delimiter is None:
        return f"{_REMOVED}\n".encode()
    text = line.readings[0]
    cells: list[str] = []
    with suppress(csv.Error):  # a cell longer than csv's limit
        cells = next(csv.reader(StringIO(text, newline=""), delimiter=delimiter), [])
    end = "\r\n" if text.endswith("\r\n") else "\n"
    return f"{_REMOVED}{delimiter * (len(cells) - 1)}{end}".encode()
