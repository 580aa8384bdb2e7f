"""What the middlewares raise; all of it reaches the request's errback.

They derive from `IgnoreRequest`, so that Scrapy does not log a traceback for each.
"""

from datetime import datetime

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response


class PolitenessError(IgnoreRequest):
    """Base. `code` is for machines and `problems` rows, `reason` one line for a person."""

    code = "refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class DeniedError(PolitenessError):
    """The request may never be sent: by the scope guard, by robots.txt or by a tombstone.

    `code` is one of scheme-not-http, off-site, private-address, robots-disallow, robots-delay,
    forgotten.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class RobotsUnreachableError(PolitenessError):
    """Whether the request may be sent is unknown, as robots.txt cannot be read (RFC 9309, 2.3.1.4).

    `retry_at` (UTC) is what the host asked for by Retry-After, if it did.
    """

    code = "robots-unreachable"

    def __init__(self, reason: str, retry_at: datetime | None = None) -> None:
        super().__init__(reason)
        self.retry_at = retry_at


class BodyError(PolitenessError):
    """The body cannot be used. `response` is what came, still encoded, where there is one."""

    code = "body-corrupt"
    response: Response | None = None


class BodyCutError(BodyError):
    """The body ended before it was whole."""

    code = "body-cut"


class BodyTooBigError(BodyError):
    """The body, once decompressed, is above DOWNLOAD_MAXSIZE."""

    code = "body-too-big"


class BodyCorruptError(BodyError):
    """The body is no valid stream of its Content-Encoding, or its checksum is wrong."""

    code = "body-corrupt"


class EncodingUnknownError(BodyError):
    """The body has a Content-Encoding that was not offered."""

    code = "encoding-unknown"
