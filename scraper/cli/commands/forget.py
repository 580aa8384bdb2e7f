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
from scraper.cli.formats import export_name, formats
from scraper.cli.progress import rebuild_progress
from scraper.wording import counted

if TYPE_CHECKING:
    from pipelines.takedown.purge import PurgeCounts
    from pipelines.takedown.target import Target
    from pipelines.takedown.tidy import Tidied


@click.command(short_help="Take questions down, with whatever quotes them.")
@click.argument("wanted", metavar="[ID|URL]...", nargs=-1)
@click.option("--reason", help="Why, in your words; kept with the tombstone.")
@click.option("--list", "show", is_flag=True, help="Tell what was taken down, not what it said.")
@options.archive
@options.as_json
def command(
    wanted: tuple[str, ...], reason: str | None, archive: Path, *, show: bool, as_json: bool
) -> None:
    """Take questions down: pages, versions, captures, excerpts elsewhere, exports, logs.

    All languages of a question go. Other pages that quote it stay, with the quotation blanked.
    A tombstone by keyed hash keeps it from coming back by crawl, repair or merge. Copies of the
    archive that lie elsewhere, and what was published, are yours to look after.

    WARCs and database are rewritten: name all that is to go in one command.

    \b
    Examples:
        qarchive forget adoctor:177001:en --reason "asked for by the person, mail of 3 May"
        qarchive forget --list
    """
    if show and wanted:
        raise click.UsageError("--list tells of all that was taken down: give it alone.")
    if show:
        _list(archive, as_json=as_json)
        return
    if not wanted or not (reason or "").strip():
        raise click.UsageError("give an ID or URL, and --reason; or --list.")
    _forget(wanted, str(reason), archive, as_json=as_json)


def _forget(wanted: tuple[str, ...], reason: str, archive: Path, *, as_json: bool) -> None:
    from exports.datasette.copies import sweep
    from pipelines import lock
    from pipelines.database import open_reader
    from pipelines.forget import forget
    from scraper.loading import sites

    with open_reader(archive):  # before a folder is made for the lock
        pass
    with closing(lock.take(archive)):
        target = _target(wanted, archive)
        if target is None:
            click.echo("Taken down before: `qarchive forget --list`.", err=as_json)
            return
        sweep()
        modules = [import_module(f"exports.{name}") for name in formats()]
        writers = {export_name(module): module.write for module in modules}
        try:
            with rebuild_progress("Looking through the WARCs") as tell:
                takedown = forget(archive, target, reason, sites(), writers, tell=tell)
        except OSError as error:
            raise StorageError(
                f"{archive} cannot be written ({error}): nothing was taken down; make room, and"
                " run the same command again."
            ) from error
    gone = sorted({one.rpartition(":")[0] for one in target.ids}) or list(target.urls or wanted)
    anew = [name for name in writers if (archive / "exports" / name).exists()]
    _tell(gone, takedown.purged, takedown.tidied, anew, archive / "exports", as_json=as_json)
    for url in takedown.harmed:
        click.echo(f"Lost some words of its own with the quotation: {url}", err=True)
    for path in takedown.tidied.left:
        click.echo(f"Not searched, look at it yourself: {path}", err=True)


def _tell(
    gone: list[str],
    purged: PurgeCounts,
    tidied: Tidied,
    anew: list[str],
    exports: Path,
    *,
    as_json: bool,
) -> None:
    if as_json:
        told = {"removed": purged.removed, "redacted": purged.redacted, "lines": tidied.lines}
        files = {"exports_rewritten": anew, "exports_removed": tidied.removed}
        click.echo(json.dumps({"questions": gone} | told | files))
        return
    click.echo(
        f"Taken down: {', '.join(gone)}. {counted(purged.removed, 'capture')} removed,"
        f" {counted(purged.redacted, 'capture')} of other pages redacted;"
        f" {counted(tidied.lines, 'line')} of logs blanked."
    )
    for name in anew:
        click.echo(f"Rewritten: {exports / name}")
    for name in tidied.removed:
        click.echo(f"Removed, export it again: {exports / name}")


def _target(wanted: tuple[str, ...], archive: Path) -> Target | None:
    """What to take down, with what was begun before; None when that is done already."""
    from pipelines.database import open_reader
    from pipelines.takedown.target import canonical, is_held, target_of
    from pipelines.takedown.unfinished import unfinished_targets
    from scraper.forgetting import covers_question
    from scraper.loading import sites
    from scraper.tombstones import load

    buried = load(archive)
    with open_reader(archive) as db:
        new = []
        for one in wanted:
            url, told = canonical(db, one, sites())
            is_buried = buried.covers_url(url) or (told and covers_question(buried, *told))
            try:
                held = is_held(db, one, sites())
            except NotHeldError:
                if buried.covers_id(one) or is_buried:
                    continue
                raise
            if held or not is_buried:
                new.append(one)
        if not new and not buried.unfinished:
            return None
        unfinished = unfinished_targets(db, buried)
        return target_of(db, new, sites(), unfinished)


def _list(archive: Path, *, as_json: bool) -> None:
    from pipelines.database import open_reader
    from scraper.tombstones import load

    stones = load(archive).stones
    if not stones:
        with open_reader(archive):  # is there an archive at all?
            pass
        click.echo("Nothing was taken down.", err=True)
    for stone in stones:
        if as_json:
            told = asdict(stone)
            kept = ["site", "at", "reason", "removed", "redacted"]
            kept += ["unfinished"] if stone.unfinished else []
            click.echo(json.dumps({name: told[name] for name in kept}, ensure_ascii=False))
        else:
            done = f"{counted(stone.removed, 'capture')} removed, {stone.redacted} redacted"
            done = "not finished" if stone.unfinished else done
            click.echo(f"{stone.at}  {stone.site}  {done}: {stone.reason}")
