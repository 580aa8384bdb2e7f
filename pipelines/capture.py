"""Step 1: the raw response goes into the WARC before anything is made of it."""

import base64
import hashlib
from dataclasses import dataclass
from http import HTTPStatus

from fastwarc.warc import WarcRecord, WarcRecordType
from scrapy.crawler import Crawler

from pipelines.archive import Archive, archive_of
from pipelines.frontier import frontier_of
from pipelines.warc import Position
from scraper.clock import now
from scraper.items import Capture, Visit
from scraper.record import timestamp
from scraper.settings import USER_AGENT

# They describe how the body travelled; the record holds it unchunked.
_HTTP = "application/http; msgtype="
_TRANSPORT = (b"transfer-encoding", b"content-length")


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A Visit whose capture, if it has one, lies in the WARC."""

    visit: Visit
    position: Position | None = None
    sha256: str | None = None  # of the body as it came


class CaptureStep:
    """Scrapy item pipeline: Visit -> Archived."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "CaptureStep":
        """Made by Scrapy."""
        return cls(crawler)

    async def process_item(self, visit: Visit) -> Archived:
        """Append request and response. Raises sqlite3.Error, OSError or StorageError.

        The steps that follow don't await, so that the archive which is free here is free there.
        """
        if not frontier_of(self._crawler).on:
            return Archived(visit=visit)
        archive = archive_of(self._crawler)
        await archive.free()
        return archived(archive, visit)


def archived(archive: Archive, visit: Visit) -> Archived:
    """Put the visit's capture, if it has one, into the WARC."""
    if visit.capture is None:
        return Archived(visit=visit)
    return Archived(
        visit=visit,
        position=write_capture(archive, visit.capture),
        sha256=hashlib.sha256(visit.capture.body).hexdigest(),
    )


def write_capture(archive: Archive, capture: Capture) -> Position:
    """Append the capture's two records; where the response lies."""
    if archive.warc.size == 0:
        archive.append(_warcinfo(archive.warc.name))
    response = _response(capture)
    position = archive.append(response)
    archive.append(_request(capture, response))
    return position


def _warcinfo(name: str) -> WarcRecord:
    info = _record(WarcRecordType.warcinfo, timestamp(now()), "application/warc-fields")
    info.headers["WARC-Filename"] = name
    info.set_bytes_content(f"software: {USER_AGENT}\r\nformat: WARC File Format 1.1\r\n".encode())
    return info


def _response(capture: Capture) -> WarcRecord:
    """Section 6.3 of WARC 1.1; `Content-Length` is that of the stored bytes."""
    record = _record(WarcRecordType.response, timestamp(capture.fetched_at), _HTTP + "response")
    record.headers["WARC-Target-URI"] = capture.url
    digest = base64.b32encode(hashlib.sha1(capture.body, usedforsecurity=False).digest()).decode()
    record.headers["WARC-Payload-Digest"] = f"sha1:{digest}"
    if capture.ip:
        record.headers["WARC-IP-Address"] = capture.ip
    if capture.partial:
        record.headers["WARC-Truncated"] = "unspecified"
    lines = [b"HTTP/1.1 " + _status(capture.status)]
    lines += [
        name + b": " + value for name, value in capture.headers if name.lower() not in _TRANSPORT
    ]
    lines.append(b"Content-Length: %d" % len(capture.body))
    record.set_bytes_content(b"\r\n".join(lines) + b"\r\n\r\n" + capture.body)
    return record


def _request(capture: Capture, response: WarcRecord) -> WarcRecord:
    record = _record(WarcRecordType.request, timestamp(capture.fetched_at), _HTTP + "request")
    record.headers["WARC-Target-URI"] = capture.url
    record.headers["WARC-Concurrent-To"] = response.headers["WARC-Record-ID"]
    record.set_bytes_content(capture.request)
    return record


def _record(kind: WarcRecordType, date: str, content_type: str) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(record_type=kind)
    record.headers["WARC-Date"] = date
    record.headers["Content-Type"] = content_type
    return record


def _status(code: int) -> bytes:
    try:
        return f"{code} {HTTPStatus(code).phrase}".encode()
    except ValueError:
        return f"{code} Unknown".encode()
