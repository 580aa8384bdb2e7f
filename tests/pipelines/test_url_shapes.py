"""URLs that alone show a trap, what looks like a session in one, and what is given up."""

import sqlite3

import pytest

from pipelines.queue.hosts import Scope
from pipelines.queue.traps import give_up
from pipelines.queue.url_shapes import identity, odd


@pytest.mark.parametrize(
    ("url", "is_odd"),
    [
        ("http://host/a/b/a/b/a/b/a/b", True),
        ("http://host/a/a/a/a", True),
        ("http://host/" + "/".join(map(str, range(17))), True),
        ("http://host/?" + "x" * 2000, True),
        ("http://host/2020/10/10/10/10", False),
        ("http://host/tw/qa/tw/1", False),
        ("http://host/article/177001?lang=en", False),
        ("http://host/", False),
        ("http://host", False),
    ],
)
def test_odd_urls(url: str, is_odd: bool) -> None:  # noqa: FBT001
    assert odd(url) is is_odd


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("/q/1?PHPSESSID=8f3b2c", "/q/1"),
        ("/q/1;jsessionid=0A1B2C", "/q/1"),
        ("/q/1?id=3&sid=77", "/q/1?id=3"),
        ("/q?token=9f86d081884c7d659a2feaa0c55ad015", "/q"),
        ("/q?id=1234567&page=2", "/q?id=1234567&page=2"),
        ("/q?title=sore-knee-after-running", "/q?title=sore-knee-after-running"),
    ],
)
def test_a_session_makes_no_other_page(url: str, same: str) -> None:
    assert identity(f"http://host{url}") == f"http://host{same}"


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
