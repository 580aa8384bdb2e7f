"""How far a reading of all captures has come, so that a killed one goes on there.

It holds for the same readers only: a changed one begins anew.
"""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

HOUSE = Path(__file__).parents[2]
READERS = ("scraper/**/*.py", "pipelines/storing/storable.py", "pipelines/validate.py")
_PARSERS = ("lxml", "parsel", "dateparser")


class Bookmark(NamedTuple):
    """A small file beside the archive's database; losing it costs time and nothing else."""

    path: Path
    scope: str  # what is read, and by which readers

    @classmethod
    def of(cls, folder: Path, sites: Iterable[str]) -> "Bookmark":
        """The bookmark of a reading of these sites."""
        readers = hashlib.sha256(" ".join(map(version, _PARSERS)).encode())
        for pattern in READERS:
            for path in sorted(HOUSE.glob(pattern)):
                readers.update(path.read_bytes())
        return cls(folder / "reextract.json", f"{' '.join(sites)} {readers.hexdigest()}")

    def load(self) -> int | None:
        """The URL that was the last to be done."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            held = json.loads(self.path.read_text("ascii"))
            return int(held["url_id"]) if held["scope"] == self.scope else None
        return None

    def save(self, url_id: int) -> None:
        """Called after the commit, never before. Raises OSError."""
        part = self.path.with_suffix(".part")
        part.write_text(json.dumps({"scope": self.scope, "url_id": url_id}), "ascii")
        part.replace(self.path)

    def remove(self) -> None:
        """All is done."""
        self.path.unlink(missing_ok=True)
