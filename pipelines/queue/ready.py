"""Makes URLs ready at the beginning of a run and later, and returns the next ones to fetch."""

import sqlite3
from array import array
from collections.abc import Callable, Container, Iterable, Iterator
from datetime import datetime
from itertools import islice, takewhile
from typing import Any

from pipelines.queue.days import today
from pipelines.queue.due import DuePage, allowed_pages, due_pages, start_pages
from pipelines.queue.hosts import Scope
from pipelines.queue.order import DOUBTFUL, LAST, LEFT_OVER, NEW, START, band
from scraper.clock import LONGEST_WAIT
from scraper.items import Due, Kind
from scraper.record import moment, timestamp

# Days for which "not modified" is believed, of lists and of questions: some servers say so for
# ever, and a list that never changes hides all that is new. Half a day less than a week and 90
# days, since runs start at odd hours.
_BELIEVED, _QUESTION_BELIEVED = 6.5, 89.5
_READY = """
SELECT url, kind, attempts, hops, iif(recent, etag, NULL), iif(recent, last_modified, NULL), sha256,
  content_type, priority
FROM (SELECT *, whole_day + iif(kind='question' AND via<>'start', ?, ?)
  > (SELECT day FROM runs ORDER BY id DESC LIMIT 1) AS recent FROM urls)
WHERE site=? AND host=? AND state='ready' AND priority<?
  AND (? OR seen_day IS NULL OR via='start') ORDER BY priority DESC, id LIMIT ?
"""
_WAS_READ = """
SELECT u.url, u.kind, u.sha256, u.content_type, c.id AS place
FROM captures c CROSS JOIN urls u ON u.id=c.url_id
WHERE u.site=? AND u.host=? AND c.outcome IN ('fetched', 'unchanged') AND u.denied IS NULL
"""
_IS_WELL = " AND u.state IN ('fetched', 'unchanged', 'ready') AND NOT u.attempts"
_HAS_FAILED = " AND u.state IN ('ready', 'later', 'problem')"
_OF_KIND = " AND kind=?"
_NEW = """
SELECT url, kind, sha256, content_type, id AS place FROM urls NOT INDEXED
WHERE site=? AND host=? AND state='ready' AND visited_in IS NULL
"""
_PROBES = """
WITH line AS NOT MATERIALIZED ({}), ends AS (SELECT
  (SELECT place FROM line ORDER BY place LIMIT 1) AS first,
  (SELECT place FROM line ORDER BY place DESC LIMIT 1) AS last)
SELECT url, kind, sha256, content_type FROM line
WHERE place <= (SELECT last - (last - first) * ? / 4 FROM ends) ORDER BY place DESC
"""  # nothing is sorted: a large archive's captures would fill the memory


def promote(
    db: sqlite3.Connection, scope: Scope, revisit: str, now: datetime, budget: int | None = None
) -> None:
    """Make the known URLs ready that this run visits again: those `due`, `all` or `none`.

    `budget`: requests that the run may make, for which the best due URLs are chosen. With `all`,
    URLs visited longest ago come first, whatever the budget of earlier runs.
    """
    if revisit == "due":
        _choose(db, scope, today(db, now), budget)
    elif revisit == "none":
        _make_ready(db, start_pages(db, scope, today(db, now)))
    else:
        db.execute(
            "UPDATE urls SET state='ready', priority=CASE WHEN priority<=? AND attempts"
            " THEN priority WHEN via='start' THEN ? ELSE ifnull(-visited_in, ?) END"
            " WHERE site=? AND host=? AND (state<>'ready' OR visited_in IS NOT NULL)",
            (LAST, START, LEFT_OVER, *scope),
        )
    wake(db, scope, now)


def _choose(db: sqlite3.Connection, scope: Scope, day: float, budget: int | None) -> None:
    db.execute(
        "UPDATE urls SET priority=? WHERE site=? AND host=? AND state='ready' AND priority<?"
        " AND priority>? AND seen_day IS NOT NULL",
        (LEFT_OVER, *scope, NEW, LAST),
    )
    _make_ready(db, due_pages(db, scope, day, budget))


