"""Undoes Content-Encoding and refuses damaged bodies.

`request.meta["raw_body"]` keeps the body as it came, for the WARC. Scrapy's own middleware for this
hands on cut and corrupt bodies, and runs the charset guesser on the compressed bytes.
"""

import gc
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from scraper.politeness.encoding import combined, content_codings, undo
from scraper.politeness.errors import BodyCutError, BodyError
from scraper.reading.unpacking import LARGEST

_OK = range(200, 300)
_MAX_DECODED = "decoded_maxsize"  # key in a request's meta: replaces DOWNLOAD_MAXSIZE
# For the meta of a request for a sitemap; large ones are sent compressed. Three copies of the body
# are in memory on its way into the WARC, and memory is to stay under 250 MB.
OF_SITEMAP = {"download_maxsize": 40 << 20, _MAX_DECODED: LARGEST}
_LARGE_BODY = 1 << 20  # bytes; so rare among refused bodies that 50 ms may be spent on each


class BodyMiddleware:
    """Offers gzip and deflate, and decodes them to at most DOWNLOAD_MAXSIZE bytes.

    Raises a `BodyError` for 2xx responses. In other responses a body that cannot be decoded is
    emptied, and flagged "undecoded", as their status is what counts.
    """

    def __init__(self, max_size: int) -> None:
        self._max_size = max_size

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        request.headers[b"Accept-Encoding"] = b"gzip, deflate"

    def process_response(self, request: Request, response: Response) -> Response:
        request.meta["raw_body"] = response.body
        codings = content_codings(combined(response.headers.getlist(b"Content-Encoding")))
        if not codings or request.method == "HEAD":
            return response
        try:
            return _decoded(response, codings, request.meta.get(_MAX_DECODED, self._max_size))
        except BodyError as error:
            # A new one: the traceback of the old would keep the decoded bytes in memory.
            refused = type(error)(error.reason)
        if response.status not in _OK:
            return with_body(response, b"", [*response.flags, "undecoded"])
        refused.response = response
        if len(response.body) > _LARGE_BODY:
            gc.collect()  # earlier refusals, with their bodies, hang in reference cycles
        raise refused


def _decoded(response: Response, codings: list[str], max_size: int) -> Response:
    if not response.body:
        if response.status in _OK:
            raise BodyCutError("a compressed body was announced, none came")
        return response
    body = undo(response.body, codings, max_size)
    if body == response.body:
        return response
    # "partial": closed without a length. But the compressed stream ended: the body is whole.
    return with_body(response, body, [flag for flag in response.flags if flag != "partial"])


def with_body(response: Response, body: bytes, flags: list[str]) -> Response:
    """The response with another body and the Response class for it."""
    # Not response.replace(): it reads .encoding, which runs the charset guesser.
    content_type = response.headers.get(b"Content-Type")
    headers = {b"Content-Type": content_type} if content_type else {}
    response_class = responsetypes.from_args(headers=headers, url=response.url, body=body)
    changed = response_class(
        url=response.url,
        status=response.status,
        body=body,
        flags=flags,
        request=response.request,
        certificate=response.certificate,
        ip_address=response.ip_address,
        protocol=response.protocol,
    )
    changed.headers = response.headers  # as an argument they would be normalised anew
    return changed
