"""Which fields the pages of a run had, as `qarchive status` tells people."""

import sqlite3
from pathlib import Path

from tests.cli.test_status import shown


def test_no_field_is_told_of_no_page(tmp_path: Path, connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE runs SET coverage=?, unchanged=13", ('{"record": [2, 0]}',))
    assert "  0 of 2 new or changed question pages read\n" in shown(tmp_path)


def test_what_the_site_never_had_is_told_apart(
    tmp_path: Path, connection: sqlite3.Connection
) -> None:
    counts = '{"record": [9, 9], "title": [9, 9], "similar": [9, 0], "kept replies": [4, 0]}'
    connection.execute("UPDATE runs SET coverage=?", (counts,))
    assert "read: kept replies 0%, none so far with similar (all others 100%)\n" in shown(tmp_path)
    connection.execute(
        "INSERT INTO runs(id, site, host, revisit, started_at, coverage)"
        " VALUES (-1, 'adoctor', 'former.example', 'due', '', '{\"similar\": [9, 1]}')"
    )
    assert "read: similar 0%, kept replies 0% (all others 100%)\n" in shown(tmp_path)
