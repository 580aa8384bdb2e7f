"""The table `urls`: what is new, and what became of what was asked for."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from http import HTTPStatus

from pipelines.queue.hosts import Scope, ends_the_run
from pipelines.queue.observations import Seen, look, trust_of
from pipelines.queue.order import DOUBTFUL, HINTED, LAST, priority
from pipelines.queue.problems import denial
from pipelines.queue.ways import BITS, VIEW
from scraper.items import Kind, Link, Outcome, Via, Visit
from scraper.record import timestamp

# Pages that newer lastmods make ready at once: on trial, and for one sitemap when they are trusted.
_PROBES, _TRUSTED = 20, 1_000
_DISCLOSE = """
INSERT INTO urls(url, site, host, kind, priority, lastmod, via, ways, disclosed_by,
  disclosed_in, hops)
VALUES (?,?,?,?,?,?,?,?,?,?,?)
ON CONFLICT(url) DO UPDATE SET ways = ways | excluded.ways,
  lastmod = coalesce(excluded.lastmod, lastmod),
  shape = iif(excluded.lastmod > coalesce(lastmod, visited_at, '~')
    AND visited_in IS NOT excluded.disclosed_in, shape | 1, shape),
  priority = CASE state
    WHEN 'ready' THEN max(priority, iif(visited_in, priority, excluded.priority))
    WHEN 'gone' THEN excluded.priority ELSE priority END,
  state = iif(state = 'gone' AND excluded.ways & ~ways
    AND visited_in IS NOT excluded.disclosed_in, 'ready', state)
