"""The page of a question: its record, links and history; and the record as JSON."""

import json
import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from datasette import NotFound, Response, hookimpl
from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import tilde_decode

from pipelines.history.differences import Piece, changes, fields, shortened
from pipelines.history.versions import history, page_capture
from pipelines.queries.records import EXPORTED_JSON
from pipelines.status import HELD

_RECORD = f"SELECT {EXPORTED_JSON} FROM questions q WHERE q.id = ?"
_HELD = """
SELECT url, id, gone_since FROM questions WHERE url IN (SELECT value FROM json_each(?))
ORDER BY gone_since IS NULL, captured_at
"""  # of those with one URL the last counts
_CITED = """
SELECT id, source_id, title, gone_since FROM questions WHERE id IN (SELECT value FROM json_each(?))
"""
_LANGUAGES = """
SELECT id, language, title, gone_since FROM questions WHERE id > :from AND id < :to AND id <> :id
"""
_LINKED_FROM = """
SELECT q.id, q.title, q.gone_since FROM similar_questions s JOIN questions q ON q.id = s.question_id
WHERE s.url = :url LIMIT 10
"""
_STEPS = 10  # changes shown, the latest
_CONTEXT = 120  # characters of kept text shown before and after a change


@hookimpl
def extra_template_vars(
    view_name: str, table: str | None, request: Any, datasette: Datasette
) -> Any:
    async def variables() -> dict[str, Any]:
        database = datasette.databases["archive"]
        if view_name == "row" and table == "questions":
            public = not datasette.setting("default_allow_sql")
            found = await _question(database, tilde_decode(request.url_vars["pks"]), public=public)
            return found | {"pages": datasette.qarchive_pages is not None, "public": public}
        if view_name == "index":
            return {"sites": await _rows(database, HELD)}
        return {}

    return variables


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    return [(r"^/record/(?P<id>[^/]+)\.json$", _record)]


async def _record(request: Any, datasette: Datasette) -> Response:
    """The record as every export gives it."""
    result = await datasette.databases["archive"].execute(
        _RECORD, [tilde_decode(request.url_vars["id"])]
    )
    if not result.rows:
        raise NotFound("no such question")
    return Response(result.single_value(), content_type="application/json; charset=utf-8")


async def _question(database: Database, question_id: str, *, public: bool) -> dict[str, Any]:
    record = json.loads((await database.execute(_RECORD, [question_id])).single_value())
    site, prefix = record["site"], f"{record['site']}:{record['source_id']}:"
    cited = [f"{site}:{number}:{record['language']}" for number in record["mentions"]]
    urls = [card["url"] for card in record["similar"]]
    languages = {"from": prefix, "to": prefix[:-1] + ";", "id": question_id}
    return {
        "record": record,
        "held": {row["url"]: row for row in await _rows(database, _HELD, [json.dumps(urls)])},
        "cited": {
            row["source_id"]: row for row in await _rows(database, _CITED, [json.dumps(cited)])
        },
        "languages": await _rows(database, _LANGUAGES, languages),
        "linked_from": await _rows(database, _LINKED_FROM, {"url": record["url"]}),
        "history": await database.execute_fn(lambda db: _history(db, question_id, public=public)),
    }


def _history(db: sqlite3.Connection, question_id: str, *, public: bool) -> dict[str, Any]:
    """The history, and as `steps` the latest versions with their changes, newest first."""
    log = history(db, question_id)
    steps = [
        (after, list(_changed(before.record, after.record, public=public)))
        for before, after in list(pairwise(log.versions))[-_STEPS:]
    ]
    read = page_capture(db, log.versions[-1].first_capture)
    return log._asdict() | {"steps": steps[::-1], "first": log.versions[0], "read": read}


def _changed(
    before: dict[str, Any], after: dict[str, Any], *, public: bool
) -> Iterator[tuple[str, list[Piece]]]:
    """Yield the fields that differ, with their words; to the public, the names are shown alone."""
    if public:
        yield from ((name, []) for name in fields(before, after))
    else:
        for change in changes(before, after):
            yield change.field, list(shortened(change.pieces, _CONTEXT))


async def _rows(database: Database, sql: str, params: Any = None) -> list[dict[str, Any]]:
    return [dict(row) for row in (await database.execute(sql, params)).rows]
