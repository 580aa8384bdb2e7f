"""Step 2: what may be stored. A doubtful read becomes a problem; it never becomes a row."""

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from pipelines.storing.archived import Archived
from pipelines.storing.storable import repaired, storable
from scraper.component import Component
from scraper.items import Outcome, Problem, Question, Visit
from scraper.reading.redaction.source import MARK

if TYPE_CHECKING:
    from scraper.site import Site

_LONGEST = 1_000_000  # characters of one field; a longer one is no text a person wrote


class ValidateStep(Component):
    """Scrapy item pipeline: Archived -> Archived."""

    def process_item(self, archived: Archived) -> Archived:
        """Repair what can be repaired by name; file the rest as a problem."""
        visit = archived.visit
        if visit.problems:
            archived = replace(archived, visit=replace(visit, problems=storable(visit.problems)))
        if visit.question is None:
            return archived
        required = cast("Site", self._crawler.spider).required
        checked = validated(archived.visit, required)
        return archived if checked is archived.visit else replace(archived, visit=checked)


def validated(visit: Visit, required: frozenset[str]) -> Visit:
    """The visit with a question fit to be stored, or with a problem in its place."""
    assert visit.question is not None
    question = repaired(visit.question)
    problems = question.problems + missing(question, required) + too_long(question)
    problems += taken_down(question)
    if problems:
        return replace(
            visit, outcome=Outcome.PROBLEM, question=None, problems=visit.problems + problems
        )
    return visit if question is visit.question else replace(visit, question=question)


def missing(question: Question, required: frozenset[str]) -> tuple[Problem, ...]:
    """A problem for each required field that is empty and of which the reader said nothing."""
    named = {problem.field for problem in question.problems}
    return tuple(
        Problem(code=f"{name.replace('_', '-')}-missing", field=name, detail=question.url)
        for name in sorted(required - named)
        if not getattr(question, name)
    )


def taken_down(question: Question) -> tuple[Problem, ...]:
    """A problem where nothing but the mark of a forgotten page is left of title and text."""
    words = {question.title, *(question.text or "").split("\n")} - {None, ""}
    if words != {MARK.decode()}:
        return ()
    return (Problem(code="taken-down", detail="a forgotten page's words under another URL"),)


def too_long(question: Question) -> tuple[Problem, ...]:
    """A problem for each text of over a million characters."""
    texts = {
        "title": question.title,
        "text": question.text,
        "more_info": question.more_info,
        "replies": max((reply.text for reply in question.replies), key=len, default=""),
    }
    return tuple(
        Problem(code="field-too-long", field=name, detail=f"{len(text)} characters")
        for name, text in texts.items()
        if text and len(text) > _LONGEST
    )
