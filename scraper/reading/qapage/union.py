"""One question made of what several items, or JSON-LD and microdata, say of it."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from scraper.reading.qapage.answers import (
    Answer,
    complete_answers,
    fuller_text,
    in_page_order,
    match_answers,
    plain_key,
    unmatched,
)
from scraper.reading.qapage.signs import (
    MIN_SHARED,
    Signs,
    Words,
    are_disjoint,
    is_beginning,
    may_be_same,
)
from scraper.reading.qapage.urls import numbers_of
from scraper.reading.sameness import (
    is_distinctive,
    normal,
    pieces,
    shared_pieces,
    text_key,
    without_dots,
)

_OPENING_LENGTH = 40  # letters: a cut answer has more, a greeting fewer
_COMPARED = 400  # letters behind what two answers have in common
_MAX_ALIKE = 9  # answers that begin as an answer does and are compared with it
_PARTING = re.compile(r"\s*[|·•«»]|\s+[-–—:/]\s")  # between a title and the site's name


@dataclass(frozen=True, kw_only=True)
class QuestionData:
    """What the items of one syntax, or all of them, say of the page's question."""

    title: str | None
    text: str | None
    author: str | None
    asked_on: date | None
    answers: tuple[Answer, ...]
    answer_count: int  # how many answers there are, by the page's own count
    is_of_qapage: bool  # a QAPage says that the page is about it
    hides_text: bool  # whether a text may go on in words that nothing brings into view
    language: str | None  # as written
    addresses: tuple[str, ...]  # its own URL and identifiers, as written
    links: tuple[str, ...]  # where it leads
    warnings: tuple[str, ...]  # of the question alone

    @cached_property
    def signs(self) -> Signs:
        return Signs(
            title=Words(self.title) if self.title else None,
            text=Words(self.text) if self.text else None,
            author=self.author,
            asked_on=self.asked_on,
            addresses=self.addresses,
            numbers=numbers_of(self.addresses, self.links),
        )


def merge_syntaxes(
    first: QuestionData | None, second: QuestionData | None, url: str
) -> QuestionData | None:
    """JSON-LD's or microdata's: with more answers or, of as many, more words; completed from both.

    Where the two differ only in typesetting, the words are the microdata's, which the page shows.

    Of two different questions it is the one with the number of the page at `url`, or else that of
    the QAPage, even if that names another page; None if that does not decide.
    """
    if first is None or second is None:
        return first or second
    first = _in_words_of(second, first)
    here = numbers_of([url], [url])
    for side, other in ((first, second), (second, first)):
        is_elsewhere = are_disjoint(here, other.signs.numbers)
        if is_elsewhere and (here & side.signs.numbers or _may_be_teaser_beside(other, side)):
            return side
    rich, poor = sorted((first, second), key=_fullness, reverse=True)
    partners = match_answers(rich.answers, poor.answers, strict=False)
    if _are_different(rich.signs, poor.signs) and not _is_excerpt(poor, rich, partners):
        return next((side for side in (rich, poor) if side.is_of_qapage), None)
    whole = _merged(rich, poor, partners)
    known = "\n".join(text_key(answer.reply.text) for answer in rich.answers)
    openings = set(map(_opening, rich.answers))
    others = [
        answer
        for answer in _others(poor, rich, partners)
        if _opening(answer) in openings or _opening(answer) not in known
    ]
    answer_count = max(whole.answer_count, len(rich.answers) + len(others))
    return replace(whole, answers=in_page_order(whole.answers), answer_count=answer_count)


def _in_words_of(shown: QuestionData, told: QuestionData) -> QuestionData:
    """What is told, with the words shown for those that are typeset or marked up otherwise."""
    words = (shown.title, shown.text, *(answer.reply.text for answer in shown.answers))
    by_key = {plain_key(text): text for text in words if text}

    def as_shown(text: str) -> str:
        same = by_key.get(plain_key(text), text)
        return text if text_key(same) == text_key(text) else same

    answers = tuple(
        replace(one, reply=replace(one.reply, text=as_shown(one.reply.text)))
        for one in told.answers
    )
    title, text = (words and as_shown(words) for words in (told.title, told.text))
    return replace(told, title=title, text=text, answers=answers)


def merge_items(first: QuestionData, second: QuestionData) -> QuestionData:
    """What two items of one syntax say of one question, with the answers of both."""
    rich, poor = sorted((first, second), key=_fullness, reverse=True)
    partners = match_answers(rich.answers, poor.answers, strict=False)
    whole = _merged(rich, poor, partners)
    return replace(whole, answers=(*whole.answers, *_others(poor, whole, partners)))


