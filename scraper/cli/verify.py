"""`qarchive verify`."""

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from pipelines.checks.finding import Finding
from scraper.cli import options
from scraper.cli.printing import printable


@click.command()
@options.archive
@options.as_json
@click.option("--repair", is_flag=True, help="First make the database anew from the WARCs.")
def command(archive: Path, *, as_json: bool, repair: bool) -> None:
    """Check every digest, key and count: WARCs, database, full text.

    Each fault is one line: where, and what. The exit status is 1 when there is any. With --repair
    the database is made anew from the WARCs alone (records, versions, links, runs, problems), by
    today's readers; the WARCs stay as they are.

    \b
    Examples:
        qarchive verify --archive archive
        qarchive verify --repair
    """
    if repair:
        _repair(archive)
    count = 0
    for count, found in enumerate(_findings(archive), 1):  # noqa: B007 -- the last one counts
        told = json.dumps(found._asdict()) if as_json else f"{found.where}: {found.what}"
        click.echo(printable(told))
    if count:
        click.echo(
            f"qarchive: {count} fault{'s' if count > 1 else ''}. A WARC comes back only from a"
            " copy, all else by `qarchive verify --repair`.",
            err=True,
        )
    elif not as_json:
        click.echo("All is as it was written.")
    sys.exit(1 if count else 0)


def _findings(archive: Path) -> Iterator[Finding]:
    from pipelines.verify import verify, warc_bytes

    with Progress(console=Console(stderr=True), transient=True, disable=not _watched()) as bar:
        task = bar.add_task("WARCs", total=warc_bytes(archive))
        yield from verify(archive, lambda size: bar.advance(task, size))


def _repair(archive: Path) -> None:
    from pipelines import lock
    from pipelines.errors import NoArchiveError
    from pipelines.rebuild import rebuild
    from scraper.loading import sites

    if not any((archive / "warc").glob("*.warc.gz")):
        raise NoArchiveError(f"{archive} holds no WARCs to rebuild a database from.")
    with closing(lock.take(archive)), Console(stderr=True).status("Replaying") as status:
        found = rebuild(
            archive, sites(), lambda so_far: status.update(f"{so_far.visits:,} visits replayed")
        )
    for site in sorted(found.unknown_sites):
        click.echo(f"qarchive: no site {site} is known: its pages are left out.", err=True)
    for damage in found.damaged:
        last = damage.offset + damage.length
        where = f"{damage.path.name}, bytes {damage.offset} to {last}"
        click.echo(f"qarchive: passed over {where}: {damage.why}.", err=True)
    click.echo(f"Rebuilt: {found.runs} runs with {found.visits:,} visits.", err=True)


def _watched() -> bool:
    return sys.stderr.isatty()
