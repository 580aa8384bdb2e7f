"""A webhook: a POST of JSON for each notice.

```
{"event": "broken", "site": "adoctor", "subject": "...", "text": "...", "exit_status": 1,
 "at": "2026-11-22T09:00:00Z", "figures": {...}}
```
Chat services of Slack's kind show `text`.
"""

import json
from collections.abc import Mapping

from pipelines.notify.event import NOTICES, Channel, Event
from pipelines.notify.http import checked, post
from scraper.record import timestamp

URL = "QARCHIVE_NOTIFY_WEBHOOK"


def from_environment(environment: Mapping[str, str]) -> Channel | None:
    """The channel to QARCHIVE_NOTIFY_WEBHOOK, if that is set."""
    if not environment.get(URL):
        return None
    url = checked(environment[URL], URL)

    def channel(event: Event) -> None:
        if event.kind in NOTICES:
            post(url, payload(event), "application/json")

    return channel


def payload(event: Event) -> bytes:
    """The event as JSON, ASCII."""
    content = {
        "event": event.kind,
        "site": event.site,
        "subject": event.subject,
        "text": f"{event.subject}\n{event.text}",
        "exit_status": event.exit_status,
        "at": timestamp(event.at),
        "figures": event.figures,
    }
    return json.dumps(content).encode("ascii")
