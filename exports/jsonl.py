"""JSON Lines: one record a line, shaped like docs/record.schema.json."""

from datetime import datetime
from pathlib import Path
from typing import TextIO

from exports.publish import as_file
from exports.records import record_lines

NAME = "questions.jsonl"


def write_to(archive: Path, stream: TextIO, as_of: datetime | None = None) -> int:
    """Write every record to an open stream; their number. Raises ArchiveError."""
    count = 0
    lines = record_lines(archive, as_of)
    for count, line in enumerate(lines, 1):  # noqa: B007 -- the last one counts
        stream.write(line + "\n")
    return count


write = as_file(write_to)
