"""Reads the sections of a labelled question page from its visible lines.

Content lines -> marks (labels, people, days) -> the page's own asker line -> labels of the sections
-> each section by its own file. `record.py` makes the record of them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from scraper.errors import NotAQuestionError, QuestionMissingError, ReadingError
from scraper.reading.adoctor.cleaning.texts import content_lines
from scraper.reading.adoctor.doubts import (
    empty_sections,
    hides_section,
    hides_words,
    may_have_strays,
    shows_words,
)
from scraper.reading.adoctor.lists.cards import Cards, read_cards
from scraper.reading.adoctor.lists.leftovers import leaves_cards, leaves_tags
from scraper.reading.adoctor.lists.links import Resolvers
from scraper.reading.adoctor.lists.tags import Tags, read_tags
from scraper.reading.adoctor.marks import Marks, find_marks
from scraper.reading.adoctor.people.asker_marks import AskMark
from scraper.reading.adoctor.people.own_asker import OwnAsker, answers_another, own_asker
from scraper.reading.adoctor.replies import Replies, read_replies
from scraper.reading.adoctor.sections import ListReaders, Sections, find_sections
from scraper.reading.adoctor.title_texts import end_of_head
from scraper.reading.adoctor.titles import Title, read_title
from scraper.reading.adoctor.words.furniture import is_initial
from scraper.reading.adoctor.words.headings import heading_end, section_words
from scraper.reading.adoctor.words.labels import Label, language_of, language_of_dated
from scraper.reading.adoctor.words.stamps import words_begin
from scraper.reading.sameness import shortened
from scraper.reading.visible.line import Line, are_alike

_MOST_LINES = 10_000  # a question page has some hundreds
_SHORT = 60  # lines of a page that says nothing else
# The sister site's own words for a number without a question, and their English. Any other
# "not found" with status 200 may as well be the server's trouble: a problem, not a page gone.
_MISSING = re.compile(
    r"\b(?:question|article|consultation)\b[^.]{0,60}\b(?:does|do|did)\s?n[o']t\s+exist"
    r"|(?:問題|文章|提問|問答|諮詢)[^。]{0,20}不存在",
    re.IGNORECASE,
)


class Article(NamedTuple):
    """The sections of one page, each read by its own file."""

    sections: Sections
    title: Title
    headline: Sequence[Line]
    text: Sequence[Line]
    text_start: int
    replies: Replies
    more_info: Sequence[Line]
    cards: Cards
    tags: Tags
    languages: tuple[str, ...]  # of the labels, the most frequent one first
    empty: Mapping[int, int]  # labels of sections that show nothing, and the line below each
    asker_unsure: bool  # whether another asker line may as well be the page's own
    warnings: tuple[str, ...]


class _Content(NamedTuple):
    """The lines that are the page's own article, and the marks on them."""

    page_lines: Sequence[Line]
    lines: Sequence[Line]
    gaps: Sequence[int]  # lines above which something beside the article was left out
    notes: Sequence[int]  # those above which it was sentences
    marks: Marks
    own: OwnAsker


def read_article(page_lines: Sequence[Line], document_title: str, resolvers: Resolvers) -> Article:
    """Read the sections from the lines; `document_title` is the head's.

    Raises NotAQuestionError or QuestionMissingError when the labels are not there.
    """
    content = _mark_content(page_lines, document_title)
    lines, marks, own = content.lines, content.marks, content.own
    named = {end_of_head(document_title)}
    named.update(mark.line.department for mark in marks.doctors.values())
    tags_from = cache(lambda start: read_tags(lines, start, len(lines), resolvers.tag, named))
    readers = ListReaders(lambda start: tags_from(start).end > start, resolvers.question)
    sections = find_sections(lines, marks, own, readers)
    if sections.ask is None and not (marks.doctors and marks.reply_dates):
        raise _error_without_labels(lines)
    tags = tags_from(_line_below(sections.related, len(lines)))
    cards_stop = len(lines) if sections.related is None else sections.related
    cards_start = _line_below(sections.similar, cards_stop)
    cards = read_cards(lines, marks, cards_start, cards_stop, resolvers.question)
    replies = read_replies(lines, marks, *sections.replies)
    question_stop = sections.ask.start if sections.ask else sections.replies[0]
    departments = _departments(replies, cards, tags)
    title = read_title(lines, question_stop, document_title, departments, resolvers.page)
    title = title._replace(end=max(title.end, own.begin))
    within, known = range(title.end, question_stop), {title.department, *departments}
    headline, text = _headline_and_text(lines, within, sections.ask, known)
    label_languages = Counter(filter(None, _label_languages(lines, marks)))
    article = Article(
        sections=sections,
        title=title,
        headline=headline,
        text=lines[text.start : text.stop],
        text_start=text.start,
        replies=replies,
        more_info=lines[_line_below(sections.more_info, sections.end) : sections.end],
        cards=cards,
        tags=tags,
        languages=tuple(language for language, _ in label_languages.most_common()),
        empty=dict(empty_sections(lines, marks, sections)),
        asker_unsure=own.rival_may_be_own
        or answers_another(sections.ask, marks, [block.start for block in replies.blocks]),
        warnings=(),
    )
    return article._replace(warnings=tuple(_warnings(article, content, resolvers)))


