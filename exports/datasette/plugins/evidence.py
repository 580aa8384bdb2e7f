"""A page that marks a field's words in the visible text of the captured page."""

import sqlite3
from pathlib import Path
from typing import Any

from datasette import NotFound, Response, hookimpl
from datasette.app import Datasette
from datasette.utils import tilde_decode

from pipelines.queries.records import record_of
from pipelines.rereading.proof import parts, places, proof
from scraper.errors import ArchiveError

_CAPTURE = """
SELECT q.id, q.title, c.id AS capture_id, c.url, c.fetched_at, b.warc, b.offset
FROM questions q JOIN captures c ON c.id = q.capture_id
JOIN captures b ON b.id = ifnull(c.refers_to, c.id) WHERE q.id = ?
"""


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    return [(r"^/evidence/(?P<id>[^/]+)$", _evidence)]


async def _evidence(request: Any, datasette: Datasette) -> Response:
    """The captured page's text with a field marked; 404 where the site has no WARCs."""
    pages = datasette.qarchive_pages
    database = datasette.databases["archive"]
    result = await database.execute(_CAPTURE, [tilde_decode(request.url_vars["id"])])
    if pages is None or not result.rows:
        raise NotFound("no captured page is at hand")
    capture = dict(result.rows[0])
    try:
        field = request.args.get("field") or "title"
        context = await database.execute_fn(lambda db: _context(db, pages, capture, field))
    except ArchiveError as error:
        raise NotFound(str(error)) from error
    html = await datasette.render_template("evidence.html", context | {"capture": capture}, request)
    return Response.html(html)


def _context(
    db: sqlite3.Connection, pages: Path, capture: dict[str, Any], field: str
) -> dict[str, Any]:
    evidence = proof(db, pages, capture["capture_id"])
    shown = evidence.shown
    marked = places(shown, field)
    return {
        "field": field,
        "marked": marked,
        "parts": parts(shown.visible_text, marked),
        "names": list(dict.fromkeys(place.field for place in shown.fields)),
        "not_located": shown.not_located,
        "agrees": evidence.agrees(record_of(db, capture["id"]), field),
    }
