"""Which of the known pages a run is to look at again, in which order, and why."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain, islice
from typing import NamedTuple

from pipelines.queue.looks import trust_of
from pipelines.revisit import EVERY, EVERY_ON_BUDGET, SOONEST, Curve, by_worth, curve, learn, price
from scraper.items import Kind

Here = tuple[str, str]
"""Site and host: the part of the frontier that a run works on."""
Page = tuple[Kind, int]
"""Kind and id."""
START, SITEMAP = 50, 45  # priorities; those of new pages lie between these and the next
HINTED, AGAIN = 5, 3
LEFT_OVER, DENIED = -1_000_000_000, -2_000_000_000


class Chosen(NamedTuple):
    """A page to look at again."""

    id: int
    priority: int  # those chosen by worth follow each other from -1 down
    worth: float | None = None  # fresh page-days; None: chosen for its state


def chosen(db: sqlite3.Connection, here: Here, day: float, budget: int | None) -> Iterator[Chosen]:
    """What is due on that day of the archive's, best first; at most `budget` pages.

    Start pages, then those whose last visit found them gone or failed, then by worth; and what
    robots.txt denied, which costs no request.
    """
    first = chain(_starts(db, here, day), _again(db, here, day, AGAIN))
    taken = []
    for one in islice(first, budget):
        taken.append(one.id)
        yield one
    left = None if budget is None else budget - len(taken)
    yield from islice(_by_worth(db, here, day, budget, set(taken)), left)
    yield from _again(db, here, day, DENIED)


def _starts(db: sqlite3.Connection, here: Here, day: float) -> Iterator[Chosen]:
    """All of them, whatever they were; those that were well a moment ago may rest."""
    rows = db.execute(
        "SELECT id FROM urls WHERE site=? AND host=? AND via='start'"
        " AND state NOT IN ('ready', 'later')"
        " AND (shape IS NULL OR seen_day<=?) ORDER BY id",
        (*here, day - SOONEST),
    )
    return (Chosen(row[0], START) for row in rows)


def _again(db: sqlite3.Connection, here: Here, day: float, priority: int) -> Iterator[Chosen]:
    rows = db.execute(
        "SELECT id FROM urls WHERE site=? AND host=? AND due_day<=? AND via<>'start'"
        " AND state NOT IN ('ready', 'later') AND (state='denied')=? ORDER BY due_day, id",
        (*here, day, priority == DENIED),
    )
    return (Chosen(row[0], priority) for row in rows)


def _by_worth(
    db: sqlite3.Connection, here: Here, day: float, budget: int | None, taken: set[int]
) -> Iterator[Chosen]:
    curves = curves_of(db, here)
    if not curves:
        return
    every = EVERY if budget is None else EVERY_ON_BUDGET
    questions = [(one, count) for kind, _, one, count in curves if kind is Kind.QUESTION]
    least = price(questions or [(one, count) for _, _, one, count in curves], every)
    streams: list[tuple[Curve, Iterable[tuple[float, Page]]]] = []
    for kind, code, one, _ in curves:
        age = one.age(least)
        if age is not None:
            streams.append((one, _oldest(db, here, kind, code, day - age)))
    best = (page for page in by_worth(streams, day, least) if page[1][1] not in taken)
    for rank, (worth, (kind, url_id)) in enumerate(best, 1):
        yield Chosen(url_id, SITEMAP if kind is Kind.SITEMAP else -rank, worth)


def curves_of(db: sqlite3.Connection, here: Here) -> list[tuple[Kind, int, Curve, int]]:
    """Each kind and shape of page there is, its curve, and how many pages have it."""
    counts: dict[Kind, dict[int, int]] = {}
    rows = db.execute(
        "SELECT kind, shape, count(*) FROM urls INDEXED BY urls_shape"
        " WHERE site=? AND host=? AND shape IS NOT NULL GROUP BY kind, shape",
        here,
    )
    for kind, code, count in rows:
        counts.setdefault(Kind(kind), {})[code] = count
    trust = trust_of(db, here[0])
    return [
        (kind, code, curve(kind, code, common, trust), count)
        for kind, pages in counts.items()
        for common in [learn(kind, pages)]
        for code, count in pages.items()
    ]


def _oldest(
    db: sqlite3.Connection, here: Here, kind: Kind, code: int, latest: float
) -> Iterator[tuple[float, Page]]:
    """Pages of a kind and shape, from the one looked at longest ago to those of day `latest`."""
    with closing(db.cursor()) as cursor:
        cursor.execute(
            "SELECT seen_day, id FROM urls INDEXED BY urls_shape WHERE site=? AND host=?"
            " AND kind=? AND shape=? AND seen_day<=? AND shape IS NOT NULL ORDER BY seen_day, id",
            (*here, kind, code, latest),
        )
        for seen_day, url_id in cursor:
            yield seen_day, (kind, url_id)
