"""A WARC without what was forgotten: its records left out, quotations of it blanked elsewhere."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from fastwarc.warc import WarcRecord

from pipelines.errors import StorageError
from pipelines.progress import Progress, Report, silent
from pipelines.rebuilding.staging import keep
from pipelines.takedown.decoding import readable
from pipelines.takedown.headers import Heads
from pipelines.warcs.decisions import RUN, decision_in
from pipelines.warcs.files import WarcFile, by_name
from pipelines.warcs.records import REDACTED, payload_digest, rewritten
from pipelines.warcs.walk import Damage, Record, records
from scraper.forgetting import forgotten_on
from scraper.items import Outcome, Via
from scraper.reading.page import Page
from scraper.reading.redaction.headers import is_of_the_body
from scraper.reading.redaction.redact import Forgotten
from scraper.reading.redaction.robots import redact_any
from scraper.reading.redaction.sparing import harmed
from scraper.record import timestamp
from scraper.site import Sites
from scraper.tombstones import Tombstones


class Purged(NamedTuple):
    """What became of one file."""

    removed: int = 0  # captures
    redacted: int = 0

    def and_also(self, other: "Purged") -> "Purged":
        """Of both files together."""
        return Purged(self.removed + other.removed, self.redacted + other.redacted)


class Purge:
    """Goes over WARCs one after the other, for a revisit refers to a redacted body before it."""

    def __init__(
        self,
        tombstones: Tombstones,
        sites: Sites,
        phrases: tuple[str, ...],
        now: datetime,
        *,
        tell: Report = silent,
        total: int = 0,
    ) -> None:
        """Of WARCs of `total` bytes; their own words are `phrases`, where these are known."""
        self._tombstones = tombstones
        self._sites = sites
        self._phrases = phrases
        self._now = timestamp(now)
        self._tell = tell
        self._progress = Progress("searching", 0, total)
        self._digests: dict[tuple[str, str], str] = {}  # of redacted bodies, by URL and date
        self.harmed: dict[str, None] = {}  # URLs of others whose own words went along
        self._charset = "utf-8"
        self._forgotten: Forgotten | None = None
        self._heads = Heads(tombstones, None)

    def file(
        self, source: Path, end: int, into: Path, *, link: bool = False, damaged: bool = False
    ) -> Purged:
        """Write `source` up to byte `end`, purged, as `into`.

        With `link` it is the same file under a second name when nothing differs. Raises OSError,
        and StorageError when it is damaged: nobody could tell what the damage holds. With `damaged`
        that matters only where something differs: what this keeps as it is may have damage.
        """
        removed = redacted = left_out = 0
        hurt: Damage | None = None
        with closing(WarcFile(into)) as warc, source.open("rb") as raw:
            for record in self._told(records(source, end)):
                if isinstance(record, Damage):
                    hurt = hurt or record
                    if not damaged:
                        raise _unsearchable(record)
                    continue
                if self.is_theirs(record):
                    left_out += 1
                    removed += record.kind in {"response", "revisit"}
                    continue
                changed = self.changed(record)
                if changed is None:
                    _copy(raw, record, warc)
                    continue
                warc.append(changed)
                redacted += record.kind == "response"
                left_out += 1
            warc.sync()
        if hurt is not None and left_out and hurt.offset + hurt.length < end:  # no torn tail
            raise _unsearchable(hurt)
        if link and not left_out:
            into.unlink()
            keep(source, into)
        return Purged(removed, redacted)

    def _told(self, found: Iterator[Record | Damage]) -> Iterator[Record | Damage]:
        """Yield what is found, and tell how far that is."""
        for one in found:
            yield one
            self._progress = self._progress._replace(done=self._progress.done + one.length)
            self._tell(self._progress)

    def is_theirs(self, record: Record) -> bool:
        """Whether the record is one of a forgotten page."""
        url = record.headers.get("WARC-Target-URI", "")
        # A visit's target is the run.
        return self._heads.covers(decision_in(record).get("url", url))

    def changed(self, record: Record) -> WarcRecord | None:
        """The record as it is to be written now, or None when it stays as it is."""
        if record.kind == "metadata":
            return self._metadata(record)
        if record.kind == "response":
            return self._response(record)
        if record.kind == "revisit":
            return self._revisit(record)
        if record.kind == "request" and self._names_one(record):
            return self._rewritten(record, self._head(record))
        return None

    def _metadata(self, record: Record) -> WarcRecord | None:
        value = decision_in(record)
        if value.get("type") == RUN:
            self._of_run(value["row"])
        before = json.dumps(value)
        if "links" in value:
            rows = map(self._lowered, value["links"])
            value["links"] = [row for row in rows if not self._heads.covers(str(row[0]))]
        if value.get("outcome") == Outcome.MOVED and Via.REDIRECT not in _ways(value):
            value["outcome"] = Outcome.DENIED  # as a crawl would have it now
        if "not_modified" in value:
            value["not_modified"] = [
                pair
                for pair in value["not_modified"]
                if not self._heads.quotes(pair[1].encode("latin-1"), value["url"])
            ]
        for problem in value.get("problems", ()):
            if self._heads.names(problem[2], value["url"]) or self._heads.says(problem[2]):
                problem[2] = "[removed]"
        if json.dumps(value) == before:
            return None
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return self._rewritten(record, body.encode("utf-8", "surrogatepass"))

    def _lowered(self, row: list[Any]) -> list[Any]:
        """Numbers that are counted down begin below those that are forgotten."""
        while (
            isinstance(row[1], int) and row[1] > row[2] and self._heads.covers(f"{row[0]}{row[1]}")
        ):
            row = [row[0], row[1] - 1, *row[2:]]
        return row

    def _of_run(self, row: dict[str, Any]) -> None:
        """From here on the file holds pages of that run's site."""
        site = self._sites.get(row["site"])
        if site is None:
            raise StorageError(f"no site {row['site']} is known: its pages can't be searched.")
        self._charset = site.charset
        self._forgotten = forgotten_on(self._tombstones, site, row["home"], self._phrases)
        self._heads = Heads(self._tombstones, self._forgotten)

    def _response(self, record: Record) -> WarcRecord | None:
        if self._forgotten is None:
            return None
        url = record.headers["WARC-Target-URI"]
        headers = by_name(record.http_headers)
        seen = readable(record.http_body, headers.get(b"content-encoding"))
        page = Page(
            url=url,
            body=seen or b"",
            content_type=headers.get(b"content-type"),
            default_charset=self._charset,
        )
        body = b"" if seen is None else redact_any(page, self._forgotten)
        if body and harmed(page, body, self._forgotten):
            self.harmed[url] = None
        place = url, record.headers["WARC-Date"]
        if body is None and not self._names_one(record):
            if REDACTED in record.headers:  # before; copies of its revisits may tell the old digest
                self._digests[place] = hashlib.sha256(page.body).hexdigest()
            return None
        whole = page.body if body is None else body
        sha256 = hashlib.sha256(whole).hexdigest()
        self._digests[place] = sha256
        block = self._head(record, b"Content-Length: %d" % len(whole)) + whole
        return self._rewritten(record, block, sha256)

    def _head(self, record: Record, *more: bytes) -> bytes:
        """Its head without what forgotten pages are named in, or what a packed body needs."""
        if not record.content:  # a 304
            return b""
        status, *_ = record.content.partition(b"\r\n")
        url = record.headers["WARC-Target-URI"]
        kept = [
            name + b": " + value
            for name, value in record.http_headers
            if not is_of_the_body(name) and not self._heads.quotes(value, url)
        ]
        return b"\r\n".join((status, *kept, *more)) + b"\r\n\r\n"

    def _revisit(self, record: Record) -> WarcRecord | None:
        referred = ("WARC-Refers-To-Target-URI", "WARC-Refers-To-Date")
        url, date = (record.headers[name] for name in referred)
        sha256 = self._digests.get((url, date))
        if sha256 and record.headers["WARC-Payload-Digest"] == payload_digest(sha256):
            sha256 = None
        if sha256 is None and not self._names_one(record):
            return None
        return self._rewritten(record, self._head(record), sha256)

    def _rewritten(self, record: Record, block: bytes, sha256: str | None = None) -> WarcRecord:
        return rewritten(record, block, self._now, sha256)

    def _names_one(self, record: Record) -> bool:
        url = record.headers["WARC-Target-URI"]
        return any(self._heads.quotes(value, url) for _, value in record.http_headers)


def _unsearchable(damage: Damage) -> StorageError:
    return StorageError(
        f"{damage.path} is damaged at byte {damage.offset} ({damage.why}): what was there"
        " can't be forgotten; restore the file, or move it away."
    )


def _ways(value: dict[str, Any]) -> set[Any]:
    return {row[2] for row in value.get("links", ())}


def _copy(raw: IO[bytes], record: Record, warc: WarcFile) -> None:
    raw.seek(record.offset)
    warc.write(raw.read(record.length))
