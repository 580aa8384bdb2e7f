"""Search as people type it, in English and Chinese, and excerpts for what was found."""

# mypy: disable-error-code="untyped-decorator"
# Datasette has no types.

import sqlite3

from datasette import hookimpl

from exports.datasette.snippet import snippet
from pipelines.fulltext import match_query


@hookimpl(trylast=True)  # after Datasette's own escape_fts, which knows no Chinese
def prepare_connection(conn: sqlite3.Connection) -> None:
    conn.create_function("escape_fts", 1, match_query, deterministic=True)
    conn.create_function("excerpt", -1, snippet, deterministic=True)
