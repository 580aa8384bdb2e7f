"""The bookmark of `qarchive reextract`: where a killed one goes on.

It is valid for the same readers only; with changed ones all captures are read from the first.
"""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from pipelines.layout import BOOKMARK

HOUSE = Path(__file__).parents[2]
READERS = ("scraper/**/*.py", "pipelines/storing/storable.py", "pipelines/validate.py")
_PARSERS = ("lxml", "parsel", "dateparser")


class Bookmark(NamedTuple):
    """A small file beside the archive's database; losing it costs only time."""

    path: Path
    scope: str  # what is read, and by which readers

    @classmethod
    def of(cls, folder: Path, sites: Iterable[str]) -> "Bookmark":
        """The bookmark of a reading of these sites."""
        readers = hashlib.sha256(" ".join(map(version, _PARSERS)).encode())
        for pattern in READERS:
            for path in sorted(HOUSE.glob(pattern)):
                readers.update(path.read_bytes())
        return cls(folder / BOOKMARK, f"{' '.join(sites)} {readers.hexdigest()}")

    def load(self) -> int | None:
        """The id of the last URL done; None without a valid bookmark."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            content = json.loads(self.path.read_text("ascii"))
            return int(content["url_id"]) if content["scope"] == self.scope else None
        return None

    def save(self, url_id: int) -> None:
        """Save it, which may be done only after the commit. Raises OSError."""
        part = self.path.with_suffix(".part")
        part.write_text(json.dumps({"scope": self.scope, "url_id": url_id}), "ascii")
        part.replace(self.path)

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)
