"""Takedowns that did not come to their end: killed, or stopped by a full disk."""

import sqlite3

from pipelines.takedown.target import Meant
from scraper.tombstones import Tombstones


def begun(db: sqlite3.Connection, stones: Tombstones) -> set[Meant]:
    """What the database still holds of what the unfinished ones among the tombstones cover."""
    unfinished = stones.unfinished
    if not unfinished:
        return set()
    questions = db.execute("SELECT id, site, source_id FROM questions").fetchall()
    urls = db.execute("SELECT url, site FROM urls").fetchall()
    return {
        *(Meant(site, own, "") for one, site, own in questions if unfinished.covers_id(one)),
        *(Meant(site, "", url) for url, site in urls if unfinished.covers_url(url)),
    }
