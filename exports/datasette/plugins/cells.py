"""How a value looks in a table: short and as words, hits marked, titles and names as links."""

import json
import re
import sqlite3
from typing import Any
from urllib.parse import urlencode

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import tilde_encode
from markupsafe import Markup, escape

from exports.datasette.snippet import CLOSE, OPEN, marked

_LISTS = ("mentions", "warnings")
_HIT = re.compile(f"{OPEN}(.*?){CLOSE}")


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    env.filters["marked"] = lambda text, words: _shown(marked(words, text))


@hookimpl
def render_cell(
    row: sqlite3.Row, value: Any, column: str, table: str | None, datasette: Datasette
) -> str | None:
    if table is not None:
        return _in_table(column, value)
    if not isinstance(value, str):
        return None
    if column == "excerpt":
        return _shown(value)
    target = _target(datasette, row, column, value)
    return Markup('<a href="{}">{}</a>').format(target, value) if target else None


def _in_table(column: str, value: Any) -> str | None:
    """Short and in words, what would fill the page or tell no reader anything."""
    if isinstance(value, float):
        return str(round(value, 3))
    if column in _LISTS and value is not None:
        return escape(", ".join(json.loads(value)) or "\N{NO-BREAK SPACE}")
    if column == "coverage" and value is not None:
        return _folded(json.loads(value))
    return None


def _folded(coverage: dict[str, list[int]]) -> Markup:
    """How many of the pages that could have had a field had it; opened by a click."""
    had = ", ".join(f"{name} {has} of {could}" for name, (could, has) in coverage.items())
    return Markup("<details><summary>{} fields</summary>{}</details>").format(len(coverage), had)


def _shown(text: str) -> Markup:
    return Markup(_HIT.sub(r"<mark>\1</mark>", str(escape(text))))  # noqa: S704


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
