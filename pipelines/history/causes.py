"""Why a record changed: the site said something else, or we read the same differently."""

from enum import StrEnum
from typing import NamedTuple


class Cause(StrEnum):
    """What led to a version of a record."""

    NEW = "new"  # the first version
    CONTENT = "content"  # the site says something else: an edit
    READER = "reader"  # the same capture, read by a later qarchive
    UNCLEAR = "unclear"  # today's reader cannot read what the record before was read from


class Before(NamedTuple):
    """The version of a record that a new reading is held against."""

    digest: str  # as stored
    reread: str | None  # digest of what today's reader makes of its capture; None: unreadable


def causes(before: Before, fresh: str) -> list[Cause]:
    """Why the stored digest is not the `fresh` one; two causes when both happened, in order.

    A reader's change comes first: it was there already when the site's page was fetched.
    """
    if before.reread is None:
        return [Cause.UNCLEAR] if before.digest != fresh else []
    found = [Cause.READER] if before.reread != before.digest else []
    return [*found, Cause.CONTENT] if before.reread != fresh else found
