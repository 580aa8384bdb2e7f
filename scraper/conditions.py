"""Conditional requests: the validators that are sent, and whether there were any."""

import re

from scrapy import Request

from scraper.items import Due

_NONE_MATCH, _SINCE = "If-None-Match", "If-Modified-Since"
_LONGEST = 2_048  # characters; most servers take 8 KiB of a request
_ANY = "*"  # as If-None-Match: whatever the page is (RFC 9110, 13.1.2)
# Apache adds these to the ETag of what it compresses, and compares without them.
_COMPRESSED = re.compile(r'-(?:gzip|br)"$')


def conditions(due: Due) -> dict[str, str]:
    """The headers that ask for the page only if it has changed."""
    etag = None if due.etag == _ANY else due.etag
    if etag and _COMPRESSED.search(etag):
        etag += ", " + _COMPRESSED.sub('"', etag)
    validators = {_NONE_MATCH: etag, _SINCE: due.last_modified}
    return {name: value for name, value in validators.items() if value and len(value) <= _LONGEST}


def is_conditional(request: Request) -> bool:
    """Whether the request may be answered by "not modified"."""
    return _NONE_MATCH in request.headers or _SINCE in request.headers
