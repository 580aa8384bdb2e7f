"""Chooses which known pages a run visits again, and in which order."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import chain, islice, zip_longest
from typing import NamedTuple

from pipelines.queue.hosts import Scope
from pipelines.queue.observations import trust_of
from pipelines.queue.order import AGAIN, START, priority
from pipelines.revisit import EVERY, EVERY_ON_BUDGET, SOONEST, Curve, by_worth, curve, learn, price
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
    worth: float | None = None  # fresh page-days; None: due because of its state


def due_pages(
    db: sqlite3.Connection, scope: Scope, day: float, budget: int | None
) -> Iterator[DuePage]:
    """Yield the pages due on that day of the archive, at most `budget`: starts, leads, questions.

    With a budget, leads and questions take turns, the best of each first; and among questions those
    that were read and are missing, those that could never be read, and those worth a look, so that
    none of these uses it up. `allowed_pages` yields what robots.txt denied.
    """
    first = list(islice(start_pages(db, scope, day), budget))
    yield from first
    worthwhile = _WorthwhilePages(db, scope, day, budget, {page.id for page in first})
    leads = chain(worthwhile.leads(), _missing(db, scope, day, _LEADS))
    questions = (
        _missing(db, scope, day, _READ), _missing(db, scope, day, _UNREAD), worthwhile.questions()
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
        " AND (shape IS NULL OR seen_day<=?) ORDER BY id",
        (*scope, day - SOONEST),
    )
    return (DuePage(row[0], START) for row in rows)


def starts_due(db: sqlite3.Connection, scope: Scope) -> float | None:
    """The day on which the first of the start pages that could be read is due again."""
    (seen,) = db.execute(
        "SELECT min(seen_day) FROM urls WHERE site=? AND host=? AND via='start'"
        " AND shape IS NOT NULL",
        scope,
    ).fetchone()
    return None if seen is None else seen + SOONEST


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


class _WorthwhilePages:
    """The pages that are worth a look, best first."""

    def __init__(
        self,
        db: sqlite3.Connection,
        scope: Scope,
        day: float,
        budget: int | None,
        excluded: set[int],
    ) -> None:
        self._db, self._scope, self._day, self._excluded = db, scope, day, excluded
        self._curves = _curves(db, scope)
        every = EVERY if budget is None else EVERY_ON_BUDGET
        questions = [shape for shape in self._curves if shape.kind is Kind.QUESTION]
        curves = [(shape.curve, shape.pages) for shape in questions or self._curves]
        self._least_worth = price(curves, every) if curves else 0.0

    def questions(self) -> Iterator[DuePage]:
        """Yield question pages, each with a priority of its own."""
        for rank, (worth, (_, url_id)) in enumerate(self._best({Kind.QUESTION}), 1):
            yield DuePage(url_id, -rank, worth)

    def leads(self) -> Iterator[DuePage]:
        """Yield other pages, each with the priority of its kind."""
        for worth, (kind, url_id) in self._best(set(Kind) - {Kind.QUESTION}):
            yield DuePage(url_id, priority(kind), worth)

    def _best(self, kinds: set[Kind]) -> Iterator[tuple[float, Page]]:
        streams: list[tuple[Curve, Iterable[tuple[float, Page]]]] = []
        for shape in self._curves:
            age = shape.curve.age(self._least_worth) if shape.kind in kinds else None
            if age is not None:
                latest = self._day - age
                pages = _oldest(self._db, self._scope, shape.kind, shape.code, latest)
                streams.append((shape.curve, pages))
        for worth, page in by_worth(streams, self._day, self._least_worth):
            _, url_id = page
            if url_id not in self._excluded:
                yield worth, page


class _ShapeCurve(NamedTuple):
    """The worth of the pages of one kind and shape."""

    kind: Kind
    code: int  # the shape
    curve: Curve
    pages: int  # how many there are


def _curves(db: sqlite3.Connection, scope: Scope) -> list[_ShapeCurve]:
    counts: dict[Kind, dict[int, int]] = {}
    rows = db.execute(
        "SELECT kind, shape, count(*) FROM urls INDEXED BY urls_shape"
        " WHERE site=? AND host=? AND shape IS NOT NULL GROUP BY kind, shape",
        scope,
    )
    for kind, code, count in rows:
        counts.setdefault(Kind(kind), {})[code] = count
    trust = trust_of(db, scope)
    curves = []
    for kind, pages in counts.items():
        common = learn(kind, pages)
        for code, count in pages.items():
            curves.append(_ShapeCurve(kind, code, curve(kind, code, common, trust), count))
    return curves


def _oldest(
    db: sqlite3.Connection, scope: Scope, kind: Kind, code: int, latest: float
) -> Iterator[tuple[float, Page]]:
    """Yield the pages of a kind and shape that were last seen until day `latest`, oldest first."""
    with closing(db.cursor()) as cursor:
        cursor.execute(
            "SELECT seen_day, id FROM urls INDEXED BY urls_shape WHERE site=? AND host=?"
            " AND kind=? AND shape=? AND seen_day<=? AND shape IS NOT NULL ORDER BY seen_day, id",
            (*scope, kind, code, latest),
        )
        for seen_day, url_id in cursor:
            yield seen_day, (kind, url_id)
