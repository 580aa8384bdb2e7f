"""Search as people type it, in English and Chinese, with excerpts around the hits."""

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette import hookimpl
from datasette.utils.asgi import Request
from markupsafe import Markup

from exports.datasette.snippet import snippet
from exports.datasette.spoken import spoken
from pipelines.storing.fulltext import LONGEST, SearchTerms, match_query, search_terms


@hookimpl(trylast=True)  # after Datasette's own escape_fts, which knows no Chinese
def prepare_connection(conn: sqlite3.Connection) -> None:
    conn.create_function("escape_fts", 1, match_query, deterministic=True)
    conn.create_function("excerpt", -1, snippet, deterministic=True)


@hookimpl
def extra_template_vars(request: Request | None) -> dict[str, Any]:
    """The search as it is understood: `searched`, `sought`, `unsought`, `cut_at` if it was cut."""
    arguments = request.args if request else {}
    searched = [arguments[name] for name in arguments if name == "q" or name.startswith("_search")]
    cut = any(len(words) > LONGEST for words in searched)
    words = " ".join(searched).strip()
    terms = search_terms(words)
    return {
        "searched": words,
        "sought": _sought(terms),
        "unsought": terms.unwanted,
        "cut_at": LONGEST if cut else None,
    }


def _sought(terms: SearchTerms) -> str:
    """The terms in words: `“sore knee” and “rest”, without “heel”`; empty when none is wanted."""
    wanted, unwanted = (
        Markup(" and ").join(Markup("“{}”").format(spoken(term)) for term in kind) for kind in terms
    )
    return wanted and wanted + (Markup(", without {}").format(unwanted) if unwanted else "")


@hookimpl
def asgi_wrapper() -> Any:
    """Drop two parameters of a request: an empty search, and the search mode.

    A table's form sends its search box even when it is empty, which would find nothing. A search
    mode would hand a visitor's words to FTS5 as its syntax.
    """

    def wrap(app: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        async def wrapped(scope: dict[str, Any], receive: Any, send: Any) -> None:
            if scope["type"] == "http":
                query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
                kept = [(name, value) for name, value in query
                        if name != "_searchmode" and (name, value) != ("_search", "")]  # fmt: skip
                scope = scope | {"query_string": urlencode(kept).encode()}
            await app(scope, receive, send)

        return wrapped

    return wrap
