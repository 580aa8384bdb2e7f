"""`qarchive merge`: makes one archive of those of several machines or months."""

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NamedTuple

from pipelines import lock
from pipelines.database import open_reader
from pipelines.disk import sha256_of
from pipelines.errors import StorageError, WrongPlaceError
from pipelines.layout import DATABASE, WARCS, foreign_file
from pipelines.progress import ProgressCallback
from pipelines.rebuild import fill
from pipelines.rebuilding.replay import ReplayResult
from pipelines.rebuilding.staging import names_of, staged
from pipelines.takedown.from_warcs import WarcTakedown
from pipelines.takedown.known import refuse_lost
from pipelines.takedown.target import target_of
from pipelines.warcs.decisions import RUN, decision_in
from pipelines.warcs.interleave import in_common_order, interleaved
from pipelines.warcs.names import name_of
from pipelines.warcs.ordering import in_order
from pipelines.warcs.walk import Damage, records
from scraper.site import Sites
from scraper.tombstones import Tombstones
from scraper.tombstones import load as load_tombstones
from scraper.tombstones import merge as merge_tombstones

_MIXED = "mixed.tmp"
_COMMITTED = "SELECT name, size, sha256 FROM warcs WHERE size > 0"


class _File(NamedTuple):
    """One WARC of a source."""

    path: Path  # of this copy, or of a whole one
    size: int  # committed bytes
    id: str  # SHA-256 of these bytes
    began: str  # RFC 3339: when its run began
    latest: str  # RFC 3339: `began` of the file and those before it, as a clock may step back
    last: str  # RFC 3339: when its last page was fetched; not before `latest`
    run: str  # UUID
    site: tuple[str, str]  # the run's site and home
    sources: frozenset[int]  # the archives that have it

    @property
    def time(self) -> tuple[str, str]:
        """What files of different archives are ordered by."""
        return self.latest, self.began


def merge(
    sources: Sequence[Path], into: Path, sites: Sites, tell: ProgressCallback
) -> ReplayResult:
    """Make the archive `into` of the sources, which stay as they are.

    Runs are ordered by their beginnings, those of one source as they are there; the visits of runs
    that overlapped are ordered by time. What is in several sources is taken once, and what any
    source has forgotten is left out. Raises ArchiveError and OSError.
    """
    if len({folder.resolve() for folder in (*sources, into)}) <= len(sources):
        raise WrongPlaceError(
            "the same folder is named twice: name each archive once, and a new folder with --into."
        )
    if path := foreign_file(into):
        raise WrongPlaceError(f"{path} is no archive's: name a new folder with --into.")
    with ExitStack() as stack:
        for folder in sources:
            _refuse_unfinished(folder)
            with open_reader(folder) as db:  # before a folder is made for the lock
                refuse_lost(db, folder, load_tombstones(folder))
            if os.access(folder, os.W_OK):  # nobody writes where nothing can be written
                stack.enter_context(closing(lock.take(folder)))
        # Ends a merge that was killed when all was made.
        stack.enter_context(closing(lock.take(into)))
        if (into / DATABASE).exists() or names_of(into):
            raise WrongPlaceError(
                f"{into} holds an archive already: name a new folder with --into. If it was made"
                " by this merge, killed at its end, it is complete."
            )
        whole = dict(file for folder in sources for file in _whole_files(folder))
        files = [list(_files(folder, source, whole)) for source, folder in enumerate(sources)]
        tombstones = merge_tombstones(sources, into)
        with staged(into) as stage:
            total = sum(file.size for of_source in files for file in of_source)
            phrases = _phrases(sources, tombstones, sites)
            takedown = WarcTakedown(tombstones, sites, phrases, tell=tell, total=total)
            _copy_files(files, stage / WARCS, takedown if tombstones else None)
            return fill(stage, sites, tombstones, tell, old=sources)


def _phrases(sources: Sequence[Path], tombstones: Tombstones, sites: Sites) -> tuple[str, ...]:
    """What sources still say of pages that another one has forgotten, in whatever version."""
    phrases: dict[str, None] = {}
    for folder in sources if tombstones else ():
        with open_reader(folder) as db:
            phrases |= dict.fromkeys(target_of(db, (), sites, tombstones).phrases)
    return tuple(phrases)


def _refuse_unfinished(folder: Path) -> None:
    """Raise StorageError while a takedown in a source is unfinished: it would miss the copy."""
    if load_tombstones(folder).unfinished:
        raise StorageError(
            f"a takedown in {folder} was not completed: give the same `qarchive forget`"
            " there again."
        )


