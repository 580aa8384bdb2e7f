"""A site of numbered questions, all linked from its front page."""

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
    """Let the server have questions 0 to `pages` - 1; `answer` gives the behaviour of each."""
    server.play("/", [reply(200, body=links(*(f"/q/{number}" for number in range(pages))))])
    for number in range(pages):
        server.play(f"/q/{number}", [answer(number)])


def ids(archive: Path) -> set[int]:
    """The numbers of the questions in the archive, whose database must be sound."""
    assert rows(archive, "PRAGMA integrity_check") == [("ok",)]
    return {int(number) for (number,) in rows(archive, "SELECT source_id FROM questions")}
