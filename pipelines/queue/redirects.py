"""Stores the targets of redirects, detects redirect loops, and knows whose record is where.

A site may take its redirects back: only redirects seen within a day or so make a loop. The target
of a redirect is fetched again in the same run if it was last fetched before that.
"""

import sqlite3

from pipelines.queue.days import SETTLED
from pipelines.queue.order import AGAIN, NEW
from scraper.items import Kind, Outcome, Problem, Via, Visit

_RECENT = 1.5  # days: the run of the night before counts
_LASTING = 7  # days; a wall or a light page in a question's place is gone by then
# Whether the record `q` lives on as `o`, under another id; a preview has lost its replies.
SAME_WORDS = """
q.id <> o.id AND q.title = o.title AND q.question_text IS o.question_text
AND o.reply_count >= q.reply_count
"""


def led_to(condition: str, by: str = "state='moved'") -> str:
    """SQL: the ids of the URLs that redirects lead to from the URL of that condition.

    `by`: what is true of URLs whose redirect counts.
    """
    return f"""
WITH RECURSIVE led_to(id) AS (
  SELECT moved_to FROM urls WHERE {condition} AND {by} UNION
  SELECT moved_to FROM urls JOIN led_to USING (id) WHERE {by})
SELECT id FROM led_to WHERE id IS NOT NULL
"""


# It redirected lately, even if it is to be fetched again.
_MOVED_LATELY = """
'moved' = (SELECT c.outcome FROM captures c JOIN runs r ON r.id = c.run_id
  WHERE c.url_id = urls.id AND r.day >= (SELECT day - :lately FROM runs WHERE id = :run)
  ORDER BY c.id DESC LIMIT 1)
"""
_LEADS_BACK = f"""
SELECT 1 FROM urls
WHERE id=:left AND (url=:target OR id IN ({led_to("url=:target", by=_MOVED_LATELY)}))
"""


# A record `q`, read at the URL `u`, that a page at the URL `h` may not change. A page that names
# `u` only quotes it, unless `u` has led there for a week, or had been missing for a month when the
# page was last read. A start page, to which all pages of a site may lead, shows none for good.
STAYS = f"""
q.gone_since IS NULL AND CASE WHEN u.url = :url
  THEN u.missing_day IS NULL OR ifnull(h.seen_day, 0) < u.missing_day + {SETTLED}
  ELSE h.host = u.host AND h.url <> q.url AND (u.url = q.url OR h.url <> :url)
    AND u.denied IS NULL AND (u.missing_day IS NULL OR u.not_before IS NOT NULL) END
AND (h.via = 'start' OR ifnull(h.seen_day, 0) < u.missing_day + {_LASTING}
  OR h.id NOT IN ({led_to("url=:url")}))
"""


def without_loop(db: sqlite3.Connection, url_id: int, visit: Visit, run_id: int) -> Visit:
    """The visit, as a problem if its redirect leads back to the URL."""
    if visit.outcome is not Outcome.MOVED:
        return visit
    target = _target(visit)
    values = {"target": target, "left": url_id, "run": run_id, "lately": _RECENT}
    if db.execute(_LEADS_BACK, values).fetchone() is None:
        return visit
    return visit.with_problem(Problem(code="redirect-loop", detail=target))


def store_target(db: sqlite3.Connection, url_id: int, visit: Visit, run_id: int) -> None:
    """Store where the URL redirects to; fetch the target again if it was not there before.

    A question page hardly redirects to anything but a question page: a new target comes as such.
    """
    target = _target(visit)
    db.execute(
        "UPDATE urls SET moved_to=(SELECT id FROM urls WHERE url=?) WHERE id=?", (target, url_id)
    )
    db.execute(
        "UPDATE urls SET state='ready', priority=? WHERE url=?"
        " AND state IN ('gone', 'moved', 'problem') AND (SELECT day FROM runs WHERE id=visited_in)"
        " < (SELECT day - ? FROM runs WHERE id=?)",
        (AGAIN, target, _RECENT, run_id),
    )
    if visit.kind is Kind.QUESTION:
        db.execute(
            "UPDATE urls SET priority=? WHERE url=? AND state='ready' AND visited_in IS NULL",
            (NEW, target),
        )


def _target(visit: Visit) -> str:
    return next(link.url for link in visit.links if link.via is Via.REDIRECT)
