"""Chooses which known pages a run visits again, and in which order."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import chain, islice, zip_longest
from typing import NamedTuple

from pipelines.queue.hosts import Scope
from pipelines.queue.observations import trust_of
from pipelines.queue.order import AGAIN, START, priority
from pipelines.revisit import (
    MEAN_INTERVAL,
    MEAN_INTERVAL_ON_BUDGET,
    MIN_INTERVAL,
    UtilityCurve,
    by_utility,
    learn_mixture,
    utility_curve,
    utility_threshold,
)
from scraper.items import Kind

Page = tuple[Kind, int]
"""Kind and id."""
_LEADS = "kind<>'question'"
_READ = "kind='question' AND seen_day IS NOT NULL"
_UNREAD = "kind='question' AND seen_day IS NULL"


class DuePage(NamedTuple):
    """A page to visit again."""

    id: int
    priority: int
    utility: float | None = None  # of the visit, in fresh page-days; None: due because of its state


def due_pages(
    db: sqlite3.Connection, scope: Scope, day: float, budget: int | None
) -> Iterator[DuePage]:
    """Yield the pages due on that day of the archive, at most `budget`: starts, leads, questions.

    With a budget, leads and questions take turns, the best of each first; and among questions those
    that were read and are missing, those that could never be read, and those by utility, so that
    none of these uses it up. `allowed_pages` yields what robots.txt denied.
    """
    first = list(islice(start_pages(db, scope, day), budget))
    yield from first
    useful = _UsefulVisits(db, scope, day, budget, {page.id for page in first})
    leads = chain(useful.leads(), _missing(db, scope, day, _LEADS))
    questions = (
        _missing(db, scope, day, _READ), _missing(db, scope, day, _UNREAD), useful.questions()
    )  # fmt: skip
    if budget is None:
        yield from chain(leads, *questions)
    else:
        turns = islice(_in_turns(leads, _in_turns(*questions)), budget - len(first))
        yield from (page._replace(priority=-rank) for rank, page in enumerate(turns, 1))


def _in_turns(*parts: Iterator[DuePage]) -> Iterator[DuePage]:
    """Yield one page of each part in turn, as long as there are any."""
    for pages in zip_longest(*parts):
        yield from (page for page in pages if page is not None)


def start_pages(db: sqlite3.Connection, scope: Scope, day: float) -> Iterator[DuePage]:
    """Yield all start pages, whatever their state, but those read a moment ago."""
    rows = db.execute(
        "SELECT id FROM urls WHERE site=? AND host=? AND via='start'"
        " AND state NOT IN ('ready', 'later')"
        " AND (history_bucket IS NULL OR seen_day<=?) ORDER BY id",
        (*scope, day - MIN_INTERVAL),
    )
    return (DuePage(row[0], START) for row in rows)


def starts_due(db: sqlite3.Connection, scope: Scope) -> float | None:
    """The day on which the first of the start pages that could be read is due again."""
    (seen,) = db.execute(
        "SELECT min(seen_day) FROM urls WHERE site=? AND host=? AND via='start'"
        " AND history_bucket IS NOT NULL",
        scope,
    ).fetchone()
    return None if seen is None else seen + MIN_INTERVAL


def _missing(db: sqlite3.Connection, scope: Scope, day: float, condition: str) -> Iterator[DuePage]:
    """Yield the due pages that were missing at their last visit, those due longest first."""
    rows = db.execute(
        "SELECT id, kind FROM urls WHERE site=? AND host=? AND due_day<=? AND via<>'start'"
        f" AND state NOT IN ('later', 'denied') AND {condition} ORDER BY due_day, id",
        (*scope, day),
    )
    return (DuePage(row[0], priority(row[1]) if condition == _LEADS else AGAIN) for row in rows)


def allowed_pages(
    db: sqlite3.Connection, scope: Scope, is_allowed: Callable[[str], bool]
) -> Iterator[DuePage]:
    """Yield the pages that were denied at their last visit, and whose URL is allowed now.

    Pages that were never requested come where new ones do. The others take turns with the known
    pages that a budget is spent on.
    """
    rows = db.execute(
        "SELECT id, url, kind, via, missing_day IS NULL FROM urls WHERE site=? AND host=?"
        " AND due_day IS NOT NULL AND state='denied' ORDER BY id",
        scope,
    )
    known_pages = 0
    for url_id, url, kind, via, is_new in rows:
        if is_allowed(url):
            known_pages += not is_new
            yield DuePage(url_id, priority(kind, via) if is_new else -known_pages)


class _UsefulVisits:
    """The pages whose visit has enough utility, best first."""

    def __init__(
        self,
        db: sqlite3.Connection,
        scope: Scope,
        day: float,
        budget: int | None,
        excluded: set[int],
    ) -> None:
        self._db, self._scope, self._day, self._excluded = db, scope, day, excluded
        self._buckets = _buckets(db, scope)
        interval = MEAN_INTERVAL if budget is None else MEAN_INTERVAL_ON_BUDGET
        questions = [bucket for bucket in self._buckets if bucket.kind is Kind.QUESTION]
        curves = [(bucket.curve, bucket.pages) for bucket in questions or self._buckets]
        self._threshold = utility_threshold(curves, interval) if curves else 0.0

    def questions(self) -> Iterator[DuePage]:
        """Yield question pages, each with a priority of its own."""
        for rank, (utility, (_, url_id)) in enumerate(self._best({Kind.QUESTION}), 1):
            yield DuePage(url_id, -rank, utility)

    def leads(self) -> Iterator[DuePage]:
        """Yield other pages, each with the priority of its kind."""
        for utility, (kind, url_id) in self._best(set(Kind) - {Kind.QUESTION}):
            yield DuePage(url_id, priority(kind), utility)

    def _best(self, kinds: set[Kind]) -> Iterator[tuple[float, Page]]:
        streams: list[tuple[UtilityCurve, Iterable[tuple[float, Page]]]] = []
        for bucket in self._buckets:
            age = bucket.curve.age_at(self._threshold) if bucket.kind in kinds else None
            if age is not None:
                latest = self._day - age
                pages = _oldest(self._db, self._scope, bucket.kind, bucket.number, latest)
                streams.append((bucket.curve, pages))
        for utility, page in by_utility(streams, self._day, self._threshold):
            _, url_id = page
            if url_id not in self._excluded:
                yield utility, page


class _Bucket(NamedTuple):
    """The pages of one kind whose change histories are alike."""

    kind: Kind
    number: int  # pipelines.revisit.history_bucket
    curve: UtilityCurve
    pages: int  # how many there are


def _buckets(db: sqlite3.Connection, scope: Scope) -> list[_Bucket]:
    counts: dict[Kind, dict[int, int]] = {}
    rows = db.execute(
        "SELECT kind, history_bucket, count(*) FROM urls INDEXED BY urls_history"
        " WHERE site=? AND host=? AND history_bucket IS NOT NULL GROUP BY kind, history_bucket",
        scope,
    )
    for kind, number, count in rows:
        counts.setdefault(Kind(kind), {})[number] = count
    trust = trust_of(db, scope)
    buckets = []
    for kind, pages in counts.items():
        mixture = learn_mixture(kind, pages)
        for number, count in pages.items():
            curve = utility_curve(kind, number, mixture, trust)
            buckets.append(_Bucket(kind, number, curve, count))
    return buckets


def _oldest(
    db: sqlite3.Connection, scope: Scope, kind: Kind, bucket: int, latest: float
) -> Iterator[tuple[float, Page]]:
    """Yield the pages of a kind and bucket that were last seen until day `latest`, oldest first."""
    with closing(db.cursor()) as cursor:
        cursor.execute(
            "SELECT seen_day, id FROM urls INDEXED BY urls_history WHERE site=? AND host=?"
            " AND kind=? AND history_bucket=? AND seen_day<=? AND history_bucket IS NOT NULL"
            " ORDER BY seen_day, id",
            (*scope, kind, bucket, latest),
        )
        for seen_day, url_id in cursor:
            yield seen_day, (kind, url_id)
