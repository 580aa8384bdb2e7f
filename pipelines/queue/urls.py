"""Writes the table `urls`: new URLs, and the state in which a visit leaves a URL."""

import json
import sqlite3
from collections.abc import Iterable
from http import HTTPStatus
from itertools import groupby
from typing import Any

from pipelines.queue import numbers
from pipelines.queue.hosts import Scope, ends_the_run
from pipelines.queue.observations import Observation, PageState, observe, trust_of
from pipelines.queue.order import DOUBTFUL, HINTED, LAST, priority
from pipelines.queue.problems import denial
from pipelines.queue.ways import BITS, VIEW
from pipelines.revisit import HINT
from scraper.items import SOUND, Kind, Link, Outcome, Via, Visit
from scraper.record import timestamp

# Pages that newer lastmods make ready at once: while they are on trial, and, once they are trusted,
# for one sitemap.
_PROBES, _TRUSTED = 20, 1_000
_DISCLOSE = f"""
INSERT INTO urls(url, site, host, kind, priority, lastmod, via, ways, disclosed_by,
  disclosed_in, hops)
{{}} :site, :host, :kind, :priority, :lastmod, :via, :ways, :disclosed_by, :disclosed_in, :hops {{}}
ON CONFLICT(url) DO UPDATE SET ways = ways | excluded.ways,
  lastmod = coalesce(excluded.lastmod, lastmod),
  -- a newer lastmod hints at a change, unless this run has visited the page
  history_bucket = iif(latest(excluded.lastmod) > coalesce(latest(lastmod), visited_at, '~')
    AND visited_in IS NOT excluded.disclosed_in, history_bucket | {HINT}, history_bucket),
  priority = CASE state
    WHEN 'ready' THEN max(priority, iif(visited_in, priority, excluded.priority))
    WHEN 'gone' THEN excluded.priority ELSE priority END,
  -- a gone page that is linked in a new way is requested again, unless this run has visited it
  state = iif(state = 'gone' AND excluded.ways & ~ways
    AND visited_in IS NOT excluded.disclosed_in, 'ready', state)
WHERE excluded.ways & ~ways OR (excluded.lastmod IS NOT lastmod AND excluded.lastmod IS NOT NULL)
"""
_DISCLOSE_ONE = _DISCLOSE.format("VALUES (:url,", ")")
_DISCLOSE_NUMBERS = _DISCLOSE.format(
    f"{numbers.NUMBERS} SELECT :prefix || number,", "FROM numbers WHERE true"
)


def disclose(
    db: sqlite3.Connection,
    site: str,
    links: Iterable[Link],
    *,
    run_id: int,
    by: int | None = None,
    hops: int = 0,
) -> bool:
    """Insert the links' new URLs, and note for the known ones how they were found now.

    A newer lastmod is noted; the host's record of lastmods decides whether it makes the page ready
    at once. A page that was gone becomes ready when it is linked in a new way. Neither has a page
    fetched twice in one run. What follows a range's first known number is left out: ranges come
    last, and count down. Returns whether there was news: a new URL, or a lastmod that is trusted or
    on trial.
    """

    def row(link: Link) -> dict[str, Any]:
        return {
            "url": link.url, "site": site, "host": _netloc(link.url), "kind": link.kind,
            "priority": priority(link.kind, link.via), "lastmod": link.lastmod, "via": link.via,
            "ways": BITS[link.via], "disclosed_by": by, "disclosed_in": run_id, "hops": hops,
        }  # fmt: skip

    max_id, noted = _max_id(db), 0
    dated: list[str] = []
    for is_range, some in groupby(links, lambda link: link.via is Via.RANGE):
        if not is_range:
            pages = list(some)
            noted += db.executemany(_DISCLOSE_ONE, map(row, pages)).rowcount
            dated += [link.url for link in pages if link.lastmod is not None]
        elif not numbers.insert(db, _DISCLOSE_NUMBERS, some, row):
            break
    is_trusted = bool(dated) and _follow_hints(db, site, dated, run_id)
    return _max_id(db) != max_id or (is_trusted and noted > 0)


def start_from(db: sqlite3.Connection, scope: Scope, links: Iterable[Link], *, run_id: int) -> None:
    """Insert the start links of a run. Start pages of earlier runs become pages like any other."""
    links = list(links)
    disclose(db, scope.site, links, run_id=run_id)
    starts = json.dumps([link.url for link in links if link.via is Via.START])
    db.execute(
        "UPDATE urls SET via=? WHERE site=? AND host=? AND via='start'"
        " AND url NOT IN (SELECT value FROM json_each(?))",
        (Via.LIST, *scope, starts),
    )
    db.execute(
        "UPDATE urls SET via='start' WHERE url IN (SELECT value FROM json_each(?))", (starts,)
    )


def _max_id(db: sqlite3.Connection) -> int | None:
    max_id: int | None = db.execute("SELECT max(id) FROM urls").fetchone()[0]
    return max_id


