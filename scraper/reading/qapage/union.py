"""What two tellings of one question say together, neither mixed with another question's."""

import re
from dataclasses import dataclass, replace
from datetime import date

from scraper.reading.qapage.answers import (
    Answer,
    filled,
    in_page_order,
    key_of,
    partners_of,
    uncut,
    without,
)
from scraper.reading.qapage.urls import numbers_of
from scraper.reading.sameness import is_distinctive, normal, shared_part, without_dots

_OPENING = 40  # letters: of a cut answer there are more, of a greeting there are fewer
_HALF = 0.5  # of the shorter text
_PARTING = re.compile(r"\s*[|·•«»]|\s+[-–—:/]\s")  # between a title and the site's name


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionData:
    """What one syntax tells about the page's question."""

    title: str | None
    text: str | None
    author: str | None
    asked_on: date | None
    answers: tuple[Answer, ...]
    stated: int  # how many answers there are, by the page's own count
    of_page: bool  # a QAPage says that the page is about it
    hides: bool  # whether a text may go on in words that nothing brings into view
    language: str | None  # as written
    addresses: tuple[str, ...]  # its own URL and identifiers, as written
    links: tuple[str, ...]  # where it leads
    warnings: tuple[str, ...]  # of the question alone


def fuller(
    first: QuestionData | None, second: QuestionData | None, url: str
) -> QuestionData | None:
    """Return the one with more answers, or else more words; the other fills what it lacks.

    Of two that tell of different questions it is that with the number of the page at `url`, or
    that of the QAPage, alone; None when there is no telling.
    """
    if first is None or second is None:
        return first or second
    here = numbers_of([url], [url])
    own = [side for side in (first, second) if not _are_others(here, _numbers_of(side))]
    if len(own) == 1:
        return own[0]
    rich, poor = sorted((first, second), key=_fullness, reverse=True)
    if _differ(rich, poor):
        return next((side for side in (rich, poor) if side.of_page), None)
    partners = partners_of(rich.answers, poor.answers, strict=False)
    known = "\n".join(key_of(answer.reply.text) for answer in rich.answers)
    others = [one for one in without(poor.answers, partners) if _opening(one) not in known]
    whole = _completed(rich, poor, partners)
    stated = max(whole.stated, len(rich.answers) + len(others))
    return replace(whole, answers=in_page_order(whole.answers), stated=stated)


def one_of(first: QuestionData, second: QuestionData) -> QuestionData:
    """Return what two items of one syntax tell of one question: as `fuller`, with all answers."""
    rich, poor = sorted((first, second), key=_fullness, reverse=True)
    partners = partners_of(rich.answers, poor.answers, strict=False)
    whole = _completed(rich, poor, partners)
    known = {_opening(answer) for answer in whole.answers}
    others = without(poor.answers, partners)
    return replace(
        whole, answers=(*whole.answers, *(one for one in others if _opening(one) not in known))
    )


def _completed(rich: QuestionData, poor: QuestionData, partners: dict[int, int]) -> QuestionData:
    asked_on = rich.asked_on or poor.asked_on
    return replace(
        rich,
        title=rich.title or poor.title,
        text=uncut(rich.text or "", poor.text or "") or None,
        author=rich.author or poor.author,
        asked_on=asked_on,
        answers=tuple(filled(rich.answers, poor.answers, partners)),
        stated=max(rich.stated, poor.stated),
        of_page=rich.of_page or poor.of_page,
        language=rich.language or poor.language,
        addresses=(*rich.addresses, *poor.addresses),
        links=(*rich.links, *poor.links),
        warnings=() if asked_on else rich.warnings or poor.warnings,
    )


def is_question(answer: Answer, told: QuestionData) -> bool:
    """Whether an answer is the question itself, as some themes fill the place of none."""
    reply = answer.reply
    if reply.doctor and normal(reply.doctor) != normal(told.author or ""):
        return False
    is_of_day = reply.replied_on in (None, told.asked_on)
    return is_of_day and key_of(reply.text) == key_of(told.text or "")


def _opening(answer: Answer) -> str:
    return key_of(without_dots(answer.reply.text))[:_OPENING]


def _fullness(side: QuestionData) -> tuple[int, int]:
    words = [side.text or "", *(answer.reply.text for answer in side.answers)]
    return len(side.answers), sum(map(len, words))


def _differ(one: QuestionData, other: QuestionData) -> bool:
    """Whether they tell of different questions; not when they have nothing to compare."""
    if _are_others(_numbers_of(one), _numbers_of(other)):
        return True
    titles, texts = bool(one.title and other.title), bool(one.text and other.text)
    if one.title and other.title and _title_is(one.title, other.title):
        return not are_of_one_text(one.text, other.text)
    if one.text and other.text and begin_alike(one.text, other.text):
        return titles and not is_distinctive(min(one.text, other.text, key=len))
    return titles or texts


def _numbers_of(side: QuestionData) -> set[str]:
    return numbers_of(side.addresses, side.links)


def _are_others(here: set[str], there: set[str]) -> bool:
    return bool(here and there) and here.isdisjoint(there)


def are_of_one_text(one: str | None, other: str | None) -> bool:
    """Whether the texts of two questions of one title do not show that these are two."""
    if not (one and other and is_distinctive(one) and is_distinctive(other)):
        return True
    return shared_part(one, other) >= _HALF


def _title_is(one: str, other: str) -> bool:
    """Whether two titles are the same, but for a cut or the site's name behind one of them."""
    short, long = sorted((normal(one), normal(other)), key=len)
    if long.startswith(short) and _PARTING.match(long, len(short)):
        return True
    return begin_alike(one, other, cut=True)


def begin_alike(one: str, other: str, *, cut: bool = False) -> bool:
    """Whether one text is the beginning of the other; `cut`: and ends in the dots of a cut."""
    if key_of(one) == key_of(other):
        return True
    for short, long in ((one, other), (other, one)):
        beginning = without_dots(short)
        told = is_distinctive(beginning) and (not cut or beginning != short)
        if told and key_of(long).startswith(key_of(beginning)):
            return True
    return False
