"""Compares the rows of `captures` with the records of the WARCs, both ways."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache
from http import HTTPStatus
from typing import Any, NamedTuple

from pipelines.checks.finding import MEND, REPAIR, REPEATED, RESTORE, Finding
from pipelines.checks.runs import RunRows
from pipelines.database import dicts
from pipelines.warcs.decisions import RUN, decision_in
from pipelines.warcs.files import by_name
from pipelines.warcs.mending import is_mendable
from pipelines.warcs.records import REDACTED, SERVER_NOT_MODIFIED, sha256_from_header
from pipelines.warcs.walk import Damage, Record
from scraper.items import Outcome
from scraper.record import moment, timestamp

_CHECK = "captures"
_ROWS = """
SELECT c.*, r.uuid AS run, u.url AS page, o.url AS original_url, o.fetched_at AS original_date,
  o.sha256 AS original_sha256, o.refers_to AS original_refers_to
FROM captures c LEFT JOIN runs r ON r.id = c.run_id LEFT JOIN captures o ON o.id = c.refers_to
LEFT JOIN urls u ON u.id = c.url_id
WHERE c.warc = ? ORDER BY c.offset, c.id
"""
_PROBLEMS = """
SELECT p.url, p.found_at, p.code, p.field, p.detail FROM problems p JOIN runs r ON r.id = p.run_id
WHERE r.uuid = ?
"""
_UNKNOWN_ORIGINAL = "it repeats a capture that is not known"
_HEADERS = ("content_type", "content_encoding", "etag", "last_modified")
Row = dict[str, Any]


class _Response(NamedTuple):
    """A response or revisit record whose visit has not been met yet."""

    where: str
    url: str
    offset: int
    length: int
    row: Row | None


class Comparison:
    """Walks the records of each WARC and its rows of `captures` side by side, by offset."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._where = ""  # the file
        self._rows: Iterator[Row] = iter(())
        self._next_row: Row | None = None
        self._runs = RunRows(db)
        self._problems = cache(lambda run: set(db.execute(_PROBLEMS, (run,))))
        self._undecided: dict[str, _Response] = {}  # by WARC-Record-ID

    def findings(self, name: str, items: Iterable[Record | Damage | Finding]) -> Iterator[Finding]:
        """Yield what is wrong with a WARC, and between its records and the rows that name them.

        `items`: what `checks.warcs.contents` gave of it.
        """
        self._where = f"warc/{name}"
        self._rows = dicts(self._db, _ROWS, name)
        self._next_row = next(self._rows, None)
        self._problems.cache_clear()
        for item in items:
            self._runs.all_told &= isinstance(item, Record)
            if isinstance(item, Finding):
                yield item
            elif isinstance(item, Damage):
                yield from self._check_damage(item)
            elif item.kind in {"response", "revisit"}:
                yield from self._check_response(item)
            elif decision := decision_in(item):
                yield from self._check_decision(item, decision)
        yield from map(self._without_record, self._take_rows(None))

    def rest(self) -> Iterator[Finding]:
        """Yield what is wrong with responses whose visit is in none of the WARCs, and with runs."""
        yield from map(self._without_decision, self._undecided.values())
        yield from self._runs.findings()

    def _take_rows(self, end: int | None) -> Iterator[Row]:
        """Take and yield the next rows, up to those with offset `end`; None for all."""
        while self._next_row is not None and (end is None or self._next_row["offset"] < end):
            yield self._next_row
            self._next_row = next(self._rows, None)

    def _check_damage(self, damage: Damage) -> Iterator[Finding]:
        yield from map(self._without_record, self._take_rows(damage.offset))
        mendable = is_mendable(damage)
        todo = MEND if mendable else RESTORE
        yield Finding("warcs", self._where, damage.why, todo, damage.offset, damage.length)
        rows = list(self._take_rows(damage.end))
        for row in [] if mendable else rows:
            what = f"capture {row['id']} of {row['url']} is lost with these bytes"
            yield self._row_finding(row, what, RESTORE)

    def _check_response(self, record: Record) -> Iterator[Finding]:
        yield from map(self._without_record, self._take_rows(record.offset))
        rows = list(self._take_rows(record.offset + 1))
        for row in rows:
            for what in _differences(row, record):
                todo = REPEATED if what == _UNKNOWN_ORIGINAL else REPAIR
                yield self._finding(record, f"capture {row['id']} of {row['url']}: {what}", todo)
        if len(rows) > 1:
            yield self._finding(record, f"{len(rows)} rows of captures name it")
        url = record.headers.get("WARC-Target-URI", "")
        first = rows[0] if rows else None
        response = _Response(self._where, url, record.offset, record.length, first)
        self._undecided[record.id] = response

    def _check_decision(self, record: Record, decision: Row) -> Iterator[Finding]:
        """Check the metadata record of a run or visit."""
        if decision["type"] == RUN:
            self._runs.meet_run(self._where, record, decision["row"])
            return
        self._runs.meet_visit(decision)
        run, url = decision["run"], decision["url"]
        if run not in self._runs:
            yield self._finding(record, f"run {run} is not in the database")
        response = self._undecided.pop(record.headers.get("WARC-Concurrent-To", ""), None)
        row = response.row if response else None
        for code in self._missing_problems(decision, row["outcome"] if row else None):
            yield self._finding(record, f"a problem of {url}, {code}, is not as told")
        if response is None:
            return
        if row is None:
            yield self._finding(response, f"the record of {response.url} has no row in captures")
            return
        capture = f"capture {row['id']}"
        if row["run"] != run:
            yield self._finding(response, f"{capture} belongs to run {run}")
        page = None if decision.get("robots") else url
        if row["page"] != page:
            yield self._finding(response, f"{capture} is kept as one of {row['page']}, not {page}")

    def _missing_problems(self, visit: Row, row_outcome: str | None) -> Iterator[str]:
        """Yield the codes of the visit's problems that have no row.

        `visit` is its JSON in the WARC, `row_outcome` that in the row of its capture, if any. A
        page that was a problem may have been reread since; then its rows tell nothing.
        """
        problems, outcome = visit.get("problems", ()), visit["outcome"]
        if not problems or outcome == Outcome.DENIED or visit.get("robots"):
            return
        if outcome == Outcome.PROBLEM and row_outcome not in {None, Outcome.PROBLEM}:
            return
        found_at = timestamp(moment(visit["visited_at"]))
        for problem in problems:
            if (visit["url"], found_at, *problem) not in self._problems(visit["run"]):
                yield problem[0]

    def _without_decision(self, response: _Response) -> Finding:
        """A visit that failed on its way to the database leaves a response without a row."""
        finding = self._finding(response, f"nothing tells what became of {response.url}", RESTORE)
        if response.row is not None:
            return finding
        todo = "it is kept, and its page is fetched again"
        return finding._replace(harmless=True, todo=todo)

    def _without_record(self, row: Row) -> Finding:
        what = f"no response is where capture {row['id']} of {row['url']} should be"
        return self._row_finding(row, what)

    def _row_finding(self, row: Row, what: str, todo: str = REPAIR) -> Finding:
        return Finding(_CHECK, self._where, what, todo, row["offset"], row["length"])

    def _finding(self, record: Record | _Response, what: str, todo: str = REPAIR) -> Finding:
        where = record.where if isinstance(record, _Response) else self._where
        return Finding(_CHECK, where, what, todo, record.offset, record.length)


