"""`qarchive forget`: removes pages from database, WARCs and exports, for good."""

from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from pipelines.database import check_whole, open_writer
from pipelines.layout import EXPORTS, WARCS
from pipelines.progress import CommandProgress, ProgressCallback
from pipelines.rebuild import fill
from pipelines.rebuilding.replay import ReplayResult
from pipelines.rebuilding.staging import export_in, names_of, refuse_unwritable, staged
from pipelines.takedown.from_warcs import CaptureCounts, WarcTakedown, refuse_damaged
from pipelines.takedown.known import refuse_lost
from pipelines.takedown.other_files import OtherFiles, redact_other_files
from pipelines.takedown.quotations import Quotations
from pipelines.takedown.target import Target
from pipelines.warcs.ordering import in_order
from pipelines.warcs.tails import cut_back, refuse_altered
from scraper.clock import now
from scraper.site import Sites
from scraper.tombstones import Tombstone, Tombstones
from scraper.tombstones import add as add_tombstone
from scraper.tombstones import finish as finish_tombstone
from scraper.tombstones import load as load_tombstones

Exports = Mapping[str, Callable[[Path, Path], int]]  # name under exports/ -> what writes it


class Takedown(NamedTuple):
    """What a takedown has changed."""

    captures: CaptureCounts
    other_files: OtherFiles
    rewritten: tuple[str, ...]  # names under exports/
    overredacted: tuple[str, ...]  # URLs of other pages that lost words of their own by redaction
    filled: ReplayResult


def forget(
    folder: Path,
    target: Target,
    reason: str,
    sites: Sites,
    exports: Exports,
    *,
    tell: ProgressCallback,
) -> Takedown:
    """Take the target down. The archive's lock, and that against exports, are the caller's.

    First comes what may refuse, then the tombstone. WARCs, database and those exports that lie in
    the archive are then written beside the old ones and take their place at one stroke, so that the
    same command goes on after a kill at any moment. Raises ArchiveError, sqlite3.Error and OSError;
    the archive is then as it was, but for the tombstone.
    """
    check_whole(folder)
    with closing(open_writer(folder)) as db:
        refuse_lost(db, folder, load_tombstones(folder))
        sizes: dict[str, int] = dict(db.execute("SELECT name, size FROM warcs"))
        cut_back(folder / WARCS, db)
        refuse_altered(folder / WARCS, db)
        refuse_damaged(folder / WARCS, sizes)
    tombstone = _unfinished_tombstone(load_tombstones(folder).unfinished, target)
    if tombstone is None:
        tombstone = add_tombstone(
            folder, site=target.site, urls=target.urls, ids=target.ids, texts=target.phrases,
            reason=reason, at=now(), unfinished=True,
        )  # fmt: skip
    rewritten = tuple(name for name in exports if (folder / EXPORTS / name).exists())
    with staged(folder, (WARCS, EXPORTS)) as stage:
        refuse_unwritable(folder / EXPORTS / name for name in rewritten)
        tombstones = load_tombstones(folder)
        total = sum(sizes.values())
        warc_takedown = WarcTakedown(tombstones, sites, target.phrases, tell=tell, total=total)
        for name in in_order(folder / WARCS, sizes):
            source, into = folder / WARCS / name, stage / WARCS / name
            warc_takedown.rewrite(source, sizes[name], into, link=True)
        captures = warc_takedown.counts
        filled = fill(stage, sites, tombstones, tell, old=[folder])
        for name in rewritten:
            tell(CommandProgress(name))
            exports[name](stage, export_in(stage, name))
        quotations = Quotations(target.ids, target.urls, target.phrases)
        other_files = redact_other_files(folder, quotations, set(exports))
        finish_tombstone(
            folder, tombstone, removed=captures.removed, redacted=captures.redacted,
            bodies=warc_takedown.bodies, into=stage,
        )  # fmt: skip
    unknown_warcs = [folder / WARCS / name for name in names_of(folder) if name not in sizes]
    other_files = other_files._replace(unsearched=(*other_files.unsearched, *unknown_warcs))
    return Takedown(captures, other_files, rewritten, tuple(warc_takedown.overredacted), filled)


def _unfinished_tombstone(unfinished: Tombstones, target: Target) -> Tombstone | None:
    """The tombstone of an interrupted takedown of the whole target, if there is one."""
    for tombstone in unfinished.entries:
        covering = Tombstones((tombstone,), unfinished.keys)
        if all(map(covering.covers_url, target.urls)) and all(map(covering.covers_id, target.ids)):
            return tombstone
    return None
