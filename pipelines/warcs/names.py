"""The names of an archive's WARCs."""

import re
from pathlib import Path

_NAME = re.compile(r"\d{6,}-run\d{6,}\.warc\.gz")


def name_of(number: int, run: int) -> str:
    """The name of a WARC; sorted by name they are in the order they were written."""
    return f"{number:06d}-run{run:06d}.warc.gz"


def is_own(name: str) -> bool:
    """Whether `name_of` gave the name."""
    return _NAME.fullmatch(name) is not None


def warcs_in(folder: Path) -> list[Path]:
    """The WARC files in a folder, sorted by name. Raises OSError."""
    return [path for path in sorted(folder.glob("*.warc.gz")) if path.is_file()]
