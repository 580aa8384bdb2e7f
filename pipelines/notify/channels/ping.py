"""A dead man's switch: a service that raises the alarm when it is not pinged in time.

Healthchecks and its like take URL/start, URL and URL/fail. A run that never began, or that was
killed, is noticed by the missing ping.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from pipelines.notify.event import Channel, Event, EventKind
from pipelines.notify.http import checked, post

URL = "QARCHIVE_NOTIFY_PING"
_SUFFIX = {
    EventKind.STARTED: "/start",
    EventKind.DONE: "",
    EventKind.TEST: "",
    EventKind.BROKEN: "/fail",
    EventKind.FAILED: "/fail",
}
_MOST = 10_000  # bytes; Healthchecks keeps as many


def from_environment(environment: Mapping[str, str]) -> Channel | None:
    """The channel to QARCHIVE_NOTIFY_PING, if that is set."""
    if not environment.get(URL):
        return None
    parts = urlsplit(checked(environment[URL], URL))

    def channel(event: Event) -> None:
        if event.kind in _SUFFIX:
            path = parts.path.rstrip("/") + _SUFFIX[event.kind]
            body = f"{event.subject}\n{event.text}".encode()[:_MOST]
            post(parts._replace(path=path).geturl(), body, "text/plain; charset=utf-8")

    return channel
