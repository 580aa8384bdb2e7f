"""What there is to tell."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class EventKind(StrEnum):
    """What kind of news an event is; a channel takes those that it is for."""

    STARTED = "started"
    DONE = "done"
    BROKEN = "broken"  # ended by itself, but past the problem threshold or with coverage fallen
    FAILED = "failed"
    SUMMARY = "summary"
    TEST = "test"


NOTICES = frozenset({EventKind.BROKEN, EventKind.FAILED, EventKind.SUMMARY, EventKind.TEST})
"""What a person wants to read; the rest is for watchdogs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One piece of news. `subject` is one line; `figures` is `text` for a program."""

    kind: EventKind
    subject: str
    at: datetime  # UTC
    text: str = ""
    site: str | None = None
    exit_status: int | None = None  # of `qarchive crawl`
    figures: dict[str, Any] = field(default_factory=dict)


class ChannelError(Exception):
    """What a person has to mend, in words that hold no secret."""


Channel = Callable[[Event], None]
"""Passes the event on, or not if it is not of its kinds; raises anything when that fails."""