WHERE excluded.ways & ~ways OR (excluded.lastmod IS NOT lastmod AND excluded.lastmod IS NOT NULL)
"""  # bit 1 of a shape is revisit.HINT


def disclose(
    db: sqlite3.Connection,
    site: str,
    links: Iterable[Link],
    *,
    run_id: int,
    by: int | None = None,
    hops: int = 0,
) -> bool:
    """Add the URLs that are new, and to the known ones the way in which they were seen now.

    A newer lastmod is noted; how far it makes a page ready at once, its record decides. What was
    gone is ready again when it is seen in a new way. Neither asks twice for a page in one run.
    True if there was news: a new URL, or a lastmod that is believed so far.
    """
    rows = [
        (link.url, site, _netloc(link.url), link.kind, priority(link.kind, link.via), link.lastmod,
         link.via, BITS[link.via], by, run_id, hops)
        for link in _untold(db, links)
    ]  # fmt: skip
    if not rows:
        return False
    newest = _newest(db)
    noted = db.executemany(_DISCLOSE, rows).rowcount
    dated = [row[0] for row in rows if row[5] is not None]
    believed = bool(dated) and _follow_hints(db, site, dated, run_id)
    return _newest(db) != newest or (believed and noted > 0)


def start_from(db: sqlite3.Connection, here: Scope, links: Iterable[Link], *, run_id: int) -> None:
    """Disclose where a run starts. What another has started from is a page like any other."""
    links = list(links)
    disclose(db, here.site, links, run_id=run_id)
    starts = json.dumps([link.url for link in links if link.via is Via.START])
    db.execute(
        "UPDATE urls SET via=? WHERE site=? AND host=? AND via='start'"
        " AND url NOT IN (SELECT value FROM json_each(?))",
        (Via.LIST, *here, starts),
    )
    db.execute(
        "UPDATE urls SET via='start' WHERE url IN (SELECT value FROM json_each(?))", (starts,)
    )


def _untold(db: sqlite3.Connection, links: Iterable[Link]) -> Iterator[Link]:
    """The links but for the numbers that were counted before; they come last, the highest first."""
    counted = BITS[Via.RANGE]
    for link in links:
        if link.via is Via.RANGE:
            told = db.execute("SELECT ways & ? FROM urls WHERE url=?", (counted, link.url))
            if (told.fetchone() or (0,))[0]:
                return
        yield link


def _newest(db: sqlite3.Connection) -> int | None:
    newest: int | None = db.execute("SELECT max(id) FROM urls").fetchone()[0]
    return newest


def _follow_hints(db: sqlite3.Connection, site: str, dated: list[str], run_id: int) -> bool:
    """Make ready what has a newer lastmod, what was seen longest ago first; nothing of this run.

    False when the host's lastmod has proved wrong: then such pages are due as all others are.
    """
    here = Scope(site, _netloc(dated[0]))
    trust = trust_of(db, here)
    if trust.tried and not trust.proved:
        return False
    most = _TRUSTED if trust.proved else _PROBES - _waiting(db, here)
    told = db.execute(
        "SELECT u.kind, u.id FROM json_each(?1) j JOIN urls u ON u.url=j.value"
        " WHERE (u.shape & 1 OR (u.state IN ('gone', 'problem') AND u.lastmod > u.visited_at))"
        " AND u.state<>'later' AND (u.state<>'ready' OR u.priority<?2)"
        " AND u.visited_in IS NOT ?4 ORDER BY u.seen_day LIMIT ?3",
        (json.dumps(dated), HINTED, max(most, 0), run_id),
    ).fetchall()
    db.executemany(
        "UPDATE urls SET state='ready', priority=? WHERE id=?",
        [(HINTED if kind == Kind.QUESTION else priority(kind), url_id) for kind, url_id in told],
    )
    return True


def _waiting(db: sqlite3.Connection, here: Scope) -> int:
    """How many pages wait to be asked for because of their lastmod."""
    (count,) = db.execute(
        "SELECT count(*) FROM urls WHERE site=? AND host=? AND state='ready' AND priority=?",
        (*here, HINTED),
    ).fetchone()
    return int(count)


def put_behind(db: sqlite3.Connection, urls: list[str]) -> None:
    """Fetch those of the URLs that are new after all others that are new."""
    if urls:
        db.execute(
            "UPDATE urls SET priority=? WHERE url IN (SELECT value FROM json_each(?))"
            " AND state='ready' AND visited_in IS NULL",
            (DOUBTFUL, json.dumps(urls)),
        )


def _netloc(url: str) -> str:
    """Of a canonical URL, for which the full split is a waste."""
    return url.split("/", 3)[2]


def settle(
    db: sqlite3.Connection,
    url_id: int,
    visit: Visit,
    run_id: int,
    *,
    edited: bool,
    sha256: str | None = None,
) -> Seen:
    """Leave the URL in the state that the visit's outcome says. What it disclosed comes before.

    `edited`: the site says something else there, or something new; `sha256`: of a new body.
    """
    seen = look(db, url_id, visit, run_id, edited=edited)
    etag, last_modified = _validator(visit, b"etag"), _validator(visit, b"last-modified")
    db.execute(
        "UPDATE urls SET state=?, not_before=?, priority=iif(?, ?, priority), denied=?,"
        " visited_in=?, visited_at=?,"
        " attempts=iif(?, attempts+1, 0),"
        " etag=iif(?, ?, etag), last_modified=iif(?, ?, last_modified),"
        " looks=?, changes=?, stirs=?, stirred=?, quiet=?, seen_day=?, whole_day=?, shape=?,"
        " due_day=?, gone_since=?, missing_day=?, sha256=ifnull(?, sha256),"
        " ways=(ways & ~?) | ? WHERE id=?",
        (
            visit.outcome,
            timestamp(visit.retry_at) if visit.retry_at else None,
            ends_the_run(visit),
            LAST - run_id,
            denial(visit),
            run_id,
            timestamp(visit.visited_at),
            visit.outcome in (Outcome.LATER, Outcome.PROBLEM),
            *etag,
            *last_modified,
            *seen.now,
            sha256 if visit.outcome is Outcome.FETCHED else None,
            *_as_view(visit),
            url_id,
        ),
    )  # fmt: skip
    return seen


def _validator(visit: Visit, name: bytes) -> tuple[bool, str | None]:
    """Whether the visit replaces what is held by that header, and by what.

    A 304 need not repeat what has not changed (RFC 9110, 15.4.5), unless it was given to another
    machine, and is news here. What is a problem is fetched whole the next time.
    """
    if visit.outcome is Outcome.PROBLEM:
        return True, None
    if visit.outcome not in (Outcome.FETCHED, Outcome.UNCHANGED) or visit.capture is None:
        return False, None
    for header, value in visit.capture.headers:
        if header.lower() == name and value:
            return True, value.decode("latin-1")
    return (
        visit.outcome is Outcome.FETCHED or visit.capture.status != HTTPStatus.NOT_MODIFIED,
        None,
    )


def _as_view(visit: Visit) -> tuple[int, int]:
    """Bits of `ways` to take away and to add: what is no read of a question tells nothing."""
    if visit.question is None:
        return 0, 0
    return VIEW, VIEW if visit.question.url != visit.url else 0


def start_denied(db: sqlite3.Connection, scope: Scope) -> bool:
    """Whether robots.txt denies a page where a crawl starts, and so the site."""
    row = db.execute(
        "SELECT 1 FROM urls WHERE site=? AND host=? AND via='start' AND state='denied'",
        scope,
    ).fetchone()
    return row is not None


def known(db: sqlite3.Connection, site: str) -> tuple[int, int]:
    """How many URLs of the site are known, and how many of them are ready or put off."""
    total, waiting = db.execute(
        "SELECT sum(urls), sum(urls) FILTER (WHERE state IN ('ready', 'later')) FROM tallies"
        " WHERE site=?",
        (site,),
    ).fetchone()
    return total or 0, waiting or 0


def settled_in(db: sqlite3.Connection, here: Scope) -> dict[Outcome, int]:
    """How many URLs of the site at that host are in each state but `ready`."""
    rows = db.execute(
        "SELECT state, sum(urls) FROM tallies WHERE site=? AND host=? AND state<>'ready'"
        " GROUP BY state",
        here,
    )
    return dict.fromkeys(Outcome, 0) | {Outcome(state): urls for state, urls in rows}