def _differences(row: Row, record: Record) -> Iterator[str]:
    """Yield how the row differs from its record."""
    for name, value in _expected(row, record).items():
        # Of several such headers the last alone will do: bodies are decoded by those in the WARC.
        is_last = name == "content_encoding" and str(value).endswith(f", {row[name]}")
        if row[name] != value and not is_last:
            yield f"its {name} is {row[name]!r}, and {value!r} in the WARC"
    if record.kind == "revisit" and row["refers_to"] is None:
        yield _UNKNOWN_ORIGINAL
    if record.kind == "response" and row["refers_to"] is not None:
        yield f"it does not repeat capture {row['refers_to']}"


def _expected(row: Row, record: Record) -> Row:
    """The values of the record, by the names of the row's columns."""
    headers = record.headers
    values: Row = {
        "url": headers.get("WARC-Target-URI"),
        "fetched_at": headers.get("WARC-Date"),
        "length": record.length,
        "partial": int("WARC-Truncated" in headers),
        "redacted_at": headers.get(REDACTED),
    }
    if headers.get("WARC-Profile") == SERVER_NOT_MODIFIED:
        values["status"] = HTTPStatus.NOT_MODIFIED.value
    else:
        values["status"] = _status(record)
        http_headers = by_name(record.http_headers)
        for name in _HEADERS:
            values[name] = http_headers.get(name.replace("_", "-").encode())
    if record.kind == "response":
        values["sha256"] = hashlib.sha256(record.http_body).hexdigest()
        values["size"] = len(record.http_body)
        return values
    return values | _expected_of_original(row, headers)


def _expected_of_original(row: Row, headers: dict[str, str]) -> Row:
    """The values in a revisit record that concern the capture it repeats."""
    values: Row = {"size": 0, "sha256": _sha256(headers.get("WARC-Payload-Digest", ""))}
    if row["refers_to"] is not None:
        values |= {
            "original_url": headers.get("WARC-Refers-To-Target-URI"),
            "original_date": headers.get("WARC-Refers-To-Date"),
            "original_sha256": row["sha256"],
            "original_refers_to": None,
        }
    return values


def _sha256(digest: str) -> str:
    try:
        return sha256_from_header(digest)
    except ValueError:  # written by another program
        return digest


def _status(record: Record) -> int | None:
    try:
        return record.http_status
    except (ValueError, IndexError):
        return None
