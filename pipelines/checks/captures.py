"""The rows of `captures` and `runs` against the records of the WARCs, and these against them."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any, NamedTuple

from pipelines.checks.finding import MEND, REPAIR, REPEATED, RESTORE, Finding
from pipelines.checks.problems import Filed
from pipelines.database import dicts
from pipelines.warcs.decisions import RUN, decision_in
from pipelines.warcs.files import by_name
from pipelines.warcs.mending import is_mendable
from pipelines.warcs.records import REDACTED, SERVER_NOT_MODIFIED, sha256_from_header
from pipelines.warcs.walk import Damage, Record

_CHECK = "captures"
_ROWS = """
SELECT c.offset, c.length, c.id, c.url, c.fetched_at, c.status, c.content_type,
  c.content_encoding, c.etag, c.last_modified, c.sha256, c.size, c.partial, c.redacted_at,
  c.refers_to, c.outcome, r.uuid AS run, u.url AS page, o.url AS original_url,
  o.fetched_at AS original_date, o.sha256 AS original_sha256, o.refers_to AS original_refers_to
FROM captures c LEFT JOIN runs r ON r.id = c.run_id LEFT JOIN captures o ON o.id = c.refers_to
LEFT JOIN urls u ON u.id = c.url_id
WHERE c.warc = ? ORDER BY c.offset, c.id
"""
_UNKNOWN = "it repeats a capture that is not known"
_HEADERS = ("content_type", "content_encoding", "etag", "last_modified")
Row = dict[str, Any]


class _Answer(NamedTuple):
    """A response or revisit record that nothing has decided on yet."""

    record_id: str
    url: str
    offset: int
    length: int
    row: Row | None


def matched(
    db: sqlite3.Connection, name: str, found: Iterable[Record | Damage | Finding]
) -> Iterator[Finding]:
    """What is wrong with a WARC, and between its records and the rows that name them.

    `found` is what `warcs.contents` gave of it.
    """
    return _File(db, name).against(found)


class _File:
    def __init__(self, db: sqlite3.Connection, name: str) -> None:
        self._where = f"warc/{name}"
        self._rows: Iterator[Row] = dicts(db.execute(_ROWS, (name,)))
        self._row = next(self._rows, None)
        self._runs = {row["uuid"]: row for row in dicts(db.execute("SELECT * FROM runs"))}
        self._filed = Filed(db)
        self._open: dict[str, _Answer] = {}

    def against(self, found: Iterable[Record | Damage | Finding]) -> Iterator[Finding]:
        for one in found:
            if isinstance(one, Finding):
                yield one
            elif isinstance(one, Damage):
                yield from self._damaged(one)
            elif one.kind in {"response", "revisit"}:
                yield from self._answer(one)
            elif told := decision_in(one):
                yield from self._decided(one, told)
        yield from map(self._absent, self._until(None))
        for answer in self._open.values():
            yield self._undecided(answer)

    def _until(self, offset: int | None) -> Iterator[Row]:
        """The rows before an offset, taken."""
        while self._row is not None and (offset is None or self._row["offset"] < offset):
            yield self._row
            self._row = next(self._rows, None)

    def _damaged(self, damage: Damage) -> Iterator[Finding]:
        yield from map(self._absent, self._until(damage.offset))
        mendable = is_mendable(damage)
        todo = MEND if mendable else RESTORE
        yield Finding("warcs", self._where, damage.why, todo, damage.offset, damage.length)
        rows = list(self._until(damage.offset + damage.length))
        for row in [] if mendable else rows:
            what = f"capture {row['id']} of {row['url']} is lost with these bytes"
            yield self._fault(row["offset"], row["length"], what, RESTORE)

    def _answer(self, record: Record) -> Iterator[Finding]:
        yield from map(self._absent, self._until(record.offset))
        rows = list(self._until(record.offset + 1))
        for row in rows:
            for what in _differences(row, record):
                todo = REPEATED if what == _UNKNOWN else REPAIR
                yield self._of(record, f"capture {row['id']} of {row['url']}: {what}", todo)
        if len(rows) > 1:
            yield self._of(record, f"{len(rows)} rows of captures name it")
        url = record.headers.get("WARC-Target-URI", "")
        first = rows[0] if rows else None
        self._open[record.id] = _Answer(record.id, url, record.offset, record.length, first)

    def _decided(self, record: Record, told: Row) -> Iterator[Finding]:
        if told["type"] == RUN:
            yield from self._run(record, told["row"])
            return
        if told["run"] not in self._runs:
            yield self._of(record, f"run {told['run']} is not in the database")
        answer = self._open.pop(record.headers.get("WARC-Concurrent-To", ""), None)
        kept = answer.row["outcome"] if answer and answer.row else None
        for code in self._filed.lacks(told, kept):
            yield self._of(record, f"a problem of {told['url']}, {code}, is not as told")
        if answer is None:
            return
        if answer.row is None:
            yield self._of(answer, f"the record of {answer.url} has no row in captures")
            return
        capture = f"capture {answer.row['id']}"
        if answer.row["run"] != told["run"]:
            yield self._of(answer, f"{capture} belongs to run {told['run']}")
        page = None if told.get("robots") else told["url"]
        if answer.row["page"] != page:
            what = f"{capture} is kept as one of {answer.row['page']}, not {page}"
            yield self._of(answer, what)

    def _run(self, record: Record, told: Row) -> Iterator[Finding]:
        row = self._runs.get(told["uuid"])
        if row is None:
            yield self._of(record, f"run {told['uuid']} is not in the database")
        elif told["ended_at"] is not None:
            other = [name for name, value in told.items() if row.get(name) != value]
            if other:
                what = f"run {row['id']} ended with another {', '.join(other)}"
                yield self._of(record, what)

    def _undecided(self, answer: _Answer) -> Finding:
        """A response whose visit failed on its way to the database has no row either."""
        fault = self._of(answer, f"nothing tells what became of {answer.url}", RESTORE)
        if answer.row is not None:
            return fault
        return fault._replace(harmless=True, todo="it is kept, and its page is fetched again")

    def _absent(self, row: Row) -> Finding:
        what = f"no response is where capture {row['id']} of {row['url']} should be"
        return self._fault(row["offset"], row["length"], what)

    def _of(self, place: Record | _Answer, what: str, todo: str = REPAIR) -> Finding:
        return self._fault(place.offset, place.length, what, todo)

    def _fault(self, offset: int, length: int, what: str, todo: str = REPAIR) -> Finding:
        return Finding(_CHECK, self._where, what, todo, offset, length)


def _differences(row: Row, record: Record) -> Iterator[str]:
    """What a row says otherwise than its record."""
    told = _told(row, record)
    for name, value in told.items():
        if row[name] != value:
            yield f"its {name} is {row[name]!r}, and {value!r} in the WARC"
    if record.kind == "revisit" and row["refers_to"] is None:
        yield _UNKNOWN
    if record.kind == "response" and row["refers_to"] is not None:
        yield f"it does not repeat capture {row['refers_to']}"


def _told(row: Row, record: Record) -> Row:
    """What the record says, by the names of the row's columns."""
    headers = record.headers
    told: Row = {
        "url": headers.get("WARC-Target-URI"),
        "fetched_at": headers.get("WARC-Date"),
        "length": record.length,
        "partial": int("WARC-Truncated" in headers),
        "redacted_at": headers.get(REDACTED),
    }
    if headers.get("WARC-Profile") == SERVER_NOT_MODIFIED:
        told["status"] = HTTPStatus.NOT_MODIFIED.value
    else:
        told["status"] = _status(record)
        fields = by_name(record.http_headers)
        told |= {name: fields.get(name.replace("_", "-").encode()) for name in _HEADERS}
    if record.kind == "response":
        return told | {
            "sha256": hashlib.sha256(record.http_body).hexdigest(),
            "size": len(record.http_body),
        }
    return told | _repeated(row, headers)


def _repeated(row: Row, headers: dict[str, str]) -> Row:
    """What a revisit says of the capture that it repeats."""
    told: Row = {"size": 0, "sha256": _sha256(headers.get("WARC-Payload-Digest", ""))}
    if row["refers_to"] is not None:
        told |= {
            "original_url": headers.get("WARC-Refers-To-Target-URI"),
            "original_date": headers.get("WARC-Refers-To-Date"),
            "original_sha256": row["sha256"],
            "original_refers_to": None,
        }
    return told


def _sha256(digest: str) -> str:
    try:
        return sha256_from_header(digest)
    except ValueError:  # another program's
        return digest


def _status(record: Record) -> int | None:
    try:
        return record.http_status
    except (ValueError, IndexError):
        return None
