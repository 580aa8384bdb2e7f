"""Datasette over one archive.

`plugins/` holds what it does differently, `templates/` and `static/` how it looks, and
`metadata.yaml` its titles, facets and canned queries.
"""

import asyncio
import re
import sqlite3
import threading
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from datasette import app, handle_exception  # in this order, or the handler is never registered
from datasette.database import Database
from datasette.utils import escape_sqlite, parse_metadata
from datasette.views import base

from exports.csv import line
from pipelines.database import open_reader, reading
from pipelines.layout import DATABASE as DATABASE_FILE
from scraper.record import timestamp

DATABASE = "archive"
_HERE = Path(__file__).parent
_COUNTS = ("select count(*)", "select (select count(*)")  # the beginnings of Datasette's own
LISTED: ContextVar[str | None] = ContextVar("LISTED", default=None)  # set by plugins/pages.py
_ONE_COLUMN = re.compile(r" order by (?P<column>\[?\w+\]?)(?: desc)?(?= limit \d+\Z)")
_COLOUR = "2b6777"

_SETTINGS = {
    "suggest_facets": False,  # each suggestion scans the table
    "facet_time_limit_ms": 1000,
    "sql_time_limit_ms": 30_000,  # one's own machine: `edits_seen_elsewhere` compares all cards
    "truncate_cells_html": 300,
    "default_page_size": 50,
    "num_sql_threads": 8,  # a slow page is slow for its reader; the others find a free thread
}
_PUBLIC = {
    "default_allow_sql": False,  # one randomblob() takes gigabytes
    "allow_download": False,
    "allow_csv_stream": False,
    "facet_time_limit_ms": 300,
    "sql_time_limit_ms": 3000,
    "max_returned_rows": 500,
}
# Tables for strangers: what the pages say, not what a site took back or how it was collected.
_PUBLISHED = {
    "questions", "replies", "doctors", "departments", "faq_tags", "questions_faq_tags",
    "similar_questions",
}  # fmt: skip


def build(
    archive: Path,
    *,
    public: bool = False,
    as_of: datetime | None = None,
    pages: Path | None = None,
    own_name: str | None = None,
) -> app.Datasette:
    """The site over the folder `archive`, whose database is called `archive` in its URLs.

    Local: the live database, read-only, so that a running crawl is seen. Public: for strangers;
    `archive` is then a folder that `snapshot` made; so it is with `as_of`, the moment it shows.
    `pages` is the archive whose WARCs hold the captured pages; without it none is shown.
    With `own_name` it answers to that host, addresses and `localhost` alone: others' pages may
    otherwise read it, by a name of theirs that they point at this machine ("DNS rebinding").
    Raises NoArchiveError or StorageError.
    """
    with open_reader(archive, lasting=True) as db:
        counts = _counts(db) if public else {}
        withheld = _names(db) - _PUBLISHED if public else set()
    path = archive / DATABASE_FILE
    inspected = {"hash": _COLOUR, "size": path.stat().st_size, "tables": counts}
    handle_exception.rich = None  # it would print 100 lines for every wrong address
    base.csv = SimpleNamespace(writer=_CsvWriter)  # for tables, queries and streams alike
    metadata = parse_metadata((_HERE / "metadata.yaml").read_text("utf-8"))
    tables = metadata["databases"][DATABASE]["tables"]
    for name in withheld:
        tables[name] = tables.get(name, {}) | {"allow": False}
    if as_of is not None:
        metadata["title"] += f", as known on {timestamp(as_of)}"
    site = app.Datasette(
        metadata=metadata,
        plugins_dir=str(_HERE / "plugins"),
        template_dir=str(_HERE / "templates"),
        static_mounts=[("qarchive", str(_HERE / "static"))],
        settings=_SETTINGS | (_PUBLIC if public else {}),
        inspect_data={DATABASE: inspected} if public else None,
    )
    site.qarchive_pages = pages  # for plugins/evidence.py
    site.qarchive_own_name = own_name  # for plugins/safeguard.py
    site.qarchive_as_of = as_of and timestamp(as_of)  # for plugins/display.py
    site.remove_database("_memory")
    site.add_database(_Archive(site, str(path), is_mutable=not public), name=DATABASE)
    return site


def close(site: app.Datasette) -> None:
    site.executor.shutdown()
    site.databases[DATABASE].close()


def _names(connection: sqlite3.Connection) -> set[str]:
    names = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
    return {row[0] for row in connection.execute(names)}


def _counts(connection: sqlite3.Connection) -> dict[str, dict[str, int]]:
    names = "SELECT name FROM sqlite_master WHERE type = 'table'"
    return {
        name: {"count": connection.execute(f"SELECT count(*) FROM [{name}]").fetchone()[0]}
        for (name,) in connection.execute(names).fetchall()
    }


class _CsvWriter:
    """In the place of `csv.writer` in `datasette.views.base`: rows without formulas."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def writerow(self, row: Iterable[Any]) -> Any:
        return self._stream.write(line(row))  # awaited


class _Archive(Database):  # type: ignore[misc]  # Datasette has no types
    """A database that each thread reopens when another file has replaced it.

    So what `qarchive forget` takes down is no longer shown.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._local = threading.local()

    def connect(self, write: bool = False) -> Any:  # noqa: FBT001, FBT002 -- Datasette's signature
        """A read-only connection; the folder's name may hold any characters."""
        assert not write
        path = Path(self.path)
        uri = reading(path) if self.is_mutable else f"{path.resolve().as_uri()}?immutable=1"
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._all_file_connections.append(connection)
        return connection

    async def execute(self, sql: str, *arguments: Any, **options: Any) -> Any:
        """As Datasette's, but the counts beside rows have a facet's time limit, and pages join."""
        if sql.startswith(_COUNTS) and not options.get("truncate"):
            options.setdefault("custom_time_limit", self.ds.setting("facet_time_limit_ms"))
        return await super().execute(await self._joined(sql), *arguments, **options)

    async def _joined(self, sql: str) -> str:
        """A sorted table's first page in the order of the further ones, where ties go by key."""
        table, order = LISTED.get(), _ONE_COLUMN.search(sql)
        if table is None or order is None:
            return sql
        keys = map(escape_sqlite, await self.primary_keys(table))
        ties = "".join(f", {key}" for key in keys if key != order["column"])
        return f"{sql[: order.end()]}{ties}{sql[order.end() :]}"

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """Call `fn` in a thread, with a connection to the present database."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.ds.executor, lambda: fn(self._connection()))

    def _connection(self) -> sqlite3.Connection:
        status = Path(self.path).stat()
        file = (status.st_dev, status.st_ino)
        opened: tuple[object, sqlite3.Connection] | None = getattr(self._local, "opened", None)
        if opened is not None and opened[0] == file:
            return opened[1]
        if opened is not None:
            opened[1].close()
        connection: sqlite3.Connection = self.connect()
        self.ds._prepare_connection(connection, self.name)  # noqa: SLF001 -- as Datasette's own
        self._local.opened = (file, connection)
        return connection

    async def primary_keys(self, table: str) -> list[str]:
        """As declared, but a question's URL has its id.

        Its key is its row in the full text index, which a rebuilt database numbers anew.
        """
        if table == "questions":
            return ["id"]
        keys: list[str] = await super().primary_keys(table)
        return keys
