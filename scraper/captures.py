"""Turns a Scrapy response into a Capture, byte for byte as far as Scrapy keeps the bytes."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from scrapy.http import Headers, Request, Response

from scraper.clock import now
from scraper.items import Capture

UNSEEN = "not_redacted"  # in a request's meta while its response may name a forgotten page
REPEATED = "repeated"  # flag of a response: its body is the one that was redacted to the stored one


def capture_of(url: str, response: Response, request: Request | None = None) -> Capture:
    """The capture of `url`; `request` is for a response that does not know its own.

    Headers and body are left out if they may name a forgotten page and were not redacted.
    """
    request = request or response.request
    assert request is not None
    unseen = request.meta.get(UNSEEN)
    return Capture(
        url=url,
        fetched_at=now(),
        status=response.status,
        request=_as_sent(request),
        headers=() if unseen else tuple(_lines(response.headers)),
        body=b"" if unseen else request.meta.get("raw_body", response.body),  # as it came
        ip=str(response.ip_address) if response.ip_address else None,
        partial="partial" in response.flags,
        redacted="redacted" in response.flags,
    )


def _lines(headers: Headers) -> Iterator[tuple[bytes, bytes]]:
    for name, values in dict.items(headers):  # Scrapy's items() spells and looks up each name again
        for value in values:
            yield name, value


def _as_sent(request: Request) -> bytes:
    """Request line and headers; Scrapy keeps the values that it sent, not the bytes."""
    parts = urlsplit(request.url)
    target = parts.path or "/"
    if parts.query:
        target += f"?{parts.query}"
    lines = [f"GET {target} HTTP/1.1".encode(), b"Host: " + parts.netloc.encode()]
    lines += [name + b": " + value for name, value in _lines(request.headers)]
    return b"\r\n".join(lines) + b"\r\n\r\n"
