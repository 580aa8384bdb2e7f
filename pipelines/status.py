"""`qarchive status`: what an archive holds and what is missing, in figures that add up."""

import dataclasses
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.database import dicts, open_reader, query_errors
from pipelines.errors import StorageError
from pipelines.estimates.sightings import completeness, former_hosts, gaps, gone
from pipelines.layout import DATABASE
from pipelines.lock import may_be_held
from pipelines.queries.excerpts import stub_count
from pipelines.queue.missing_pages import Losses
from pipelines.reports.counting import KEPT, NAMES
from pipelines.reports.coverage import Fall
from pipelines.reports.hints import hint
from pipelines.reports.runs import is_barren
from pipelines.schema import missing_columns
from scraper.items import Outcome
from scraper.wording import counted

HELD = """
SELECT site, language, count(*) AS questions, sum(reply_count > 0) AS answered,
  sum(reply_count = 0) AS unanswered, sum(reply_count) AS replies,
  count(gone_since) AS gone
FROM questions GROUP BY site, language
"""
_TOTALS = """
SELECT (SELECT count(*) FROM captures) AS captures, count(*) AS warc_files,
  ifnull(sum(size), 0) AS warc_bytes FROM warcs
"""
_RECEIVED = "SELECT count(*) AS runs, ifnull(sum(bytes), 0) AS bytes FROM runs WHERE site = ?"
_LAST_RUNS = """
SELECT r.*, (SELECT ended_at FROM runs g WHERE g.site = r.site AND g.host = r.host
  AND g.exit_status = 0 ORDER BY g.id DESC LIMIT 1) AS last_success
FROM runs r WHERE r.id IN (SELECT max(id) FROM runs WHERE site = ? GROUP BY host)
  AND r.host NOT IN (SELECT value FROM json_each(?))
ORDER BY r.id DESC
"""
_FIELDS_EVER_HAD = """
SELECT DISTINCT field.key FROM runs r, json_each(r.coverage) field
WHERE r.site = ? AND field.value ->> 1 > 0
"""
_LAST_RUN_OF_EACH = """
SELECT * FROM runs WHERE id IN (SELECT max(id) FROM runs GROUP BY site) ORDER BY site
"""
_STATES = """
SELECT state, sum(urls) FROM tallies WHERE site = ? AND host = ? AND urls > 0 GROUP BY state
"""
_URLS = """
SELECT kind, state, sum(urls) AS urls FROM tallies
WHERE site = ? AND host NOT IN (SELECT value FROM json_each(?)) AND urls > 0 GROUP BY kind, state
"""
_PROBLEMS = """
SELECT p.code, count(*) AS problems, count(DISTINCT p.url) AS urls, max(p.found_at) AS found_at,
  p.url AS example, p.detail
FROM problems p JOIN runs r ON r.id = p.run_id
WHERE p.solved_in IS NULL AND r.site = ? AND r.host NOT IN (SELECT value FROM json_each(?))
GROUP BY p.code ORDER BY urls DESC, p.code
"""
_FIRST_START = """
SELECT u.url, u.state,
  (SELECT status FROM captures c WHERE c.url_id = u.id ORDER BY c.id DESC LIMIT 1) AS status
FROM urls u WHERE u.site = ? AND u.host = ? AND u.via = 'start' ORDER BY u.id LIMIT 1
"""
# Records that are gone, and that the tallies don't count as gone: their page shows the question in
# another language now, or another question, or was never known as a question's by its URL.
_SUPERSEDED = """
SELECT count(*) FROM questions q INDEXED BY questions_gone JOIN urls u ON u.id = q.url_id
WHERE q.site = ? AND q.language = ? AND q.gone_since IS NOT NULL
  AND (u.kind <> 'question' OR u.state <> 'gone')
"""
# Under qapage a question's site is its host; its URL knows the crawl that it belongs to.
_CRAWL_OF = """
SELECT u.site FROM questions q JOIN urls u ON u.id = q.url_id WHERE q.site = ? LIMIT 1
"""


def status(archive: Path) -> dict[str, Any]:
    """Totals, and per crawled site: urls by kind and state, questions, last run, open problems.

    Every figure comes from an index, a tally or a small table, so it is quick at a million
    questions. Raises NoArchiveError, or StorageError when the database cannot be read.
    """
    with open_reader(archive) as connection, query_errors(archive / DATABASE):
        _refuse_older(connection, archive)
        was_held = may_be_held(archive)
        connection.execute("BEGIN")  # one snapshot, or the figures would not add up
        figures = {
            "archive": str(archive),
            "database_bytes": (archive / DATABASE).stat().st_size,
            **next(dicts(connection, _TOTALS)),
            **_sites(connection),
        }
        newest = connection.execute("SELECT max(id) FROM runs").fetchone()[0]
    running = newest if was_held or may_be_held(archive) else None
    for site in figures["sites"].values():
        for run in site["last_runs"]:
            run["died"] = run["ended_at"] is None and run["id"] != running
    return figures


def _refuse_older(db: sqlite3.Connection, archive: Path) -> None:
    if lacking := missing_columns(db):
        raise StorageError(
            f"{archive / DATABASE} is of another version of qarchive, without {lacking[0]}:"
            " `qarchive verify --repair` rebuilds it."
        )


