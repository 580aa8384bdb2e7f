"""Events to notify somebody of, and the type of a channel."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from scraper.clock import now


class EventKind(StrEnum):
    """The kinds of events; a channel takes some of them."""

    STARTED = "started"
    DONE = "done"
    BROKEN = "broken"  # it came to its end, but something is wrong
    FAILED = "failed"
    SUMMARY = "summary"
    TEST = "test"


NOTICES = frozenset({EventKind.BROKEN, EventKind.FAILED, EventKind.SUMMARY, EventKind.TEST})
"""Kinds of events for people; the others are for watchdogs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event. `subject` is one line; `figures` has the content of `text` for programs."""

    kind: EventKind
    subject: str
    at: datetime = field(default_factory=now)
    text: str = ""
    site: str | None = None
    exit_status: int | None = None  # of `qarchive crawl`
    figures: dict[str, Any] = field(default_factory=dict)


class ChannelError(Exception):
    """A channel is set up wrongly; the message contains no secret."""


Channel = Callable[[Event], None]
"""Passes the event on, or not if it is not of its kinds; raises anything when that fails."""
