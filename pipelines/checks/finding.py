"""What a check has found wrong."""

from typing import NamedTuple


class Finding(NamedTuple):
    """One thing that is not as it must be."""

    where: str  # a file with a range of bytes, a table with a key
    what: str  # one line for a person
    offset: int | None = None  # of the damaged bytes in the file, if it is about bytes
    length: int | None = None
