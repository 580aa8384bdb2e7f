"""HTTP answers of the sample sites, without a socket: caching, conditions, compression."""

import gzip
import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from http import HTTPStatus
from typing import Protocol

Headers = tuple[tuple[str, str], ...]
_HOST = re.compile(r"[A-Za-z0-9.:\[\]-]{1,80}")  # pages repeat it, so it may hold no markup
_LONGEST = 2_000  # bytes of a target that may be a page's
HTML, XML = "text/html; charset=utf-8", "application/xml; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One answer: status, headers without the connection's own, body as sent."""

    status: int
    headers: Headers = ()
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """A header's value; names in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Finder(Hashable, Protocol):
    """What a site provides: what each URL serves."""

    def find(self, target: bytes, origin: str) -> Response | None:
        """The answer to a path and query as sent, not compressed; None for 404."""


def resource(
    *,
    body: bytes,
    content_type: str = HTML,
    status: int = 200,
    etag: str | None = None,
    modified: datetime | None = None,
    location: str | None = None,
) -> Response:
    """What a URL serves."""
    headers = [("Content-Type", content_type)]
    if etag:
        headers.append(("ETag", etag))
    if modified:
        headers.append(("Last-Modified", format_datetime(modified, usegmt=True)))
    if location:
        headers.append(("Location", location))
    return Response(status=status, headers=(*headers, ("Vary", "Accept-Encoding")), body=body)


def text(body: str, content_type: str = HTML) -> Response:
    """UTF-8 text without validators."""
    return resource(body=body.encode(), content_type=content_type)


def moved(location: str) -> Response:
    """A permanent redirect."""
    return resource(body=b"", status=301, location=location)


@dataclass(frozen=True)
class Responder:
    """Answers requests for a site: conditional requests, compression."""

    finder: Finder

    def respond(self, target: bytes, headers: Mapping[str, str]) -> Response:
        """Answer a GET; header names in lower case."""
        origin = f"http://{host}" if _HOST.fullmatch(host := headers.get("host", "")) else ""
        compress = "gzip" in headers.get("accept-encoding", "")
        return _unless_current(_answer(self.finder, target, origin, compress=compress), headers)


@lru_cache(maxsize=2048)  # pages of some 10 KB
def _answer(finder: Finder, target: bytes, origin: str, *, compress: bool) -> Response:
    found = finder.find(target, origin) if len(target) <= _LONGEST else None
    return _compressed(found or _MISSING, compress=compress)


_OF_304 = frozenset(("ETag", "Last-Modified", "Vary"))
_MISSING = Response(status=404, headers=(("Content-Type", HTML),), body=b"<h1>404 Not Found</h1>")


def _unless_current(response: Response, headers: Mapping[str, str]) -> Response:
    """The response, or 304 if the request's validators match it."""
    etag, modified = response.header("ETag"), response.header("Last-Modified")
    match = headers.get("if-none-match")
    if response.status != HTTPStatus.OK:
        return response
    if match is not None:
        tags = {part.strip().removeprefix("W/") for part in match.split(",")}
        is_current = "*" in tags or (etag is not None and etag.removeprefix("W/") in tags)
    else:
        is_current = modified is not None and not _is_older(
            headers.get("if-modified-since"), modified
        )
    if not is_current:
        return response
    validators = tuple(pair for pair in response.headers if pair[0] in _OF_304)
    return Response(status=304, headers=validators)


def _is_older(since: str | None, modified: str) -> bool:
    if since is None:
        return True
    try:
        return parsedate_to_datetime(since) < parsedate_to_datetime(modified)
    except (ValueError, TypeError):  # a date nobody can read; a naive one against an aware one
        return True


def _compressed(response: Response, *, compress: bool) -> Response:
    if not compress or not response.body:
        return response
    headers = (*response.headers, ("Content-Encoding", "gzip"))
    body = gzip.compress(response.body, compresslevel=1, mtime=0)
    return Response(status=response.status, headers=headers, body=body)
