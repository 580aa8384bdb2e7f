"""From the visible lines of a labelled question page to what the record says."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from scraper.errors import NotAQuestionError
from scraper.items import Problem, Question
from scraper.reading.article.asker_marks import AskMark
from scraper.reading.article.cards import Cards, read_cards
from scraper.reading.article.furniture import is_initial
from scraper.reading.article.headings import heading_end, section_words
from scraper.reading.article.labels import language_of, language_of_dated
from scraper.reading.article.leftovers import leaves_cards, leaves_tags
from scraper.reading.article.line_links import Resolve
from scraper.reading.article.marks import Marks, find_marks
from scraper.reading.article.mentions import read_mentions
from scraper.reading.article.own_asker import answers_another, own_asker
from scraper.reading.article.people import title_contradicts
from scraper.reading.article.replies import Replies, read_replies
from scraper.reading.article.sections import Sections, Under, find_sections
from scraper.reading.article.tags import Tags, read_tags
from scraper.reading.article.texts import content_lines, text_of
from scraper.reading.article.titles import Title, read_title
from scraper.reading.article.unshown import empty_labels, hides_section, hides_words
from scraper.reading.article.verdict import not_a_question
from scraper.reading.visible.line import Line, are_alike

_MOST_LINES = 10_000  # a question page has some hundreds


class Article(NamedTuple):
    """The sections of one page, each read by its own file."""

    sections: Sections
    title: Title
    headline: Sequence[Line]
    text: Sequence[Line]
    replies: Replies
    more_info: Sequence[Line]
    cards: Cards
    tags: Tags
    languages: tuple[str, ...]  # of the labels, the usual one first
    empty: frozenset[int]  # labels of sections that show nothing on the site itself
    asker_unsure: bool  # whether another asker line may as well be the page's own
    warnings: tuple[str, ...]


def read_article(
    page_lines: Sequence[Line],
    document_title: str,
    question: Resolve,
    tag: Resolve,
    link: Resolve,
) -> Article:
    """Read the sections from the lines.

    `document_title` is the head's; `question` and `tag` resolve links of cards and tags, `link`
    those of the site.
    Raises NotAQuestionError or QuestionMissingError when the labels are not there.
    """
    lines, gaps = content_lines(page_lines)
    if len(lines) > _MOST_LINES:
        raise NotAQuestionError(f"a page of {len(lines)} lines")
    marks = find_marks(lines)
    own = own_asker(lines, marks, document_title)
    if own.end < len(lines):
        lines = lines[: own.end]
        marks = find_marks(lines)
    count = len(lines)
    named = {mark.doctor.department for mark in marks.doctors.values()}
    tags_from = cache(lambda start: read_tags(lines, start, count, tag, named))
    under = Under(lambda start: tags_from(start).end > start, question)
    sections = find_sections(lines, marks, own, under)
    if sections.ask is None and not (marks.doctors and marks.replied):
        raise not_a_question(lines)
    tags = tags_from(_after(sections.related, count))
    stop = count if sections.related is None else sections.related
    cards = read_cards(lines, marks, _after(sections.similar, stop), stop, question)
    replies = read_replies(lines, marks, *sections.replies)
    asked_at = sections.ask.start if sections.ask else sections.replies[0]
    title = read_title(lines, asked_at, document_title, _departments(replies, cards, tags), link)
    title = title._replace(end=max(title.end, own.begin))
    headline, text = _words(lines[title.end : _above_portrait(lines, sections.ask, asked_at)])
    if sections.ask is None:
        headline, text = [], []  # nobody knows where they end
    more_info = lines[_after(sections.more_info, sections.end) : sections.end]
    spoken = Counter(filter(None, _languages(lines, marks)))
    empty = frozenset(empty_labels(lines, sections))
    unread = (
        (bool(gaps) and _are_within(gaps, title.end, sections, replies))
        or leaves_cards(page_lines, lines, marks, sections, question, has_read=bool(cards.cards))
        or leaves_tags(page_lines, lines, sections, tags, tag)
    )
    last = max(sections.end, *(place.end for place in cards.places), tags.end) - 1
    hidden = hides_section(lines, empty) or hides_words(lines, title.end, sections.end, last)
    return Article(
        sections,
        title,
        headline,
        text,
        replies,
        more_info,
        cards,
        tags,
        tuple(dict(spoken.most_common())),
        empty,
        own.unsure or answers_another(sections.ask, marks, [b.start for b in replies.blocks]),
        ("unread-lines",) * unread + ("section-hidden",) * hidden,
    )


def _languages(lines: Sequence[Line], marks: Marks) -> Iterator[str | None]:
    if marks.labels:
        labels = map(lines.__getitem__, marks.labels)
        yield from (language_of(line.text) or language_of(section_words(line)) for line in labels)
        return
    dated = (*marks.replied, *(index for ask in marks.asks for index in range(ask.start, ask.end)))
    yield from (language_of_dated(lines[index].text) for index in dated)


def _are_within(gaps: Sequence[int], title_end: int, sections: Sections, replies: Replies) -> bool:
    """Whether something was left out of a text; before its first line only from a reply."""
    ask, more_info = sections.ask, sections.more_info
    texts = [range(block.start, block.end + 1) for block in replies.blocks]
    if ask is not None:
        texts.append(range(title_end + 1, ask.start + 1))
    if more_info is not None:
        texts.append(range(more_info + 2, sections.end))
    return any(gap in text for gap in gaps for text in texts)


def _after(label: int | None, default: int) -> int:
    return default if label is None else label + 1


def _departments(replies: Replies, cards: Cards, tags: Tags) -> frozenset[str]:
    named = {
        *(reply.department for reply in replies.replies),
        *(card.department for card in cards.cards),
        *(tag.department for tag in tags.tags),
    }
    return frozenset(filter(None, named))


def _above_portrait(lines: Sequence[Line], ask: AskMark | None, stop: int) -> int:
    """The line after the question, above an initial in place of the asker's portrait.

    One that is like the line above it signs the question.
    """
    if ask is None or ask.asker is None or not is_initial(lines[stop - 1].text, ask.asker.name):
        return stop
    return stop if stop > 1 and are_alike(lines[stop - 1], lines[stop - 2]) else stop - 1


def _words(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """Headline and question; a single line is the headline only where it is a heading."""
    if len(lines) == 1 and lines[0].heading is None:
        return [], lines
    end = heading_end(lines, 0, len(lines)) if lines else 0
    if end == len(lines):  # whose heading holds the question as well
        end = 1
    return lines[:end], lines[end:]


def to_question(
    article: Article, *, site: str, source_id: str, language: str | None, url: str
) -> Question:
    """The record of an article; `language` None stands for that of the labels."""
    ask, title = article.sections.ask, article.title
    own_words = (*article.headline, *article.text, *article.replies.lines)
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
        mentions=read_mentions(own_words, source_id),
        warnings=tuple(dict.fromkeys(_warnings(article, language))),
    )
    problems = tuple(_problems(article, question))
    return replace(question, problems=problems) if problems else question


def _warnings(article: Article, language: str | None) -> Iterator[str]:
    ask = article.sections.ask
    if ask and ask.asker and title_contradicts(ask.asker):
        yield "asker-title-contradicts-sex"
    if ask and ask.age_unread:
        yield "asker-age-unread"
    yield from article.sections.doubts
    if article.title.title and article.title.department is None:
        yield "title-without-department"
    if article.title.unread:
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
