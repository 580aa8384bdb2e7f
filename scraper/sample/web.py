"""What every sample site answers with, socket or none."""

import gzip
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from typing import Protocol

Headers = tuple[tuple[str, str], ...]
_HOST = re.compile(r"[A-Za-z0-9.:\[\]-]{1,80}")  # it stands in pages, so no other sign may
_OVERHEAD = 1000  # bytes of a kept answer beside its body


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
    """What stands at a URL: validators at once, its bytes when asked for."""

    body: Callable[[], bytes]
    content_type: str | None = "text/html; charset=utf-8"
    status: int = 200
    etag: str | None = None
    modified: datetime | None = None
    location: str | None = None


class Finder(Protocol):
    """A site's own part: what stands at a URL."""

    def find(self, target: bytes, origin: str) -> Resource | None:
        """The resource at a path and query as sent, None where nothing is."""


def text(body: Callable[[], str], content_type: str) -> Resource:
    """A resource of UTF-8 text without validators."""
    return Resource(body=lambda: body().encode(), content_type=content_type)


def moved(location: str) -> Resource:
    """A permanent redirect."""
    return Resource(body=lambda: b"", status=301, location=location)


class Answering:
    """Conditional requests, compression and a bounded memory of finished pages."""

    def __init__(self, finder: Finder, missing: bytes, kept: int = 96 * 1024 * 1024) -> None:
        self._finder = finder
        self._missing = missing
        self._kept = kept  # bytes
        self.held = 0  # bytes now
        self._memory: OrderedDict[tuple[bytes, str, bool], Response] = OrderedDict()

    def respond(self, target: bytes, headers: Mapping[str, str]) -> Response:
        """Answer a GET; header names in lower case."""
        origin = f"http://{host}" if _HOST.fullmatch(host := headers.get("host", "")) else ""
        packed = "gzip" in headers.get("accept-encoding", "")
        key = (target, origin, packed)
        known = self._memory.get(key)
        if known is not None:
            self._memory.move_to_end(key)
            return _unless_known(known, headers)
        resource = self._finder.find(target, origin)
        if resource is None:
            return _packed(Response(status=404, headers=_HTML, body=self._missing), packed=packed)
        head = Response(status=resource.status, headers=_headers(resource))
        answer = _unless_known(head, headers)
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return answer
        whole = Response(status=head.status, headers=head.headers, body=resource.body())
        return self._remember(key, _packed(whole, packed=packed))

    def _remember(self, key: tuple[bytes, str, bool], response: Response) -> Response:
        self._memory[key] = response
        self.held += _OVERHEAD + len(response.body)
        while self.held > self._kept:
            _, oldest = self._memory.popitem(last=False)
            self.held -= _OVERHEAD + len(oldest.body)
        return response


_HTML: Headers = (("Content-Type", "text/html; charset=utf-8"),)


def _headers(resource: Resource) -> Headers:
    pairs: list[tuple[str, str]] = []
    if resource.content_type:
        pairs.append(("Content-Type", resource.content_type))
    if resource.etag:
        pairs.append(("ETag", resource.etag))
    if resource.modified:
        pairs.append(("Last-Modified", format_datetime(resource.modified, usegmt=True)))
    if resource.location:
        pairs.append(("Location", resource.location))
    return tuple(pairs)


def _unless_known(response: Response, headers: Mapping[str, str]) -> Response:
    etag, modified = response.header("ETag"), response.header("Last-Modified")
    match = headers.get("if-none-match")
    if response.status != HTTPStatus.OK:
        return response
    if match is not None:
        same = etag is not None and etag in [part.strip() for part in match.split(",")]
    else:
        same = modified is not None and not _older(headers.get("if-modified-since"), modified)
    if not same:
        return response
    kept = tuple(pair for pair in response.headers if pair[0] in {"ETag", "Last-Modified"})
    return Response(status=304, headers=kept)


def _older(since: str | None, modified: str) -> bool:
    if since is None:
        return True
    try:
        return parsedate_to_datetime(since) < parsedate_to_datetime(modified)
    except (ValueError, TypeError):  # a date nobody can read; a naive one against an aware one
        return True


def _packed(response: Response, *, packed: bool) -> Response:
    if not packed or not response.body:
        return response
    headers = (*response.headers, ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
    body = gzip.compress(response.body, compresslevel=1, mtime=0)
    return Response(status=response.status, headers=headers, body=body)
