"""Locates the fields of a labelled question page, each within the lines it was read from."""

from collections.abc import Iterator

from scraper.items import Question
from scraper.reading.adoctor.marks import DateMark
from scraper.reading.adoctor.people.asker_marks import AskMark
from scraper.reading.adoctor.people.people import asker_spans, read_asker
from scraper.reading.adoctor.proof.places import Places
from scraper.reading.adoctor.proof.related_evidence import locate_related
from scraper.reading.adoctor.words.headings import section_words
from scraper.reading.adoctor.words.labels import Label, dated, language_of
from scraper.reading.evidence import Found
from scraper.reading.sight import Span, signs_of

_TITLE_LINES = 4  # over which a title and its department may be broken


def locate_article(places: Places, question: Question) -> Iterator[Found]:
    """Yield where each field stands that was read from the page."""
    yield from _title(places)
    yield from _words(places)
    if places.article.sections.ask is not None:
        yield from _ask(places, places.article.sections.ask)
    yield from _replies(places)
    yield from locate_related(places, question.source_id)
    yield from _language(places, question.language)


def _title(places: Places) -> Iterator[Found]:
    """The lowest line above the headline that begins with the title; the department follows."""
    title, department, end, _ = places.article.title
    for index in reversed(range(end if title else 0)):
        span = places.around(index, min(index + _TITLE_LINES, end))
        if (title_span := places.sight.beginning(title or "", span)) is not None:
            yield Found("title", (title_span,))
            behind = Span(title_span.end, span.end)
            if (department_span := places.sight.first(department or "", behind)) is not None:
                yield Found("department", (department_span,))
            return


def _words(places: Places) -> Iterator[Found]:
    """Headline, question and essay: whole lines."""
    article = places.article
    title_end, start = article.title.end, article.text_start
    headline_end = title_end + len(article.headline)
    yield Found("question.headline", places.between(title_end, headline_end))
    yield Found("question.text", places.between(start, start + len(article.text)))
    if article.sections.more_info is not None:
        label, end = article.sections.more_info, article.sections.end
        yield Found("more_info", places.between(label + 1, end))


def _ask(places: Places, ask: AskMark) -> Iterator[Found]:
    """Who asked, and when: the asker may stand on lines above that of the date label."""
    at, before = ask.end, ""
    for index in range(ask.start, ask.end):
        if (parts := dated(places.lines[index].text, Label.ASK_DATE)) is not None:
            at, before = index, parts[0]
    if at < ask.end:
        mark = DateMark(start=at, end=ask.end, day=ask.asked_on)
        yield from places.day("asked_on", Label.ASK_DATE, mark)
    above = [line.text for line in places.lines[ask.start : at]]
    for described in (" ".join([*above, before]).strip(), " ".join(above)):
        if ask.asker and signs_of(str(read_asker(described))) == signs_of(str(ask.asker)):
            yield from _asker(places, places.around(ask.start, ask.end).start, described)
            return


def _asker(places: Places, start: int, described: str) -> Iterator[Found]:
    """The parts of an asker line that begins at sign `start`."""
    shown = Span(start, start + len(signs_of(described)))
    for name, place in asker_spans(described).items():
        if (span := places.sight.part(shown, described, *place)) is not None:
            for field in ("age_min", "age_max") if name == "ages" else (name,):
                yield Found(f"asker.{field}", (span,))


def _replies(places: Places) -> Iterator[Found]:
    """Each reply's doctor line, text and date."""
    article = places.article
    for number, block in enumerate(article.replies.blocks):
        path = f"replies[{number}]."
        yield from places.doctor(path, block.doctor)
        if article.title.department is None:  # then the record's is the first that replies name
            yield from (
                found for found in places.doctor("", block.doctor) if found.field == "department"
            )
        yield Found(f"{path}text", places.between(block.start, block.end))
        if block.date is not None:
            yield from places.day(f"{path}replied_on", Label.REPLY_DATE, block.date)


def _language(places: Places, language: str) -> Iterator[Found]:
    """The first label in the record's language."""
    sections = places.article.sections
    for index in (sections.more_info, sections.similar, sections.related):
        if index is None:
            continue
        line = places.lines[index]
        if language_of(section_words(line) or line.text) == language:
            yield Found("language", places.between(index, index + 1))
