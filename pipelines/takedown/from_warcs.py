"""Takes pages down from WARCs: removes their records, redacts other pages that quote them."""

import hashlib
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from fastwarc.warc import WarcRecord

from pipelines.disk import link_or_copy
from pipelines.errors import StorageError
from pipelines.progress import CommandProgress, ProgressCallback, silent
from pipelines.takedown.decoding import readable_body
from pipelines.takedown.mentions import Mentions
from pipelines.warcs.decisions import RUN, decision_in, to_bytes
from pipelines.warcs.files import WarcFile, by_name
from pipelines.warcs.records import REDACTED, payload_digest, rewritten
from pipelines.warcs.walk import Damage, Record, records
from scraper.clock import now
from scraper.forgetting import forgotten_on
from scraper.items import Outcome, Via
from scraper.reading.page import Page
from scraper.reading.redaction.headers import describes_body
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.robots import redact_any
from scraper.reading.redaction.source import MARK
from scraper.reading.redaction.sparing import overredacted
from scraper.record import timestamp
from scraper.site import Sites
from scraper.tombstones import Tombstones


class CaptureCounts(NamedTuple):
    """How many captures were removed and redacted."""

    removed: int = 0
    redacted: int = 0


class WarcTakedown:
    """Takes pages down from WARCs, one after the other.

    In their order, since a revisit record may refer to a body redacted before.
    """

    def __init__(
        self,
        tombstones: Tombstones,
        sites: Sites,
        phrases: tuple[str, ...] = (),
        *,
        tell: ProgressCallback = silent,
        total: int = 0,
    ) -> None:
        """`phrases`: the pages' identifying phrases, where known; `total`: bytes of all WARCs."""
        self._tombstones = tombstones
        self._sites = sites
        self._phrases = phrases
        self._now = timestamp(now())
        self._tell = tell
        self._progress = CommandProgress("searching", 0, total)
        # Digests of redacted bodies, by URL and date.
        self._digests: dict[str, dict[str, str]] = {}
        self.counts = CaptureCounts()  # in all files so far
        self.bodies: set[tuple[str, str]] = set()  # digests of redacted ones, before and after
        self.overredacted: dict[str, None] = {}  # URLs of other pages that lost words of their own
        self._charset = "utf-8"
        self._forgotten: Forgotten | None = None
        self._mentions = Mentions(tombstones, None)

    def rewrite(
        self, source: Path, end: int, into: Path, *, link: bool = False, damaged: bool = False
    ) -> None:
        """Write the first `end` bytes of `source` to `into`, without what was taken down.

        With `link`, `into` becomes a second name of `source` when nothing differs. Raises OSError,
        and StorageError when the file is damaged: what the damage hides can't be searched. With
        `damaged` it is raised only if something else is changed: an unchanged file may have damage.
        """
        (removed, redacted), is_changed = self.counts, False
        damage: Damage | None = None
        with closing(WarcFile(into)) as warc, source.open("rb") as raw:
            for record in records(source, end):
                if isinstance(record, Damage):
                    if not damaged:
                        raise _unsearchable(record)
                    damage = damage or record
                elif self.is_forgotten(record):
                    is_changed = True
                    removed += record.kind in {"response", "revisit"}
                elif (changed := self.redacted(record)) is not None:
                    is_changed = True
                    redacted += record.kind == "response"
                    warc.append(changed)
                else:
                    raw.seek(record.offset)
                    warc.write(raw.read(record.length))
                self._progress = self._progress._replace(done=self._progress.done + record.length)
                self._tell(self._progress)
            warc.sync()
        self.counts = CaptureCounts(removed, redacted)
        is_torn_tail = damage is not None and damage.end >= end
        if damage is not None and is_changed and not is_torn_tail:
            raise _unsearchable(damage)
        if link and not is_changed:
            into.unlink()
            link_or_copy(source, into)

    def is_forgotten(self, record: Record) -> bool:
        url = record.headers.get("WARC-Target-URI", "")
        # The target of a visit's metadata is the run; its URL is in the content.
        return self._mentions.is_forgotten_url(decision_in(record).get("url", url))

    def redacted(self, record: Record) -> WarcRecord | None:
        """The record as it is to be written, or None when it stays as it is."""
        if record.kind == "metadata":
            return self._metadata(record)
        if record.kind == "response":
            return self._response(record)
        if record.kind == "revisit":
            return self._revisit(record)
        if record.kind == "request" and self._has_mention_in_headers(record):
            return rewritten(record, self._http_head(record), self._now)
        return None

    def _metadata(self, record: Record) -> WarcRecord | None:
        value = decision_in(record)
        if value.get("type") == RUN:
            self._begin_run(value["row"])
        before = to_bytes(value)
        for name in {"links", "traps"} & value.keys():
            rows = map(self._without_forgotten_numbers, value[name])
            value[name] = [row for row in rows if not self._mentions.is_forgotten_url(str(row[0]))]
        has_redirect = any(row[2] == Via.REDIRECT for row in value.get("links", ()))
        if value.get("outcome") == Outcome.MOVED and not has_redirect:
            value["outcome"] = Outcome.DENIED  # as a crawl refuses a redirect to a forgotten page
        if "not_modified" in value:
            value["not_modified"] = [
                pair
                for pair in value["not_modified"]
                if not self._mentions.in_header(pair[1].encode("latin-1"), value["url"])
            ]
        for problem in value.get("problems", ()):
            if self._mentions.in_detail(problem[2], value["url"]):
                problem[2] = MARK.decode()
        body = to_bytes(value)
        return None if body == before else rewritten(record, body, self._now)

    def _without_forgotten_numbers(self, row: list[Any]) -> list[Any]:
        """A row of links, begun below the forgotten ones where it is a range of numbered URLs."""
        if not isinstance(row[1], int):
            return row
        prefix, highest, lowest, kind = row
        while highest > lowest and self._mentions.is_forgotten_url(f"{prefix}{highest}"):
            highest -= 1
        return [prefix, highest, lowest, kind]

    def _begin_run(self, row: dict[str, Any]) -> None:
        """Search for the forgotten pages of this run's site: the records that follow are its."""
        site = self._sites.get(row["site"])
        if site is None:
            raise StorageError(f"no site {row['site']} is known: its pages can't be searched.")
        self._charset = site.charset
        self._forgotten = forgotten_on(self._tombstones, site, row["home"], self._phrases)
        self._mentions = Mentions(self._tombstones, self._forgotten)

    def _response(self, record: Record) -> WarcRecord | None:
        if self._forgotten is None:
            return None
        url = record.headers["WARC-Target-URI"]
        headers = by_name(record.http_headers)
        readable = readable_body(record.http_body, headers.get(b"content-encoding"))
        page = Page(
            url=url,
            body=readable or b"",
            content_type=headers.get(b"content-type"),
            default_charset=self._charset,
        )
        # None when nothing is to be redacted; a body that can't be read is removed.
        body = b"" if readable is None else redact_any(page, self._forgotten)
        if body and overredacted(page, body, self._forgotten):
            self.overredacted[url] = None
        new_body = page.body if body is None else body
        sha256 = hashlib.sha256(new_body).hexdigest()
        if body:
            self.bodies.add((hashlib.sha256(page.body).hexdigest(), sha256))
        is_same = body is None and not self._has_mention_in_headers(record)
        if not is_same or REDACTED in record.headers:  # its revisits may have an older digest
            self._digests.setdefault(url, {})[record.headers["WARC-Date"]] = sha256
        if is_same:
            return None
        block = self._http_head(record, b"Content-Length: %d" % len(new_body)) + new_body
        return rewritten(record, block, self._now, sha256)

    def _http_head(self, record: Record, *more: bytes) -> bytes:
        """The HTTP head without headers of an encoded body, or that mention a forgotten page."""
        if not record.content:  # a 304
            return b""
        status, *_ = record.content.partition(b"\r\n")
        url = record.headers["WARC-Target-URI"]
        headers = [
            name + b": " + value
            for name, value in record.http_headers
            if not describes_body(name) and not self._mentions.in_header(value, url)
        ]
        return b"\r\n".join((status, *headers, *more)) + b"\r\n\r\n"

    def _revisit(self, record: Record) -> WarcRecord | None:
        url = record.headers["WARC-Refers-To-Target-URI"]
        sha256 = self._digests.get(url, {}).get(record.headers["WARC-Refers-To-Date"])
        if sha256 and record.headers["WARC-Payload-Digest"] == payload_digest(sha256):
            sha256 = None
        if sha256 is None and not self._has_mention_in_headers(record):
            return None
        return rewritten(record, self._http_head(record), self._now, sha256)

    def _has_mention_in_headers(self, record: Record) -> bool:
        url = record.headers["WARC-Target-URI"]
        return any(self._mentions.in_header(value, url) for _, value in record.http_headers)


def refuse_damaged(folder: Path, sizes: Mapping[str, int]) -> None:
    """Raise StorageError where the first bytes of a WARC, as many as told, can't all be searched.

    Raises OSError.
    """
    for name, size in sizes.items():
        for item in records(folder / name, size):
            if isinstance(item, Damage):
                raise _unsearchable(item)


def _unsearchable(damage: Damage) -> StorageError:
    return StorageError(
        f"{damage.path} is damaged at byte {damage.offset} ({damage.why}): what was there"
        " can't be forgotten; restore the file, or move it away."
    )
