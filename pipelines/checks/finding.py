"""A finding of a check, and what can be done about it."""

from typing import NamedTuple

RESTORE = "restore the file from a backup: what stood there is lost otherwise"
REPAIR = "run `qarchive verify --repair`, which rebuilds the database from the WARCs"
MEND = "run `qarchive verify --repair`: no more is damaged than what surrounds the record"
REPEATED = (
    "run `qarchive verify --repair`; if that was done, the capture lay in a damaged WARC: restore"
    " that from a backup; the next crawl fetches the page again"
)


class Finding(NamedTuple):
    """One thing in the archive that is wrong."""

    check: str  # name of the check: a file of this folder
    where: str  # a WARC, a record's id, a table
    what: str  # is wrong
    todo: str = REPAIR  # what a person can do about it
    offset: int | None = None  # of a file: the first damaged byte
    length: int | None = None
    harmless: bool = False  # nothing is lost, and nothing need be done

    def __str__(self) -> str:
        place = self.where
        if self.offset is not None and self.length is not None:
            place = f"{place} bytes {self.offset} to {self.offset + self.length - 1}"
        return f"{place}: {self.what}; {self.todo}"
