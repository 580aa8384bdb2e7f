"""How a value is shown: in words, with hits and gone questions marked, names as links."""

import json
import sqlite3
from functools import partial
from typing import Any
from urllib.parse import urlencode

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import tilde_encode
from markupsafe import Markup, escape

from exports.datasette.snippet import marked
from exports.datasette.spoken import han_in_tags, spoken

_LANGUAGES = {"en": "English", "zh-Hant": "中文"}
_LISTS = ("mentions", "warnings")


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Datasette) -> None:
    env.filters["marked"] = marked
    env.filters["gone"] = _gone
    env.filters["spoken"] = spoken
    env.filters["han_in_tags"] = han_in_tags
    env.filters["language"] = lambda code: _LANGUAGES.get(code, code)
    env.filters["leads"] = partial(_name_url, datasette)


@hookimpl
def render_cell(
    row: sqlite3.Row, value: Any, column: str, table: str | None, datasette: Datasette
) -> str | None:
    if table is not None:
        return _table_cell(column, value)
    if not isinstance(value, str):
        return None
    url = _cell_url(datasette, row, column, value)
    return Markup('<a href="{}">{}</a>').format(url, spoken(value)) if url else None


def _table_cell(column: str, value: Any) -> str | None:
    """Lists in words, coverage folded, rounded numbers; None for Datasette's own way."""
    if isinstance(value, float):
        return str(round(value, 3))
    if column in _LISTS and value is not None:
        return escape(", ".join(json.loads(value)) or "\N{NO-BREAK SPACE}")
    if column == "coverage" and value is not None:
        return _folded(json.loads(value))
    return None


def _folded(coverage: dict[str, list[int]]) -> Markup:
    """For each field, how many of the pages that may have it do; opened by a click."""
    shares = ", ".join(
        f"{name} {present} of {possible}" for name, (possible, present) in coverage.items()
    )
    return Markup("<details><summary>{} fields</summary>{}</details>").format(len(coverage), shares)


def _gone(since: str | None) -> Markup:
    mark = Markup(' <small class="gone" title="from its site since {}">gone</small>')
    return mark.format(since) if since else Markup()


def _cell_url(datasette: Datasette, row: sqlite3.Row, column: str, value: str) -> str | None:
    """Where a cell of a canned query leads, by its column."""
    cells = dict(row)
    if column == "title" and isinstance(cells.get("id"), str):
        return str(datasette.urls.row("archive", "questions", tilde_encode(cells["id"])))
    if column == "department" and "year" in cells:
        parameters = urlencode({"department": value, "year": cells["year"] or ""})
        return f"{datasette.urls.query('archive', 'by_department_and_year')}?{parameters}"
    return _name_url(datasette, value, column, cells.get("department"))


def _name_url(
    datasette: Datasette, name: str, kind: str, department: str | None = None
) -> str | None:
    """The list of a doctor's, a department's or a department's tag's questions."""
    urls = datasette.urls
    if kind == "doctor":
        return f"{urls.query('archive', 'by_doctor')}?{urlencode({'doctor': name})}"
    if kind == "department":
        return f"{urls.table('archive', 'questions')}?{urlencode({'department__exact': name})}"
    if kind == "tag":
        parameters = urlencode({"tag": name, "department": department or ""})
        return f"{urls.query('archive', 'by_tag')}?{parameters}"
    return None
