"""How a value looks: in words, hits and what is gone marked, titles and names as links."""

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

_LANGUAGES = {"en": "English", "zh-Hant": "中文"}
_LISTS = ("mentions", "warnings")


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Datasette) -> None:
    env.filters["marked"] = marked
    env.filters["gone"] = _gone
    env.filters["language"] = lambda code: _LANGUAGES.get(code, code)
    env.filters["leads"] = partial(_leads, datasette)


@hookimpl
def render_cell(
    row: sqlite3.Row, value: Any, column: str, table: str | None, datasette: Datasette
) -> str | None:
    if table is not None:
        return _in_table(column, value)
    if not isinstance(value, str):
        return None
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


def _gone(since: str | None) -> Markup:
    mark = Markup(' <small class="gone" title="from its site since {}">gone</small>')
    return mark.format(since) if since else Markup()


def _target(datasette: Datasette, row: sqlite3.Row, column: str, value: str) -> str | None:
    """Where a cell of a query leads, told from its column."""
    held = dict(row)
    if column == "title" and isinstance(held.get("id"), str):
        return str(datasette.urls.row("archive", "questions", tilde_encode(held["id"])))
    if column == "department" and "year" in held:
        asked = urlencode({"department": value, "year": held["year"] or ""})
        return f"{datasette.urls.query('archive', 'by_department_and_year')}?{asked}"
    return _leads(datasette, value, column, held.get("department"))


def _leads(datasette: Datasette, name: str, kind: str, department: str | None = None) -> str | None:
    """Where a doctor, a department or a department's tag leads."""
    urls = datasette.urls
    if kind == "doctor":
        return f"{urls.query('archive', 'by_doctor')}?{urlencode({'doctor': name})}"
    if kind == "department":
        return f"{urls.table('archive', 'questions')}?{urlencode({'department__exact': name})}"
    if kind == "tag":
        asked = urlencode({"tag": name, "department": department or ""})
        return f"{urls.query('archive', 'by_tag')}?{asked}"
    return None
