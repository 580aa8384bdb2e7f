"""`qarchive show`: a question, and where it was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.text import Text

from pipelines.database import open_reader
from pipelines.errors import NotHeldError
from pipelines.history.differences import texts
from pipelines.history.versions import (
    PageCapture,
    RecordState,
    page_capture,
    page_captures,
    record_state,
)
from pipelines.queries.lookup import find
from scraper.cli import options
from scraper.cli.printing import console, has_colours, print_json
from scraper.record import timestamp
from scraper.wording import printable, printable_lines

if TYPE_CHECKING:
    from scraper.reading.evidence import Shown

_LATEST = 10  # captures told to people
_AROUND = 2  # lines of the page before and after a field's words


_EARLIER = (
    "The record says something else here: an earlier reader wrote it. `qarchive reextract` reads"
    " the archive again."
)


@click.command(short_help="Show a question and where on its page it was read.")
@click.argument("question", metavar="ID")
@click.argument("field", required=False)
@options.archive
@options.as_of
@options.as_json
def command(
    question: str, field: str | None, archive: Path, as_of: datetime | None, *, as_json: bool
) -> None:
    """Show a question and the captures of its page; with FIELD its words on that page.

    ID is a question's id, or its URL. FIELD is named as in the record: title, question.text,
    asker, replies[0].text. Its words are marked ⟦so⟧ where the output is no terminal
    with colours.

    \b
    Examples:
        qarchive show adoctor:177001:en
        qarchive show adoctor:177001:en --as-of 2026-11-22
        qarchive show adoctor:177001:en 'replies[0].doctor'
    """
    from pipelines.rereading.proof import proof

    with open_reader(archive) as db:
        db.execute("BEGIN")  # one snapshot
        question_id = find(db, question)
        state = record_state(db, question_id, as_of)
        captures = page_captures(db, question_id, as_of)
        if state is None:
            assert as_of is not None
            raise NotHeldError(f"{question_id} was not yet known on {timestamp(as_of)}.")
        capture = page_capture(db, state.capture_id)
        found = proof(db, archive, state.capture_id) if field else None
    if field and found is not None:
        _tell_field(found.shown, field, capture, found.agrees(state.record, field), as_json=as_json)
    elif as_json:
        content = state._asdict() | {"captures": [capture._asdict() for capture in captures]}
        print_json(content)
    else:
        _show(console(), state, captures)


def _tell_field(
    shown: Shown, field: str, capture: PageCapture, agrees: bool, *, as_json: bool
) -> None:
    if as_json:
        said = _proof_json(shown, field, capture) | {"as_recorded": agrees}
        print_json(said)
        return
    _show_proof(console(), shown, field, capture)
    if not agrees:
        click.echo(f"\n{_EARLIER}", err=True)


def _show(out: Console, state: RecordState, captures: list[PageCapture]) -> None:
    out.print(Text(printable(state.record["id"]), style="bold"), soft_wrap=True)
    for field, text in texts(state.record).items():
        if text:
            shown = printable_lines(text).replace("\n", "\n  ")
            gap = "\n  " if "\n" in text else " "
            out.print(Text.assemble((f"{field}:", "bold"), f"{gap}{shown}"), soft_wrap=True)
    out.print(Text("\ncaptures:", style="bold"))
    if len(captures) > _LATEST:
        out.print(Text(f"  {len(captures) - _LATEST:,} earlier ones, told by --json"))
    for capture in captures[-_LATEST:]:
        out.print(Text(f"  {' '.join(_capture_line(capture, state))}"), soft_wrap=True)


def _proof_json(shown: Shown, field: str, capture: PageCapture) -> dict[str, Any]:
    from pipelines.rereading.proof import places

    found = [asdict(one) for one in places(shown, field)]
    return {"capture": capture._asdict(), "fields": found, "visible_text": shown.visible_text}


def _show_proof(out: Console, shown: Shown, field: str, capture: PageCapture) -> None:
    from pipelines.rereading.proof import around, places

    found = places(shown, field)
    coloured = has_colours(out)
    out.print(Text(printable(f"{capture.url} captured {capture.fetched_at}")), soft_wrap=True)
    out.print(Text(printable(f"{capture.warc} at {capture.offset}")), soft_wrap=True)
    for one in found:
        out.print(Text(f"\n{one.field}", style="bold"), soft_wrap=True)
        visible = one.start is not None
        span = f", characters {one.start} to {one.end}" if visible else ", not in the visible text"
        out.print(Text(printable(f"  {one.xpath}{span}")), soft_wrap=True)
        line = Text("")
        for part in around(shown.visible_text, one, _AROUND):
            before, after = ("", "") if coloured or not part.marked else ("⟦", "⟧")
            text = printable_lines(part.text).replace("\n", "\n    ")
            style = "reverse" if part.marked and coloured else ""
            line.append(f"{before}{text}{after}", style=style)
        if line:
            out.print(Text("    ") + line, soft_wrap=True)


def _capture_line(capture: PageCapture, state: RecordState) -> Iterator[str]:
    yield f"{capture.fetched_at} {capture.status}"
    yield printable(f"{capture.warc} at {capture.offset}")
    if capture.unchanged:
        yield "as before"
    if capture.redacted_at:
        yield f"redacted {capture.redacted_at}"
    if capture.id == state.capture_id:
        yield "<- the record was read here"