def _others(poor: QuestionData, whole: QuestionData, partners: dict[int, int]) -> list[Answer]:
    """The poorer's answers that the whole lacks; a text may be written otherwise behind 40 letters.

    People may use one greeting: then texts that differ are two answers.
    """
    alike: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in whole.answers:
        alike[_opening(answer)].append(answer)
    return [
        answer
        for answer in unmatched(poor.answers, partners)
        if not any(_may_be_one(answer, other) for other in alike[_opening(answer)][:_MAX_ALIKE])
    ]


def _may_be_one(one: Answer, other: Answer) -> bool:
    """Whether two answers that begin alike have no different authors, or else go on alike.

    One author may be named in two ways: `Dr. Paul Ho, MD`.
    """
    replies = one.reply, other.reply
    if len({normal(reply.doctor) for reply in replies if reply.doctor}) <= 1:
        return True
    words = [Words(reply.text) for reply in replies]
    keys = [text.key for text in words]
    pairs = enumerate(zip(*keys, strict=False))
    start = next((at for at, (here, there) in pairs if here != there), 0)
    rests = (pieces(key[start : start + _COMPARED]) for key in keys)
    return is_beginning(*words) or shared_pieces(*rests) >= MIN_SHARED


def _merged(rich: QuestionData, poor: QuestionData, partners: dict[int, int]) -> QuestionData:
    asked_on = rich.asked_on or poor.asked_on
    return replace(
        rich,
        title=rich.title or poor.title,
        text=fuller_text(rich.text or "", poor.text or "") or None,
        author=rich.author or poor.author,
        asked_on=asked_on,
        answers=tuple(complete_answers(rich.answers, poor.answers, partners)),
        answer_count=max(rich.answer_count, poor.answer_count),
        is_of_qapage=rich.is_of_qapage or poor.is_of_qapage,
        language=rich.language or poor.language,
        addresses=(*rich.addresses, *poor.addresses),
        links=(*rich.links, *poor.links),
        warnings=() if asked_on else rich.warnings or poor.warnings,
    )


def is_question(answer: Answer, question: QuestionData) -> bool:
    """Whether an answer is the question itself, as some themes fill the place of none."""
    reply, text = answer.reply, question.signs.text
    if reply.doctor and normal(reply.doctor) != normal(question.author or ""):
        return False
    is_of_day = reply.replied_on in (None, question.asked_on)
    return is_of_day and text_key(reply.text) == (text.key if text else "")


def _opening(answer: Answer) -> str:
    return text_key(without_dots(answer.reply.text))[:_OPENING_LENGTH]


def _fullness(side: QuestionData) -> tuple[int, int]:
    words = [side.text or "", *(answer.reply.text for answer in side.answers)]
    return len(side.answers), sum(map(len, words))


def _may_be_teaser_beside(side: QuestionData, own: QuestionData) -> bool:
    """Whether another page's question may be shown beside one that names no page."""
    if own.signs.numbers or side.is_of_qapage:
        return False
    return own.is_of_qapage or not side.answers


def _are_different(one: Signs, other: Signs) -> bool:
    """Whether these are different questions; not if there is nothing to compare."""
    if are_disjoint(one.numbers, other.numbers):
        return True
    titles = one.title and other.title and (one.title, other.title)
    texts = one.text and other.text and (one.text, other.text)
    if titles and _is_same_title(*titles):
        return not may_be_same(one, other)
    if texts and is_beginning(*texts):
        is_sure = one.are_at_the_place_of(other) or is_distinctive(
            min((text.written for text in texts), key=len)
        )
        return bool(titles) and not is_sure
    return bool(titles or texts)


def _is_excerpt(poor: QuestionData, rich: QuestionData, partners: dict[int, int]) -> bool:
    """Whether of one title a question has only some answers of the other, which nothing denies."""
    title = poor.title or ""
    if not is_distinctive(title) or text_key(title) != text_key(rich.title or ""):
        return False
    are_others = are_disjoint(poor.signs.numbers, rich.signs.numbers)
    names_another = are_others or poor.links or rich.links or (poor.author and rich.author)
    is_part = len(partners) == len(poor.answers) < len(rich.answers)
    words = (rich.answers[here].reply.text for here in partners)
    return not names_another and is_part and any(map(is_distinctive, words))


def _is_same_title(one: Words, other: Words) -> bool:
    """Whether two titles are the same, but for a cut or the site's name behind one of them."""
    short, long = sorted((normal(one.written), normal(other.written)), key=len)
    if long.startswith(short) and _PARTING.match(long, len(short)):
        return True
    return is_beginning(one, other, cut=True)
