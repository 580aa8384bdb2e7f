"""Every released schema migrates with its rows. `tests/released.py` tells how to add one."""

import gzip
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from exports.records import records
from pipelines.database import open_writer
from tests.released import DATA, keep

ROOT = Path(__file__).parents[2]
RELEASED = sorted(path.name.removesuffix(".db.gz") for path in DATA.glob("*.db.gz"))


def lines(name: str, folder: Path) -> list[dict[str, Any]]:
    text = gzip.decompress((folder / f"{name}.jsonl.gz").read_bytes()).decode()
    return [json.loads(line) for line in text.splitlines()]


def counts(path: Path) -> dict[str, int]:
    """Rows of each table."""
    with closing(sqlite3.connect(path)) as db:
        names = db.execute("SELECT name FROM pragma_table_list WHERE type='table'").fetchall()
        return {
            name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for (name,) in names
            if not name.startswith(("sqlite_", "_sqlite_"))
        }


def schema(path: Path) -> dict[str, set[str]]:
    """Columns of each table, and the names of all else."""
    with closing(sqlite3.connect(path)) as db:
        columns: dict[str, set[str]] = {}
        for table, column in db.execute(
            "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_xinfo(m.name) c"
            " WHERE m.type IN ('table', 'view')"
        ):
            columns.setdefault(table, set()).add(column)
        others = db.execute("SELECT name FROM sqlite_schema WHERE type IN ('index', 'trigger')")
        return columns | {"": {name for (name,) in others}}


def unpacked(name: str, folder: Path, into: Path) -> Path:
    into.mkdir(parents=True)
    path = into / "archive.db"
    path.write_bytes(gzip.decompress((folder / f"{name}.db.gz").read_bytes()))
    return path


def migrates(name: str, folder: Path, scratch: Path) -> None:
    path = unpacked(name, folder, scratch / "old")
    before = counts(path)
    assert before["questions"] > 0
    open_writer(scratch / "old").close()
    after = counts(path)
    assert {table: after[table] for table in before if table in after} == before
    (scratch / "new").mkdir()
    open_writer(scratch / "new").close()
    told = f"{name} no longer leads to today's schema: add a migration, never change a released one"
    assert schema(path) == schema(scratch / "new" / "archive.db"), told
    today = {record["id"]: record for record in records(scratch / "old")}
    for record in lines(name, folder):
        now = today[record["id"]]
        assert {key: now[key] for key in record} == record


@pytest.fixture(scope="module")
def made_now(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("released")
    keep("now", folder)
    return folder


def test_what_is_kept_today_would_migrate(made_now: Path, tmp_path: Path) -> None:
    migrates("archive-now", made_now, tmp_path)


def test_every_released_schema_migrates_with_its_rows(tmp_path: Path) -> None:
    for name in RELEASED:
        migrates(name, DATA, tmp_path / name)


def releases() -> Iterator[str]:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for version, rest in re.findall(r"^## (\d+\.\d+\.\d+)(.*)$", text, re.MULTILINE):
        if "unreleased" not in rest.lower():
            yield version


def test_every_release_has_kept_its_schema() -> None:
    assert {f"archive-{version}" for version in releases()} <= set(RELEASED)
