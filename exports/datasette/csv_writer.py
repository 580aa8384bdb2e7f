"""What Datasette writes its CSV with: the rows of `qarchive export csv`, without formulas."""

from collections.abc import Iterable
from typing import Any

from exports.csv import line


class CsvWriter:
    """In the place of `csv.writer` in `datasette.views.base`, which awaits each row."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def writerow(self, row: Iterable[Any]) -> Any:
        return self._stream.write(line(row))
