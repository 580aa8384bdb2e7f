"""`qarchive show`: a question, and where it was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

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
from scraper.cli.printing import console, has_colours, print_json, print_line
from scraper.record import timestamp
from scraper.wording import printable_lines

if TYPE_CHECKING:
    from scraper.reading.evidence import Shown

_LATEST = 10  # captures shown to people
_CONTEXT = 2  # lines of the page before and after a field's words
_NOT_VISIBLE = "not in the visible text"
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
        agrees = found.agrees(state.record, field)
        _print_field(found.shown, field, capture, agrees=agrees, as_json=as_json)
    elif as_json:
        print_json(state._asdict() | {"captures": [capture._asdict() for capture in captures]})
    else:
        _print_question(console(), state, captures)


def _print_field(
    shown: Shown, field: str, capture: PageCapture, *, agrees: bool, as_json: bool
) -> None:
    from pipelines.rereading.proof import places

    if as_json:
        fields = [asdict(place) for place in places(shown, field)]
        print_json({
            "capture": capture._asdict(), "fields": fields, "visible_text": shown.visible_text,
            "as_recorded": agrees,
        })  # fmt: skip
        return
    _print_field_lines(console(), shown, field, capture)
    if not agrees:
        click.echo(f"\n{_EARLIER}", err=True)


def _print_question(out: Console, state: RecordState, captures: list[PageCapture]) -> None:
    print_line(out, state.record["id"], "bold")
    for field, text in texts(state.record).items():
        if text:
            shown = printable_lines(text).replace("\n", "\n  ")
            gap = "\n  " if "\n" in text else " "
            print_line(out, Text.assemble((f"{field}:", "bold"), f"{gap}{shown}"))
    out.print()
    print_line(out, "captures:", "bold")
    if len(captures) > _LATEST:
        print_line(out, f"  {len(captures) - _LATEST:,} earlier ones, told by --json")
    for capture in captures[-_LATEST:]:
        print_line(out, f"  {' '.join(_capture_words(capture, state))}")
    if state.gone_since:
        out.print()
        print_line(out, f"Gone from the site since {state.gone_since}.")


def _print_field_lines(out: Console, shown: Shown, field: str, capture: PageCapture) -> None:
    from pipelines.rereading.proof import around, places

    found = places(shown, field)  # raises before anything is printed
    print_line(out, f"{capture.url} captured {capture.fetched_at}")
    print_line(out, f"{capture.warc} at {capture.offset}")
    for place in found:
        out.print()
        print_line(out, place.field, "bold")
        is_visible = place.start is not None
        span = f"characters {place.start} to {place.end}" if is_visible else _NOT_VISIBLE
        print_line(out, f"  {place.xpath}, {span}")
        excerpt = Text()
        for part in around(shown.visible_text, place, _CONTEXT):
            text = printable_lines(part.text).replace("\n", "\n    ")
            if not part.marked:
                excerpt += Text(text)
            else:
                excerpt += Text(text, "reverse") if has_colours(out) else Text(f"⟦{text}⟧")
        if excerpt:
            print_line(out, Text("    ") + excerpt)


def _capture_words(capture: PageCapture, state: RecordState) -> Iterator[str]:
    yield f"{capture.fetched_at} {capture.status}"
    yield f"{capture.warc} at {capture.offset}"
    if capture.unchanged:
        yield "as before"
    if capture.redacted_at:
        yield f"redacted {capture.redacted_at}"
    if capture.id == state.capture_id:
        yield "<- the record was read here"
