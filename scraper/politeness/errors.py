"""The exceptions of the middlewares; all reach the request's errback.

They derive from `IgnoreRequest`, so that Scrapy logs no traceback for them.
"""

from datetime import datetime

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response


class PolitenessError(IgnoreRequest):
    """Base class. `code` is stored in `problems`; `reason` is one line for a person."""

    code = "refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class DeniedError(PolitenessError):
    """The scope guard, robots.txt or a tombstone forbids the request.

    `code` is one of scheme-not-http, off-site, private-address, robots-disallow, robots-delay,
    forgotten.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class RobotsUnreachableError(PolitenessError):
    """robots.txt cannot be read, so the request may not be sent now (RFC 9309, 2.3.1.4).

    `retry_at` (UTC) is the moment that the host named by Retry-After, if it did. `cause` is the
    code of the failure, if there was no answer.
    """

    code = "robots-unreachable"

    def __init__(
        self, reason: str, retry_at: datetime | None = None, cause: str | None = None
    ) -> None:
        super().__init__(reason)
        self.retry_at = retry_at
        self.cause = cause


class BodyError(PolitenessError):
    """The body cannot be used. `response`, if any, is the response with the body as it came."""

    response: Response | None = None


class BodyCutError(BodyError):
    """The body ended too early."""

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
