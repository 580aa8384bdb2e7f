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
from scraper.cli.printing import console, has_colours, print_json, print_line
from scraper.wording import printable_lines

_CONTEXT = 60  # characters of kept text shown before and after a change
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
        log = history(db, find(db, question))
    if as_json:
        print_json(_history_json(log))
    else:
        _print_history(console(), log)


def _history_json(log: History) -> dict[str, Any]:
    versions = []
    for version, version_changes in _versions_with_changes(log):
        changes_json = [
            {"field": change.field, "words": [list(piece) for piece in change.pieces]}
            for change in version_changes
        ]
        versions.append(version._asdict() | {"changes": changes_json})
        del versions[-1]["first_capture"]
    return log._asdict() | {"versions": versions}


def _versions_with_changes(log: History) -> Iterator[tuple[Version, list[Change]]]:
    """Yield each version with what changed since the version before; for the first, nothing."""
    yield log.versions[0], []
    for before, after in pairwise(log.versions):
        yield after, changes(before.record, after.record)


def _print_history(out: Console, log: History) -> None:
    print_line(out, f"{log.id}  {log.url}", "bold")
    for version, version_changes in _versions_with_changes(log):
        out.print()
        print_line(out, f"version {version.number}: {version.why}")
        print_line(out, f"  {_seen(version)}")
        for change in version_changes:
            print_line(out, _change_line(change, coloured=has_colours(out)))
    for remark in _remarks(log):
        out.print()
        print_line(out, remark)


def _seen(version: Version) -> str:
    seen = f"seen {version.first_seen}"
    if version.last_seen != version.first_seen:
        seen += f" to {version.last_seen}"
    if version.recorded_at != version.first_seen:
        seen += f", recorded {version.recorded_at}"
    return seen


def _change_line(change: Change, *, coloured: bool) -> Text:
    line = Text(f"  {change.field}: ")
    for how, text in shortened(change.pieces, _CONTEXT):
        before, after = ("", "") if coloured else _MARKS[how]
        shown = printable_lines(text).replace("\n", "\n    ")
        line.append(f"{before}{shown}{after}", style=_STYLES[how] if coloured else "")
    return line


def _remarks(log: History) -> Iterator[str]:
    if log.template_changes:
        times = "once" if log.template_changes == 1 else f"{log.template_changes:,} times"
        yield f"Its page's bytes changed {times} without that."
    if log.missing:
        first, last = log.missing[0], log.missing[-1]
        when = f"at {first}" if first == last else f"{len(log.missing):,} times, {first} to {last}"
        yield f"Its page was missing {when}, and came back."
    if log.gone_since:
        yield f"Gone from the site since {log.gone_since}."
