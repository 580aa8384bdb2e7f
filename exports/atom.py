"""An Atom feed (RFC 4287) of the questions that are new, edited by the site or gone, latest first.

All text is of type "text", so that a feed reader shows markup in it and runs none.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, TextIO
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from exports.publish import as_file
from pipelines.database import open_reader, query_errors
from pipelines.history.differences import fields
from pipelines.queries.records import record_of
from pipelines.storing.causes import Cause
from scraper.wording import counted

NAME = "questions.atom"
COUNTED = "change"
ENTRIES = 200
_EXCERPT = 500  # characters of the question
_LABEL = 200  # characters of a title or department
_NAMESPACE = "http://www.w3.org/2005/Atom"
# Not in XML 1.0, or able to turn the text around them: U+202A to U+202E, U+2066 to U+2069.
_UNSAFE = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)
# Latest by what the site did: later readings of old captures add versions too.
_VERSIONS = f"""
SELECT v.question_id, v.digest, v.record, c.fetched_at, c.run_id,
  (SELECT b.record FROM question_versions b
   WHERE b.question_id = v.question_id AND b.id < v.id ORDER BY b.id DESC LIMIT 1) AS before
FROM question_versions v JOIN captures c ON c.id = v.first_capture
WHERE v.id IN (
  SELECT id FROM question_versions WHERE cause <> '{Cause.READER}'
  ORDER BY first_capture DESC, id DESC LIMIT ?)
ORDER BY v.first_capture DESC, v.id DESC
"""
# Found so by a second look, or at once where the page speaks another language since.
_GONE = """
SELECT q.id, q.gone_since, ifnull(min(c.fetched_at), q.gone_since) AS found_at, c.run_id
FROM questions q LEFT JOIN captures c ON c.url_id = q.url_id AND c.fetched_at > q.gone_since
  AND c.outcome IN ('gone', 'moved')
WHERE q.gone_since IS NOT NULL GROUP BY q.key ORDER BY found_at DESC, q.key DESC LIMIT ?
"""
_FIRST_RUN = "SELECT started_at FROM runs ORDER BY id LIMIT 1"


class _Entry(NamedTuple):
    id: str  # stable: urn:uuid:...
    seen_at: str  # RFC 3339
    run: int | None
    record: dict[str, Any]
    verb: str
    content: str


def write_to(archive: Path, stream: TextIO) -> int:
    """Write the feed to an open stream; the number of entries. Raises ArchiveError."""
    with open_reader(archive) as connection, query_errors(archive, "run `qarchive status`"):
        connection.execute("BEGIN")  # one snapshot
        (first_run,) = connection.execute(_FIRST_RUN).fetchone() or ("1970-01-01T00:00:00Z",)
        candidates = chain(_versions(connection), _gone(connection))
        entries = sorted(candidates, key=attrgetter("seen_at"), reverse=True)[:ENTRIES]
    feed = _feed(first_run, entries)
    ET.indent(feed)
    stream.write('<?xml version="1.0" encoding="utf-8"?>\n')
    stream.write(ET.tostring(feed, encoding="unicode"))
    stream.write("\n")
    return len(entries)


write = as_file(write_to)


def _versions(connection: sqlite3.Connection) -> Iterator[_Entry]:
    rows = connection.execute(_VERSIONS, (ENTRIES,)).fetchall()
    for question_id, digest, stored, seen_at, run, before in rows:
        record = json.loads(stored) if stored else record_of(connection, question_id)
        changed = fields(json.loads(before), record) if before else []
        content = _content(record, changed)
        verb = "Changed" if before else "New"
        yield _Entry(_urn(question_id, digest, seen_at), seen_at, run, record, verb, content)


def _gone(connection: sqlite3.Connection) -> Iterator[_Entry]:
    for question_id, since, found_at, run in connection.execute(_GONE, (ENTRIES,)).fetchall():
        record = record_of(connection, question_id)
        content = f"{question_id}, gone from the site since {since}"
        yield _Entry(_urn(question_id, "gone", since), found_at, run, record, "Gone", content)


def _feed(first_run: str, entries: list[_Entry]) -> ET.Element:
    feed = ET.Element("feed", xmlns=_NAMESPACE)
    _add(feed, "id", _urn("feed", first_run))
    _add(feed, "title", "New, changed and gone questions")
    _add(feed, "updated", max((entry.seen_at for entry in entries), default=first_run))
    _add(_add(feed, "author"), "name", "qarchive")
    for entry in entries:
        _add_entry(feed, entry)
    return feed


def _add_entry(feed: ET.Element, entry: _Entry) -> None:
    record = entry.record
    element = _add(feed, "entry")
    _add(element, "id", entry.id)
    _add(element, "title", f"{entry.verb}: {_cut(record['title'] or record['id'], _LABEL)}")
    _add(element, "updated", entry.seen_at)
    if urlsplit(record["url"]).scheme in {"http", "https"}:
        _add(element, "link", rel="alternate", href=record["url"], hreflang=record["language"])
    for scheme in ("site", "department"):
        if record[scheme]:
            term = _cut(record[scheme], _LABEL)
            _add(element, "category", scheme=f"urn:qarchive:{scheme}", term=term)
    if entry.run is not None:
        _add(element, "category", scheme="urn:qarchive:run", term=str(entry.run))
    _add(element, "content", entry.content, type="text")


def _content(record: dict[str, Any], changed: list[str]) -> str:
    summary = f"{record['id']}, {counted(len(record['replies']), 'reply', 'replies')}"
    if changed:
        summary += f"; changed: {', '.join(changed)}"
    question = record["question"]["text"] or record["question"]["headline"] or ""
    return f"{summary}\n\n{_cut(question, _EXCERPT)}".strip()


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length]}..."


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, {key: _safe(val) for key, val in attributes.items()})
    child.text = None if text is None else _safe(text)
    return child


def _safe(text: str) -> str:
    return _UNSAFE.sub("\ufffd", text)


def _urn(*parts: str) -> str:
    return uuid5(NAMESPACE_URL, f"qarchive:{' '.join(parts)}").urn
