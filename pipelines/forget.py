"""Taking pages down: out of database, WARCs and exports, and kept from coming back."""

from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from pipelines.database import check_whole, open_writer
from pipelines.progress import Progress, Report
from pipelines.rebuild import fill
from pipelines.rebuilding.staging import EXPORTS, names_of, staged
from pipelines.takedown import tidy
from pipelines.takedown.purge import Purge, Purged
from pipelines.takedown.quoted import Quoted
from pipelines.takedown.target import Target
from pipelines.warcs.names import FOLDER
from pipelines.warcs.ordering import in_order
from pipelines.warcs.tails import cut_back
from scraper import tombstones
from scraper.clock import now
from scraper.site import Sites
from scraper.tombstones import Tombstone, Tombstones

Exports = Mapping[str, Callable[[Path, Path], int]]  # name under exports/ -> what writes it


def forget(
    folder: Path, target: Target, reason: str, sites: Sites, exports: Exports, *, tell: Report
) -> tuple[Purged, tidy.Tidied, tuple[str, ...]]:
    """Take the target down. The archive's lock is the caller's.

    Gives what was removed and redacted, what was done about other files, and the URLs of other
    pages that could not be redacted without their own words.

    The tombstone comes first. WARCs, database and those exports that lie in the archive are then
    written beside the old ones and take their place at one stroke, so that the same command
    goes on after a kill at any moment. Raises ArchiveError, sqlite3.Error and
    OSError; the archive is then as it was, but for the tombstone.
    """
    stone = _stone(tombstones.load(folder).unfinished, target)
    if stone is None:
        stone = tombstones.bury(
            folder, site=target.site, urls=target.urls, ids=target.ids, texts=target.phrases,
            reason=reason, at=now(), unfinished=True,
        )  # fmt: skip
    check_whole(folder)
    with closing(open_writer(folder).conn) as db:
        sizes: dict[str, int] = dict(db.execute("SELECT name, size FROM warcs"))
        cut_back(folder / FOLDER, db)
    with staged(folder) as stage:
        stones = tombstones.load(folder)
        total = sum(sizes.values())
        going = Purge(stones, sites, target.phrases, now(), tell=tell, total=total)
        purged = Purged()
        for name in in_order(folder / FOLDER, sizes):
            one = going.file(folder / FOLDER / name, sizes[name], stage / FOLDER / name, link=True)
            purged = purged.and_also(one)
        fill(stage, sites, stones, tell)
        for name, write in exports.items():
            if (folder / EXPORTS / name).exists():
                tell(Progress(name))
                write(stage, stage / EXPORTS / name)
        quoted = Quoted(target.ids, target.urls, target.phrases)
        tidied = tidy.tidy(folder, quoted, set(exports))
        tombstones.finish(
            folder, stone, removed=purged.removed, redacted=purged.redacted, into=stage
        )
    strange = [folder / FOLDER / name for name in names_of(folder) if name not in sizes]
    return purged, tidied._replace(left=(*tidied.left, *strange)), tuple(going.harmed)


def _stone(held: Tombstones, target: Target) -> Tombstone | None:
    """The one of a command that was not completed, if there is one of all the target."""
    for stone in held.stones:
        one = Tombstones((stone,), held.keys)
        if all(map(one.covers_url, target.urls)) and all(map(one.covers_id, target.ids)):
            return stone
    return None