def _error_without_labels(lines: Sequence[Line]) -> ReadingError:
    """The error to raise for a page without labels: it says that its question is gone, or not."""
    if len(lines) <= _SHORT:
        for line in lines:
            if len(line.text) <= 200 and _MISSING.search(line.text):  # noqa: PLR2004
                return QuestionMissingError(line.text)
    first = shortened(lines[0].text, 100) if lines else "an empty page"
    return NotAQuestionError(f"none of a question's labels; the page begins: {first}")


def _mark_content(page_lines: Sequence[Line], document_title: str) -> _Content:
    """The content lines down to where another whole question begins, and the marks on them."""
    lines, gaps, notes = content_lines(page_lines)
    if len(lines) > _MOST_LINES:
        raise NotAQuestionError(f"a page of {len(lines)} lines")
    marks = find_marks(lines)
    own = own_asker(lines, marks, document_title)
    if own.end < len(lines):
        lines = lines[: own.end]
        marks = find_marks(lines)
    return _Content(page_lines, lines, gaps, notes, marks, own)


def _warnings(article: Article, content: _Content, resolvers: Resolvers) -> Iterator[str]:
    """Warnings of words, cards and tags that no section holds, or that the page hides."""
    page_lines, lines, gaps, notes, marks, _ = content
    question, tag, _ = resolvers
    sections, title, cards, tags = article.sections, article.title, article.cards, article.tags
    doctors = [block.doctor for block in article.replies.blocks]
    doctors += [place.doctor for place in cards.places]
    if (
        tags.unread
        or shows_words(lines, article.empty)
        or any(doctor is not None and doctor.unread for doctor in doctors)
        or (bool(gaps) and _are_within_text(gaps, title.end, sections, article.replies))
        or (sections.more_info is not None and sections.end in notes)
        or any(may_have_strays(lines, *text) for text in _texts(article))
        or leaves_cards(page_lines, lines, marks, sections, question, has_read=bool(cards.cards))
        or leaves_tags(page_lines, lines, sections, tags, tag)
    ):
        yield "unread-lines"
    ends = (*(place.end for place in cards.places), *article.empty.values())
    last = max(sections.end, tags.end, *ends) - 1
    if hides_section(lines, article.empty) or hides_words(lines, title.end, sections.end, last):
        yield "section-hidden"


def _texts(article: Article) -> Iterator[tuple[int, int]]:
    """First line of the question and of each reply, and the line after the last."""
    if article.sections.ask is not None:
        yield article.text_start, article.sections.ask.start
    yield from ((block.start, block.end) for block in article.replies.blocks)


def _label_languages(lines: Sequence[Line], marks: Marks) -> Iterator[str | None]:
    """The language of each label; of each date label where no label of a section tells one."""
    languages = {
        index: language_of(lines[index].text) or language_of(section_words(lines[index]))
        for index in marks.labels
    }
    yield from languages.values()
    if any(languages[i] for i, label in marks.labels.items() if label is not Label.SHARE):
        return  # the share label may be a plugin's
    asks = [index for ask in marks.asks for index in range(ask.start, ask.end)]
    for index in (*marks.reply_dates, *asks):
        yield language_of_dated(lines[index].text)


def _are_within_text(
    gaps: Sequence[int], title_end: int, sections: Sections, replies: Replies
) -> bool:
    """Whether something was left out of a text; before its first line only from a reply."""
    ask, more_info = sections.ask, sections.more_info
    texts = [range(block.start, block.end + 1) for block in replies.blocks]
    if ask is not None:
        texts.append(range(title_end + 1, ask.start + 1))
    if more_info is not None:
        texts.append(range(more_info + 2, sections.end))
    return any(gap in text for gap in gaps for text in texts)


def _line_below(label: int | None, default: int) -> int:
    return default if label is None else label + 1


def _departments(replies: Replies, cards: Cards, tags: Tags) -> frozenset[str]:
    """The departments that the rest of the page names."""
    departments = {
        *(reply.department for reply in replies.replies),
        *(card.department for card in cards.cards),
        *(tag.department for tag in tags.tags),
    }
    return frozenset(filter(None, departments))


def _headline_and_text(
    lines: Sequence[Line], within: range, ask: AskMark | None, departments: set[str | None]
) -> tuple[Sequence[Line], range]:
    """Headline, and where the question is; a single line is the headline only as a heading.

    Without asker line nobody knows where they end.
    """
    start, stop = within.start, _line_of_portrait(lines, ask, within.stop) if ask else within.start
    if start >= stop or (stop == start + 1 and lines[start].heading is None):
        return [], range(start, stop)
    end = heading_end(lines, start, stop)
    end = end if end < stop else start + 1  # where the heading holds the question as well
    known = {*departments, ask.asker.name} if ask and ask.asker else departments
    return lines[start:end], range(words_begin(lines, end, stop, known), stop)


def _line_of_portrait(lines: Sequence[Line], ask: AskMark, stop: int) -> int:
    """The line of an initial in place of the asker's portrait, below the question; else `stop`.

    An initial that is like the line above it signs the question.
    """
    if ask.asker is None or not is_initial(lines[stop - 1].text, ask.asker.name):
        return stop
    return stop if stop > 1 and are_alike(lines[stop - 1], lines[stop - 2]) else stop - 1
