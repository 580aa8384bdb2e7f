"""Pages known only from excerpts on other pages, as JSON Lines. They are no records."""

import json
from pathlib import Path
from typing import TextIO

from exports.publish import as_file
from pipelines.database import open_reader, query_errors
from pipelines.queries.excerpts import stubs

NAME = "stubs.jsonl"
COUNTED = "stub"


def write_to(archive: Path, stream: TextIO) -> int:
    """Write every stub to an open stream; their number. Raises ArchiveError."""
    count = 0
    with open_reader(archive) as db, query_errors(archive, "run `qarchive verify`"):
        for count, stub in enumerate(stubs(db), 1):  # noqa: B007 -- the last counts
            stream.write(json.dumps(stub, ensure_ascii=False) + "\n")
    return count


write = as_file(write_to)
