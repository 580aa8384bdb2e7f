"""`qarchive show`: a question, and where it was read."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from pipelines.database import open_reader
from pipelines.differences import texts
from pipelines.finding import find
from pipelines.versions import Known, Look, known, looks
from scraper.cli import options
from scraper.cli.printing import console, printable, printable_lines
from scraper.record import timestamp

_LATEST = 10  # captures told to people


@click.command()
@click.argument("question", metavar="ID")
@options.archive
@options.as_of
@options.as_json
def command(question: str, archive: Path, as_of: datetime | None, *, as_json: bool) -> None:
    """Show a question and the captures of its page.

    ID is a question's id, or its URL.

    \b
    Examples:
        qarchive show adoctor:177001:en
        qarchive show adoctor:177001:en --as-of 2026-11-22
    """
    with open_reader(archive) as database:
        database.conn.execute("BEGIN")  # one snapshot
        held = find(database.conn, question)
        told = known(database.conn, held, as_of)
        seen = looks(database.conn, held, as_of)
    if told is None:
        assert as_of is not None
        raise click.UsageError(f"{held} was not yet known on {timestamp(as_of)}.")
    if as_json:
        captures = [look._asdict() for look in seen]
        told_all = {"record": told.record, "capture_id": told.capture_id, "captures": captures}
        click.echo(json.dumps(told_all, ensure_ascii=False, indent=2))
        return
    _show(console(), told, seen)


def _show(out: Console, told: Known, seen: list[Look]) -> None:
    out.print(Text(printable(told.record["id"]), style="bold"), soft_wrap=True)
    for field, text in texts(told.record).items():
        if text:
            shown = printable_lines(text).replace("\n", "\n  ")
            gap = "\n  " if "\n" in text else " "
            out.print(Text.assemble((f"{field}:", "bold"), f"{gap}{shown}"), soft_wrap=True)
    out.print(Text("\ncaptures:", style="bold"))
    if len(seen) > _LATEST:
        out.print(Text(f"  {len(seen) - _LATEST:,} earlier ones, told by --json"))
    for look in seen[-_LATEST:]:
        out.print(Text(f"  {' '.join(_look(look, told))}"), soft_wrap=True)


def _look(look: Look, told: Known) -> Iterator[str]:
    yield f"{look.fetched_at} {look.status}"
    yield printable(f"{look.warc} at {look.offset}")
    if look.unchanged:
        yield "as before"
    if look.redacted_at:
        yield f"redacted {look.redacted_at}"
    if look.id == told.capture_id:
        yield "<- the record was read here"
