"""`qarchive reextract`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn

from pipelines.storing.causes import Cause
from scraper.cli import options
from scraper.cli.printing import print_json
from scraper.cli.progress import progress_bar
from scraper.exit_status import ExitStatus
from scraper.wording import printable

if TYPE_CHECKING:
    from pipelines.reextract import Report, ReportCallback

_EXAMPLE_LENGTH = 160  # characters


@click.command(short_help="Read all captures again with today's readers.")
@click.option("--site", help="Only this site's pages.")
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
@click.option(
    "--workers",
    type=click.IntRange(0, 64),
    default=lambda: len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count(),
    show_default="one for each core",
    help="Processes that read; 1 for none beside this one.",
)
@options.archive
@options.as_json
def command(site: str | None, archive: Path, workers: int, *, dry_run: bool, as_json: bool) -> None:
    """Read all captures again with today's readers, and store what they read otherwise.

    Nothing is fetched; WARCs stay as they are. What a record said before becomes a version, whose
    end `qarchive log ID` tells as our doing and not the site's. What today's reader cannot read is
    told, and stays as it is: the exit status is then 1. Killed, the same command goes on.

    \b
    Example:
        qarchive reextract --dry-run
        qarchive reextract
    """
    from pipelines.reextract import reextract, try_out, without_reader
    from scraper.cli.running import spider_class
    from scraper.loading import sites
    from scraper.memory import keep_for_the_next_page

    chosen = sites() if site is None else {site: spider_class(site)}
    keep_for_the_next_page()
    run = try_out if dry_run else reextract
    with _progress() as show:
        report = run(archive, chosen, workers, show)
    unknown = without_reader(archive, chosen) if site is None else []
    if as_json:
        head = {"archive": str(archive), "dry_run": dry_run, "unknown_sites": unknown}
        print_json(head | _figures(report))
    else:
        for line in _lines(archive, report, dry_run=dry_run):
            click.echo(line)
        for name in unknown:
            click.echo(f"no site {name} is known: its captures were not read")
    failed = report.failed or report.refused or unknown
    sys.exit(ExitStatus.FAULTS if failed else ExitStatus.DONE)


@contextmanager
def _progress() -> Iterator[ReportCallback]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TextColumn("pages"), TimeRemainingColumn())  # fmt: skip
    with progress_bar(*columns) as bar:
        task = bar.add_task("reading again", total=None)
        yield lambda report: bar.update(
            task, total=report.total, completed=report.done_before + report.urls
        )


def _figures(report: Report) -> dict[str, Any]:
    return {
        "urls": report.total,
        "done_before": report.done_before,
        "read": report.urls,
        "captures": report.captures,
        "versions": dict(report.causes),
        "fields": [
            report.examples[name]._asdict() | {"records": records}
            for name, records in report.fields.most_common()
        ],
        "solved": report.solved,
        "still_problems": report.problems,
        "not_read": [
            report.failed_examples[code]._asdict() | {"captures": captures}
            for code, captures in report.failed.most_common()
        ],
        "not_stored": report.refused,
    }


_CAUSES = {
    Cause.READER: "read otherwise by today's reader",
    Cause.NEW: "new, from pages that could not be read before",
    Cause.CONTENT: "edits by the site, which could not be seen before",
    Cause.UNCLEAR: "changed, the page before being unreadable",
}


def _lines(archive: Path, report: Report, *, dry_run: bool) -> Iterator[str]:
    if report.done_before:
        yield f"went on after {report.done_before:,} pages that were done before"
    yield f"{archive}: {report.captures:,} captures of {report.urls:,} pages read again"
    would = "would be " if dry_run else ""
    for cause, description in _CAUSES.items():
        if count := report.causes[cause]:
            yield f"{count:,} versions of records {would}{description}"
    if report.captures and not report.causes:
        yield "every record that was read says what it said"
    for name, records in report.fields.most_common():
        example = report.examples[name]
        yield f"  {name}: {records:,} records, such as {example.id}"
        yield f"    was: {_short(example.before)}"
        yield f"    now: {_short(example.after)}"
    if report.solved:
        yield f"{report.solved:,} pages {would}problems no more"
    if report.problems:
        yield f"{report.problems:,} captures can't be read, before as now"
    for code, captures in report.failed.most_common():
        failed = report.failed_examples[code]
        yield (
            f"{code}: {captures:,} captures don't give their record any more, which stays as it is:"
            f" {failed.id}, {failed.url} {printable(failed.detail)}"
        )
    if report.refused:
        yield f"{report.refused:,} pages can't be stored, by a fault in qarchive: see the log"


def _short(text: str | None) -> str:
    line = printable(" ".join((text or "").split()))
    return (line if len(line) <= _EXAMPLE_LENGTH else f"{line[:_EXAMPLE_LENGTH]}…") or "nothing"
