"""WARCs of other programs beside those of a takedown, and one of its own that is lost."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipelines import lock
from pipelines.errors import LostError
from pipelines.rebuild import rebuild
from pipelines.verify import verify
from pipelines.warcs.walk import Record, records
from tests.crawling import Toy
from tests.forgetting.toys import forget

FIRST = "000001-run000001.warc.gz"


def test_what_another_program_fetched_is_told_of(archive: Path) -> None:
    old = archive / "warc" / FIRST
    fetched = b"".join(
        old.read_bytes()[record.offset : record.offset + record.length]
        for record in records(old)
        if isinstance(record, Record) and record.kind in {"response", "request"}
    )
    assert forget(archive, "toy:1:en", "--reason", "x")[0] == 0
    (archive / "warc" / "other.warc.gz").write_bytes(fetched)
    assert [(one.where, one.what) for one in verify(archive) if one.check == "forgotten"] == [
        ("warc/other.warc.gz", "2 records of pages that were taken down")
    ]


def test_a_warc_that_is_lost_is_told_after_a_takedown_too(archive: Path) -> None:
    assert forget(archive, "toy:1:en", "--reason", "x")[0] == 0
    with closing(sqlite3.connect(archive / "archive.db")) as db, db:
        db.execute("UPDATE captures SET fetched_at='2026-01-01T09:00:00Z' WHERE run_id=1")
    (archive / "warc" / FIRST).unlink()
    with closing(lock.take(archive)), pytest.raises(LostError, match=FIRST):
        rebuild(archive, {"toy": Toy})
