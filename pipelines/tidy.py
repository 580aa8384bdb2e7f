"""Files that others keep beside an archive: logs that may quote a page."""

import os
from pathlib import Path

_KEPT = ("archive.db", "lock", "forgotten.")
_LARGEST_LINE = 1_000_000  # bytes


def blank_logs(folder: Path, phrases: tuple[str, ...]) -> int:
    """Replace each line of a plain file in the folder that holds a phrase; how many lines."""
    wanted = [phrase.encode() for phrase in phrases if phrase]
    blanked = 0
    for path in folder.iterdir() if wanted else ():
        if path.is_file() and not path.name.startswith(_KEPT):
            blanked += _blank(path, wanted)
    return blanked


def _blank(path: Path, wanted: list[bytes]) -> int:
    new, count = path.with_name(f".{path.name}.part"), 0
    with path.open("rb") as lines, new.open("wb") as out:
        while line := lines.readline(_LARGEST_LINE):
            holds = any(phrase in line for phrase in wanted)
            out.write(b"[removed]\n" if holds else line)
            count += holds
        out.flush()
        os.fsync(out.fileno())
    if count:
        new.replace(path)
    else:
        new.unlink()
    return count
