"""From the readings of a page's captures to what is to become of its records."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipelines.history.causes import Before, Cause, causes
from pipelines.history.rewriting import Rewrite, rewrite
from pipelines.storing.rows import Source, Version
from scraper.items import Question, Visit
from scraper.record import moment, timestamp


class Change(NamedTuple):
    """The version that a record is to have next."""

    version: Version
    said: Question | Rewrite  # all of it, or what differs from the version before


class Lineage(NamedTuple):
    """What is to become of one record."""

    id: str
    digest: str | None  # of the version held now, which all this follows; None when none is
    last: int  # the last capture that says what is held now
    before: str | None = None  # what is held now, as JSON, where that changes
    changes: tuple[Change, ...] = ()


class Failing(NamedTuple):
    """A capture that a record stands on, and that does not give it to today's reader."""

    id: str  # the record's
    url: str
    code: str
    detail: str


class Span(NamedTuple):
    """Captures in a row with the same bytes, and what they say to today's reader."""

    first: int
    last: int
    visit: Visit
    digest: str | None  # of its question
    was_sound: bool  # the crawl took the page for what it was to be

    def of(self, record: str) -> Question | None:
        """The question, if it is that record's."""
        question = self.visit.question
        return question if question is not None and question.id == record else None


class Held(NamedTuple):
    """The version of a record that the archive holds now."""

    id: str
    digest: str
    captured_at: str
    capture_id: int
    url_id: int
    first: int
    last: int


def lineage(held: Held, spans: list[Span], recorded_at: str) -> Lineage | None:
    """The first good reading is held against the record, each later one against the last.

    None when the record stays as it is.
    """
    changes: list[Change] = []
    current, last, begun = held.digest, held.last, False
    for span in spans:
        question = span.of(held.id)
        if question is None or span.digest is None:
            continue
        if span.digest != current:
            cause = Cause.CONTENT if begun else _first_cause(held, span)
            changes.append(_change(cause, question, span, held, recorded_at))
        elif changes:
            changes[-1] = _until(changes[-1], span.last)
        else:
            last = span.last
        current, begun = span.digest, True
    if changes:
        changes[-1] = _until(changes[-1], max(held.last, changes[-1].version.last_capture))
    else:
        last = max(held.last, last)
    if not changes and last == held.last:
        return None
    return Lineage(held.id, held.digest, last, changes=tuple(changes))


def _change(cause: Cause, question: Question, span: Span, held: Held, recorded_at: str) -> Change:
    assert span.digest is not None
    first, source = span.first, Source(span.visit.visited_at, span.first, held.url_id)
    if cause is Cause.READER:
        first = held.first
        source = Source(moment(held.captured_at), held.capture_id, held.url_id)
    recorded_at = max(recorded_at, timestamp(source.captured_at))  # a clock may have stepped back
    version = Version(span.digest, cause, source, recorded_at, first, span.last)
    return Change(version, question)


def _first_cause(held: Held, span: Span) -> Cause:
    """Why the first good reading is not what is held."""
    reread = span.digest if span.first <= held.last else None
    return causes(Before(held.digest, reread), span.digest or "")[0]


def _until(change: Change, last: int) -> Change:
    return change._replace(version=change.version._replace(last_capture=last))


def failing(held: list[Held], spans: list[Span]) -> Iterator[Failing]:
    """The captures of what is held that give something else, or nothing.

    What was a problem to the crawl, or a page that was missing, never gave the record; unless
    that was read from it since.
    """
    ids = {one.id for one in held}
    for span in spans:
        visit = span.visit
        if visit.question is not None and visit.question.id in ids:
            continue
        stands = [one.id for one in held if _stands_on(one, span)]
        if visit.question is not None and held:
            yield Failing(held[0].id, visit.url, "other-id", f"read as {visit.question.id}")
        elif stands:
            problem = next(iter(visit.problems), None)
            code = problem.code if problem else "no-question"
            yield Failing(stands[0], visit.url, code, problem.detail if problem else "")


def _stands_on(held: Held, span: Span) -> bool:
    if span.was_sound:
        return held.first <= span.last and span.first <= held.last
    return any(span.first <= one <= span.last for one in (held.first, held.last))


def rewrites(said: Question, changes: Iterable[Change]) -> Iterator[Change]:
    """The same changes, each telling only what differs from what was said before."""
    for version, question in changes:
        assert isinstance(question, Question)
        yield Change(version, rewrite(said, question))
        said = question
