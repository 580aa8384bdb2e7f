"""What lies in an archive's folder, beside the files of `scraper.tombstones`."""

from pathlib import Path

from scraper.tombstone_keys import KEYS
from scraper.tombstones import TOMBSTONES

DATABASE = "archive.db"
LOCK = "lock"
WARCS = "warc"
EXPORTS = "exports"
NEXT, READY = ".next", ".ready"
STAGES = {NEXT, READY}  # a rebuilt archive on its way into place, also within parts of the old
BOOKMARK = "reextract.json"  # how far a killed `qarchive reextract` came


def foreign_file(folder: Path) -> Path | None:
    """A file that no archive puts into its folder; None if there is none, or no folder."""
    own = (DATABASE, LOCK, WARCS, EXPORTS, TOMBSTONES, KEYS, "lost+found")
    return next((path for path in folder.glob("[!.]*") if not path.name.startswith(own)), None)
