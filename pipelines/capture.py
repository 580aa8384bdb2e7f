"""Step 1: the raw response goes into the WARC before anything is made of it."""

import hashlib
import io
from dataclasses import dataclass
from http import HTTPStatus

from scrapy.crawler import Crawler
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipelines.archive import Archive, archive_of
from pipelines.frontier import frontier_of
from pipelines.warc import Position
from scraper.items import Capture, Visit
from scraper.record import timestamp

# They describe how the body travelled; the record holds it unchunked.
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

    def process_item(self, visit: Visit) -> Archived:
        """Append request and response. Raises OSError or StorageError."""
        if not frontier_of(self._crawler).on:
            return Archived(visit=visit)
        return archived(archive_of(self._crawler), visit)


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
    warc = archive.warc
    if warc.size == 0:
        archive.append(_warcinfo(warc.writer, warc.name))
    response = _response(warc.writer, capture)
    position = archive.append(response)
    archive.append(_request(warc.writer, capture, response))
    return position


def _warcinfo(writer: WARCWriter, name: str) -> ArcWarcRecord:
    return writer.create_warcinfo_record(
        name, {"software": "qarchive", "format": "WARC File Format 1.1"}
    )


def _response(writer: WARCWriter, capture: Capture) -> ArcWarcRecord:
    """Section 6.3 of WARC 1.1; `Content-Length` is that of the stored bytes."""
    headers = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, value in capture.headers
        if name.lower() not in _TRANSPORT
    ]
    headers.append(("Content-Length", str(len(capture.body))))
    warc_headers = {"WARC-Date": timestamp(capture.fetched_at)}
    if capture.ip:
        warc_headers["WARC-IP-Address"] = capture.ip
    if capture.partial:
        warc_headers["WARC-Truncated"] = "unspecified"
    return writer.create_warc_record(
        capture.url,
        "response",
        payload=io.BytesIO(capture.body),
        length=len(capture.body),
        http_headers=StatusAndHeaders(_status(capture.status), headers, protocol="HTTP/1.1"),
        warc_headers_dict=warc_headers,
    )


def _request(writer: WARCWriter, capture: Capture, response: ArcWarcRecord) -> ArcWarcRecord:
    return writer.create_warc_record(
        capture.url,
        "request",
        payload=io.BytesIO(capture.request),
        length=len(capture.request),
        warc_content_type="application/http; msgtype=request",
        warc_headers_dict={
            "WARC-Date": timestamp(capture.fetched_at),
            "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
        },
    )


def _status(code: int) -> str:
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return f"{code} Unknown"
