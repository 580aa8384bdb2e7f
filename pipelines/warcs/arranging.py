"""The WARCs of a folder as an archive is to have them: each visit once, and none forgotten."""

from dataclasses import dataclass, field
from pathlib import Path

from pipelines.errors import StorageError
from pipelines.rebuilding.staging import keep
from pipelines.takedown.purge import Purge, PurgeCounts
from pipelines.warcs.interleave import interleaved
from pipelines.warcs.names import warcs_in
from pipelines.warcs.ordering import in_order
from pipelines.warcs.overlaps import Group, groups

_MIXED = "mixed.tmp"


@dataclass
class Arranged:
    """What was done about WARCs that are not as the archive is to have them."""

    foreign: list[str] = field(default_factory=list)  # hold no visit, and are left where they are
    gone: dict[str, str] = field(default_factory=dict)  # what they held is in the other one now
    purged: PurgeCounts = field(default_factory=PurgeCounts)  # what a tombstone covers


def arranged(folder: Path, into: Path, purge: Purge | None) -> Arranged:
    """Put into a folder the WARCs of another one, purged; those that overlap made one.

    Raises OSError, and StorageError when what is to be purged is damaged.
    """
    found, foreign = groups(warcs_in(folder))
    done = Arranged(foreign=[path.name for path in foreign])
    order = in_order(folder, [group.name for group in found])
    for group in sorted(found, key=lambda group: order.index(group.name)):
        source = _one(group, into / _MIXED, purge) if group.repeating else group.paths[0]
        if purge is None:
            keep(source, into / group.name)
        else:
            size = source.stat().st_size
            one = purge.purge_file(source, size, into / group.name, link=True, damaged=True)
            done.purged = done.purged.plus(one)
        (into / _MIXED).unlink(missing_ok=True)
        done.gone |= {path.name: group.name for path in group.paths if path.name != group.name}
    return done


def _one(group: Group, into: Path, purge: Purge | None) -> Path:
    """The file of a group, each visit once, by their times."""
    if group.damaged and purge is not None:  # nobody would know of what the damage tells
        raise StorageError(
            f"{min(group.damaged)} is damaged, and what it holds lies in another WARC too: leave"
            " only the whole one there."
        )
    with into.open("xb") as out:
        for unit in interleaved([[(path, path.stat().st_size)] for path in group.paths]):
            if not unit.is_torn:  # in the archive it would be cut back
                out.write(unit.data)
    return into
