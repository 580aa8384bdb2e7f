"""What can be wrong with an archive, each error with its exit status."""

from scraper.errors import ArchiveError
from scraper.exit_status import ExitStatus


def sqlite_code(error: BaseException) -> int:
    """SQLite's primary result code; 0 of an error that is none of SQLite's."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


class StorageError(ArchiveError):
    """The archive cannot be written, or what it holds is damaged."""


class FileUnreadableError(StorageError):
    """A file cannot be read at all: what it holds may be whole."""


class LostError(ArchiveError):
    """Committed captures are in no WARC any more; only the old database still has their rows."""

    exit_status = ExitStatus.FAULTS


class WrongPlaceError(StorageError):
    """The given folder cannot be written to for this purpose."""

    exit_status = ExitStatus.USAGE


class ShortageError(ArchiveError):
    """The machine has too little of something to request a page."""

    exit_status = ExitStatus.INTERNAL


class NoArchiveError(ArchiveError):
    """There is no archive in the given folder."""

    exit_status = ExitStatus.USAGE


class NotHeldError(ArchiveError):
    """The archive holds no such question."""

    exit_status = ExitStatus.USAGE


class ArchiveBusyError(ArchiveError):
    """Another process writes this archive."""

    exit_status = ExitStatus.BUSY
