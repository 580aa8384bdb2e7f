"""The records of WARC 1.1 that an archive writes. Sections below are those of the standard."""

import base64
from http import HTTPStatus
from typing import NamedTuple

from fastwarc.warc import WarcRecord, WarcRecordType

from pipelines.warcs.walk import Record
from scraper.clock import now
from scraper.items import Capture
from scraper.record import timestamp
from scraper.settings import USER_AGENT

_SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
SERVER_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
REDACTED = "X-Qarchive-Redacted"  # when quotations of a forgotten page were blanked
JSON = "application/json"
_HTTP = "application/http; msgtype="
_TRANSPORT = (b"transfer-encoding", b"content-length")  # how the body travelled
_COMPUTED = frozenset(
    ("WARC-Type", "Content-Length", "WARC-Block-Digest", "WARC-Payload-Digest", REDACTED)
)


class Original(NamedTuple):
    """The capture whose body a revisit record repeats."""

    id: int
    url: str
    fetched_at: str  # RFC 3339, to the second, as in its WARC-Date
    sha256: str  # of the body as it came, in hex


def warcinfo(name: str) -> WarcRecord:
    """The first record of each file (6.2)."""
    record = _record(WarcRecordType.warcinfo, timestamp(now()), "application/warc-fields")
    record.headers["WARC-Filename"] = name
    fields = f"software: {USER_AGENT}\r\nformat: WARC File Format 1.1\r\n"
    record.set_bytes_content(fields.encode())
    return record


def response(capture: Capture, sha256: str) -> WarcRecord:
    """A response with its body as it came (6.3); its Content-Length is that of the body."""
    record = _answer(WarcRecordType.response, capture, sha256)
    head = _head(capture, b"Content-Length: %d" % len(capture.body))
    record.set_bytes_content(head + capture.body)
    return record


def revisit(capture: Capture, original: Original) -> WarcRecord:
    """A response whose body is in the archive already (6.7): its head, and where the body is.

    A 304 is written without its HTTP head: replay tools would show it, an empty page, as the page.
    The head is kept in the metadata record of the visit.
    """
    record = _answer(WarcRecordType.revisit, capture, original.sha256)
    record.headers["WARC-Refers-To-Target-URI"] = original.url
    record.headers["WARC-Refers-To-Date"] = original.fetched_at
    if capture.status == HTTPStatus.NOT_MODIFIED:
        record.headers["WARC-Profile"] = SERVER_NOT_MODIFIED
        record.set_bytes_content(b"")
    else:
        record.headers["WARC-Profile"] = _SAME_PAYLOAD
        record.set_bytes_content(_head(capture))
    return record


def request(capture: Capture, answer: WarcRecord) -> WarcRecord:
    """The HTTP request that was answered (6.4)."""
    record = _record(WarcRecordType.request, timestamp(capture.fetched_at), _HTTP + "request")
    record.headers["WARC-Target-URI"] = capture.url
    record.headers["WARC-Concurrent-To"] = answer.headers["WARC-Record-ID"]
    record.set_bytes_content(capture.request)
    return record


def metadata(url: str, date: str, body: bytes, concurrent_to: str | None = None) -> WarcRecord:
    """A note of qarchive about a URL or a run (6.6), as JSON."""
    record = _record(WarcRecordType.metadata, date, JSON)
    record.headers["WARC-Target-URI"] = url
    if concurrent_to is not None:
        record.headers["WARC-Concurrent-To"] = concurrent_to
    record.set_bytes_content(body)
    return record


def rewritten(
    record: Record, block: bytes, redacted_at: str, sha256: str | None = None
) -> WarcRecord:
    """The record with another block and matching digests, marked as redacted.

    Its id stays the same, since other records refer to it; the mark distinguishes it from copies
    that were not redacted. `sha256`: the digest of its new payload, if that differs.
    """
    new = WarcRecord()
    new.init_headers(record_type=getattr(WarcRecordType, record.kind))
    for name, value in record.headers.items():
        if name not in _COMPUTED:
            new.headers[name] = value
    digest = payload_digest(sha256) if sha256 else record.headers.get("WARC-Payload-Digest")
    if digest is not None:
        new.headers["WARC-Payload-Digest"] = digest
    new.headers[REDACTED] = redacted_at
    new.set_bytes_content(block)
    return new


def payload_digest(sha256: str) -> str:
    """The value of WARC-Payload-Digest for a digest in hex."""
    return f"sha256:{base64.b32encode(bytes.fromhex(sha256)).decode()}"


def sha256_from_header(payload_digest: str) -> str:
    """The SHA-256 in hex of a WARC-Payload-Digest that we wrote. Raises ValueError for others."""
    return base64.b32decode(payload_digest.removeprefix("sha256:")).hex()


def _answer(kind: WarcRecordType, capture: Capture, sha256: str) -> WarcRecord:
    record = _record(kind, timestamp(capture.fetched_at), _HTTP + "response")
    record.headers["WARC-Target-URI"] = capture.url
    record.headers["WARC-Payload-Digest"] = payload_digest(sha256)
    if capture.ip:
        record.headers["WARC-IP-Address"] = capture.ip
    if capture.partial:
        record.headers["WARC-Truncated"] = "unspecified"
    if capture.redacted:
        record.headers[REDACTED] = timestamp(capture.fetched_at)
    return record


def _head(capture: Capture, *more: bytes) -> bytes:
    lines = [b"HTTP/1.1 " + _status(capture.status)]
    lines += [
        name + b": " + value for name, value in capture.headers if name.lower() not in _TRANSPORT
    ]
    return b"\r\n".join((*lines, *more)) + b"\r\n\r\n"


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