def _make_ready(db: sqlite3.Connection, pages: Iterable[DuePage]) -> None:
    ids, priorities = array("q"), array("q")  # a million tuples would take 100 MB
    for page in pages:
        ids.append(page.id)
        priorities.append(page.priority)
    db.executemany(
        "UPDATE urls SET state='ready',"
        " priority=iif(state='ready' AND priority>=0, priority, ?) WHERE id=?",
        zip(priorities, ids, strict=True),
    )


def release(db: sqlite3.Connection, scope: Scope, is_allowed: Callable[[str], bool]) -> None:
    """Make the denied URLs ready that robots.txt, which was just read, allows."""
    _make_ready(db, allowed_pages(db, scope, is_allowed))


def wake(db: sqlite3.Connection, scope: Scope, now: datetime) -> None:
    """Make the URLs ready that were put off until now."""
    db.execute(
        "UPDATE urls SET state='ready' WHERE site=? AND host=? AND state='later'"
        " AND (not_before<=? OR not_before>?)",
        (*scope, timestamp(now), timestamp(now + LONGEST_WAIT)),
    )


def ready(
    db: sqlite3.Connection,
    scope: Scope,
    limit: int,
    *,
    exclude: Container[str] = (),
    known: bool = True,
    in_turns: bool = False,
    below: int = START + 1,
) -> list[Due]:
    """The next URLs to fetch, best first, of one band: their links may come before the next band.

    `exclude`: URLs in flight. `known`: include pages that were read before. `in_turns`: a lead and
    a known page, when both are ready. `below`: only URLs of a lower priority.
    """
    line = _ready_rows(db, scope, limit, exclude, known=known, below=below)
    first = next(line, None)
    if first is None:
        return []
    lowest = band(first[-1])
    most = limit if lowest >= NEW else 1 if in_turns else limit // 4
    rows = [first, *takewhile(lambda row: row[-1] >= lowest, islice(line, most - 1))]
    if in_turns and DOUBTFUL <= lowest < NEW:
        rows += islice(_ready_rows(db, scope, limit, exclude, known=known, below=DOUBTFUL), 1)
    return [Due(row[0], Kind(row[1]), *row[2:-1]) for row in rows]


def _ready_rows(
    db: sqlite3.Connection,
    scope: Scope,
    limit: int,
    exclude: Container[str],
    *,
    known: bool,
    below: int,
) -> Iterator[tuple[Any, ...]]:
    rows = db.execute(_READY, (_QUESTION_BELIEVED, _BELIEVED, *scope, below, known, limit))
    return (row for row in rows if row[0] not in exclude)


def probe(
    db: sqlite3.Connection,
    scope: Scope,
    kind: Kind,
    exclude: Container[str],
    *,
    is_down: bool,
    failed: int = 0,
) -> Due | None:
    """A page that should be well: of those of the kind, or else of any, the one read last.

    `is_down`: rather than one of any kind, which may need no working site, one of the kind that has
    failed since, or the new one found last. `failed`: probes before this one. What stands
    together may be broken together, so each is a quarter of the line away from the last.
    """
    queries = [_WAS_READ + _IS_WELL + _OF_KIND]
    if is_down:
        queries += [_WAS_READ + _HAS_FAILED + _OF_KIND, _NEW + _OF_KIND]
    queries.append(_WAS_READ + _IS_WELL)
    for query in queries:
        values = (*scope, kind, failed) if query.endswith(_OF_KIND) else (*scope, failed)
        for url, its_kind, *body in db.execute(_PROBES.format(query), values):
            if url not in exclude:
                return Due(url, Kind(its_kind), sha256=body[0], content_type=body[1])
    return None


def next_wake(db: sqlite3.Connection, scope: Scope) -> datetime | None:
    """When the first of the URLs put off may be asked for again."""
    (first,) = db.execute(
        "SELECT min(not_before) FROM urls WHERE site=? AND host=? AND state='later'",
        scope,
    ).fetchone()
    return moment(first) if first else None
