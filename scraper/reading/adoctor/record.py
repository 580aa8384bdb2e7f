"""From the sections of a labelled question page to the record, with its warnings and problems."""

import re
from collections.abc import Iterator
from dataclasses import replace

from scraper.items import Problem, Question
from scraper.reading.adoctor.cleaning.texts import text_of
from scraper.reading.adoctor.mentions import read_mentions
from scraper.reading.adoctor.people.people import title_contradicts
from scraper.reading.adoctor.reading import Article

_NUMBER = re.compile(r"\d+")


def to_question(
    article: Article, *, site: str, source_id: str, language: str | None, url: str
) -> Question:
    """The record of an article; `language` None stands for that of the labels."""
    ask, title = article.sections.ask, article.title
    texts = ((*article.headline, *article.text), *article.replies.texts)
    replied = (reply.department for reply in article.replies.replies)
    question = Question(
        site=site,
        source_id=source_id,
        language=language or next(iter(article.languages), "und"),
        url=url,
        title=title.title,
        department=title.department or next(filter(None, replied), None),
        headline=" ".join(line.text for line in article.headline) or None,
        text=text_of(article.text),
        asker=ask.asker if ask else None,
        asked_on=ask.asked_on if ask else None,
        replies=article.replies.replies,
        more_info=text_of(article.more_info),
        similar=article.cards.cards,
        faq_tags=article.tags.tags,
        mentions=read_mentions(texts, source_id),
        warnings=tuple(dict.fromkeys(_warnings(article, source_id, language))),
    )
    problems = tuple(_problems(article, question))
    return replace(question, problems=problems) if problems else question


def _warnings(article: Article, source_id: str, language: str | None) -> Iterator[str]:
    ask = article.sections.ask
    if ask and ask.asker and title_contradicts(ask.asker):
        yield "asker-title-contradicts-sex"
    if ask and ask.age_unread:
        yield "asker-age-unread"
    yield from article.sections.doubts
    if article.title.title and article.title.department is None:
        yield "title-without-department"
    numbers = (number for line in article.headline for number in _NUMBER.findall(line.text))
    if article.title.unread or source_id in numbers:  # the page's own, of which no asker knows
        yield "unread-lines"
    if language and article.languages and language not in article.languages:
        yield "language-contradicts-labels"
    yield from article.replies.warnings
    yield from article.cards.warnings
    yield from article.warnings


def _problems(article: Article, question: Question) -> Iterator[Problem]:
    for field in ("title", "headline", "text", "department"):
        if getattr(question, field) is None:
            yield Problem(code=f"{field}-missing", field=field, detail=f"no {field} was found")
    if question.asker is None:
        yield Problem(code="asker-line-unreadable", field="asker", detail="no asker was found")
    if article.asker_unsure:
        detail = "another asker line may as well be the page's own"
        yield Problem(code="asker-line-ambiguous", field="asker", detail=detail)
    if question.asked_on is None:
        yield Problem(code="ask-date-unreadable", field="asked_on", detail="no ask date was found")
    yield from article.replies.problems
    sections = article.sections
    for field, label in (
        ("more_info", sections.more_info),
        ("similar", sections.similar),
        ("faq_tags", sections.related),
    ):
        if label is not None and label not in article.empty and not getattr(question, field):
            yield Problem(
                code=f"{field.replace('_', '-')}-unreadable",
                field=field,
                detail="its label is there, with nothing readable under it",
            )