def _follow_hints(db: sqlite3.Connection, site: str, dated: list[str], run_id: int) -> bool:
    """Make pages with a newer lastmod ready, those visited longest ago first; none of this run.

    False when the host's lastmods have proved wrong: then such pages are visited as all others.
    """
    scope = Scope(site, _netloc(dated[0]))
    trust = trust_of(db, scope)
    if trust.tried and not trust.proved:
        return False
    most = _TRUSTED if trust.proved else _PROBES - _waiting(db, scope)
    pages = db.execute(
        "SELECT u.kind, u.id FROM json_each(?1) j JOIN urls u ON u.url=j.value"
        f" WHERE (u.history_bucket & {HINT}"
        " OR (u.state IN ('gone', 'problem') AND latest(u.lastmod) > u.visited_at))"
        " AND u.state<>'later' AND (u.state<>'ready' OR u.priority<?2)"
        " AND u.visited_in IS NOT ?4 ORDER BY u.seen_day LIMIT ?3",
        (json.dumps(dated), HINTED, max(most, 0), run_id),
    ).fetchall()
    db.executemany(
        "UPDATE urls SET state='ready', priority=? WHERE id=?",
        [(HINTED if kind == Kind.QUESTION else priority(kind), url_id) for kind, url_id in pages],
    )
    return True


def _waiting(db: sqlite3.Connection, scope: Scope) -> int:
    """How many pages are ready because of their lastmod."""
    (count,) = db.execute(
        "SELECT count(*) FROM urls WHERE site=? AND host=? AND state='ready' AND priority=?",
        (*scope, HINTED),
    ).fetchone()
    return int(count)


def put_behind(db: sqlite3.Connection, urls: list[str]) -> None:
    """Give those of the URLs that are new a priority behind all other new ones."""
    if urls:
        db.execute(
            "UPDATE urls SET priority=? WHERE url IN (SELECT value FROM json_each(?))"
            " AND state='ready' AND visited_in IS NULL",
            (DOUBTFUL, json.dumps(urls)),
        )


def _netloc(url: str) -> str:
    """The host and port of a canonical URL, without the cost of a full split."""
    return url.split("/", 3)[2]


_SETTLE = f"""
UPDATE urls SET state=:state, not_before=:not_before, denied=:denied,
  priority=iif(:ends_the_run, :last, priority), visited_in=:run, visited_at=:visited_at,
  attempts=iif(:has_failed, attempts+1, 0), etag=iif(:has_new_etag, :etag, etag),
  last_modified=iif(:has_new_date, :last_modified, last_modified),
  content_type=iif(:sha256 IS NULL, content_type, :content_type), sha256=ifnull(:sha256, sha256),
  ways=(ways & ~:not_a_view) | :view,
  {", ".join(f"{column}=:{column}" for column in PageState._fields)}
WHERE id=:id
"""


def settle(
    db: sqlite3.Connection,
    url_id: int,
    visit: Visit,
    run_id: int,
    *,
    edited: bool,
    sha256: str | None = None,
) -> Observation:
    """Write the state in which the visit leaves its URL, once its links are stored.

    `edited`: the site has changed the record, or has new links there; `sha256`: of a new body.
    """
    observation = observe(db, url_id, visit, run_id, edited=edited)
    has_new_etag, etag = _validator(visit, b"etag")
    has_new_date, last_modified = _validator(visit, b"last-modified")
    not_a_view, view = _as_view(visit)
    values = {
        "id": url_id, "state": visit.outcome, "denied": denial(visit), "run": run_id,
        "not_before": timestamp(visit.retry_at) if visit.retry_at else None,
        "ends_the_run": ends_the_run(visit), "last": LAST - run_id,
        "visited_at": timestamp(visit.visited_at),
        "has_failed": visit.outcome in (Outcome.LATER, Outcome.PROBLEM),
        "has_new_etag": has_new_etag, "etag": etag,
        "has_new_date": has_new_date, "last_modified": last_modified,
        "sha256": sha256 if visit.outcome is Outcome.FETCHED else None,
        "content_type": _header(visit, b"content-type"), "not_a_view": not_a_view, "view": view,
    }  # fmt: skip
    db.execute(_SETTLE, values | observation.now._asdict())
    return observation


def _validator(visit: Visit, name: bytes) -> tuple[bool, str | None]:
    """Whether the visit replaces the stored value of a validator header, and the new value.

    A 304 leaves both as they came with the body: another is of a version not received (RFC 9111,
    4.3.4). In a merge it may be `fetched`: its body is another machine's. A page that is a problem
    is fetched unconditionally the next time.
    """
    if visit.outcome not in SOUND or visit.capture is None:
        return visit.outcome is Outcome.PROBLEM, None
    is_304 = visit.capture.status == HTTPStatus.NOT_MODIFIED
    is_new = not is_304 or visit.outcome is Outcome.FETCHED
    return is_new, _header(visit, name)


def _header(visit: Visit, name: bytes) -> str | None:
    headers = visit.capture.headers if visit.capture else ()
    values = (value.decode("latin-1") for header, value in headers if header.lower() == name)
    return next(filter(None, values), None)


def _as_view(visit: Visit) -> tuple[int, int]:
    """Bits of `ways` to remove and to add, where a question was read."""
    question = visit.question
    return (0, 0) if question is None else (VIEW, VIEW if question.url != visit.url else 0)


def start_denied(db: sqlite3.Connection, scope: Scope) -> bool:
    """Whether robots.txt denies a page where a crawl starts, and so the site."""
    row = db.execute(
        "SELECT 1 FROM urls WHERE site=? AND host=? AND via='start' AND state='denied'",
        scope,
    ).fetchone()
    return row is not None


def known(db: sqlite3.Connection, scope: Scope) -> tuple[int, int]:
    """How many URLs of the site are known at that host, and how many are ready or put off."""
    total, waiting = db.execute(
        "SELECT sum(urls), sum(urls) FILTER (WHERE state IN ('ready', 'later')) FROM tallies"
        " WHERE site=? AND host=?",
        scope,
    ).fetchone()
    return total or 0, waiting or 0
