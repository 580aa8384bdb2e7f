"""Writes the rows and the WARC metadata of one visit. Nothing here commits."""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from fastwarc.warc import WarcRecord

from pipelines.queue.disclosed import Disclosed
from pipelines.queue.guesses import mark_as_question, recognized_list
from pipelines.queue.hosts import Scope, silence
from pipelines.queue.missing_pages import Losses
from pipelines.queue.problems import file_problems
from pipelines.queue.redirects import store_target, without_loop
from pipelines.queue.traps import FoundTrap
from pipelines.queue.urls import disclose, settle
from pipelines.reports.counting import Coverage
from pipelines.statements import insert_row
from pipelines.storing.archived import Archived
from pipelines.storing.causes import Cause
from pipelines.storing.fields import count_fields, record_before
from pipelines.storing.rows import Source, store_question
from pipelines.storing.whereabouts import confirm_record, follow_question, request_home_page
from pipelines.warcs.decisions import visit_to_json
from pipelines.warcs.files import by_name
from pipelines.warcs.records import metadata
from scraper.items import Kind, Outcome, Problem, Question, Visit
from scraper.record import timestamp


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitContext:
    """The run and the frontier's URL that a visit belongs to."""

    scope: Scope
    run_id: int
    url_id: int
    hops: int  # redirects in a row that led to the URL
    reread: Callable[[int], Question | None]  # as `Source.reread`
    disclosed: Disclosed  # links that the run has given to the frontier so far
    losses: Losses  # pages that the run has found missing so far
    coverage: Coverage  # the fields of the pages that it has read so far


def decision_record(
    archived: Archived,
    visit: Visit,
    run: str,
    *,
    robots: bool = False,
    first: bool = False,
    traps: Iterable[FoundTrap] = (),
) -> WarcRecord:
    """The WARC metadata record of a visit's outcome.

    Its WARC-Target-URI is the run's: under the page's, indexers would replay it as the page.
    """
    content = visit_to_json(run, visit, robots=robots, first=first, traps=traps)
    return metadata(f"urn:uuid:{run}", timestamp(visit.visited_at), content, archived.record_id)


def store_visit(db: sqlite3.Connection, context: VisitContext, archived: Archived) -> Visit:
    """Write all rows of one visit. Returns the visit as it was stored."""
    run_id, url_id = context.run_id, context.url_id
    visit = without_loop(db, url_id, recognized_list(db, url_id, archived.visit), run_id)
    if visit is not archived.visit:
        archived = replace(archived, visit=visit)
    capture_id = store_capture(db, archived, url_id, run_id)
    source = Source(visit.visited_at, capture_id or 0, url_id, context.reread)
    is_redirect = visit.outcome is Outcome.MOVED
    links = context.disclosed.without_known(visit.links)
    hops = context.hops + 1 if is_redirect else 0
    before = record_before(db, visit, url_id, context.coverage)
    has_new_links = bool(visit.links) and disclose(
        db, context.scope.site, links, run_id=run_id, by=url_id, hops=hops
    )
    causes = _store_record(db, visit, source, run_id) if capture_id is not None else ()
    edited = any(cause is not Cause.READER for cause in causes)
    if visit.kind is not Kind.QUESTION:
        edited |= has_new_links
        if visit.question is not None:
            mark_as_question(db, url_id)
    observation = settle(db, url_id, visit, run_id, edited=edited, sha256=archived.sha256)
    if is_redirect:
        store_target(db, url_id, visit, run_id)
        follow_question(db, source)
    if visit.silent_until is not None:
        silence(db, context.scope.host, visit.silent_until)
    file_problems(db, visit, observation, url_id=url_id, capture=capture_id, run=run_id)
    context.losses.note(visit, url_id, observation)  # last, as is the next: no error undoes them
    count_fields(context.coverage, visit, before)
    return visit


def store_nobodys(db: sqlite3.Connection, host: str, archived: Archived, run_id: int) -> None:
    """Write the rows of a response that tells nothing of a page: a robots.txt, or a failed probe.

    The page of the probe stays as it was.
    """
    store_capture(db, archived, None, run_id)
    if archived.visit.silent_until is not None:
        silence(db, host, archived.visit.silent_until)


def _store_record(
    db: sqlite3.Connection, visit: Visit, source: Source, run_id: int
) -> tuple[Cause, ...]:
    """Store the visit's question, or confirm the record of an unchanged page.

    Returns why the record changed; () when it did not.
    """
    if visit.question is not None:
        causes = store_question(db, visit.question, source)
        if not causes:
            request_home_page(db, visit.question, source, run_id)
        return causes
    if visit.outcome is Outcome.UNCHANGED and visit.kind is Kind.QUESTION:
        return confirm_record(db, source)
    return ()


def store_capture(
    db: sqlite3.Connection, archived: Archived, url_id: int | None, run_id: int
) -> int | None:
    """Insert the row of a capture that lies in the WARC. Returns its id; None without a capture."""
    capture, position = archived.visit.capture, archived.position
    if capture is None or position is None:
        return None
    headers = by_name(capture.headers)
    on_arrival = timestamp(capture.fetched_at) if capture.redacted else None
    row = {
        "url_id": url_id, "url": capture.url, "run_id": run_id,
        "fetched_at": timestamp(capture.fetched_at), "status": capture.status,
        "content_type": headers.get(b"content-type"),
        "content_encoding": headers.get(b"content-encoding"),
        "etag": headers.get(b"etag"), "last_modified": headers.get(b"last-modified"),
        "sha256": archived.sha256, "size": 0 if archived.refers_to else len(capture.body),
        "partial": capture.partial, "refers_to": archived.refers_to,
        "redacted_at": archived.redacted_at or on_arrival, "outcome": archived.visit.outcome,
        "warc": position.warc, "offset": position.offset, "length": position.length,
    }  # fmt: skip
    return insert_row(db, "captures", row)


def as_problem(archived: Archived, problem: Problem) -> Archived:
    """The same capture with the problem as its outcome, and without question and links."""
    visit = replace(archived.visit, question=None, links=())
    return replace(archived, visit=visit.with_problem(problem))
