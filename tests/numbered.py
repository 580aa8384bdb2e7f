"""A site of numbered questions that its front page names, and those that an archive holds."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.faults.plays import reply
from tests.faults.server import Behaviour, FaultServer


def page(number: int, more: str = "") -> bytes:
    """A question with a reply."""
    return f"<h1>Sore knee</h1><p>It hurts, number {number}.{more}</p><li>Rest it.</li>".encode()


def put(
    server: FaultServer,
    pages: int,
    answer: Callable[[int], Behaviour] = lambda number: reply(200, body=page(number)),
) -> None:
    """From now on the site has so many questions, from 0; `answer` gives what plays each."""
    links = "".join(f'<a href="/q/{number}">' for number in range(pages))
    server.play("/", [reply(200, body=links.encode())])
    for number in range(pages):
        server.play(f"/q/{number}", [answer(number)])


def ids(archive: Path) -> set[int]:
    """The numbers of the questions held, in a database that is whole."""
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {int(row[0]) for row in db.execute("SELECT source_id FROM questions")}