def taken(run: dict[str, Any]) -> str:
    """How many URLs a run visited, by outcome, as a sentence."""
    counts = ", ".join(f"{run[outcome]:,} {outcome}" for outcome in Outcome if run[outcome])
    lost = f"; {run['lost']:,} lost, which is a bug" if run["lost"] else ""
    return f"{counted(run['taken'], 'URL')} taken" + (f" = {counts}" if counts else "") + lost


def missing(run: dict[str, Any]) -> Iterator[str]:
    """Yield what a run found missing, each in a few words."""
    return Losses().recall(run).complaints()


def falls(run: dict[str, Any]) -> list[Fall]:
    """The fields that fewer pages of a run had than before."""
    return [Fall(**row) for row in run["fell"]]


def _sites(connection: sqlite3.Connection) -> dict[str, Any]:
    names = "SELECT site FROM runs UNION SELECT site FROM tallies ORDER BY 1"
    sites = {site: _site(connection, site) for (site,) in connection.execute(names)}
    for held in dicts(connection, HELD):
        (crawl,) = connection.execute(_CRAWL_OF, (held["site"],)).fetchone()
        sites[crawl]["questions"].append(held)
        superseded = connection.execute(_SUPERSEDED, (held["site"], held["language"])).fetchone()
        sites[crawl]["completeness"]["gone"] += superseded[0]
    for site in sites.values():
        _add_held(site)
    whole = [held for site in sites.values() for held in site["questions"]]
    figures = ("questions", "answered", "unanswered", "replies", "gone")
    totals = {figure: sum(held[figure] for held in whole) for figure in figures}
    totals["known_only_from_excerpts"] = stub_count(connection)
    return totals | {"urls": sum(site["urls_total"] for site in sites.values()), "sites": sites}


def _add_held(site: dict[str, Any]) -> None:
    """Add how many pages are held, which the estimate is not to fall below.

    Apart stand those that are gone, and those that only the last visit did not find.
    """
    figures, records = site["completeness"], site["questions"]
    missing = figures["gone"]
    figures["gone"] = sum(held["gone"] for held in records)
    figures["not_found"] = max(0, missing - figures["gone"])
    figures["held"] = sum(held["questions"] for held in records) - missing
    for bound in ("low", "about", "high"):
        if figures[bound] is not None:
            figures[bound] = max(figures[bound], figures["held"])


def _site(connection: sqlite3.Connection, site: str) -> dict[str, Any]:
    former = json.dumps(former_hosts(connection, site))
    urls: dict[str, dict[str, int]] = {}
    for kind, state, count in connection.execute(_URLS, (site, former)):
        urls.setdefault(kind, {})[state] = count
    runs = [
        _decoded(run) | {"barren": _barren(connection, run)}
        for run in dicts(connection, _LAST_RUNS, site, former)
    ]
    had = {field.removeprefix(KEPT) for (field,) in connection.execute(_FIELDS_EVER_HAD, (site,))}
    for run in runs:
        run["never_had"] = [name for name in NAMES if name in run["coverage"] and name not in had]
    return {
        "urls": urls,
        "urls_total": sum(sum(states.values()) for states in urls.values()),
        "questions": [],
        "completeness": dataclasses.asdict(completeness(connection, site))
        | {"gone": gone(connection, site)},
        "gaps": gaps(connection, site),
        **next(dicts(connection, _RECEIVED, site)),
        "last_run": runs[0] if runs else None,
        "last_success": max((run["last_success"] or "" for run in runs), default="") or None,
        "last_runs": runs,  # one of each host where the site is, the latest first
        "open_problems": [
            problem | {"hint": hint(problem["code"])}
            for problem in dicts(connection, _PROBLEMS, site, former)
        ],
    }


def _decoded(run: dict[str, Any]) -> dict[str, Any]:
    """The run with coverage as {field: [pages that could have it, that had it]}, and falls."""
    coverage, fell = run["coverage"] or "{}", run["fell"] or "[]"
    return run | {"coverage": json.loads(coverage), "fell": json.loads(fell)}


def _barren(connection: sqlite3.Connection, run: dict[str, Any]) -> dict[str, Any] | None:
    """A start page of a host where no question has ever been read, and what became of it."""
    if not is_barren(connection, run["id"], run["ended_why"]):
        return None
    return next(dicts(connection, _FIRST_START, run["site"], run["host"]), None)


class RunProgress(NamedTuple):
    """How far the last run of a site has come."""

    site: str
    run: int
    ended_why: str | None  # None while it runs, and when it was killed
    taken: int
    outcomes: dict[str, int]  # of this run, those that occurred
    states: dict[str, int]  # of all the site's URLs at that host

    @property
    def to_do(self) -> int:
        """URLs that this run has still to take."""
        return self.states.get("ready", 0)


def run_progress(archive: Path) -> list[RunProgress]:
    """Each site's last run. Raises NoArchiveError, or StorageError when it cannot be read."""
    with open_reader(archive) as connection, query_errors(archive / DATABASE):
        return [_progress(connection, run) for run in list(dicts(connection, _LAST_RUN_OF_EACH))]


def _progress(connection: sqlite3.Connection, run: dict[str, Any]) -> RunProgress:
    return RunProgress(
        site=run["site"],
        run=run["id"],
        ended_why=run["ended_why"],
        taken=run["taken"],
        outcomes={outcome: run[outcome] for outcome in Outcome if run[outcome]},
        states=dict(connection.execute(_STATES, (run["site"], run["host"]))),
    )
