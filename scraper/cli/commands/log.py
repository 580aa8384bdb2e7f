"""`qarchive log`: what became of a question."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from pipelines.database import open_reader
from pipelines.history.differences import Change, How, changes, shortened
from pipelines.history.versions import History, Version, history
from pipelines.queries.lookup import find
from scraper.cli import options
from scraper.cli.printing import console, has_colours, print_json
from scraper.wording import printable, printable_lines

_AROUND = 60  # characters of kept text shown before and after a change
_MARKS = {How.KEPT: ("", ""), How.REMOVED: ("[-", "-]"), How.ADDED: ("{+", "+}")}
_STYLES = {How.KEPT: "", How.REMOVED: "red strike", How.ADDED: "green underline"}


@click.command(short_help="Tell a question's history by versions and words.")
@click.argument("question", metavar="ID")
@options.archive
@options.as_json
def command(question: str, archive: Path, *, as_json: bool) -> None:
    """Tell a question's history: every version, why it changed, and what changed by words.

    ID is a question's id, or its URL. Where the output is no terminal with colours, words taken
    away are marked [-so-] and words added {+so+}.

    \b
    Example:
        qarchive log adoctor:177001:en
    """
    with open_reader(archive) as db:
        db.execute("BEGIN")  # one snapshot
        told = history(db, find(db, question))
    if as_json:
        print_json(_json(told))
        return
    _show(console(), told)


def _json(told: History) -> dict[str, Any]:
    versions = [
        version._asdict() | {"changes": [_change(change) for change in changed]}
        for version, changed in _steps(told)
    ]
    for version in versions:
        del version["first_capture"]
    return told._asdict() | {"versions": versions}


def _change(change: Change) -> dict[str, Any]:
    return {"field": change.field, "words": [list(piece) for piece in change.pieces]}


def _steps(told: History) -> Iterator[tuple[Version, list[Change]]]:
    """Each version with what it changed; the first changed nothing."""
    yield told.versions[0], []
    for before, after in pairwise(told.versions):
        yield after, changes(before.record, after.record)


def _show(out: Console, told: History) -> None:
    out.print(Text(printable(f"{told.id}  {told.url}"), style="bold"), soft_wrap=True)
    for version, changed in _steps(told):
        out.print(Text(_heading(version)), soft_wrap=True)
        for change in changed:
            out.print(_line(change, coloured=has_colours(out)), soft_wrap=True)
    for line in _ending(told):
        out.print(Text(line), soft_wrap=True)


def _heading(version: Version) -> str:
    seen = f"seen {version.first_seen}"
    if version.last_seen != version.first_seen:
        seen += f" to {version.last_seen}"
    recorded = f", recorded {version.recorded_at}"
    return (
        f"\nversion {version.number}: {version.why}\n"
        f"  {seen}{recorded if version.recorded_at != version.first_seen else ''}"
    )


def _line(change: Change, *, coloured: bool) -> Text:
    line = Text(f"  {change.field}: ")
    for how, text in shortened(change.pieces, _AROUND):
        before, after = ("", "") if coloured else _MARKS[how]
        shown = printable_lines(text).replace("\n", "\n    ")
        line.append(f"{before}{shown}{after}", style=_STYLES[how] if coloured else "")
    return line


def _ending(told: History) -> Iterator[str]:
    if told.template_changes:
        times = "once" if told.template_changes == 1 else f"{told.template_changes:,} times"
        yield f"\nIts page's bytes changed {times} without that."
    if told.missing:
        first, last = told.missing[0], told.missing[-1]
        when = f"at {first}" if first == last else f"{len(told.missing):,} times, {first} to {last}"
        yield f"\nIts page was missing {when}, and came back."
    if told.gone_since:
        yield f"\nGone from the site since {told.gone_since}."