def _whole_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the WARCs that are what was written to them, by the digest of that."""
    with open_reader(folder) as db:
        for name, size, sha256 in db.execute(_COMMITTED):
            path = folder / WARCS / name
            if path.is_file() and sha256_of(path, size) == sha256:
                yield sha256, path


def _files(folder: Path, source: int, whole: dict[str, Path]) -> Iterator[_File]:
    """Yield the WARCs of a source in their order. Raises StorageError if no `whole` copy is one."""
    with open_reader(folder) as db:
        committed = {name: row for name, *row in db.execute(_COMMITTED)}
        runs = {
            row[0]: row[1:] for row in db.execute("SELECT uuid, started_at, site, home FROM runs")
        }
        fetched = dict(db.execute("SELECT warc, max(fetched_at) FROM captures GROUP BY warc"))
    latest = ""
    for name in in_order(folder / WARCS, committed):
        size, sha256 = committed[name]
        if sha256 not in whole:
            raise StorageError(
                f"{folder / WARCS / name} is not what was written to it, and no source has a whole"
                f" copy: `qarchive verify --repair --archive {folder}` tells what is lost."
            )
        path = whole[sha256]
        run = _run_of(path, size)
        began, site, home = runs.get(run, ("", "", ""))
        latest = max(latest, began)  # a clock may have stepped back
        last = max(latest, fetched.get(name, ""))
        sources = frozenset((source,))
        yield _File(path, size, sha256, began, latest, last, run, (site, home), sources)


def _run_of(path: Path, size: int) -> str:
    for record in records(path, size):
        if isinstance(record, Damage):
            break
        if (value := decision_in(record)).get("type") == RUN:
            return str(value["row"]["uuid"])
    raise StorageError(f"{path} does not begin with what its run was: run `qarchive verify`.")


def _groups(files: Sequence[list[_File]]) -> list[list[_File]]:
    """The files of each archive, without copies, in groups of one site whose runs overlap.

    Groups and files are in common order.
    """
    groups: list[list[_File]] = []
    of_site: dict[tuple[str, str], list[_File]] = {}  # the last group
    for file in _distinct(files):
        group = of_site.get(file.site, [])
        if not group or file.latest > max(other.last for other in group):
            group = of_site[file.site] = []
            groups.append(group)
        group.append(file)
    return groups


def _distinct(files: Sequence[list[_File]]) -> Iterable[_File]:
    """The files of each archive in common order without copies, each with all its sources."""
    copies = Counter(key for of_source in files for key in {file.id for file in of_source})
    distinct: dict[str, _File] = {}
    for same in in_common_order(files, copies):
        file = same[0]._replace(
            latest=max(file.latest for file in same),
            last=max(file.last for file in same),
            sources=frozenset().union(*(file.sources for file in same)),
        )
        distinct.setdefault(file.id, file)
    return distinct.values()


def _copy_files(files: Sequence[list[_File]], into: Path, takedown: WarcTakedown | None) -> None:
    runs: dict[str, int] = {}
    for number, (path, size, run) in enumerate(_parts(files, into), 1):
        name = name_of(number, runs.setdefault(run, len(runs) + 1))
        if takedown is not None:
            takedown.rewrite(path, size, into / name)
        else:
            with path.open("rb") as source, (into / name).open("xb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
                target.truncate(size)
    (into / _MIXED).unlink(missing_ok=True)


def _parts(files: Sequence[list[_File]], into: Path) -> Iterator[tuple[Path, int, str]]:
    """Yield the content of each new WARC: a file, how many bytes of it, and its run."""
    for group in _groups(files):
        if frozenset.intersection(*(file.sources for file in group)):
            yield from ((file.path, file.size, file.run) for file in group)
        else:
            yield from _interleaved(group, into / _MIXED)


def _interleaved(group: list[_File], path: Path) -> Iterator[tuple[Path, int, str]]:
    """The same for files that overlap; their content is written to `path`, one after the other."""
    lanes: dict[int, list[tuple[Path, int]]] = {}
    for file in group:
        for source in file.sources:
            lanes.setdefault(source, []).append((file.path, file.size))
    run = ""
    with path.open("wb") as out:
        for unit in interleaved(list(lanes.values())):
            if unit.run and run:
                out.flush()
                yield path, out.tell(), run
                out.seek(0)
                out.truncate()
            run = unit.run or run
            out.write(unit.data)
        out.flush()
        yield path, out.tell(), run
