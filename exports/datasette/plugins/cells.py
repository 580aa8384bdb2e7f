"""How a value looks in a table: lists as words, hits marked, titles and names as links."""

# mypy: disable-error-code="untyped-decorator"
# Datasette has no types.

import json
import re
import sqlite3
from typing import Any
from urllib.parse import urlencode

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import tilde_encode
from markupsafe import Markup, escape

from exports.datasette.snippet import CLOSE, OPEN

_LISTS = ("mentions", "warnings")
_HIT = re.compile(f"{OPEN}(.*?){CLOSE}")


@hookimpl
def render_cell(
    row: sqlite3.Row, value: Any, column: str, table: str | None, datasette: Datasette
) -> str | None:
    if not isinstance(value, str):
        return None
    if column in _LISTS:
        return escape(", ".join(json.loads(value)) or "\N{NO-BREAK SPACE}")
    if column == "excerpt":
        return Markup(_HIT.sub(r"<mark>\1</mark>", str(escape(value))))  # noqa: S704
    target = _target(datasette, row, column, value) if table is None else None
    if target:
        return Markup('<a href="{}">{}</a>').format(target, value)
    return None


def _target(datasette: Datasette, row: sqlite3.Row, column: str, value: str) -> str | None:
    """Where a cell of a canned query leads, told from its column."""
    urls = datasette.urls
    if column == "title" and "id" in row.keys() and row["id"]:  # noqa: SIM118 -- no dict
        return str(urls.row("archive", "questions", tilde_encode(row["id"])))
    if column == "doctor":
        return f"{urls.query('archive', 'by_doctor')}?{urlencode({'doctor': value})}"
    if column == "department" and "year" in row.keys():  # noqa: SIM118
        asked = urlencode({"department": value, "year": row["year"] or ""})
        return f"{urls.query('archive', 'by_department_and_year')}?{asked}"
    if column == "department":
        return f"{urls.table('archive', 'questions')}?{urlencode({'department__exact': value})}"
    return None
