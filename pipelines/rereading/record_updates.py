"""Derives from a URL's reread captures how the records read there are to change."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipelines.storing.causes import Cause, causes
from pipelines.storing.rewriting import Rewrite, rewrite
from pipelines.storing.rows import CurrentVersion, Source, Version
from scraper.items import Question, Visit
from scraper.record import timestamp


class VersionChange(NamedTuple):
    """The next version that a record is to have."""

    version: Version
    content: Question | Rewrite  # all of it, or what differs from the version before


class RecordUpdate(NamedTuple):
    """How one record is to change."""

    id: str
    digest: str | None  # of the current version that this is derived from; None without one
    last_capture: int  # the last one that gives the current version
    before: str | None = None  # the current record as JSON, where it changes
    changes: tuple[VersionChange, ...] = ()


class FailedReading(NamedTuple):
    """A capture that once gave a record, and does not give it to today's reader."""

    id: str  # the record's
    url: str
    code: str
    detail: str


class Span(NamedTuple):
    """Successive captures of a URL with the same body, and what today's reader makes of it."""

    first: int
    last: int
    visit: Visit
    digest: str | None  # of its question
    was_sound: bool  # the crawl had accepted the page


def record_update(
    current: CurrentVersion, spans: list[Span], recorded_at: str
) -> RecordUpdate | None:
    """Compare the first good reading with the record, and each later one with that before it.

    None when the record stays as it is.
    """
    changes: list[VersionChange] = []
    digest, last, is_first = current.digest, current.last_capture, True
    for span in spans:
        question = span.visit.question
        if question is None or span.digest is None or question.id != current.id:
            continue
        if span.last < current.first_capture:
            continue  # one before its first capture is read for another record of the URL
        if span.digest != digest:
            cause = _first_cause(current, span) if is_first else Cause.CONTENT
            changes.append(_change(cause, question, span, current, recorded_at))
        elif changes:
            changes[-1] = _seen_until(changes[-1], span.last)
        else:
            last = span.last
        digest, is_first = span.digest, False
    if changes:
        last_capture = max(current.last_capture, changes[-1].version.last_capture)
        changes[-1] = _seen_until(changes[-1], last_capture)
    else:
        last = max(current.last_capture, last)
    if not changes and last == current.last_capture:
        return None
    return RecordUpdate(current.id, current.digest, last, changes=tuple(changes))


def _change(
    cause: Cause, question: Question, span: Span, current: CurrentVersion, recorded_at: str
) -> VersionChange:
    assert span.digest is not None
    if cause is Cause.READER:  # the page is that of the current version
        first, source = current.first_capture, current.source
    else:
        first = span.first
        source = Source(span.visit.visited_at, span.first, current.url_id)
    recorded_at = max(recorded_at, timestamp(source.captured_at))  # a clock may have stepped back
    version = Version(span.digest, cause, source, recorded_at, first, span.last)
    return VersionChange(version, question)


def _first_cause(current: CurrentVersion, span: Span) -> Cause:
    """Why the first good reading differs from the current version."""
    reread = span.digest if span.first <= current.last_capture else None
    return causes(current.digest, reread, span.digest or "")[0]


def _seen_until(change: VersionChange, last_capture: int) -> VersionChange:
    return change._replace(version=change.version._replace(last_capture=last_capture))


def failed_readings(currents: list[CurrentVersion], spans: list[Span]) -> Iterator[FailedReading]:
    """Yield the captures of the current versions that give another record, or none.

    Not those that were a problem or a missing page to the crawl, which never gave the record,
    unless it was read from them since.
    """
    ids = {current.id for current in currents}
    for span in spans:
        visit = span.visit
        if visit.question is not None and visit.question.id in ids:
            continue
        affected = [current.id for current in currents if _is_source(span, current)]
        if visit.question is not None and currents:
            detail = f"read as {visit.question.id}"
            yield FailedReading(currents[0].id, visit.url, "other-id", detail)
        elif affected:
            problem = next(iter(visit.problems), None)
            code = problem.code if problem else "no-question"
            detail = problem.detail if problem else ""
            yield FailedReading(affected[0], visit.url, code, detail)


def _is_source(span: Span, current: CurrentVersion) -> bool:
    """Whether the current version was read from one of these captures."""
    if span.was_sound:
        return current.first_capture <= span.last and span.first <= current.last_capture
    return any(
        span.first <= capture <= span.last
        for capture in (current.first_capture, current.last_capture)
    )


def as_rewrites(before: Question, changes: Iterable[VersionChange]) -> Iterator[VersionChange]:
    """The same changes, each with only what differs from the content before it."""
    for version, question in changes:
        assert isinstance(question, Question)
        yield VersionChange(version, rewrite(before, question))
        before = question
