"""Copies WARCs so that each visit is in them once, and no forgotten page."""

from dataclasses import dataclass, field
from pathlib import Path

from pipelines.disk import link_or_copy
from pipelines.errors import StorageError
from pipelines.takedown.from_warcs import CaptureCounts, WarcTakedown
from pipelines.warcs.interleave import interleaved
from pipelines.warcs.names import warcs_in
from pipelines.warcs.ordering import in_order
from pipelines.warcs.overlaps import Group, groups

_MIXED = "mixed.tmp"


@dataclass
class Arranged:
    """What was done about WARCs that could not be taken over as they are."""

    foreign: list[str] = field(default_factory=list)  # without a visit of ours; left out
    gone: dict[str, str] = field(default_factory=dict)  # WARC -> the one it was merged into
    captures: CaptureCounts = field(default_factory=CaptureCounts)  # taken down by tombstones


def arranged(folder: Path, into: Path, takedown: WarcTakedown | None) -> Arranged:
    """Copy a folder's WARCs into another without forgotten pages; merge those that share visits.

    Raises OSError, and StorageError when a WARC that has to be changed is damaged.
    """
    warc_groups, foreign = groups(warcs_in(folder))
    result = Arranged(foreign=[path.name for path in foreign])
    order = in_order(folder, [group.name for group in warc_groups])
    for group in sorted(warc_groups, key=lambda group: order.index(group.name)):
        source = _merged(group, into / _MIXED, takedown) if group.repeating else group.paths[0]
        target = into / group.name
        if takedown is None:
            link_or_copy(source, target)
        else:
            takedown.rewrite(source, source.stat().st_size, target, link=True, damaged=True)
            result.captures = takedown.counts
        (into / _MIXED).unlink(missing_ok=True)
        result.gone |= {path.name: group.name for path in group.paths if path.name != group.name}
    return result


def _merged(group: Group, into: Path, takedown: WarcTakedown | None) -> Path:
    """Write the visits of a group to the file `into`, each once, by time."""
    if group.damaged and takedown is not None:  # the damage may hide a forgotten page
        raise StorageError(
            f"{min(group.damaged)} is damaged, and what it holds lies in another WARC too: leave"
            " only the whole one there."
        )
    with into.open("xb") as out:
        for unit in interleaved([[(path, path.stat().st_size)] for path in group.paths]):
            if not unit.is_torn:  # in the archive it would be cut back
                out.write(unit.data)
    return into
