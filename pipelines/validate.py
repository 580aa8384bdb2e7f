"""Step 2 of a crawl: a question that is incomplete or invalid becomes a problem, not a row."""

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import orjson

from pipelines.queries.records import strings_in
from pipelines.storing.archived import Archived
from pipelines.storing.storable import repaired, storable
from scraper.component import Component
from scraper.items import Problem, Question, Visit
from scraper.reading.redaction.source import MARK

if TYPE_CHECKING:
    from scraper.site import Site

_LONGEST = 1_000_000  # characters of one text; a longer one is no text a person wrote


class ValidateStep(Component):
    """Scrapy item pipeline: Archived -> Archived."""

    def process_item(self, archived: Archived) -> Archived:
        """Repair values with a warning, or turn the visit into a problem."""
        visit = archived.visit
        if visit.problems:
            visit = replace(visit, problems=storable(visit.problems))
        if visit.question is not None:
            visit = validated(visit, cast("Site", self._crawler.spider).required)
        return archived if visit is archived.visit else replace(archived, visit=visit)


def validated(visit: Visit, required: frozenset[str]) -> Visit:
    """The visit with a question fit to be stored, or with a problem in its place."""
    assert visit.question is not None
    question = storable_question(visit.question, required)
    if question.problems:
        return replace(visit, question=None).with_problem(*question.problems)
    return visit if question is visit.question else replace(visit, question=question)


def storable_question(question: Question, required: frozenset[str]) -> Question:
    """The question as an archive holds it, with every problem that keeps it out of one."""
    question = repaired(question)
    problems = missing_fields(question, required) + _too_long(question) + _taken_down(question)
    return replace(question, problems=question.problems + problems) if problems else question


def missing_fields(question: Question, required: frozenset[str]) -> tuple[Problem, ...]:
    """A problem for each required field that is empty, unless the reader gave one for it."""
    named = {problem.field for problem in question.problems}
    return tuple(
        Problem(code=f"{name.replace('_', '-')}-missing", field=name, detail=question.url)
        for name in sorted(required - named)
        if not getattr(question, name)
    )


def _taken_down(question: Question) -> tuple[Problem, ...]:
    """A problem if title and text are blanked: the page is a forgotten one at another URL."""
    words = {question.title, *(question.text or "").split("\n")} - {None, ""}
    if words != {MARK.decode()}:
        return ()
    return (Problem(code="taken-down", detail="a forgotten page's words under another URL"),)


def _too_long(question: Question) -> tuple[Problem, ...]:
    """A problem for each field that holds a text of over a million characters."""
    plain = orjson.dumps(question)
    if len(plain) <= _LONGEST:
        return ()
    lengths = {
        name: max(map(len, strings_in(value)), default=0)
        for name, value in orjson.loads(plain).items()
    }
    return tuple(
        Problem(code="field-too-long", field=name, detail=f"{length} characters")
        for name, length in lengths.items()
        if length > _LONGEST
    )
