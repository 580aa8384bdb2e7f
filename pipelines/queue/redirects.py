"""Where URLs have moved to, and redirects that lead in a circle."""

import sqlite3
from dataclasses import replace

from scraper.items import Outcome, Problem, Via, Visit

# Over those that redirected when last asked, also where they are to be asked again.
_LEADS_BACK = """
WITH RECURSIVE chain(id) AS (
  SELECT id FROM urls WHERE url=:target UNION
  SELECT u.moved_to FROM urls u JOIN chain USING (id) WHERE 'moved' =
    (SELECT c.outcome FROM captures c WHERE c.url_id = u.id ORDER BY c.id DESC LIMIT 1))
SELECT 1 FROM chain WHERE id=:left
"""


def no_circle(db: sqlite3.Connection, url_id: int, visit: Visit) -> Visit:
    """The visit; as a problem if its redirect leads back to the URL."""
    if visit.outcome is not Outcome.MOVED:
        return visit
    target = _target(visit)
    if db.execute(_LEADS_BACK, {"target": target, "left": url_id}).fetchone() is None:
        return visit
    loop = Problem(code="redirect-loop", detail=target)
    return replace(visit, outcome=Outcome.PROBLEM, problems=(*visit.problems, loop))


def follow(db: sqlite3.Connection, url_id: int, visit: Visit) -> None:
    """Note where the URL has moved to, which the visit has disclosed."""
    db.execute(
        "UPDATE urls SET moved_to=(SELECT id FROM urls WHERE url=?) WHERE id=?",
        (_target(visit), url_id),
    )


def _target(visit: Visit) -> str:
    return next(link.url for link in visit.links if link.via is Via.REDIRECT)
