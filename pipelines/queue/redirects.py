"""Where URLs have moved to, and redirects that lead in a circle.

A site may take its redirects back, and a redirect of a month ago is none for sure: only those of
one run make a circle. What leads to such a page has it asked for in the same run.
"""

import sqlite3
from dataclasses import replace

from scraper.items import Outcome, Problem, Via, Visit

# Over those that redirected in this run, also where they are to be asked again.
_LEADS_BACK = """
WITH RECURSIVE chain(id) AS (
  SELECT id FROM urls WHERE url=:target UNION
  SELECT u.moved_to FROM urls u JOIN chain USING (id) WHERE 'moved' =
    (SELECT c.outcome FROM captures c WHERE c.url_id = u.id AND c.run_id = :run
     ORDER BY c.id DESC LIMIT 1))
SELECT 1 FROM chain WHERE id=:left
"""


def no_circle(db: sqlite3.Connection, url_id: int, visit: Visit, run_id: int) -> Visit:
    """The visit; as a problem if its redirect leads back to the URL."""
    if visit.outcome is not Outcome.MOVED:
        return visit
    target = _target(visit)
    here = {"target": target, "left": url_id, "run": run_id}
    if db.execute(_LEADS_BACK, here).fetchone() is None:
        return visit
    loop = Problem(code="redirect-loop", detail=target)
    return replace(visit, outcome=Outcome.PROBLEM, problems=(*visit.problems, loop))


def follow(db: sqlite3.Connection, url_id: int, visit: Visit, run_id: int) -> None:
    """Note where the URL has moved to, which the visit has disclosed; look there if it was gone."""
    target = _target(visit)
    db.execute(
        "UPDATE urls SET moved_to=(SELECT id FROM urls WHERE url=?) WHERE id=?", (target, url_id)
    )
    db.execute(
        "UPDATE urls SET state='ready' WHERE url=? AND state IN ('gone', 'moved', 'problem')"
        " AND visited_in IS NOT ?",
        (target, run_id),
    )


def _target(visit: Visit) -> str:
    return next(link.url for link in visit.links if link.via is Via.REDIRECT)
