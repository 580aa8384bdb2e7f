"""Where URLs have moved to, and redirects that lead in a circle.

A site may take its redirects back, and a redirect of a month ago is none for sure: only those of
a day or so make a circle. What leads to an older one has it asked for again in the same run.
"""

import sqlite3
from dataclasses import replace

from pipelines.queue.order import AGAIN
from scraper.items import Outcome, Problem, Via, Visit

_LATELY = 1.5  # days: the run of the night before counts
# Over those that redirected lately, also where they are to be asked again.
_LEADS_BACK = """
WITH RECURSIVE chain(id) AS (
  SELECT id FROM urls WHERE url=:target UNION
  SELECT u.moved_to FROM urls u JOIN chain USING (id) WHERE 'moved' =
    (SELECT c.outcome FROM captures c JOIN runs r ON r.id = c.run_id
     WHERE c.url_id = u.id AND r.day >= (SELECT day - :lately FROM runs WHERE id = :run)
     ORDER BY c.id DESC LIMIT 1))
SELECT 1 FROM chain WHERE id=:left
"""


def no_circle(db: sqlite3.Connection, url_id: int, visit: Visit, run_id: int) -> Visit:
    """The visit; as a problem if its redirect leads back to the URL."""
    if visit.outcome is not Outcome.MOVED:
        return visit
    target = _target(visit)
    here = {"target": target, "left": url_id, "run": run_id, "lately": _LATELY}
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
        "UPDATE urls SET state='ready', priority=? WHERE url=?"
        " AND state IN ('gone', 'moved', 'problem') AND (SELECT day FROM runs WHERE id=visited_in)"
        " < (SELECT day - ? FROM runs WHERE id=?)",
        (AGAIN, target, _LATELY, run_id),
    )


def _target(visit: Visit) -> str:
    return next(link.url for link in visit.links if link.via is Via.REDIRECT)
