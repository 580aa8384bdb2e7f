"""An HTTP POST with a time limit, following no redirects."""

from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from pipelines.notify.event import ChannelError

SECONDS = 10  # of silence


class _NoRedirects(HTTPRedirectHandler):
    """Refuses redirects: the event is meant for the configured address only."""

    def redirect_request(self, *_: Any) -> None:
        return None


def checked(url: str, variable: str) -> str:
    """The URL, if it is valid. Raises ChannelError, which names only the variable."""
    try:
        parts = urlsplit(url)
        is_sent = url.isascii() and url.isprintable() and " " not in url and parts.username is None
        if parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0 and is_sent:
            return url
    except ValueError:
        pass
    raise ChannelError(f"{variable} is no http or https URL in ASCII, without user and password")


def post(url: str, body: bytes, content_type: str) -> None:
    """POST the body. Raises OSError, HTTPError for any status but 2xx, or HTTPException."""
    request = Request(url, body, {"Content-Type": content_type, "User-Agent": "qarchive"})  # noqa: S310
    with build_opener(_NoRedirects).open(request, timeout=SECONDS):
        pass
