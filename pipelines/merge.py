"""Archives of several machines or months made into one."""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NamedTuple

from pipelines import lock
from pipelines.database import NAME, open_reader, open_writer
from pipelines.decisions import RUN
from pipelines.errors import StorageError
from pipelines.moving import names_of, staged
from pipelines.purge import Purge
from pipelines.rebuild import Sites, Tell, fill
from pipelines.replay import Replayed
from pipelines.walk import Damage, records
from pipelines.warc import FOLDER
from scraper import tombstones
from scraper.clock import now


class _File(NamedTuple):
    """One WARC of a source."""

    path: Path
    size: int  # bytes that were committed
    id: str  # of its first record, by which a copy of the file is known
    begun: str  # RFC 3339: when its run began
    run: str  # its UUID


def merge(sources: Sequence[Path], into: Path, sites: Sites, tell: Tell) -> Replayed:
    """Make the archive `into` of the sources, which stay as they are.

    Runs follow each other by their beginnings, those of one source in its own order. A file that
    lies in several sources is taken once, the longest. What any source has forgotten is left out.
    Raises ArchiveError, TombstonesError and OSError.
    """
    if len({folder.resolve() for folder in (*sources, into)}) <= len(sources):
        raise StorageError("the same archive is named twice: name each once.")
    with ExitStack() as held:
        for folder in sources:
            with open_reader(folder):  # before a folder is made for the lock
                pass
            held.enter_context(closing(lock.take(folder)))
        held.enter_context(
            closing(lock.take(into))
        )  # ends a merge that was killed when all was made
        if (into / NAME).exists() or names_of(into):
            raise StorageError(f"{into} holds an archive already: name a new folder with --into.")
        files = _in_order([list(_files(folder)) for folder in sources])
        stones = tombstones.merge(sources, into)
        with staged(into) as stage:
            going = Purge(stones, dict(sites), (), now()) if stones else None
            names = list(_copied(files, stage / FOLDER, going))
            return fill(stage, names, sites, tell)


def _files(folder: Path) -> Iterator[_File]:
    with closing(open_writer(folder).conn) as db:
        sizes: list[tuple[str, int]] = db.execute(
            "SELECT name, size FROM warcs WHERE size > 0 ORDER BY name"
        ).fetchall()
        begun = dict(db.execute("SELECT uuid, started_at FROM runs"))
    for name, size in sizes:
        path = folder / FOLDER / name
        first, run = _head(path, size)
        yield _File(path, size, first, begun.get(run, ""), run)


def _head(path: Path, size: int) -> tuple[str, str]:
    """The id of the first record, and the run that the second one tells of."""
    first = ""
    for record in records(path, size):
        if isinstance(record, Damage):
            break
        first = first or record.id
        if record.kind == "metadata" and (value := json.loads(record.content))["type"] == RUN:
            return first, value["row"]["uuid"]
    raise StorageError(f"{path} does not begin with what its run was: run `qarchive verify`.")


def _in_order(sources: list[list[_File]]) -> list[_File]:
    """All files, each once, by the beginning of their runs; a clock that stepped back is borne."""
    placed: dict[str, tuple[str, int, int, _File]] = {}
    for number, files in enumerate(sources):
        latest = ""
        for place, file in enumerate(files):
            latest = max(latest, file.begun)
            other = placed.get(file.id)
            if other is None or other[-1].size < file.size:
                placed[file.id] = (latest, number, place, file)
    return [file for *_, file in sorted(placed.values(), key=lambda one: one[:-1])]


def _copied(files: list[_File], into: Path, going: Purge | None) -> Iterator[str]:
    runs: dict[str, int] = {}
    for number, file in enumerate(files, 1):
        run = runs.setdefault(file.run, len(runs) + 1)
        name = f"{number:06d}-run{run:06d}.warc.gz"
        if going is not None:
            going.file(file.path, file.size, into / name)
        else:
            _copy(file, into / name)
        yield name


def _copy(file: _File, into: Path) -> None:
    with file.path.open("rb") as source, into.open("xb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
        target.truncate(file.size)
