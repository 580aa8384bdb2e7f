"""`qarchive verify`."""

import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import click

from pipelines.checks.finding import Finding
from pipelines.layout import EXPORTS
from pipelines.progress import CommandProgress
from scraper.cli import options
from scraper.cli.formats import writers
from scraper.cli.progress import progress_bar, rebuild_progress
from scraper.cli.replay_report import warn_of_skipped
from scraper.cli.streams import say, warn
from scraper.errors import ArchiveError
from scraper.exit_status import ExitStatus
from scraper.wording import counted, printable


@click.command(short_help="Check every digest, key and count; --repair rebuilds.")
@options.archive
@options.as_json
@click.option("--repair", is_flag=True, help="First rebuild the database from the WARCs.")
def command(archive: Path, *, as_json: bool, repair: bool) -> None:
    """Check every digest, key and count: WARCs, database, full text.

    Each fault is one line: where, what, and what to do; the exit status is then 1. It only reads,
    and a crawl may go on: what that had committed at the beginning is looked at. With --repair
    the database is rebuilt from the WARCs (records, versions, links, runs, problems), by today's
    readers; what these can't read is taken from the old database. The WARCs stay as they are,
    without what was taken down before; those that tell of the same visits become one. While one
    is missing, cut or another file, nothing is changed, and the exit status is 1.

    \b
    Examples:
        qarchive verify --archive archive
        qarchive verify --repair
    """
    damaged = _repair(archive) if repair else 0
    harmless = 0
    for finding in _findings(archive):
        damaged += not finding.harmless
        harmless += finding.harmless
        line = json.dumps(finding._asdict(), ensure_ascii=False) if as_json else str(finding)
        say(printable(line))
    if damaged:
        warn(f"{counted(damaged, 'fault')}.")
    elif not as_json:
        say("Nothing is damaged." if harmless else "All is as it was written.")
    sys.exit(ExitStatus.FAULTS if damaged else ExitStatus.DONE)


def _findings(archive: Path) -> Iterator[Finding]:
    from pipelines.verify import verify

    with progress_bar() as bar:
        task = bar.add_task("")

        def show(progress: CommandProgress) -> None:
            step, done, total = progress
            bar.update(task, description=step, completed=done, total=total or None)

        yield from verify(archive, show)


def _repair(archive: Path) -> int:
    """Rebuild the database. Returns how many things are lost, or may be, or had to stay."""
    from pipelines import lock
    from pipelines.database import refuse_others
    from pipelines.rebuild import rebuild
    from pipelines.rebuilding.lost_warcs import refuse_nothing
    from pipelines.takedown.known import lost_in
    from scraper.loading import sites
    from scraper.tombstones import load

    refuse_others(archive)
    refuse_nothing(archive)
    with closing(lock.take(archive)):
        missing = lost_in(archive)
        with rebuild_progress("Looking through the WARCs") as show:
            result = rebuild(archive, sites(), show)
        warn_of_skipped(result)
        runs, visits = counted(result.runs, "run"), counted(result.visits, "visit")
        click.echo(f"Rebuilt: {runs} with {visits}.", err=True)
        for moment in missing:
            warn(f"the takedown of {moment} is known no more: give it again.")
        unwritten = _clean_exports(archive) if load(archive).finished else 0
    return bool(result.kept) + bool(result.unread.missing) + len(missing) + unwritten


def _clean_exports(archive: Path) -> int:
    """Write the archive's exports anew: those of a backup still hold what was taken down.

    As `forget` does, it removes those of a day and names what it can't tell. Returns how many could
    not be written.
    """
    from pipelines import lock
    from pipelines.takedown.other_files import remove_old_exports

    folder, formats = archive / EXPORTS, writers()
    with lock.taking_down(archive):
        unwritten = _rewrite(archive, formats)
        for name in remove_old_exports(folder, set(formats)):
            warn(f"removed, as it may hold what was taken down: {EXPORTS}/{name}.")
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in formats:
            warn(f"not searched, look at it yourself: {path}")
    return unwritten


def _rewrite(archive: Path, formats: dict[str, Callable[[Path, Path], int]]) -> int:
    unwritten = 0
    for name, write in formats.items():
        out = archive / EXPORTS / name
        if not out.exists():
            continue
        try:
            write(archive, out)
        except (ArchiveError, OSError, sqlite3.Error) as error:
            reason = str(error).rstrip(".")
            warn(f"{reason}. {EXPORTS}/{name} may hold what was taken down: look at it.")
            unwritten += 1
        else:
            warn(f"rewritten without what was taken down: {EXPORTS}/{name}.")
    return unwritten
