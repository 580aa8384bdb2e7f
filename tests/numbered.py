"""A site of numbered questions that its front page names, and those that an archive holds."""

from collections.abc import Callable
from pathlib import Path

from tests.database import rows
from tests.faults.plays import links, reply
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
    server.play("/", [reply(200, body=links(*(f"/q/{number}" for number in range(pages))))])
    for number in range(pages):
        server.play(f"/q/{number}", [answer(number)])


def ids(archive: Path) -> set[int]:
    """The numbers of the questions held, in a database that is whole."""
    assert rows(archive, "PRAGMA integrity_check") == [("ok",)]
    return {int(number) for (number,) in rows(archive, "SELECT source_id FROM questions")}
