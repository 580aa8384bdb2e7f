"""WARCs that tell of the same visits: copies that somebody put beside the archive's own files."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.warcs.decisions import decision_in
from pipelines.warcs.names import is_own
from pipelines.warcs.walk import Damage, Record, records


class KnownVisits:
    """Which file told first of each run and visit; kept in a temporary table, for they are many."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.count = 0  # of records
        self._db = db
        db.execute("CREATE TEMP TABLE told (id TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID")

    def before(self, record: Record, name: str) -> str | None:
        """The file that told of it before this one, if any did."""
        self.count += 1
        row = (record.id, name)
        if self._db.execute("INSERT OR IGNORE INTO temp.told VALUES (?, ?)", row).rowcount:
            return None
        query = "SELECT name FROM temp.told WHERE id=?"
        return str(self._db.execute(query, row[:1]).fetchone()[0])


@dataclass
class Group:
    """WARCs that are to become one, in which each visit lies once."""

    paths: list[Path]  # the archive's own files first
    repeating: bool = False  # a visit lies there more than once
    damaged: set[Path] = field(default_factory=set)  # those with damage before their end

    @property
    def name(self) -> str:
        """That of the archive's own file, where one of them is."""
        return self.paths[0].name


def groups(paths: Iterable[Path]) -> tuple[list[Group], list[Path]]:
    """The WARCs in groups that share visits, by their names, and those that hold none of ours.

    Raises OSError.
    """
    found: list[Group] = []
    foreign = []
    with closing(sqlite3.connect(":memory:")) as db:  # only its temporary table is written
        told = KnownVisits(db)
        for path in paths:
            one, ours = Group([path]), is_own(path.name)
            for before in _told_before(told, path, one):
                ours = True
                if before is not None:
                    _join(found, one, path.with_name(before))
            if ours:
                found.append(one)
            else:
                foreign.append(path)
    return sorted(found, key=lambda group: group.name), foreign


def _told_before(told: KnownVisits, path: Path, group: Group) -> Iterator[str | None]:
    """For each run and visit in the file, the file that told of it before."""
    size = path.stat().st_size
    for record in records(path):
        if isinstance(record, Damage):
            if record.offset + record.length < size:
                group.damaged.add(path)
        elif decision_in(record):
            yield told.before(record, path.name)


def _join(found: list[Group], one: Group, before: Path) -> None:
    """Bring into the group that of a file that told of the same."""
    one.repeating = True
    for other in [other for other in found if before in other.paths]:
        found.remove(other)
        one.paths.extend(other.paths)
        one.paths.sort(key=lambda path: (not is_own(path.name), path.name))
        one.damaged |= other.damaged
