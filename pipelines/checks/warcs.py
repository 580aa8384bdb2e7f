"""WARCs: every byte by the digest of its file, every record by its own digests and its row."""

import base64
import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from pipelines.checks.finding import Finding
from pipelines.walk import Damage, Record, records
from pipelines.warc import FOLDER
from pipelines.warc_records import NOT_MODIFIED, REDACTED

_HEADER = 10  # bytes of a gzip member's; the same in all of ours
_TRAILER = 8
_ANSWERS = {"response", "revisit"}
_ROWS = """
SELECT c.offset, c.length, c.url, c.status, c.fetched_at, c.sha256, c.refers_to IS NOT NULL,
  c.redacted_at IS NOT NULL FROM captures c WHERE c.warc = ? ORDER BY c.offset
"""


def check_files(db: sqlite3.Connection, folder: Path) -> Iterator[Finding]:
    """Files without a row; a file that a crawl is about to commit first is none."""
    named = {row[0] for row in db.execute("SELECT name FROM warcs")}
    latest = max(named, default="")
    for path in sorted((folder / FOLDER).glob("*")):
        if path.name not in named and path.name < latest:
            yield Finding(f"{FOLDER}/{path.name}", "no run of the archive has written this file")


def check_warc(
    db: sqlite3.Connection, folder: Path, name: str, tell: Callable[[int], None]
) -> Iterator[Finding]:
    """One WARC, up to the byte that its row tells. `tell` is called with bytes that are done."""
    size, sha256 = db.execute("SELECT size, sha256 FROM warcs WHERE name=?", (name,)).fetchone()
    path, place = folder / FOLDER / name, f"{FOLDER}/{name}"
    held = path.stat().st_size if path.is_file() else 0
    if held < size:
        yield Finding(place, f"bytes {held} to {size} are missing", held, size - held)
    end = min(size, held)
    told = list(_told(db, path, name, end, tell))
    yield from told
    if held >= size and not told and _sha256(path, size) != sha256:
        yield from _hidden(path, place, end)


def _told(
    db: sqlite3.Connection, path: Path, name: str, end: int, tell: Callable[[int], None]
) -> Iterator[Finding]:
    """What the records themselves tell, held against the rows that name them."""
    place = f"{FOLDER}/{name}"
    rows = {row[0]: row for row in db.execute(_ROWS, (name,))} if end else {}
    for one in records(path, end) if end else ():
        tell(one.length)
        last = one.offset + one.length
        if isinstance(one, Damage):
            yield Finding(
                place,
                f"bytes {one.offset} to {last} are damaged: {one.why}",
                one.offset,
                one.length,
            )
            continue
        for what in _of_record(one, rows.pop(one.offset, None)):
            yield Finding(f"{place}, bytes {one.offset} to {last}", what, one.offset, one.length)
    for offset, length, url, *_ in rows.values():
        yield Finding(f"{place}, bytes {offset} to {offset + length}", f"no capture of {url}")


def _of_record(record: Record, row: tuple[object, ...] | None) -> Iterator[str]:
    digest = record.headers.get("WARC-Block-Digest")
    if digest is not None and not _is_digest(digest, record.content):
        yield "the record's block is not what its digest says"
    if record.kind not in _ANSWERS:
        return
    payload = record.headers["WARC-Payload-Digest"]
    if record.kind == "response" and not _is_digest(payload, record.http_body):
        yield "the record's body is not what its digest says"
    if row is None:
        yield f"no capture names this response of {record.headers['WARC-Target-URI']}"
        return
    _, length, url, status, fetched_at, sha256, refers, redacted = row
    status_there = record.http_status if record.http_headers or record.content else NOT_MODIFIED
    there = (
        record.length, record.headers["WARC-Target-URI"], status_there,
        record.headers["WARC-Date"], payload, record.kind == "revisit",
        REDACTED in record.headers,
    )  # fmt: skip
    here = (length, url, status, fetched_at, _payload(str(sha256)), bool(refers), bool(redacted))
    if there != here:
        yield f"the capture of {url} says {here}, the record {there}"


def _is_digest(value: str, data: bytes) -> bool:
    name, _, told = value.partition(":")
    if name not in {"sha1", "sha256"}:
        return False
    return base64.b32encode(hashlib.new(name, data).digest()).decode() == told


def _payload(sha256: str) -> str:
    return f"sha256:{base64.b32encode(bytes.fromhex(sha256)).decode()}"


def _sha256(path: Path, size: int) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while size and (data := file.read(min(size, 1 << 20))):
            digest.update(data)
            size -= len(data)
    return digest.hexdigest()


def _hidden(path: Path, place: str, end: int) -> Iterator[Finding]:
    """Damage that no checksum inside the file covers: gzip headers, bits that fill a byte up."""
    found = False
    with path.open("rb") as file:
        ours = _usual_header(path, end)
        for record in records(path, end):
            if isinstance(record, Damage) or _is_as_written(file, record, ours):
                continue
            found, last = True, record.offset + record.length
            what = f"bytes {record.offset} to {last} are damaged, not in what they say"
            yield Finding(place, what, record.offset, record.length)
    if not found:
        yield Finding(place, f"bytes 0 to {end} are not those that were written", 0, end)


def _usual_header(path: Path, end: int) -> bytes:
    """The header that most members have."""
    counts: dict[bytes, int] = {}
    with path.open("rb") as file:
        for record in records(path, end):
            file.seek(record.offset)
            header = file.read(_HEADER)
            counts[header] = counts.get(header, 0) + 1
    return max(counts, key=lambda header: counts[header])


def _is_as_written(file: IO[bytes], record: Record, header: bytes) -> bool:
    file.seek(record.offset)
    raw = file.read(record.length)
    if raw[:_HEADER] != header:
        return False
    body, last = bytearray(raw[_HEADER:-_TRAILER]), raw[-_TRAILER - 1]
    if not last:
        return True
    body[-1] = last & ~(1 << (last.bit_length() - 1))  # without its highest bit
    return not _ends(bytes(body), len(record.content))


def _ends(deflated: bytes, least: int) -> bool:
    """Whether the data still is a whole stream: then the bit said nothing, and must not be set."""
    inflate = zlib.decompressobj(-15)
    try:
        return len(inflate.decompress(deflated)) >= least and inflate.eof
    except zlib.error:
        return False
