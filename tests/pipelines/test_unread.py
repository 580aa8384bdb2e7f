"""How many question pages can't be read any more, from how the runs of a month have left them."""

import sqlite3
from collections.abc import Callable

import pytest

from pipelines.queue.unread import UnreadPages, unread_pages
from scraper.items import Question
from tests.questions import Keep

LAST = 100  # the day of the run that has ended; there was one each day


@pytest.fixture
def leave(connection: sqlite3.Connection, keep: Keep) -> Callable[..., None]:
    """Give the archive question pages of one host that were left so, by day."""
    keep(Question(site="toy", source_id="1", language="en", url="https://toy.example/q/1"))
    connection.execute("UPDATE urls SET host='else'")
    connection.executemany(
        "INSERT INTO runs(site, host, revisit, started_at, day) VALUES ('toy', 'h', 'due', '', ?)",
        [(day,) for day in range(60, LAST + 1)],
    )
    names = [row[1] for row in connection.execute("PRAGMA table_info(questions)")][2:]
    rest = ", ".join(name for name in names if name not in {"gone_since", "url_id"})

    def leave(
        *days: float, state: str = "problem", held: bool = True, gone: str | None = None
    ) -> None:
        for day in days:
            good = state == "fetched"
            (url_id,) = connection.execute(
                "INSERT INTO urls(url, site, host, kind, via, disclosed_in, state, seen_day,"
                " history_bucket, missing_day, due_day)"
                " VALUES (hex(randomblob(9)), 'toy', 'h', 'question', 'list', 1, ?, ?, ?, ?, ?)"
                " RETURNING id",
                (state, day if good else 1 if held else None, 0 if good else None,
                 None if good else day, None if good or state == "later" else day + 1),
            ).fetchone()  # fmt: skip
            if held:
                connection.execute(
                    f"INSERT INTO questions(id, gone_since, url_id, {rest})"
                    f" SELECT ?, ?, ?, {rest} FROM questions WHERE key=1",
                    (f"toy:{url_id}:en", gone, url_id),
                )

    return leave


def ended(connection: sqlite3.Connection) -> UnreadPages:
    (run,) = connection.execute("SELECT max(id) FROM runs").fetchone()
    return unread_pages(connection, run)


def test_where_nothing_is_missing_nothing_is_counted(
    connection: sqlite3.Connection, leave: Callable[..., None]
) -> None:
    leave(*range(70, 101), state="fetched")
    assert ended(connection) == UnreadPages(0, 0)


@pytest.mark.parametrize(
    ("missing", "read", "told"),
    [
        ((100, 100, 100), (75, 80, 99), (3, 4)),  # in one night
        ((90, 95, 100), (75, 80, 89), (3, 4)),  # in three
        ((90, 95), (75, 80, 89), None),
        ((90, 95, 100), (91, 92), None),  # taken down, and others read since
        ((69, 69, 69), (70,), None),  # how the site is
    ],
)
def test_the_nights_of_a_month_are_judged_together(
    connection: sqlite3.Connection,
    leave: Callable[..., None],
    missing: tuple[float, ...],
    read: tuple[float, ...],
    told: tuple[int, int] | None,
) -> None:
    leave(*(1,) * 20, *read, state="fetched")
    leave(*missing, state="gone")
    found = ended(connection)
    assert (found if found.is_alarming() else None) == told


def test_most_of_what_is_held_is_told_however_old(
    connection: sqlite3.Connection, leave: Callable[..., None]
) -> None:
    leave(*(50,) * 10, state="fetched")
    leave(*(20,) * 10, state="denied")
    leave(*(20,) * 30, state="gone", gone="2026-01-01T00:00:00Z")  # their authors' doing
    assert not ended(connection).is_alarming()
    leave(20, state="denied")
    assert ended(connection) == UnreadPages(11, 21)


def test_where_no_page_is_left_it_does_not_matter_why(
    connection: sqlite3.Connection, leave: Callable[..., None]
) -> None:
    leave(*(20,) * 4, state="gone", gone="2026-01-01T00:00:00Z")
    assert ended(connection) == UnreadPages(4, 4)


def test_pages_never_read_count_where_none_was_since(
    connection: sqlite3.Connection, leave: Callable[..., None]
) -> None:
    leave(80, state="fetched")
    leave(90, 95, held=False)
    assert not ended(connection).is_alarming()
    leave(100)
    assert ended(connection) == UnreadPages(3, 3)
    leave(90, state="fetched")
    assert not ended(connection).is_alarming()


def test_what_is_put_off_for_now_is_not_missing(
    connection: sqlite3.Connection, leave: Callable[..., None]
) -> None:
    leave(*(100,) * 5, state="later")
    assert ended(connection) == UnreadPages(0, 0)
    leave(*(98,) * 5, state="later")
    assert ended(connection) == UnreadPages(5, 5)
