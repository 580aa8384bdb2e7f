"""Finds WARCs with the same visits: copies that somebody put beside the archive's own files."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.warcs.decisions import decision_in
from pipelines.warcs.names import is_own
from pipelines.warcs.walk import Damage, Record, records


class KnownVisits:
    """The first file of each run and visit; in a temporary table, since they are many."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.count = 0  # records added, repeated ones included
        self._db = db
        db.execute("CREATE TEMP TABLE known_visits (id TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID")

    def add(self, record: Record, name: str) -> str | None:
        """Add the record of a run or visit in the file `name`. Returns the earlier file with it."""
        self.count += 1
        insert = "INSERT OR IGNORE INTO temp.known_visits VALUES (?, ?)"
        if self._db.execute(insert, (record.id, name)).rowcount:
            return None
        query = "SELECT name FROM temp.known_visits WHERE id=?"
        return str(self._db.execute(query, (record.id,)).fetchone()[0])


@dataclass
class Group:
    """WARCs that share visits, and are to be merged into one with each visit once."""

    paths: list[Path]  # the archive's own files first
    repeating: bool = False  # a visit is in them more than once
    damaged: set[Path] = field(default_factory=set)  # those with damage before their end

    @property
    def name(self) -> str:
        """The name of the archive's own file, if one is among them."""
        return self.paths[0].name


def groups(paths: Iterable[Path]) -> tuple[list[Group], list[Path]]:
    """The WARCs in groups that share visits, sorted by name, and those without a visit of ours.

    Raises OSError.
    """
    result: list[Group] = []
    foreign = []
    with closing(sqlite3.connect(":memory:")) as db:  # only its temporary table is written
        known_visits = KnownVisits(db)
        for path in paths:
            group, is_ours = Group([path]), is_own(path.name)
            for earlier in _earlier_files(known_visits, path, group):
                is_ours = True
                if earlier is not None:
                    _merge(result, group, path.with_name(earlier))
            if is_ours:
                result.append(group)
            else:
                foreign.append(path)
    return sorted(result, key=lambda group: group.name), foreign


def _earlier_files(known_visits: KnownVisits, path: Path, group: Group) -> Iterator[str | None]:
    """Yield for each run and visit in the file the earlier file that has it; note its damage."""
    size = path.stat().st_size
    for record in records(path):
        if isinstance(record, Damage):
            if record.end < size:
                group.damaged.add(path)
        elif decision_in(record):
            yield known_visits.add(record, path.name)


def _merge(others: list[Group], group: Group, earlier: Path) -> None:
    """Move the group with the file `earlier` from `others` into `group`."""
    group.repeating = True
    for other in [other for other in others if earlier in other.paths]:
        others.remove(other)
        group.paths.extend(other.paths)
        group.paths.sort(key=lambda path: (not is_own(path.name), path.name))
        group.damaged |= other.damaged
