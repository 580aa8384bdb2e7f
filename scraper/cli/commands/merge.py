"""`qarchive merge`."""

import sys
from pathlib import Path

import click

from pipelines.errors import StorageError
from scraper.cli.progress import rebuild_progress
from scraper.cli.replay_report import warn_of_skipped
from scraper.exit_status import ExitStatus
from scraper.wording import counted

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(short_help="Make one archive of several.")
@click.argument("archives", nargs=-1, required=True, type=_FOLDER)
@click.option(
    "--into",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the new archive.",
)
def command(archives: tuple[Path, ...], into: Path) -> None:
    """Make one archive of several: of two machines, or of two times.

    ARCHIVES stay as they are. Nothing is doubled: what lies in several is taken once, and the
    histories are put in order of time. What one of them has forgotten stays forgotten. Where
    something is damaged, or a record is found no more, the exit status is 1.

    \b
    Example:
        qarchive merge laptop/archive server/archive --into archive
    """
    from pipelines.merge import merge
    from scraper.loading import sites

    try:
        with rebuild_progress("Putting the WARCs together") as show:
            result = merge(archives, into, sites(), show)
    except OSError as error:
        raise StorageError(f"{into} cannot be written ({error}): make room.") from error
    warn_of_skipped(result)
    runs, visits = counted(result.runs, "run"), counted(result.visits, "visit")
    click.echo(f"{runs} with {visits} in {into}")
    is_whole = not (result.damaged or result.unread.missing)
    sys.exit(ExitStatus.DONE if is_whole else ExitStatus.FAULTS)
