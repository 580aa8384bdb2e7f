"""What is given up as part of a trap, and what is not."""

import sqlite3

from pipelines.queue.hosts import Scope
from pipelines.queue.traps import give_up


def test_a_start_page_and_a_counted_number_are_no_part_of_a_trap(
    connection: sqlite3.Connection,
) -> None:
    for via in ("start", "range", "list"):
        connection.execute(
            "INSERT INTO urls(url, site, host, kind, priority, via, ways, disclosed_in, state)"
            " VALUES (?, 'adoctor', '', 'list', 1, ?, 0, 1, 'ready')",
            (f"http://host/maze/{via}", via),
        )
    give_up(connection, Scope("adoctor", ""), "/maze 2 ")
    states = dict(connection.execute("SELECT via, state FROM urls"))
    assert states == {"start": "ready", "range": "ready", "list": "problem"}
