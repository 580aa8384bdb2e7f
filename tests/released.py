"""Saves a database of today's schema as a released one: `python -m tests.released 0.1.0`.

Run it once when a version is released, and add both files. From then on no migration that is in
them may change: schema changes are new migrations (CONTRIBUTING).
"""

import gzip
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from exports.records import record_lines
from scraper.sample.server import serve
from tests.killing import crawl_whole
from tests.truth.sites import build

DATA = Path(__file__).parent / "data"


def keep(version: str, into: Path) -> None:
    """Crawl a few sample pages; write the database and, apart from it, its records."""
    into.mkdir(exist_ok=True)
    with TemporaryDirectory() as scratch:
        archive, small = Path(scratch) / "archive", Path(scratch) / "small.db"
        with serve(build("adoctor", questions=3)) as home:
            crawl_whole(home, archive)
        with closing(sqlite3.connect(archive / "archive.db")) as db:
            db.execute("VACUUM INTO ?", (str(small),))
        text = "\n".join(record_lines(archive)).encode()
        database_gz = into / f"archive-{version}.db.gz"
        database_gz.write_bytes(gzip.compress(small.read_bytes(), mtime=0))
        (into / f"archive-{version}.jsonl.gz").write_bytes(gzip.compress(text, mtime=0))


if __name__ == "__main__":
    keep(sys.argv[1], DATA)
