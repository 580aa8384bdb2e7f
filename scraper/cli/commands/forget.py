"""`qarchive forget`."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.errors import NotHeldError, StorageError
from pipelines.layout import EXPORTS
from scraper.cli import options
from scraper.cli.formats import writers
from scraper.cli.progress import rebuild_progress
from scraper.cli.replay_report import warn_of_skipped
from scraper.cli.streams import warn
from scraper.exit_status import ExitStatus
from scraper.wording import counted

if TYPE_CHECKING:
    from pipelines.forget import Takedown
    from pipelines.takedown.target import Target


@click.command(short_help="Take questions down, with whatever quotes them.")
@click.argument("targets", metavar="[ID|URL]...", nargs=-1)
@click.option("--reason", help="Why, in your words; kept with the tombstone.")
@click.option("--list", "listing", is_flag=True, help="Tell what was taken down, not what it said.")
@options.archive
@options.as_json
def command(
    targets: tuple[str, ...], reason: str | None, archive: Path, *, listing: bool, as_json: bool
) -> None:
    """Take questions down: pages, versions, captures, excerpts elsewhere, exports, logs.

    All languages of a question go. Other pages that quote it stay, with the quotation blanked.
    A tombstone by keyed hash keeps it from coming back by crawl, repair or merge. Copies of the
    archive that lie elsewhere, and what was published, are yours to look after.

    WARCs and database are rewritten: name all that is to go in one command. While an old database
    that a repair kept lies beside the new one, the exit status is 1: it isn't searched.

    \b
    Examples:
        qarchive forget adoctor:177001:en --reason "asked for by the person, mail of 3 May"
        qarchive forget --list
    """
    if listing and targets:
        raise click.UsageError("--list tells of all that was taken down: give it alone.")
    if listing:
        _list(archive, as_json=as_json)
        return
    if not targets or not (reason or "").strip():
        raise click.UsageError("give an ID or URL, and --reason; or --list.")
    _forget(targets, str(reason), archive, as_json=as_json)


def _forget(targets: tuple[str, ...], reason: str, archive: Path, *, as_json: bool) -> None:
    from exports.datasette.copies import sweep
    from pipelines import lock
    from pipelines.database import refuse_missing
    from pipelines.forget import forget
    from pipelines.rebuilding.staging import kept_databases
    from scraper.loading import sites

    refuse_missing(archive)  # before a folder is made for the lock
    with closing(lock.take(archive)), lock.taking_down(archive):
        target = _target(targets, archive)
        if target is None:
            click.echo("Taken down before: `qarchive forget --list`.", err=as_json)
            return
        sweep()
        try:
            with rebuild_progress("Looking through the WARCs") as show:
                takedown = forget(archive, target, reason, sites(), writers(), tell=show)
        except OSError as error:
            raise StorageError(
                f"{archive} cannot be written ({error}): nothing was taken down; make room, and"
                " run the same command again."
            ) from error
    without_language = {question_id.rpartition(":")[0] for question_id in target.ids}
    forgotten = sorted(without_language) or list(target.urls or targets)
    if as_json:
        _print_json(forgotten, takedown)
    else:
        _print(forgotten, takedown, archive / EXPORTS)
    warn_of_skipped(takedown.filled)
    for url in takedown.overredacted:
        click.echo(f"Lost some words of its own with the quotation: {url}", err=True)
    for question_id in target.unlike:
        click.echo(
            "Joined with it by a redirect, but with too little in common to tell, so it stays:"
            f" {question_id}. Take it down too if it is the same question.",
            err=True,
        )
    for path in takedown.other_files.unsearched:
        click.echo(f"Not searched, look at it yourself: {path}", err=True)
    if kept_databases(archive):
        sys.exit(ExitStatus.FAULTS)


def _print_json(questions: list[str], takedown: Takedown) -> None:
    captures, files = takedown.captures, takedown.other_files
    counts = {"removed": captures.removed, "redacted": captures.redacted, "lines": files.lines}
    exports = {"exports_rewritten": takedown.rewritten, "exports_removed": files.removed}
    click.echo(json.dumps({"questions": questions} | counts | exports))


def _print(questions: list[str], takedown: Takedown, exports: Path) -> None:
    captures, files = takedown.captures, takedown.other_files
    click.echo(
        f"Taken down: {', '.join(questions)}. {counted(captures.removed, 'capture')} removed,"
        f" {counted(captures.redacted, 'capture')} of other pages redacted;"
        f" {counted(files.lines, 'line')} of logs blanked."
    )
    for name in takedown.rewritten:
        click.echo(f"Rewritten: {exports / name}")
    for name in files.removed:
        click.echo(f"Removed, export it again: {exports / name}")


def _target(ids_or_urls: tuple[str, ...], archive: Path) -> Target | None:
    """What to take down, unfinished takedowns included; None when all of it is taken down."""
    from pipelines.database import open_reader
    from pipelines.queries.lookup import canonical
    from pipelines.takedown.target import is_held, target_of
    from scraper.forgetting import covers_question
    from scraper.loading import sites
    from scraper.tombstones import load

    tombstones = load(archive)
    with open_reader(archive) as db:
        new = []
        for id_or_url in ids_or_urls:
            url, question = canonical(db, id_or_url, sites())
            is_covered = tombstones.covers_url(url) or (
                question is not None and covers_question(tombstones, *question)
            )
            try:
                held = is_held(db, id_or_url, sites())
            except NotHeldError:
                if tombstones.covers_id(id_or_url) or is_covered:
                    continue
                raise
            if held or not is_covered:
                new.append(id_or_url)
        if not new and not tombstones.unfinished:
            return None
        return target_of(db, new, sites(), tombstones.unfinished)


def _list(archive: Path, *, as_json: bool) -> None:
    from pipelines.database import refuse_missing
    from pipelines.takedown.known import lost_in
    from scraper.tombstones import TOMBSTONES, load

    tombstones = load(archive).entries
    if not tombstones:
        refuse_missing(archive)
    missing = lost_in(archive)
    for moment in missing:
        warn(f"{archive / TOMBSTONES} lacks the takedown of {moment}: restore it from a copy.")
    if not (tombstones or missing):
        click.echo("Nothing was taken down.", err=True)
    for tombstone in tombstones:
        if as_json:
            names = ["site", "at", "reason", "removed", "redacted"]
            if tombstone.unfinished:
                names.append("unfinished")
            values = {name: getattr(tombstone, name) for name in names}
            click.echo(json.dumps(values, ensure_ascii=False))
            continue
        state = f"{counted(tombstone.removed, 'capture')} removed, {tombstone.redacted} redacted"
        if tombstone.unfinished:
            state = "not finished"
        click.echo(f"{tombstone.at}  {tombstone.site}  {state}: {tombstone.reason}")
