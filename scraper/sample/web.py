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


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What a URL serves."""

    body: bytes
    content_type: str = HTML
    status: int = 200
    etag: str | None = None
    modified: datetime | None = None
    location: str | None = None


class Finder(Hashable, Protocol):
    """What a site provides: the resource of each URL."""

    def find(self, target: bytes, origin: str) -> Resource | None:
        """The resource of a path and query as sent; None for 404."""


def text(body: str, content_type: str = HTML) -> Resource:
    """A resource of UTF-8 text without validators."""
    return Resource(body=body.encode(), content_type=content_type)


def moved(location: str) -> Resource:
    """A permanent redirect."""
    return Resource(body=b"", status=301, location=location)


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
    resource = finder.find(target, origin) if len(target) <= _LONGEST else None
    if resource is None:
        return _compressed(_MISSING, compress=compress)
    answer = Response(status=resource.status, headers=_headers(resource), body=resource.body)
    return _compressed(answer, compress=compress)


_OF_304 = frozenset(("ETag", "Last-Modified", "Vary"))
_MISSING = Response(status=404, headers=(("Content-Type", HTML),), body=b"<h1>404 Not Found</h1>")


def _headers(resource: Resource) -> Headers:
    pairs = [("Content-Type", resource.content_type)]
    if resource.etag:
        pairs.append(("ETag", resource.etag))
    if resource.modified:
        pairs.append(("Last-Modified", format_datetime(resource.modified, usegmt=True)))
    if resource.location:
        pairs.append(("Location", resource.location))
    return (*pairs, ("Vary", "Accept-Encoding"))


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
