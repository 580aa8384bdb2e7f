"""Why a record changed: the site changed the page, or a later reader reads it differently."""

from enum import StrEnum
from typing import NamedTuple


class Cause(StrEnum):
    """What led to a version of a record."""

    NEW = "new"  # the first version
    CONTENT = "content"  # the site has edited the page
    READER = "reader"  # the same capture, read by a later qarchive
    UNCLEAR = "unclear"  # the page of the version before cannot be read any more


class PreviousVersion(NamedTuple):
    """The version of a record that a new reading is compared with."""

    stored_digest: str
    reread_digest: str | None  # of its capture by today's reader; None when it can't be read


def causes(previous: PreviousVersion, digest: str) -> list[Cause]:
    """Why a new reading's digest differs from the stored one; [] if it does not.

    Two causes when both happened, the reader's first: its change was there already when the site's
    page was fetched.
    """
    if previous.reread_digest is None:
        return [Cause.UNCLEAR] if previous.stored_digest != digest else []
    result = []
    if previous.reread_digest != previous.stored_digest:
        result.append(Cause.READER)
    if previous.reread_digest != digest:
        result.append(Cause.CONTENT)
    return result
