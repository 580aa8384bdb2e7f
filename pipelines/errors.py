"""What can be wrong with an archive, each with the exit status that tells it."""

from scraper.errors import ArchiveError
from scraper.exit_status import ExitStatus


class StorageError(ArchiveError):
    """The archive cannot be written, or what it holds is damaged."""


class LostError(ArchiveError):
    """What was committed is not there any more, and only the database still tells of it."""

    exit_status = ExitStatus.FAULTS


class WrongPlaceError(StorageError):
    """The folder that was named is no place for what is to be written."""

    exit_status = ExitStatus.USAGE


class NoArchiveError(ArchiveError):
    """There is no archive where one was named."""

    exit_status = ExitStatus.USAGE


class NotHeldError(ArchiveError):
    """The archive holds no such question."""

    exit_status = ExitStatus.USAGE


class ArchiveBusyError(ArchiveError):
    """Another process writes this archive."""

    exit_status = ExitStatus.BUSY
