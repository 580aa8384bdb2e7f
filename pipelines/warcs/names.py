"""Where an archive's WARCs lie, and what they are called."""

import re
from pathlib import Path

FOLDER = "warc"
_NAME = re.compile(r"\d{6,}-run\d{6,}\.warc\.gz")


def name_of(number: int, run: int) -> str:
    """The name of an archive's file; in the order of their names they follow each other."""
    return f"{number:06d}-run{run:06d}.warc.gz"


def is_own(name: str) -> bool:
    """Whether `name_of` gave the name."""
    return _NAME.fullmatch(name) is not None


def warcs_in(folder: Path) -> list[Path]:
    """The WARCs that lie in a folder, by their names; a folder or dead link of such a name is none.

    Raises OSError.
    """
    return [path for path in sorted(folder.glob("*.warc.gz")) if path.is_file()]
