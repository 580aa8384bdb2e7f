"""JSON Lines: one record a line, shaped like docs/record.schema.json."""

from pathlib import Path
from typing import TextIO

from exports.publish import published_file
from exports.records import record_lines

NAME = "questions.jsonl"


def write(archive: Path, out: Path) -> int:
    """Publish every record in the file `out`; how many. Raises ArchiveError."""
    with published_file(out) as stream:
        return write_to(archive, stream)


def write_to(archive: Path, stream: TextIO) -> int:
    """Write every record to an open stream; how many. Raises ArchiveError."""
    count = 0
    for count, line in enumerate(record_lines(archive), 1):  # noqa: B007 -- the last one counts
        stream.write(line + "\n")
    return count
