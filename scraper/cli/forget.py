"""`qarchive forget`."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.errors import NotHeldError, StorageError
from scraper.cli import options
from scraper.cli.export import formats
from scraper.errors import TombstonesError

if TYPE_CHECKING:
    from pipelines.forget import Target


@click.command()
@click.argument("wanted", metavar="[ID|URL]", required=False)
@click.option("--reason", help="Why, in your words; kept with the tombstone.")
@click.option("--list", "show", is_flag=True, help="Tell what was taken down, not what it said.")
@options.archive
@options.as_json
def command(
    wanted: str | None, reason: str | None, archive: Path, *, show: bool, as_json: bool
) -> None:
    """Take a question down: page, versions, captures, excerpts elsewhere, exports.

    All languages of the question go. Other pages that quote it stay, with the quotation blanked.
    A tombstone by keyed hash keeps it from coming back by crawl, repair or merge. Copies of the
    archive that lie elsewhere, and what was published, are yours to look after.

    \b
    Examples:
        qarchive forget adoctor:177001:en --reason "asked for by the person, mail of 3 May"
        qarchive forget --list
    """
    try:
        if show:
            _list(archive, as_json=as_json)
            return
        if not wanted or not reason:
            raise click.UsageError("give an ID or URL, and --reason; or --list.")
        _forget(wanted, reason, archive)
    except TombstonesError as error:
        raise StorageError(f"{error}.") from error


def _forget(wanted: str, reason: str, archive: Path) -> None:
    from pipelines import lock
    from pipelines.database import open_reader
    from pipelines.forget import forget
    from scraper.loading import sites

    with open_reader(archive):  # before a folder is made for the lock
        pass
    with closing(lock.take(archive)):
        exported = _exported(archive)
        target = _target(wanted, archive)
        if target is None:
            click.echo(f"{wanted} was taken down before: `qarchive forget --list`.")
        else:
            purged = forget(archive, target, reason, sites(), lambda _: None)
            click.echo(
                f"{purged.removed} captures removed, {purged.redacted} captures of other pages"
                " redacted."
            )
        for name in exported:
            module = import_module(f"exports.{name}")
            module.write(archive, archive / "exports" / module.NAME)
            click.echo(f"Written anew: {archive / 'exports' / module.NAME}")


def _target(wanted: str, archive: Path) -> Target | None:
    """What to take down; None when that is done already."""
    from pipelines.database import open_reader
    from pipelines.forget import target_of
    from scraper.loading import sites
    from scraper.tombstones import load

    with open_reader(archive) as database:
        try:
            return target_of(database.conn, wanted, sites())
        except NotHeldError:
            buried = load(archive)
            if buried.covers_id(wanted) or buried.covers_url(wanted):
                return None
            raise


def _exported(archive: Path) -> list[str]:
    """The formats of which an export lies in the archive."""
    places = {name: import_module(f"exports.{name}").NAME for name in formats()}
    return [name for name, place in places.items() if (archive / "exports" / place).exists()]


def _list(archive: Path, *, as_json: bool) -> None:
    from scraper.tombstones import load

    for stone in load(archive).stones:
        if as_json:
            told = asdict(stone)
            kept = ("site", "at", "reason", "removed", "redacted")
            click.echo(json.dumps({name: told[name] for name in kept}, ensure_ascii=False))
        else:
            click.echo(
                f"{stone.at}  {stone.site}  {stone.removed} captures removed,"
                f" {stone.redacted} redacted: {stone.reason}"
            )
