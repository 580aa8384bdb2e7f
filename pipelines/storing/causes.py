"""Why a record changed: the site changed the page, or a later reader reads it differently."""

from enum import StrEnum


class Cause(StrEnum):
    """What led to a version of a record."""

    NEW = "new"  # the first version
    CONTENT = "content"  # the site has edited the page
    READER = "reader"  # the same capture, read by a later qarchive
    UNCLEAR = "unclear"  # the page of the version before cannot be read any more


def causes(stored: str, reread: str | None, digest: str) -> list[Cause]:
    """Why a new reading's digest differs from the stored one; [] if it does not.

    `reread`: what today's reader makes of the stored version's capture; None when it can't read it.
    Two causes when both happened, the reader's first: its change was there already when the site's
    page was fetched.
    """
    if reread is None:
        return [Cause.UNCLEAR] if stored != digest else []
    result = []
    if reread != stored:
        result.append(Cause.READER)
    if reread != digest:
        result.append(Cause.CONTENT)
    return result
