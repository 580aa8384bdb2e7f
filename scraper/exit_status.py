"""The exit statuses of commands, for cron, scripts and notifications."""

from enum import IntEnum


class ExitStatus(IntEnum):
    """The exit statuses of `qarchive`; `docs/crawling.md` documents them."""

    DONE = 0
    FAULTS = 1  # done, but something is wrong with the site or the archive
    USAGE = 2  # as click has it
    STORAGE = 3
    BUSY = 4  # another run holds the archive
    UNREACHABLE = 5  # the site, or it forbids everything
    STOPPED = 6  # by a signal, a time limit or a trap
    INTERNAL = 70  # sysexits.h: EX_SOFTWARE
    INTERRUPTED = 130  # by Ctrl-C, as a shell says it
