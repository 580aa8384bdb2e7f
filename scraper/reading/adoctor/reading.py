"""From the visible lines of a labelled question page to its sections."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from scraper.errors import NotAQuestionError
from scraper.reading.adoctor.cleaning.texts import content_lines
from scraper.reading.adoctor.lists.cards import Cards, read_cards
from scraper.reading.adoctor.lists.leftovers import leaves_cards, leaves_tags
from scraper.reading.adoctor.lists.line_links import Resolve
from scraper.reading.adoctor.lists.tags import Tags, read_tags
from scraper.reading.adoctor.marks import Marks, find_marks
from scraper.reading.adoctor.people.asker_marks import AskMark
from scraper.reading.adoctor.people.own_asker import OwnAsker, answers_another, own_asker
from scraper.reading.adoctor.replies import Replies, read_replies
from scraper.reading.adoctor.sections import ListReaders, Sections, find_sections
from scraper.reading.adoctor.titles import Title, read_title
from scraper.reading.adoctor.unshown import empty_labels, hides_section, hides_words
from scraper.reading.adoctor.verdict import not_a_question
from scraper.reading.adoctor.words.furniture import is_initial
from scraper.reading.adoctor.words.headings import heading_end, section_words
from scraper.reading.adoctor.words.labels import language_of, language_of_dated
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


class _Found(NamedTuple):
    """The lines of a page that are its own article's, and what is marked on them."""

    page_lines: Sequence[Line]
    lines: Sequence[Line]
    gaps: Sequence[int]  # lines above which something beside the article was left out
    marks: Marks
    own: OwnAsker


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
    found = _found(page_lines, document_title)
    _, lines, _, marks, own = found
    count = len(lines)
    named = {mark.line.department for mark in marks.doctors.values()}
    tags_from = cache(lambda start: read_tags(lines, start, count, tag, named))
    readers = ListReaders(lambda start: tags_from(start).end > start, question)
    sections = find_sections(lines, marks, own, readers)
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
    spoken = Counter(filter(None, _languages(lines, marks)))
    article = Article(
        sections=sections,
        title=title,
        headline=headline,
        text=text,
        replies=replies,
        more_info=lines[_after(sections.more_info, sections.end) : sections.end],
        cards=cards,
        tags=tags,
        languages=tuple(dict(spoken.most_common())),
        empty=frozenset(empty_labels(lines, sections)),
        asker_unsure=own.rival_may_be_own
        or answers_another(sections.ask, marks, [block.start for block in replies.blocks]),
        warnings=(),
    )
    return article._replace(warnings=tuple(_unread(article, found, question, tag)))


def _found(page_lines: Sequence[Line], document_title: str) -> _Found:
    lines, gaps = content_lines(page_lines)
    if len(lines) > _MOST_LINES:
        raise NotAQuestionError(f"a page of {len(lines)} lines")
    marks = find_marks(lines)
    own = own_asker(lines, marks, document_title)
    if own.end < len(lines):
        lines = lines[: own.end]
        marks = find_marks(lines)
    return _Found(page_lines, lines, gaps, marks, own)


def _unread(article: Article, found: _Found, question: Resolve, tag: Resolve) -> Iterator[str]:
    """Warnings of words, cards and tags that no section holds, or that the page hides."""
    page_lines, lines, gaps, marks, _ = found
    sections, title, cards, tags = article.sections, article.title, article.cards, article.tags
    doctors = [block.doctor for block in article.replies.blocks]
    doctors += [place.doctor for place in cards.places]
    if (
        tags.unread
        or any(doctor is not None and doctor.unread for doctor in doctors)
        or (bool(gaps) and _are_within(gaps, title.end, sections, article.replies))
        or leaves_cards(page_lines, lines, marks, sections, question, has_read=bool(cards.cards))
        or leaves_tags(page_lines, lines, sections, tags, tag)
    ):
        yield "unread-lines"
    last = max(sections.end, *(place.end for place in cards.places), tags.end) - 1
    if hides_section(lines, article.empty) or hides_words(lines, title.end, sections.end, last):
        yield "section-hidden"


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
