"""Search as people type it, in English and Chinese, and excerpts for what was found."""

# mypy: disable-error-code="untyped-decorator"
# Datasette has no types.

import re
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl

from exports.datasette.snippet import snippet
from pipelines.fulltext import match_query

_EMPTY_SEARCH = re.compile(rb"(?:^|&)_search=(?=&|$)")


@hookimpl(trylast=True)  # after Datasette's own escape_fts, which knows no Chinese
def prepare_connection(conn: sqlite3.Connection) -> None:
    conn.create_function("escape_fts", 1, match_query, deterministic=True)
    conn.create_function("excerpt", -1, snippet, deterministic=True)


@hookimpl
def asgi_wrapper() -> Any:
    """The table's form sends its search box also when it is empty, which would find nothing."""

    def wrap(app: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        async def wrapped(scope: dict[str, Any], receive: Any, send: Any) -> None:
            if scope["type"] == "http":
                query = _EMPTY_SEARCH.sub(b"", scope["query_string"])
                scope = scope | {"query_string": query}
            await app(scope, receive, send)

        return wrapped

    return wrap
