"""What the frontier asks of the table `urls`: what is ready, what became of it, what is new."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines.ways import BITS
from scraper.items import Due, Kind, Link, Outcome, Visit
from scraper.record import timestamp

# Sitemaps and lists lead to questions not yet known, so they go first.
_PRIORITY = {Kind.SITEMAP: 40, Kind.LIST: 30, Kind.FAQ: 20, Kind.QUESTION: 10}
# How long a page is taken to be fresh.
_FRESH = {
    Kind.SITEMAP: timedelta(0),
    Kind.LIST: timedelta(days=1),
    Kind.FAQ: timedelta(days=7),
    Kind.QUESTION: timedelta(days=30),
}
_GONE_AGAIN = timedelta(days=90)
_PROBLEM_AGAIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the frontier that a run works on: one site at one host."""

    site: str
    host: str


def promote(db: sqlite3.Connection, scope: Scope, revisit: str, now: datetime) -> None:
    """Make ready what this run is to visit again: `due`, `all` or `none` of the known."""
    moment = timestamp(now)
    where, values = "site=? AND host=? AND state<>'ready'", [scope.site, scope.host]
    if revisit != "all":
        where += " AND state='later' AND not_before<=?"
        values.append(moment)
    db.execute(f"UPDATE urls SET state='ready' WHERE {where}", values)  # noqa: S608
    if revisit == "due":
        db.execute(
            "UPDATE urls SET state='ready' WHERE site=? AND host=? AND due_at<=?"
            " AND state NOT IN ('ready', 'later')",
            (scope.site, scope.host, moment),
        )


def wake(db: sqlite3.Connection, scope: Scope, now: datetime) -> None:
    """Make ready what was put off until now."""
    db.execute(
        "UPDATE urls SET state='ready' WHERE site=? AND host=? AND state='later' AND not_before<=?",
        (scope.site, scope.host, timestamp(now)),
    )


def ready(db: sqlite3.Connection, scope: Scope, most: int) -> list[Due]:
    """The next URLs to fetch, best first."""
    rows = db.execute(
        "SELECT url, kind, attempts, hops, etag, last_modified, sha256 FROM urls"
        " WHERE site=? AND host=? AND state='ready' ORDER BY priority DESC, id LIMIT ?",
        (scope.site, scope.host, most),
    )
    return [Due(row[0], Kind(row[1]), *row[2:]) for row in rows]


def next_wake(db: sqlite3.Connection, scope: Scope) -> datetime | None:
    """When the first of the URLs put off may be asked for again."""
    (moment,) = db.execute(
        "SELECT min(not_before) FROM urls WHERE site=? AND host=? AND state='later'",
        (scope.site, scope.host),
    ).fetchone()
    return datetime.fromisoformat(moment) if moment else None


def disclose(
    db: sqlite3.Connection,
    site: str,
    links: Iterable[Link],
    *,
    run_id: int,
    by: int | None = None,
    hops: int = 0,
) -> None:
    """Add the URLs that are new, and to the known ones the way in which they were seen now.

    A sitemap's newer lastmod makes a known one ready again.
    """
    rows = [
        (link.url, site, _netloc(link.url), link.kind, _PRIORITY[link.kind], link.lastmod,
         link.via, BITS[link.via], by, run_id, hops)
        for link in links
    ]  # fmt: skip
    db.executemany(
        "INSERT INTO urls(url, site, host, kind, priority, lastmod, via, ways, disclosed_by,"
        " disclosed_in, hops) VALUES (?,?,?,?,?,?,?,?,?,?,?)"
        " ON CONFLICT(url) DO UPDATE SET ways=ways | excluded.ways,"
        " lastmod=coalesce(excluded.lastmod, lastmod),"
        " state=iif(excluded.lastmod > coalesce(lastmod, visited_at, '~'), 'ready', state)"
        " WHERE excluded.ways & ~ways"
        " OR (excluded.lastmod IS NOT lastmod AND excluded.lastmod IS NOT NULL)",
        rows,
    )


def _netloc(url: str) -> str:
    """Of a canonical URL, for which the full split is a waste."""
    return url.split("/", 3)[2]


def settle(db: sqlite3.Connection, url_id: int, visit: Visit, run_id: int) -> None:
    """Leave the URL in the state that the visit's outcome says."""
    capture = visit.capture
    good = visit.outcome in (Outcome.FETCHED, Outcome.UNCHANGED)
    headers = {name.lower(): value for name, value in capture.headers} if capture else {}
    db.execute(
        "UPDATE urls SET state=?, not_before=?, due_at=?, visited_in=?, visited_at=?,"
        " attempts=iif(?, attempts+1, 0),"
        " etag=iif(?, ?, etag), last_modified=iif(?, ?, last_modified) WHERE id=?",
        (
            visit.outcome,
            timestamp(visit.retry_at) if visit.retry_at else None,
            _due(visit),
            run_id,
            timestamp(visit.visited_at),
            visit.outcome in (Outcome.LATER, Outcome.PROBLEM),
            good, _text(headers.get(b"etag")),
            good, _text(headers.get(b"last-modified")),
            url_id,
        ),
    )  # fmt: skip


def follow(db: sqlite3.Connection, url_id: int, target: str) -> bool:
    """Note where the URL has moved to; False when that leads back to itself: a loop."""
    db.execute(
        "UPDATE urls SET moved_to=(SELECT id FROM urls WHERE url=?) WHERE id=?", (target, url_id)
    )
    row = db.execute(
        "WITH RECURSIVE chain(id) AS ("
        " SELECT moved_to FROM urls WHERE id=?1 UNION"
        " SELECT moved_to FROM urls JOIN chain USING (id) WHERE state='moved')"
        " SELECT 1 FROM chain WHERE id=?1",
        (url_id,),
    ).fetchone()
    return row is None


def _due(visit: Visit) -> str | None:
    """When a further visit is worth a request; None leaves it to `not_before` or to nobody."""
    match visit.outcome:
        case Outcome.FETCHED | Outcome.UNCHANGED | Outcome.MOVED:
            wait = _FRESH[visit.kind]
        case Outcome.GONE:
            wait = _GONE_AGAIN
        case Outcome.PROBLEM:
            wait = _PROBLEM_AGAIN
        case Outcome.DENIED:
            wait = timedelta(0)  # asked of robots.txt again by each run, which costs no request
        case Outcome.LATER:
            return None
    return timestamp(visit.visited_at + wait)


def _text(header: bytes | None) -> str | None:
    return header.decode("latin-1") if header else None


def host_not_before(db: sqlite3.Connection, host: str) -> datetime | None:
    """The moment before which the host asked to be left alone, if it did."""
    row = db.execute("SELECT not_before FROM hosts WHERE host=?", (host,)).fetchone()
    return datetime.fromisoformat(row[0]) if row else None


def silence(db: sqlite3.Connection, host: str, until: datetime) -> None:
    """Note that the host asked to be left alone until then."""
    db.execute(
        "INSERT INTO hosts VALUES (?, ?) ON CONFLICT(host) DO UPDATE"
        " SET not_before=max(not_before, excluded.not_before)",
        (host, timestamp(until)),
    )


def known(db: sqlite3.Connection, site: str) -> tuple[int, int]:
    """How many URLs of the site are known, and how many of them are ready or put off."""
    total, waiting = db.execute(
        "SELECT sum(urls), sum(urls) FILTER (WHERE state IN ('ready', 'later')) FROM tallies"
        " WHERE site=?",
        (site,),
    ).fetchone()
    return total or 0, waiting or 0
