"""All that the archive knows to be one question."""

import sqlite3
from dataclasses import replace

from pipelines.takedown.same_question import Aliases
from tests.questions import SMALL, Keep


def test_a_record_at_an_alternate_goes_with_it(connection: sqlite3.Connection, keep: Keep) -> None:
    """The question is read at its print template, which names its page."""
    printed, fetched = "https://adoctor.tw/print/12", "https://adoctor.tw/print/12#now"
    other = replace(SMALL, source_id="13", url="https://adoctor.tw/zh-Hant/article/13")
    keep(SMALL)
    keep(other)
    connection.execute("UPDATE urls SET via='alternate', disclosed_by=1 WHERE id=2")
    connection.execute(
        "INSERT INTO urls(id, url, site, host, kind, priority, via, ways, hops, disclosed_in)"
        " SELECT 3, ?, site, host, kind, priority, via, ways, hops, disclosed_in FROM urls"
        " WHERE id=1",
        (printed,),
    )
    connection.execute("UPDATE captures SET url_id=3, url=? WHERE url_id=1", (fetched,))
    connection.execute("UPDATE questions SET url_id=3 WHERE url_id=1")
    aliases = Aliases(connection, [("adoctor", "12")], [], {})
    assert aliases.keys == {("adoctor", "12"), ("adoctor", "13")}
    assert aliases.urls == {SMALL.url, printed, fetched, other.url}
