"""Counts a site's question pages in the archive: by the ways they were seen, held, missing."""

import json
import sqlite3
from typing import Any

from pipelines.estimates.completeness import Estimate, Sighted, Stretch, estimate
from pipelines.queue.hosts import name_of
from pipelines.queue.ways import BITS, GUESSED, VIEW
from scraper.items import Via

_HOSTS = """
SELECT host FROM (SELECT DISTINCT site, host FROM tallies WHERE site = ?) t
ORDER BY (SELECT max(id) FROM runs r WHERE r.site = t.site AND r.host = t.host)
"""
_IN_SCOPE = "site = ? AND host IN (SELECT value FROM json_each(?))"
_OWN = f"kind = 'question' AND NOT ways & {VIEW}"  # but for views of another URL's question
_BY_URL = f"{_OWN} AND NOT ways & {GUESSED}"  # pages known as questions by their URL
_NOT_HELD = ("ready", "later", "problem", "denied")
_LOST = "state IN ('gone', 'moved')"
_SIGHTED = f"""
SELECT ways, sum(iif({_LOST} OR NOT (held OR state IN ('fetched', 'unchanged')), 0, urls)),
  sum(iif({_LOST}, urls, 0)),
  sum(iif({_LOST} OR held OR state IN ('fetched', 'unchanged'), 0, urls))
FROM tallies WHERE {_IN_SCOPE} AND {_BY_URL} AND urls > 0 GROUP BY ways
"""
_LISTS = f"""
SELECT ifnull(sum(urls), 0) FROM tallies
WHERE {_IN_SCOPE} AND kind IN ('list', 'faq') AND state IN ('fetched', 'unchanged')
"""
_RANGE = BITS[Via.RANGE]
_NUMBER = "CAST(substr(url, length(rtrim(url, '0123456789')) + 1) AS INTEGER)"
# A hole stays one while it is asked for again, or met by a captcha.
_ABSENT = f"({_LOST} OR gone_since IS NOT NULL AND seen_day IS NULL)"
_STRETCHES = f"""
SELECT sum(held AND lone), sum(held AND NOT lone), sum(lost),
  sum(NOT held AND NOT lost AND NOT lone), sum(NOT held AND NOT lost AND lone)
FROM (
  SELECT {_NUMBER} / 20 AS stretch, ways = {_RANGE} AS lone, {_ABSENT} AS lost,
    state IN ('fetched', 'unchanged')
      OR NOT {_ABSENT} AND seen_day IS NOT NULL AS held
  FROM urls WHERE {_IN_SCOPE} AND kind = 'question' AND ways & {_RANGE})
GROUP BY stretch
"""
_UNVISITED = f"""
SELECT min(number) AS first, max(number) AS last, count(*) AS numbers FROM (
  SELECT number, number - row_number() OVER (ORDER BY number) AS island FROM (
    SELECT {_NUMBER} AS number FROM urls
    WHERE {_IN_SCOPE} AND kind = 'question' AND ways & {_RANGE} AND visited_in IS NULL))
GROUP BY island ORDER BY numbers DESC
"""
_STATES = f"""
SELECT state, sum(urls) AS urls FROM tallies
WHERE {_IN_SCOPE} AND kind = 'question' AND NOT held AND urls > 0 GROUP BY state
"""
_EXAMPLE = f"""
SELECT url FROM urls
WHERE {_IN_SCOPE} AND kind = 'question' AND state = ? AND seen_day IS NULL LIMIT 1
"""
_GONE = f"""
SELECT count(*) FROM urls u
WHERE {_IN_SCOPE} AND {_OWN} AND state = 'gone' AND due_day IS NOT NULL AND seen_day IS NOT NULL
  AND EXISTS (SELECT 1 FROM questions q WHERE q.url_id = u.id)
"""
_SHOWN = 5  # longest runs of unvisited numbers


def completeness(connection: sqlite3.Connection, site: str) -> Estimate:
    """How many question pages the site has."""
    scope = _scope(connection, site)
    known = [Sighted(*row) for row in connection.execute(_SIGHTED, scope)]
    listed = BITS[Via.LIST] | BITS[Via.FAQ]
    on_lists = sum(cell.alive + cell.dead + cell.open for cell in known if cell.ways & listed)
    (lists,) = connection.execute(_LISTS, scope).fetchone()
    stretches: list[Stretch] = []
    if any(cell.ways & _RANGE for cell in known):
        stretches = [Stretch(*row) for row in connection.execute(_STRETCHES, scope)]
    return estimate(known, on_lists / max(1, lists), stretches)


def gaps(connection: sqlite3.Connection, site: str) -> dict[str, Any]:
    """Question URLs that are known and not held, by state, each with an example.

    Under "range" the numbers not visited yet: how many, and the longest runs of them.
    """
    scope = _scope(connection, site)
    counts = dict(connection.execute(_STATES, scope))
    result: dict[str, Any] = {}
    for state in _NOT_HELD:
        if state in counts:
            (example,) = connection.execute(_EXAMPLE, (*scope, state)).fetchone()
            result[state] = {"urls": counts[state], "example": example}
    islands = connection.execute(_UNVISITED, scope).fetchall() if counts else []
    if islands:
        longest = [list(island[:2]) for island in islands[:_SHOWN]]
        result["range"] = {"numbers": sum(island[2] for island in islands), "longest": longest}
    return result


def gone(connection: sqlite3.Connection, site: str) -> int:
    """Question pages that were read once and are missing now; one that has moved is not."""
    (pages,) = connection.execute(_GONE, _scope(connection, site)).fetchone()
    return int(pages)


def former_hosts(connection: sqlite3.Connection, site: str) -> list[str]:
    """The hosts where the site was before it moved."""
    hosts = _hosts(connection, site)
    return sorted(set(hosts).difference(_present(connection, site, hosts)))


def _scope(connection: sqlite3.Connection, site: str) -> tuple[str, str]:
    """Values for `_IN_SCOPE`: the site and, as JSON, the hosts where it is now."""
    return site, json.dumps(_present(connection, site, _hosts(connection, site)))


def _hosts(connection: sqlite3.Connection, site: str) -> list[str]:
    return [row[0] for row in connection.execute(_HOSTS, (site,))]


def _present(connection: sqlite3.Connection, site: str, hosts: list[str]) -> list[str]:
    """The host crawled last; under qapage that of each host name, which may change its port."""
    own = "SELECT 1 FROM questions WHERE site = ? LIMIT 1"
    if connection.execute(own, (site,)).fetchone() is not None:
        return hosts[-1:]
    return list({name_of(host): host for host in hosts}.values())
