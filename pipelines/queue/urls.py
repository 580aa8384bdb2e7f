"""What the frontier asks of the table `urls`: what is ready, what became of it, what is new."""

import json
import sqlite3
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pipelines.queue.days import today
from pipelines.queue.due import HINTED, LEFT_OVER, chosen
from pipelines.queue.hosts import LONGEST_WAIT
from pipelines.queue.looks import Seen, look, trust_of
from pipelines.queue.problems import denial
from pipelines.queue.ways import BITS
from pipelines.warcs.records import NOT_MODIFIED
from scraper.items import Due, Kind, Link, Outcome, Visit
from scraper.record import timestamp

# Sitemaps and lists lead to questions not yet known, so they go first.
_PRIORITY = {Kind.SITEMAP: 40, Kind.LIST: 30, Kind.FAQ: 20, Kind.QUESTION: 10}
_DOUBTFUL = 6  # new ones that may be endless
# Pages that one sitemap's newer lastmods make ready at once, before and after they are trusted.
_PROBES, _TRUSTED = 20, 1_000


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the frontier that a run works on: one site at one host."""

    site: str
    host: str


def promote(
    db: sqlite3.Connection, scope: Scope, revisit: str, now: datetime, budget: int | None = None
) -> None:
    """Make ready what this run is to visit again: `due`, `all` or `none` of the known.

    `budget`: requests that the run may make; what is due is chosen for them.
    """
    wake(db, scope, now)
    here = (scope.site, scope.host)
    if revisit == "all":
        db.execute("UPDATE urls SET state='ready' WHERE site=? AND host=? AND state<>'ready'", here)
    if revisit != "due":
        return
    day = today(db, now)
    db.execute(
        "UPDATE urls SET priority=? WHERE site=? AND host=? AND state='ready' AND priority<0",
        (LEFT_OVER, *here),
    )
    ids, priorities = array("q"), array("q")  # a million tuples would take 100 MB
    for page in chosen(db, here, day, budget):
        ids.append(page.id)
        priorities.append(page.priority)
    db.executemany(
        "UPDATE urls SET state='ready',"
        " priority=iif(state='ready' AND priority>=0, priority, ?) WHERE id=?",
        zip(priorities, ids, strict=True),
    )


def wake(db: sqlite3.Connection, scope: Scope, now: datetime) -> None:
    """Make ready what was put off until now."""
    db.execute(
        "UPDATE urls SET state='ready' WHERE site=? AND host=? AND state='later'"
        " AND (not_before<=? OR not_before>?)",
        (scope.site, scope.host, timestamp(now), timestamp(now + LONGEST_WAIT)),
    )


def ready(db: sqlite3.Connection, scope: Scope, most: int) -> list[Due]:
    """The next URLs to fetch, best first: sitemaps alone, and few of the known at a time.

    For what a sitemap discloses goes before known pages, and must not find them on their way.
    """
    rows = db.execute(
        "SELECT url, kind, attempts, hops, etag, last_modified, sha256, priority FROM urls"
        " WHERE site=? AND host=? AND state='ready' ORDER BY priority DESC, id LIMIT ?",
        (scope.site, scope.host, most),
    ).fetchall()
    newest, sitemap = _PRIORITY[Kind.QUESTION], _PRIORITY[Kind.SITEMAP]
    if rows and rows[0][-1] < newest:
        rows = rows[: most // 4]
    elif rows:
        least = sitemap if rows[0][-1] >= sitemap else newest
        rows = [row for row in rows if row[-1] >= least]
    return [Due(row[0], Kind(row[1]), *row[2:-1]) for row in rows]


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

    A newer lastmod is noted; how far it makes a page ready at once, its record decides. What was
    gone is ready again when it is seen in a new way.
    """
    rows = [
        (link.url, site, _netloc(link.url), link.kind, _PRIORITY[link.kind], link.lastmod,
         link.via, BITS[link.via], by, run_id, hops)
        for link in links
    ]  # fmt: skip
    db.executemany(  # bit 1 of a shape is revisit.HINT
        "INSERT INTO urls(url, site, host, kind, priority, lastmod, via, ways, disclosed_by,"
        " disclosed_in, hops) VALUES (?,?,?,?,?,?,?,?,?,?,?)"
        " ON CONFLICT(url) DO UPDATE SET ways=ways | excluded.ways,"
        " lastmod=coalesce(excluded.lastmod, lastmod),"
        " shape=iif(excluded.lastmod > coalesce(lastmod, visited_at, '~'), shape | 1, shape),"
        " state=iif(state='gone' AND excluded.ways & ~ways, 'ready', state)"
        " WHERE excluded.ways & ~ways"
        " OR (excluded.lastmod IS NOT lastmod AND excluded.lastmod IS NOT NULL)",
        rows,
    )
    dated = [row[0] for row in rows if row[5] is not None]
    if dated:
        _follow_hints(db, site, dated)


def _follow_hints(db: sqlite3.Connection, site: str, dated: list[str]) -> None:
    most = _TRUSTED if trust_of(db, site).proved else _PROBES
    db.execute(
        "UPDATE urls SET state='ready', priority=?1 WHERE id IN ("
        "SELECT u.id FROM json_each(?2) j JOIN urls u ON u.url=j.value"
        " WHERE u.shape & 1 AND u.state<>'later' AND (u.state<>'ready' OR u.priority<?1) LIMIT ?3)",
        (HINTED, json.dumps(dated), most),
    )


def put_behind(db: sqlite3.Connection, urls: list[str]) -> None:
    """Fetch those of the URLs that are new after all others that are new."""
    if urls:
        db.execute(
            "UPDATE urls SET priority=? WHERE url IN (SELECT value FROM json_each(?))"
            " AND state='ready' AND visited_in IS NULL",
            (_DOUBTFUL, json.dumps(urls)),
        )


def _netloc(url: str) -> str:
    """Of a canonical URL, for which the full split is a waste."""
    return url.split("/", 3)[2]


def settle(db: sqlite3.Connection, url_id: int, visit: Visit, run_id: int, *, edited: bool) -> Seen:
    """Leave the URL in the state that the visit's outcome says. What it disclosed comes before.

    `edited`: the site says something else there, or something new.
    """
    seen = look(db, url_id, visit, run_id, edited=edited)
    etag, last_modified = _validator(visit, b"etag"), _validator(visit, b"last-modified")
    db.execute(
        "UPDATE urls SET state=?, not_before=?, denied=?, visited_in=?, visited_at=?,"
        " attempts=iif(?, attempts+1, 0),"
        " etag=iif(?, ?, etag), last_modified=iif(?, ?, last_modified),"
        " looks=?, changes=?, stirs=?, stirred=?, quiet=?, seen_day=?, shape=?, due_day=?,"
        " gone_since=?, missing_day=? WHERE id=?",
        (
            visit.outcome,
            timestamp(visit.retry_at) if visit.retry_at else None,
            denial(visit),
            run_id,
            timestamp(visit.visited_at),
            visit.outcome in (Outcome.LATER, Outcome.PROBLEM),
            *etag,
            *last_modified,
            *seen.now,
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
    return visit.outcome is Outcome.FETCHED or visit.capture.status != NOT_MODIFIED, None


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


def start_denied(db: sqlite3.Connection, scope: Scope) -> bool:
    """Whether robots.txt denies a page where a crawl starts, and so the site."""
    row = db.execute(
        "SELECT 1 FROM urls WHERE site=? AND host=? AND via='start' AND state='denied'",
        (scope.site, scope.host),
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
