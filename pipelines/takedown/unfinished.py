"""Takedowns that were interrupted: killed, or stopped by a full disk."""

import sqlite3

from pipelines.takedown.target import QuestionRef
from scraper.tombstones import Tombstones


def unfinished_targets(db: sqlite3.Connection, tombstones: Tombstones) -> set[QuestionRef]:
    """The questions and URLs in the database that an interrupted takedown should have removed."""
    unfinished = tombstones.unfinished
    if not unfinished:
        return set()
    refs = set()
    for record_id, site, source_id in db.execute("SELECT id, site, source_id FROM questions"):
        if unfinished.covers_id(record_id):
            refs.add(QuestionRef(site, source_id, ""))
    for url, site in db.execute("SELECT url, site FROM urls"):
        if unfinished.covers_url(url):
            refs.add(QuestionRef(site, "", url))
    return refs
