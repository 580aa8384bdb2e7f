"""Turns a Scrapy response into a Capture, byte for byte as far as Scrapy keeps the bytes."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from scrapy.http import Request, Response

from scraper.clock import now
from scraper.items import Capture

UNSEEN = "not_redacted"  # in a request's meta while its response may name a forgotten page


def capture_of(url: str, response: Response, request: Request | None = None) -> Capture:
    """The capture of `url`; `request` is for a response that does not know its own.

    Headers and body are left out if they may name a forgotten page and were not redacted.
    """
    request = request or response.request
    assert request is not None
    return Capture(
        url=url,
        fetched_at=now(),
        status=response.status,
        request=_as_sent(request),
        headers=() if request.meta.get(UNSEEN) else tuple(_headers(response)),
        body=_body(request, response),
        ip=str(response.ip_address) if response.ip_address else None,
        partial="partial" in response.flags,
        redacted="redacted" in response.flags,
    )


def _headers(response: Response) -> Iterator[tuple[bytes, bytes]]:
    for name, values in response.headers.items():
        yield from ((name, value) for value in values)


def _body(request: Request, response: Response) -> bytes:
    """The body as it came."""
    if request.meta.get(UNSEEN):
        return b""
    body: bytes = request.meta.get("raw_body", response.body)
    return body


def _as_sent(request: Request) -> bytes:
    """Request line and headers; Scrapy keeps the values that it sent, not the bytes."""
    parts = urlsplit(request.url)
    target = parts.path or "/"
    if parts.query:
        target += f"?{parts.query}"
    lines = [f"GET {target} HTTP/1.1".encode(), b"Host: " + parts.netloc.encode()]
    lines += [name + b": " + value for name, values in request.headers.items() for value in values]
    return b"\r\n".join(lines) + b"\r\n\r\n"
