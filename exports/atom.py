"""An Atom feed (RFC 4287) of the questions that are new or have changed, latest first.

All text is plain text: a reader of feeds shows markup in it and runs none.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TextIO
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from exports.publish import published_file
from pipelines.database import open_reader
from pipelines.errors import StorageError
from pipelines.records import record_of

NAME = "questions.atom"
ENTRIES = 200
_EXCERPT = 500  # characters of the question
_LABEL = 200  # characters of a title or department
_NAMESPACE = "http://www.w3.org/2005/Atom"
# Not in XML 1.0, or able to turn the text around them: U+202A to U+202E, U+2066 to U+2069.
_UNSHOWABLE = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)
_VERSIONS = """
SELECT v.question_id, v.digest, v.record, c.fetched_at, c.run_id,
  (SELECT b.record FROM question_versions b
   WHERE b.question_id = v.question_id AND b.id < v.id ORDER BY b.id DESC LIMIT 1) AS before
FROM question_versions v JOIN captures c ON c.id = v.first_capture
ORDER BY v.id DESC LIMIT ?
"""
_FIRST_RUN = "SELECT started_at FROM runs ORDER BY id LIMIT 1"


class _Version(NamedTuple):
    id: str  # stable: urn:uuid:...
    seen_at: str  # RFC 3339
    run: int
    record: dict[str, Any]
    changed: list[str] | None  # the record's fields; None: the question is new


def write(archive: Path, out: Path) -> int:
    """Publish the feed as the file `out`; how many entries. Raises ArchiveError."""
    with published_file(out) as stream:
        return write_to(archive, stream)


def write_to(archive: Path, stream: TextIO) -> int:
    """Write the feed to an open stream; how many entries. Raises ArchiveError."""
    with open_reader(archive) as database:
        connection: sqlite3.Connection = database.conn
        try:
            connection.execute("BEGIN")  # one snapshot
            (first_run,) = connection.execute(_FIRST_RUN).fetchone() or ("1970-01-01T00:00:00Z",)
            versions = list(_versions(connection))
        except sqlite3.Error as error:
            raise StorageError(
                f"{archive} cannot be read ({error}): run `qarchive status`."
            ) from error
    feed = _feed(first_run, versions)
    ET.indent(feed)
    stream.write('<?xml version="1.0" encoding="utf-8"?>\n')
    stream.write(ET.tostring(feed, encoding="unicode"))
    stream.write("\n")
    return len(versions)


def _versions(connection: sqlite3.Connection) -> Iterator[_Version]:
    rows = connection.execute(_VERSIONS, (ENTRIES,)).fetchall()
    for question_id, digest, kept, seen_at, run, before in rows:
        record = json.loads(kept) if kept else record_of(connection, question_id)
        changed = _changed(json.loads(before), record) if before else None
        yield _Version(_urn(question_id, digest, seen_at), seen_at, run, record, changed)


def _changed(before: dict[str, Any], record: dict[str, Any]) -> list[str]:
    return [name for name in record if name != "captured_at" and record[name] != before.get(name)]


def _feed(first_run: str, versions: list[_Version]) -> ET.Element:
    feed = ET.Element("feed", xmlns=_NAMESPACE)
    _add(feed, "id", _urn("feed", first_run))
    _add(feed, "title", "New and changed questions")
    _add(feed, "updated", max((version.seen_at for version in versions), default=first_run))
    _add(_add(feed, "author"), "name", "qarchive")
    for version in versions:
        _add_entry(feed, version)
    return feed


def _add_entry(feed: ET.Element, version: _Version) -> None:
    record = version.record
    entry = _add(feed, "entry")
    verb = "New" if version.changed is None else "Changed"
    _add(entry, "id", version.id)
    _add(entry, "title", f"{verb}: {_cut(record['title'] or record['id'], _LABEL)}")
    _add(entry, "updated", version.seen_at)
    if urlsplit(record["url"]).scheme in {"http", "https"}:
        _add(entry, "link", rel="alternate", href=record["url"], hreflang=record["language"])
    for scheme in ("site", "department"):
        if record[scheme]:
            term = _cut(record[scheme], _LABEL)
            _add(entry, "category", scheme=f"urn:qarchive:{scheme}", term=term)
    _add(entry, "category", scheme="urn:qarchive:run", term=str(version.run))
    _add(entry, "content", _content(version), type="text")


def _content(version: _Version) -> str:
    record = version.record
    replies = len(record["replies"])
    told = f"{record['id']}, {replies} {'reply' if replies == 1 else 'replies'}"
    if version.changed:
        told += f"; changed: {', '.join(version.changed)}"
    asked = record["question"]["text"] or record["question"]["headline"] or ""
    return f"{told}\n\n{_cut(asked, _EXCERPT)}".strip()


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}..."


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, {key: _shown(val) for key, val in attributes.items()})
    child.text = None if text is None else _shown(text)
    return child


def _shown(text: str) -> str:
    return _UNSHOWABLE.sub("\ufffd", text)


def _urn(*parts: str) -> str:
    return uuid5(NAMESPACE_URL, f"qarchive:{' '.join(parts)}").urn
