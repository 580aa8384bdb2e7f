"""Which of the known pages a run is to look at again, in which order, and why."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain, islice, zip_longest
from typing import NamedTuple

from pipelines.queue.hosts import Scope
from pipelines.queue.observations import trust_of
from pipelines.queue.order import AGAIN, DENIED, START, priority
from pipelines.revisit import EVERY, EVERY_ON_BUDGET, SOONEST, Curve, by_worth, curve, learn, price
from scraper.items import Kind

Page = tuple[Kind, int]
"""Kind and id."""
_LEADS = "kind<>'question'"
_READ, _UNREAD = (f"kind='question' AND seen_day IS {null}" for null in ("NOT NULL", "NULL"))


class Chosen(NamedTuple):
    """A page to look at again."""

    id: int
    priority: int
    worth: float | None = None  # fresh page-days; None: chosen for its state


def chosen(db: sqlite3.Connection, here: Scope, day: float, budget: int | None) -> Iterator[Chosen]:
    """What is due on that day of the archive's, at most `budget`: start pages, leads, questions.

    For a budget leads and questions take turns, the best of each first; among questions those that
    were read and are missing, those that never could be read, and those worth a look, so that none
    of them uses it up. What robots.txt denied comes last, which costs no request.
    """
    first = list(islice(starts(db, here, day), budget))
    yield from first
    worthy = _Worthy(db, here, day, budget, {one.id for one in first})
    leads = chain(worthy.leads(), _again(db, here, day, _LEADS))
    questions = (_again(db, here, day, _READ), _again(db, here, day, _UNREAD), worthy.questions())
    if budget is None:
        yield from chain(leads, *questions)
    else:
        turns = islice(_in_turns(leads, _in_turns(*questions)), budget - len(first))
        yield from (one._replace(priority=-rank) for rank, one in enumerate(turns, 1))
    yield from _denied(db, here, day)


def _in_turns(*parts: Iterator[Chosen]) -> Iterator[Chosen]:
    return filter(None, chain.from_iterable(zip_longest(*parts)))


def starts(db: sqlite3.Connection, here: Scope, day: float) -> Iterator[Chosen]:
    """All of them, whatever they were; those that were well a moment ago may rest."""
    rows = db.execute(
        "SELECT id FROM urls WHERE site=? AND host=? AND via='start'"
        " AND state NOT IN ('ready', 'later')"
        " AND (shape IS NULL OR seen_day<=?) ORDER BY id",
        (*here, day - SOONEST),
    )
    return (Chosen(row[0], START) for row in rows)


def starts_due(db: sqlite3.Connection, here: Scope) -> float | None:
    """The day on which the first start page that was well a moment ago is asked for again."""
    (seen,) = db.execute(
        "SELECT min(seen_day) FROM urls WHERE site=? AND host=? AND via='start'"
        " AND shape IS NOT NULL",
        here,
    ).fetchone()
    return None if seen is None else seen + SOONEST


def _again(db: sqlite3.Connection, here: Scope, day: float, part: str) -> Iterator[Chosen]:
    """What was not to be had, from what has waited longest on."""
    rows = db.execute(
        "SELECT id, kind FROM urls WHERE site=? AND host=? AND due_day<=? AND via<>'start'"
        f" AND state<>'later' AND denied IS NULL AND {part} ORDER BY due_day, id",
        (*here, day),
    )
    return (Chosen(row[0], priority(row[1]) if part == _LEADS else AGAIN) for row in rows)


def _denied(db: sqlite3.Connection, here: Scope, day: float) -> Iterator[Chosen]:
    rows = db.execute(
        "SELECT id FROM urls WHERE site=? AND host=? AND due_day<=? AND via<>'start'"
        " AND state='denied' ORDER BY due_day, id",
        (*here, day),
    )
    return (Chosen(row[0], DENIED) for row in rows)


class _Worthy:
    """The pages that are worth a look, best first."""

    def __init__(
        self, db: sqlite3.Connection, here: Scope, day: float, budget: int | None, but: set[int]
    ) -> None:
        self._db, self._here, self._day, self._but = db, here, day, but
        self._curves = curves_of(db, here)
        every = EVERY if budget is None else EVERY_ON_BUDGET
        questions = [(one, count) for kind, _, one, count in self._curves if kind is Kind.QUESTION]
        known = questions or [(one, count) for _, _, one, count in self._curves]
        self._least = price(known, every) if known else 0.0

    def questions(self) -> Iterator[Chosen]:
        """Each with a priority of its own."""
        for rank, (worth, (_, url_id)) in enumerate(self._best({Kind.QUESTION}), 1):
            yield Chosen(url_id, -rank, worth)

    def leads(self) -> Iterator[Chosen]:
        """Each with the priority of its kind."""
        for worth, (kind, url_id) in self._best(set(Kind) - {Kind.QUESTION}):
            yield Chosen(url_id, priority(kind), worth)

    def _best(self, kinds: set[Kind]) -> Iterator[tuple[float, Page]]:
        streams: list[tuple[Curve, Iterable[tuple[float, Page]]]] = []
        for kind, code, one, _ in self._curves:
            age = one.age(self._least) if kind in kinds else None
            if age is not None:
                pages = _oldest(self._db, self._here, kind, code, self._day - age)
                streams.append((one, pages))
        best = by_worth(streams, self._day, self._least)
        return (page for page in best if page[1][1] not in self._but)


def curves_of(db: sqlite3.Connection, here: Scope) -> list[tuple[Kind, int, Curve, int]]:
    """Each kind and shape of page there is, its curve, and how many pages have it."""
    counts: dict[Kind, dict[int, int]] = {}
    rows = db.execute(
        "SELECT kind, shape, count(*) FROM urls INDEXED BY urls_shape"
        " WHERE site=? AND host=? AND shape IS NOT NULL GROUP BY kind, shape",
        here,
    )
    for kind, code, count in rows:
        counts.setdefault(Kind(kind), {})[code] = count
    trust = trust_of(db, here)
    return [
        (kind, code, curve(kind, code, common, trust), count)
        for kind, pages in counts.items()
        for common in [learn(kind, pages)]
        for code, count in pages.items()
    ]


def _oldest(
    db: sqlite3.Connection, here: Scope, kind: Kind, code: int, latest: float
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
