"""One question made of what several items, or JSON-LD and microdata, say of it."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from scraper.reading.qapage.answers import (
    Answer,
    complete_answers,
    fuller_text,
    in_page_order,
    match_answers,
    plain_key,
    text_key,
    unmatched,
)
from scraper.reading.qapage.urls import numbers_of
from scraper.reading.sameness import is_distinctive, normal, shared_part, without_dots

_OPENING_LENGTH = 40  # letters: a cut answer has more, a greeting fewer
_MIN_SHARED = 0.5  # of the shorter text
_PARTING = re.compile(r"\s*[|·•«»]|\s+[-–—:/]\s")  # between a title and the site's name


@dataclass(frozen=True, slots=True, kw_only=True)
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


class Signs(NamedTuple):
    """By what a question is told from another one of its title."""

    title: str | None
    text: str | None
    author: str | None
    asked_on: date | None
    addresses: tuple[str, ...]
    numbers: set[str]

    def are_at_the_place_of(self, other: "Signs") -> bool:
        """Whether both name one URL or number as their own."""
        if not self.numbers.isdisjoint(other.numbers):
            return True
        return not set(self.addresses).isdisjoint(other.addresses)


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
        is_elsewhere = _are_disjoint(here, _numbers_of(other))
        if is_elsewhere and (here & _numbers_of(side) or _may_be_teaser_beside(other, side)):
            return side
    rich, poor = sorted((first, second), key=_fullness, reverse=True)
    partners = match_answers(rich.answers, poor.answers, strict=False)
    if _are_different(rich, poor) and not _is_excerpt(poor, rich, partners):
        return next((side for side in (rich, poor) if side.is_of_qapage), None)
    known = "\n".join(text_key(answer.reply.text) for answer in rich.answers)
    others = [one for one in unmatched(poor.answers, partners) if _opening(one) not in known]
    whole = _merged(rich, poor, partners)
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
    known = {_opening(answer) for answer in whole.answers}
    others = unmatched(poor.answers, partners)
    return replace(
        whole, answers=(*whole.answers, *(one for one in others if _opening(one) not in known))
    )


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
    reply = answer.reply
    if reply.doctor and normal(reply.doctor) != normal(question.author or ""):
        return False
    is_of_day = reply.replied_on in (None, question.asked_on)
    return is_of_day and text_key(reply.text) == text_key(question.text or "")


def _opening(answer: Answer) -> str:
    return text_key(without_dots(answer.reply.text))[:_OPENING_LENGTH]


def _fullness(side: QuestionData) -> tuple[int, int]:
    words = [side.text or "", *(answer.reply.text for answer in side.answers)]
    return len(side.answers), sum(map(len, words))


def _may_be_teaser_beside(side: QuestionData, own: QuestionData) -> bool:
    """Whether another page's question may be shown beside one that names no page."""
    if _numbers_of(own) or side.is_of_qapage:
        return False
    return own.is_of_qapage or not side.answers


def _are_different(one: QuestionData, other: QuestionData) -> bool:
    """Whether these are different questions; not if there is nothing to compare."""
    if _are_disjoint(_numbers_of(one), _numbers_of(other)):
        return True
    here, there = _signs_of(one), _signs_of(other)
    titles, texts = bool(one.title and other.title), bool(one.text and other.text)
    if one.title and other.title and _is_same_title(one.title, other.title):
        return not may_be_same(here, there)
    if one.text and other.text and is_beginning(one.text, other.text):
        is_sure = here.are_at_the_place_of(there) or is_distinctive(
            min(one.text, other.text, key=len)
        )
        return titles and not is_sure
    return titles or texts


def _is_excerpt(poor: QuestionData, rich: QuestionData, partners: dict[int, int]) -> bool:
    """Whether of one title a question has only some answers of the other, which nothing denies."""
    title = poor.title or ""
    if not is_distinctive(title) or text_key(title) != text_key(rich.title or ""):
        return False
    are_others = _are_disjoint(_numbers_of(poor), _numbers_of(rich))
    names_another = are_others or poor.links or rich.links or (poor.author and rich.author)
    is_part = len(partners) == len(poor.answers) < len(rich.answers)
    words = (rich.answers[here].reply.text for here in partners)
    return not names_another and is_part and any(map(is_distinctive, words))


def _numbers_of(side: QuestionData) -> set[str]:
    return numbers_of(side.addresses, side.links)


def _are_disjoint(here: set[str], there: set[str]) -> bool:
    return bool(here and there) and here.isdisjoint(there)


def _signs_of(side: QuestionData) -> Signs:
    return Signs(
        side.title, side.text, side.author, side.asked_on, side.addresses, _numbers_of(side)
    )


def may_be_same(one: Signs, other: Signs) -> bool:
    """Whether two questions of one title may be the same by what else is said of them.

    A text that only repeats the title says nothing.
    """
    if one.are_at_the_place_of(other):
        return True
    if one.author and one.asked_on and (one.author, one.asked_on) == (other.author, other.asked_on):
        return True
    if not (one.text and other.text and _is_told_more(one) and _is_told_more(other)):
        return True
    return shared_part(one.text, other.text) >= _MIN_SHARED


def _is_told_more(signs: Signs) -> bool:
    """Whether a text is long enough to compare, besides the title that it may begin with."""
    text, title = text_key(without_dots(signs.text or "")), text_key(signs.title or "")
    return (
        is_distinctive(signs.text or "")
        and not title.startswith(text)
        and is_distinctive(text.removeprefix(title))
    )


def _is_same_title(one: str, other: str) -> bool:
    """Whether two titles are the same, but for a cut or the site's name behind one of them."""
    short, long = sorted((normal(one), normal(other)), key=len)
    if long.startswith(short) and _PARTING.match(long, len(short)):
        return True
    return is_beginning(one, other, cut=True)


def is_beginning(one: str, other: str, *, cut: bool = False) -> bool:
    """Whether one text is the beginning of the other; `cut`: and ends in the dots of a cut."""
    if text_key(one) == text_key(other):
        return True
    for short, long in ((one, other), (other, one)):
        beginning = without_dots(short)
        may_begin = is_distinctive(beginning) and (not cut or beginning != short)
        if may_begin and text_key(long).startswith(text_key(beginning)):
            return True
    return False
