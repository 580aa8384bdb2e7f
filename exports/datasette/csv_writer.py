"""What Datasette writes its CSV with: the rows of `qarchive export csv`, without formulas."""

from collections.abc import Awaitable, Iterable
from typing import Any, Protocol

from exports.csv import line


class _Stream(Protocol):
    def write(self, text: str) -> Awaitable[None]: ...


class CsvWriter:
    """In the place of `csv.writer` in `datasette.views.base`, which awaits each row."""

    def __init__(self, stream: _Stream) -> None:
        self._stream = stream

    def writerow(self, row: Iterable[Any]) -> Awaitable[None]:
        """Write one row, names of columns included."""
        return self._stream.write(line(row))
