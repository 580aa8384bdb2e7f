"""A page that marks a field's words in the visible text of the captured page."""

import sqlite3
from pathlib import Path
from typing import Any

from datasette import NotFound, Response, hookimpl
from datasette.app import Datasette
from datasette.utils import tilde_decode

from pipelines.history.versions import page_capture
from pipelines.queries.records import record_of
from pipelines.rereading.proof import parts, places, proof
from scraper.errors import ArchiveError

_QUESTION = "SELECT id, title, capture_id FROM questions WHERE id = ?"


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    return [(r"^/evidence/(?P<id>[^/]+)$", _evidence)]


async def _evidence(request: Any, datasette: Datasette) -> Response:
    """The captured page's text with a field marked; 404 where the site has no WARCs."""
    pages = datasette.qarchive_pages
    database = datasette.databases["archive"]
    result = await database.execute(_QUESTION, [tilde_decode(request.url_vars["id"])])
    if pages is None or not result.rows:
        raise NotFound("no captured page is at hand")
    question = dict(result.rows[0])
    try:
        field = request.args.get("field") or "title"
        context = await database.execute_fn(lambda db: _context(db, pages, question, field))
    except ArchiveError as error:
        raise NotFound(str(error)) from error
    return Response.html(await datasette.render_template("evidence.html", context, request))


def _context(
    db: sqlite3.Connection, pages: Path, question: dict[str, Any], field: str
) -> dict[str, Any]:
    evidence = proof(db, pages, question["capture_id"])
    shown = evidence.shown
    marked = places(shown, field)
    return {
        "capture": page_capture(db, question["capture_id"])._asdict() | question,
        "field": field,
        "marked": marked,
        "parts": parts(shown.visible_text, marked),
        "names": list(dict.fromkeys(place.field for place in shown.fields)),
        "not_located": shown.not_located,
        "agrees": evidence.agrees(record_of(db, question["id"]), field),
    }
