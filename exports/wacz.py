"""WACZ 1.1.1: the WARCs, your --contact in them, an index, the pages' text in a file that replays.

https://specs.webrecorder.net/wacz/1.1.1/. py-wacz keeps all text in memory and takes whole WARCs;
this streams, and takes what is committed while a crawl goes on.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from itertools import chain, islice
from pathlib import Path
from zipfile import ZipFile

from exports.publish import published_path
from exports.wacz_file import Committed, WaczFile
from pipelines.database import open_reader
from pipelines.errors import StorageError
from pipelines.layout import WARCS
from pipelines.rereading.captures import body_of
from pipelines.warcs.walk import Damage, records
from scraper.clock import now
from scraper.errors import ReadingError
from scraper.loading import sites

NAME = "archive.wacz"
COUNTED = "page"  # what `write` counts
_INDEX = "index.cdx.gz"
_LINES = 1024  # of the index in one gzip member, as other makers have it
_INDEXED = "response,revisit"
_HAS_QUESTION = "EXISTS (SELECT 1 FROM questions q WHERE q.url_id = c.url_id)"
_QUESTIONS = f"SELECT c.id FROM captures c WHERE c.status = 200 AND {_HAS_QUESTION}"
_OTHERS = (
    f"SELECT c.id FROM captures c WHERE c.status = 200 AND NOT {_HAS_QUESTION}"
    " AND c.content_type LIKE '%html%'"
)
_PAGE = """
SELECT u.site, c.url, c.fetched_at,
  (SELECT title FROM questions q WHERE q.url_id = c.url_id ORDER BY key DESC LIMIT 1)
FROM captures c LEFT JOIN urls u ON u.id = c.url_id WHERE c.id = ?
"""


def write(archive: Path, out: Path) -> int:
    """Publish the file `out`; how many captures of question pages it holds. Raises ArchiveError."""
    with open_reader(archive) as db:
        committed, questions, others = _snapshot(db)
        with published_path(out) as part, ZipFile(part, "w") as file:
            wacz = WaczFile(file, now())
            warcs = {
                name: _sound_parts(archive / WARCS / name, size, sha256)
                for name, size, sha256 in committed
            }
            for name, parts in warcs.items():
                with closing(Committed(archive / WARCS / name, parts)) as warc:
                    wacz.add(f"archive/{name}", warc.chunks(), packed=False)
            told: list[str] = []
            lines = _index_lines(archive / WARCS, warcs)
            wacz.add(f"indexes/{_INDEX}", _index(lines, told), packed=False)
            wacz.add("indexes/index.idx", (line.encode() for line in told), packed=True)
            pages = _pages(db, questions, archive)
            wacz.add("pages/pages.jsonl", listed("pages", "Questions", pages), packed=True)
            pages = _pages(db, others)
            wacz.add("pages/extraPages.jsonl", listed("others", "Others", pages), packed=True)
            names = db.execute("SELECT DISTINCT site FROM runs ORDER BY site")
            wacz.close(f"qarchive of {', '.join(name for (name,) in names)}")
    return len(questions)


def _snapshot(
    connection: sqlite3.Connection,
) -> tuple[list[tuple[str, int, str]], array[int], array[int]]:
    """Name, bytes and SHA-256 of the WARCs; captures of pages that hold questions, and of others.

    Their ids and not rows, for the reason that `exports.records` gives.
    """
    connection.execute("BEGIN")
    try:
        return (
            connection.execute("SELECT name, size, sha256 FROM warcs ORDER BY name").fetchall(),
            array("q", (row[0] for row in connection.execute(_QUESTIONS))),
            array("q", (row[0] for row in connection.execute(_OTHERS))),
        )
    finally:
        connection.execute("COMMIT")


def _sound_parts(path: Path, size: int, sha256: str) -> list[range]:
    """The parts of a WARC without damage, which `verify --repair` leaves in it: tools stop there.

    Raises StorageError when it is not as the database says.
    """
    with closing(Committed(path, [range(size)])) as warc:
        digest = hashlib.sha256()
        for chunk in warc.chunks():
            digest.update(chunk)
    if digest.hexdigest() != sha256:
        raise StorageError(f"{path} is damaged: run `qarchive verify`.")
    parts: list[range] = []
    for record in records(path, size):
        if isinstance(record, Damage):
            continue
        start = record.offset
        if parts and parts[-1].stop == start:
            start = parts.pop().start
        parts.append(range(start, record.end))
    return parts


class _Sorter:
    """Takes lines in any order. They lie in a file without a name: a kill leaves nothing behind."""

    def __init__(self) -> None:
        self.db = sqlite3.connect("")
        self.db.execute("CREATE TABLE lines (line TEXT)")

    def write(self, line: str) -> None:
        """What the indexer calls, a line at a time."""
        self.db.execute("INSERT INTO lines VALUES (?)", (line,))


def _index_lines(folder: Path, warcs: dict[str, list[range]]) -> Iterator[str]:
    """A line of CDXJ for each page that came or came again, sorted by URL key and moment."""
    from cdxj_indexer import CDXJIndexer  # noqa: PLC0415 -- slow, and other formats need it not

    sorter = _Sorter()
    indexer = CDXJIndexer(sorter, [], records=_INDEXED)
    with closing(sorter.db):
        for name, parts in warcs.items():
            with closing(Committed(folder / name, parts)) as warc:
                indexer.process_one(warc, sorter, name)
        yield from (row[0] for row in sorter.db.execute("SELECT line FROM lines ORDER BY line"))


def _index(lines: Iterator[str], told: list[str]) -> Iterator[bytes]:
    """The lines in gzip members; `told` becomes the index of these."""
    meta = {"format": "cdxj-gzip-1.0", "filename": _INDEX}
    told.append(f"!meta 0 {json.dumps(meta)}\n")
    offset = 0
    while block := list(islice(lines, _LINES)):
        member = gzip.compress("".join(block).encode(), mtime=0)
        digest = f"sha256:{hashlib.sha256(member).hexdigest()}"
        place = {"offset": offset, "length": len(member), "digest": digest}
        told.append(f"{block[0].partition(' {')[0]} {json.dumps(place)}\n")
        offset += len(member)
        yield member


def listed(name: str, title: str, pages: Iterable[dict[str, str]]) -> Iterator[bytes]:
    """The lines of a list of pages, each page taken when it is written: it holds a page's text."""
    header = {"format": "json-pages-1.0", "id": name, "title": title, "hasText": name == "pages"}
    for line in chain((header,), pages):
        yield json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _pages(
    connection: sqlite3.Connection, captures: Iterable[int], archive: Path | None = None
) -> Iterator[dict[str, str]]:
    """Each capture as a page of the list, with the text that readers see if `archive` is given."""
    for capture in captures:
        site, url, moment, title = connection.execute(_PAGE, (capture,)).fetchone()
        page = {"id": str(capture), "url": url, "ts": moment, "title": title or url}
        if archive is not None and site in sites():
            with suppress(ReadingError):
                shown = body_of(connection, archive, capture).page(sites()[site])
                page["text"] = "\n".join(line.text for line in shown.lines)
        yield page
